use std::collections::HashMap;

use super::{EVERYTHING, Merger, News, SUBSTANCE, Side};
use crate::compare::by_name::ByName;
use crate::compare::label::Label;
use crate::compare::namesakes;
use crate::compare::shape::{self, Content, Part, Shape};
use crate::compare::view::View;
use crate::syntax::{Kind, Value};

/// Whether a part is a list of which each row is a thing of its own: then one that is not there is an empty one.
pub(super) fn is_list(part: &Part<'_>) -> bool {
    matches!(part.shape, Shape::Rows | Shape::Events | Shape::Responses)
        && matches!(&part.view, View::Node(list) if list.kind() == Kind::Array)
}

impl Merger {
    /// Merges a list of ours that theirs has emptied.
    pub(super) fn emptied<'d>(&mut self, base: &Part<'d>, ours: &Part<'d>, label: Label<'_>) {
        let empty = View::Made(Value::Array(Vec::new()));
        self.contents([Some(&base.view), Some(&ours.view), Some(&empty)], ours.shape, label, &HashMap::new());
    }

    /// The rows of theirs that come into a list that ours has emptied.
    pub(super) fn refilled<'d>(
        &mut self,
        base: &Part<'d>,
        theirs: &Part<'d>,
        label: Label<'_>,
    ) -> Vec<Value> {
        let rows = |part: &Part<'d>| match shape::content(&part.view, part.shape, EVERYTHING) {
            Content::Parts(rows) => rows,
            _ => Vec::new(),
        };
        let (mut before, mut after) = (rows(base), rows(theirs));
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
                    wanted.push(value);
                }
                Some(was) if shape::same(&was.view, &row.view, row.shape, SUBSTANCE) => {
                    self.keep(News::Removed, row.shape);
                }
                Some(_) => {
                    if self.conflict(label, None, Some(value.clone())) == Side::Theirs {
                        wanted.push(value);
                    }
                }
            }
            self.path.pop();
        }
        wanted
    }
}
