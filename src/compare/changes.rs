//! The differences between two values of one shape, part by part.

use std::collections::HashSet;

use super::absence;
use super::by_name::pairs;
use super::content::{self, Content, Part};
use super::difference::{Change, What};
use super::label::Label;
use super::namesakes;
use super::renamed;
use super::shape::{Include, Shape};
use super::view::View;

/// The differences between `before` and `after`, which `label` describes.
pub(super) fn changes<'d>(
    before: &View<'d>,
    after: &View<'d>,
    shape: Shape,
    label: Label<'_>,
    include: Include,
) -> Vec<Change<'d>> {
    let mut walk = Walk { include, place: Vec::new(), found: Vec::new() };
    walk.values(before, after, shape, label);
    walk.found
}

/// A change of nothing but order.
pub(super) fn reordered<'d>() -> Change<'d> {
    Label::default().change(&[], What::Reordered)
}

/// Whether the parts that both lists contain are in a different order.
pub(super) fn is_reordered<'p, 'd>(one: &'p [Part<'d>], other: &'p [Part<'d>]) -> bool {
    let names = |list: &'p [Part<'d>]| list.iter().map(|part| &part.name);
    let (ones, others): (HashSet<_>, HashSet<_>) = (names(one).collect(), names(other).collect());
    let common =
        (names(one).filter(|name| others.contains(name)), names(other).filter(|name| ones.contains(name)));
    common.0.ne(common.1)
}

impl Label<'_> {
    fn change<'d>(self, place: &[String], what: What<'d>) -> Change<'d> {
        Change { place: place.to_vec(), key: self.key.to_owned(), secret: self.secret, what }
    }
}

struct Walk<'d> {
    include: Include,
    /// The names that lead to the values being compared.
    place: Vec<String>,
    found: Vec<Change<'d>>,
}

impl<'d> Walk<'d> {
    fn note(&mut self, label: Label<'_>, what: What<'d>) {
        self.found.push(label.change(&self.place, what));
    }

    fn values(&mut self, before: &View<'d>, after: &View<'d>, shape: Shape, label: Label<'_>) {
        if before.is_spelled_as(after) {
            return;
        }
        match content::contents(before, after, shape, self.include) {
            (Content::Parts(mut one), Content::Parts(mut other)) => {
                renamed::rename(&mut [&mut one, &mut other], shape);
                namesakes::number(&mut [&mut one, &mut other], self.include);
                self.parts(&one, &other, shape, label);
            }
            (one, other) if one.means(&other, self.include) => {}
            (one, other) => {
                let plain = |content: Content<'d>, view: &View<'d>| match content {
                    Content::Text(text) => View::text_of(text),
                    Content::Json(_) | Content::Parts(_) => view.clone(),
                };
                self.note(label, What::Changed(plain(one, before), plain(other, after)));
            }
        }
    }

    fn parts(&mut self, one: &[Part<'d>], other: &[Part<'d>], shape: Shape, label: Label<'_>) {
        for (one, other) in pairs(one, other) {
            let Some(part) = one.or(other) else { continue };
            if let (Some(one), Some(other)) = (one, other)
                && self.is_alike(one, other)
            {
                continue;
            }
            self.place.push(part.name.to_string());
            let label = label.below(shape, part, &[one, other]);
            match (one, other) {
                (Some(one), Some(other)) => self.values(&one.view, &other.view, one.shape, label),
                _ => self.one_sided(part, one.is_some(), shape, label),
            }
            self.place.pop();
        }
        let is_ordered = matches!(shape, Shape::Rows | Shape::Events | Shape::Responses);
        if self.include.order && is_ordered && is_reordered(one, other) {
            self.note(label, What::Reordered);
        }
    }

    /// Whether two parts are the same by their spelling, which is quick to check.
    fn is_alike(&self, one: &Part<'d>, other: &Part<'d>) -> bool {
        one.origin.is_spelled_as(&other.origin)
            || (!self.include.order && one.origin.is_rearranged(&other.origin))
    }

    /// Notes a part of a value of `shape` that only one side has; its absence may stand for a default.
    fn one_sided(&mut self, part: &Part<'d>, is_before: bool, shape: Shape, label: Label<'_>) {
        let view = part.view.clone();
        let absent = absence::implied(shape, &part.name.text).map(View::Made);
        let what = match (is_before, absent) {
            (true, None) => What::Removed(view),
            (false, None) => What::Added(view),
            (true, Some(absent)) => What::Changed(view, absent),
            (false, Some(absent)) => What::Changed(absent, view),
        };
        self.note(label, what);
    }
}
