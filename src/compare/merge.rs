//! Three-way merging: brings the changes of theirs into ours, by meaning, as edits of the text of ours.

mod address;
mod circles;
mod comments;
mod entities;
mod fates;
mod grouping;
mod items;
mod lists;
mod notations;
mod parts;
mod places;
mod preference;
mod result;
mod schema;
mod standing;
mod text;
mod tokens;

pub use comments::{lost_comments, take_comments};
pub use preference::Preference;
pub use result::{Conflict, Decision, Merge, MergeError, News, Settled, Side, TokenChoice, Why};
pub use standing::{Standing, standings};

use std::collections::HashMap;

use parts::Whole;

use super::content::{self};
use super::kinds::{DifferentKinds, is_flat};
use super::label::Label;
use super::members::are_incompatible;
use super::namesakes;
use super::notation;
use super::renamed;
use super::shape::{Include, Shape};
use super::version::Version;
use super::view::View;
use crate::model::{Scope, TokenGroup};
use crate::syntax::{Value, write};
use crate::text::{Edit, EditSet};

/// Everything is merged, ids included; noise never causes a conflict.
const EVERYTHING: Include = Include { ids: true, order: false, export_meta: true };

/// What one side must have changed for a removal on the other side to be a conflict: tools regenerate ids.
const SUBSTANCE: Include = Include { ids: false, order: false, export_meta: false };

/// What must differ for a value to be taken as a whole: a different spelling alone is not a change.
const MEANING: Include = Include { export_meta: false, ..EVERYTHING };

/// Merges the changes of `theirs` since `base` into `ours`. Without a base, the result contains everything that only
/// one side has, and every difference is a conflict. `prefer` decides conflicts.
///
/// # Errors
/// [`MergeError`] if the files are of different kinds or of version 1, or changes overlap.
pub fn merge(
    base: Option<&Version<'_>>,
    ours: &Version<'_>,
    theirs: &Version<'_>,
    prefer: &Preference,
) -> Result<Merge, MergeError> {
    if let Some(other) = base.into_iter().chain([theirs]).find(|other| !ours.is_like(other)) {
        return Err(DifferentKinds(ours.kind(), other.kind()).into());
    }
    if is_flat(ours.kind()) {
        return Err(MergeError::Flat);
    }
    let respelled = [base, Some(theirs)].map(|other| schema::in_version_of(ours, other?));
    let respelled =
        respelled.each_ref().map(|other| other.as_ref().and_then(|document| Version::of(document).ok()));
    let [own_base, own_theirs] = respelled.each_ref().map(Option::as_ref);
    merge_alike(own_base.or(base), ours, own_theirs.unwrap_or(theirs), prefer)
}

/// The same for files of one kind and version.
fn merge_alike<'d>(
    base: Option<&Version<'d>>,
    ours: &Version<'d>,
    theirs: &Version<'d>,
    prefer: &Preference,
) -> Result<Merge, MergeError> {
    let mut merger = Merger::new(prefer);
    let whole = |version: &Version<'d>| View::Node(version.owner());
    merger.contents(
        [base.map(whole).as_ref(), Some(&whole(ours)), Some(&whole(theirs))],
        ours.shape(),
        Label::default(),
        &HashMap::new(),
    );
    let base = base.and_then(Version::scope);
    if let (Some(own), Some(theirs)) = (ours.scope(), theirs.scope()) {
        match ours.shape() {
            Shape::Collection => merger.items(base, own, theirs),
            _ => merger.variables(base, own, theirs),
        }
    }
    let Merger { edits, mut result, .. } = merger;
    result.edits = EditSet::new(edits)?;
    Ok(result)
}

/// A value in base, ours and theirs.
type Three<'v, T> = [Option<&'v T>; 3];

struct Merger<'p> {
    prefer: &'p Preference,
    edits: Vec<Edit>,
    result: Merge,
    path: Vec<String>,
    /// Whether items are being merged, rather than the file itself.
    in_items: bool,
}

impl<'p> Merger<'p> {
    fn new(prefer: &'p Preference) -> Self {
        Self { prefer, edits: Vec::new(), result: Merge::default(), path: Vec::new(), in_items: false }
    }
}

