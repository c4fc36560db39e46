use std::collections::HashMap;

use super::{EVERYTHING, Merger, News, SUBSTANCE, Side};
use crate::compare::by_name::ByName;
use crate::compare::content::{self, Content, Part};
use crate::compare::label::Label;
use crate::compare::namesakes;
use crate::compare::notation;
use crate::compare::shape::Shape;
use crate::compare::view::View;
use crate::syntax::{Kind, Node, Value};

/// Whether a part is a list whose rows are merged one by one, so that a missing list is an empty one.
pub(super) fn is_list(part: &Part<'_>) -> bool {
    let is_map = |list: &Node<'_>| part.shape == Shape::Pairs && list.kind() == Kind::Object;
    part.shape.is_list() && part.view.node().is_some_and(|list| list.kind() == Kind::Array || is_map(&list))
}

impl Merger<'_> {
    /// Merges a list in ours that theirs emptied.
    pub(super) fn emptied<'d>(&mut self, base: &Part<'d>, ours: &Part<'d>, label: Label<'_>) {
        let empty = match ours.view.kind() {
            Kind::Object => Value::Object(Vec::new()),
            _ => Value::Array(Vec::new()),
        };
        let empty = View::Made(empty);
        self.contents([Some(&base.view), Some(&ours.view), Some(&empty)], ours.shape, label, &HashMap::new());
    }

    /// The rows of theirs to add to a list that ours emptied; none if there are none.
    pub(super) fn refilled<'d>(
        &mut self,
        base: &Part<'d>,
        theirs: &Part<'d>,
        label: Label<'_>,
    ) -> Option<Value> {
        let rows = |rows: &View<'d>| match content::content(rows, theirs.shape, EVERYTHING) {
            Content::Parts(rows) => rows,
            _ => Vec::new(),
        };
        let alike = match theirs.shape {
            shape if notation::has_two(shape) => notation::in_one(&base.view, &theirs.view, shape),
            _ => (None, None),
        };
        let whole = alike.1.as_ref().unwrap_or(&theirs.view);
        let (mut before, mut after) = (rows(alike.0.as_ref().unwrap_or(&base.view)), rows(whole));
        namesakes::number(&mut [&mut before, &mut after], EVERYTHING);
        let before = ByName::of(&before);
        let mut wanted = Vec::new();
        for row in &after {
            let was = before.get(row);
            let label = self.enter(theirs.shape, label, [was, None, Some(row)]);
            let value = row.origin.to_value();
            match was {
                None => {
                    self.take(News::Added, row.shape);
                    wanted.push((row.name.text.to_string(), value));
                }
                Some(was) if content::same(&was.view, &row.view, row.shape, SUBSTANCE) => {
                    self.keep(News::Removed, row.shape);
                }
                Some(_) => {
                    if self.conflict(label, None, Some(value.clone())) == Side::Theirs {
                        wanted.push((row.name.text.to_string(), value));
                    }
                }
            }
            self.path.pop();
        }
        let (is_empty, wanted) = (wanted.is_empty(), wanted.into_iter());
        let value = match whole.kind() {
            Kind::Object => Value::Object(wanted.collect()),
            _ => Value::Array(wanted.map(|(_, row)| row).collect()),
        };
        Some(value).filter(|_| !is_empty)
    }
}