impl Merger<'_> {
    fn variables<'d>(&mut self, base: Option<&Scope<'d>>, ours: &Scope<'d>, theirs: &Scope<'d>) {
        let tokens = tokens::judge(base, ours, theirs);
        self.result.tokens = tokens.map(|(group, choice)| {
            let (side, why) =
                choice.unwrap_or_else(|| (self.undecided_tokens(&group, ours, theirs), Why::Undecided));
            TokenChoice { keys: group.keys, side, why }
        });
        let groups = self.result.tokens.iter();
        let groups = groups.flat_map(|choice| choice.keys.iter().map(|&key| (key.to_owned(), choice.side)));
        let groups = groups.collect();
        let Some(array) = ours.array() else { return };
        let list = |scope: &Scope<'d>| scope.list();
        let lists = [base.and_then(list), Some(array), theirs.list()].map(|list| list.map(View::Node));
        let [base, ours, theirs] = &lists;
        let (Some(_), Some(_)) = (ours, theirs) else { return };
        self.contents(
            [base.as_ref(), ours.as_ref(), theirs.as_ref()],
            Shape::Rows,
            Label::default(),
            &groups,
        );
    }

    /// Notes two pairs of tokens as a single conflict, since tokens of one may not work with those of the other.
    fn undecided_tokens<'d>(&mut self, group: &TokenGroup, ours: &Scope<'d>, theirs: &Scope<'d>) -> Side {
        self.path.push(group.keys.join(", "));
        let [one, other] = [ours, theirs].map(|scope| Some(tokens::value(group, scope)));
        let side = self.conflict(Label::default(), one, other);
        self.path.pop();
        side
    }

    /// Merges values of one shape that both ours and theirs contain. Parts whose names are in `groups` are taken as a
    /// whole from that side.
    fn contents<'d>(
        &mut self,
        values: Three<'_, View<'d>>,
        shape: Shape,
        label: Label<'_>,
        groups: &HashMap<String, Side>,
    ) {
        let [base, Some(ours), Some(theirs)] = values else { return };
        if ours.is_spelled_as(theirs) {
            return;
        }
        if notation::has_two(shape) && self.in_one_notation(values, shape, label) {
            return;
        }
        let container = ours.node().filter(|node| node.kind().is_container());
        let container = container.filter(|_| !are_incompatible(ours, theirs, shape));
        let in_place =
            container.filter(|_| !address::is_rewritten(values, shape) || address::is_consistent(ours));
        match in_place.and_then(|container| Some((container, parts::unlike(base, ours, theirs, shape)?))) {
            Some((container, mut parts)) => {
                renamed::rename(&mut parts.each_mut(), shape);
                namesakes::number(&mut parts.each_mut(), EVERYTHING);
                let before = self.edits.len();
                let of_type = ours.get("type").filter(|_| shape == Shape::Credentials);
                let of_type = of_type.and_then(|name| name.as_str());
                let label = Label { key: of_type.as_deref().unwrap_or(label.key), ..label };
                let whole = Whole { ours: container, theirs, shape, is_new: base.is_none() };
                self.parts(whole, parts.each_ref().map(Vec::as_slice), label, groups);
                if shape == Shape::Url && self.edits.len() > before && address::is_consistent(ours) {
                    address::respell(container, &mut self.edits, before);
                }
            }
            None => self.whole(values, values, shape, label),
        }
    }

    /// Merges a value without parts; `origins` are the values as they are spelled in the files.
    fn whole<'d>(
        &mut self,
        values: Three<'_, View<'d>>,
        origins: Three<'_, View<'d>>,
        shape: Shape,
        label: Label<'_>,
    ) {
        let [base, Some(ours), Some(theirs)] = values else { return };
        let [_, Some(View::Node(place)), Some(source)] = origins else { return };
        let same = |one: &View<'_>, other: &View<'_>| content::same(one, other, shape, MEANING);
        if same(ours, theirs) {
            return;
        }
        // If ours is unchanged, theirs is not, since the two differ.
        let is_unchanged = base.is_some_and(|base| base.is_spelled_as(ours));
        if !is_unchanged && base.is_some_and(|base| same(base, theirs)) {
            return self.keep(News::Changed, shape);
        }
        let news = is_unchanged || base.is_some_and(|base| same(base, ours));
        if news || is_undisputed(shape) {
            // The next release identifies an item by the id that this one gives it.
            let newer = if self.in_items && shape == Shape::Id { Side::Theirs } else { Side::Ours };
            if news || self.prefer.at(&self.path).unwrap_or(newer) == Side::Theirs {
                self.edits
                    .push(write::replace(*place, &text::spelled_like(*place, &source.to_value(), shape)));
                self.take(News::Changed, shape);
            }
            return;
        }
        // An address that is one string is merged, and shown, as one.
        let texts = if shape == Shape::Url { origins } else { values };
        let merged = match shape {
            Shape::Url => address::merged(texts),
            Shape::Text | Shape::Value | Shape::Pairs => text::merged(texts),
            _ => None,
        };
        if let Some(merged) = merged {
            self.edits
                .push(write::replace(*place, &text::spelled_like(*place, &Value::String(merged), shape)));
            return self.take(News::Merged, shape);
        }
        let [one, other] = [texts[1], texts[2]].map(|view| view.map(View::to_value));
        if self.conflict(label, one, other) == Side::Theirs {
            self.edits.push(write::replace(*place, &text::spelled_like(*place, &source.to_value(), shape)));
        }
    }

    fn take(&mut self, what: News, shape: Shape) {
        if !is_noise(shape) {
            self.result.taken.push(Decision { path: self.path.clone(), what });
        }
    }

    fn keep(&mut self, what: News, shape: Shape) {
        if !is_noise(shape) {
            self.result.kept.push(Decision { path: self.path.clone(), what });
        }
    }

    /// Notes a conflict at the current path, and returns the side to take.
    fn conflict(&mut self, label: Label<'_>, ours: Option<Value>, theirs: Option<Value>) -> Side {
        let conflict = Conflict {
            path: self.path.clone(),
            key: label.key.to_owned(),
            secret: label.secret,
            ours,
            theirs,
        };
        match self.prefer.at(&self.path) {
            Some(stands) => {
                self.result.decided.push(Settled { conflict, stands });
                stands
            }
            None => {
                self.result.conflicts.push(conflict);
                Side::Ours
            }
        }
    }
}

fn is_noise(shape: Shape) -> bool {
    matches!(shape, Shape::Id | Shape::Meta)
}

/// Whether values of this shape never cause a conflict.
fn is_undisputed(shape: Shape) -> bool {
    is_noise(shape) || matches!(shape, Shape::Order | Shape::Color)
}
