//! The content of a value: its parts by name, without noise.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::by_name::{ByName, Key, pairs};
use super::members::{keeps_empty, member_shape, repeats_kind, runs_nothing, says_nothing};
use super::notation;
use super::shape::{Include, Shape};
use super::spelling;
use super::view::{Field, View, retain_places};
use crate::syntax::Kind;

/// The name of a part among its siblings: a name or key, and a number for namesakes. Their `place` is for display only.
#[derive(Clone, Debug)]
pub(super) struct Name<'d> {
    pub(super) text: Cow<'d, str>,
    /// By place at first; [`number`](super::namesakes::number) then matches namesakes in several lists.
    pub(super) nth: usize,
    place: usize,
}

impl Name<'_> {
    /// What identifies the name.
    pub(super) fn key(&self) -> Key<'_> {
        (&self.text, self.nth)
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Name<'_> {}

impl Hash for Name<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl std::fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)?;
        if self.place > 0 { write!(f, " (#{})", self.place + 1) } else { Ok(()) }
    }
}

/// A part of a value that can be compared, and merged, on its own.
#[derive(Clone, Debug)]
pub(super) struct Part<'d> {
    pub(super) name: Name<'d>,
    pub(super) shape: Shape,
    /// The value in the plain spelling of its shape.
    pub(super) view: View<'d>,
    /// The value as it is in the file.
    pub(super) origin: View<'d>,
}

/// The content of a value.
#[derive(Debug)]
pub(super) enum Content<'d> {
    /// Parts, identified by their names.
    Parts(Vec<Part<'d>>),
    /// Lines.
    Text(Cow<'d, str>),
    /// One JSON value.
    Json(View<'d>),
}

/// Returns the content of `view`, a value of this `shape`.
pub(super) fn content<'d>(view: &View<'d>, shape: Shape, include: Include) -> Content<'d> {
    content_of(view, shape, include, |_| true)
}

/// The same, restricted to some members of an object.
pub(super) fn content_of<'d>(
    view: &View<'d>,
    shape: Shape,
    include: Include,
    counts: impl Fn(&Field<'d>) -> bool,
) -> Content<'d> {
    let spelled = spelling::plain(view, shape);
    let view = spelled.as_ref().unwrap_or(view);
    let mut members = view.members();
    members.retain(counts);
    content_with(members, view, shape, include)
}

/// The same for two values, without the members that are spelled the same in both.
pub(super) fn contents<'d, 'e>(
    one: &View<'d>,
    other: &View<'e>,
    shape: Shape,
    include: Include,
) -> (Content<'d>, Content<'e>) {
    let spelled = match shape {
        shape if notation::has_two(shape) => notation::in_one(one, other, shape),
        _ => (spelling::plain(one, shape), spelling::plain(other, shape)),
    };
    let (one, other) = (spelled.0.as_ref().unwrap_or(one), spelled.1.as_ref().unwrap_or(other));
    let (mut ones, mut others) = (one.members(), other.members());
    let (names, mut differ) = (ByName::of(&others), vec![true; others.len()]);
    ones.retain(|member| {
        let twin = names.place(member).filter(|&at| member.1.is_spelled_as(&others[at].1));
        twin.map(|at| differ[at] = false).is_none()
    });
    retain_places(&mut others, &differ);
    (content_with(ones, one, shape, include), content_with(others, other, shape, include))
}

/// The content of `view`, which is in the plain spelling of its shape, restricted to these members if it is an object.
fn content_with<'d>(members: Vec<Field<'d>>, view: &View<'d>, shape: Shape, include: Include) -> Content<'d> {
    match (shape, view.kind()) {
        (Shape::Text | Shape::Value, Kind::String) => Content::Text(view.as_str().unwrap_or_default()),
        (Shape::Text | Shape::Value | Shape::Id | Shape::Meta, _) => Content::Json(view.clone()),
        (shape, Kind::Array) if shape.is_list() => Content::Parts(entries(view, shape)),
        (Shape::Pairs, Kind::String) => Content::Text(view.as_str().unwrap_or_default()),
        (Shape::Pairs, Kind::Object) => Content::Parts(members.into_iter().map(pair).collect()),
        (_, Kind::Object) => Content::Parts(fields(members, view, shape, include)),
        _ => Content::Json(view.clone()),
    }
}

/// A row that is a member of a map.
fn pair<'d>((text, view): Field<'d>) -> Part<'d> {
    Part { name: Name { text, nth: 0, place: 0 }, shape: Shape::Value, origin: view.clone(), view }
}

/// The `members` of the object `view`, without noise and without members that mean no more than their absence.
fn fields<'d>(members: Vec<Field<'d>>, view: &View<'d>, shape: Shape, include: Include) -> Vec<Part<'d>> {
    let mut parts = Vec::new();
    for (name, origin) in members {
        let Some(member) = member_shape(shape, &name) else { continue };
        let noise = match member {
            Shape::Id => !include.ids,
            Shape::Meta | Shape::Order | Shape::Color => !include.export_meta,
            _ => false,
        };
        let repeats = match shape {
            Shape::Row if name == "type" => repeats_kind(&origin, view.get("value")),
            // Some tools repeat an item's description on its request.
            Shape::Item if name == "description" => {
                let of_request = view.get("request").and_then(|request| request.get("description"));
                of_request.is_some_and(|of_request| same(&of_request, &origin, Shape::Text, include))
            }
            _ => false,
        };
        if noise || repeats || (shape != Shape::Json && says_nothing(shape, &name, &origin)) {
            continue;
        }
        let view = spelling::plain(&origin, member).unwrap_or_else(|| origin.clone());
        if shape != Shape::Json && view.is_empty() && !keeps_empty(shape, &name, &view) {
            continue;
        }
        parts.push(Part { name: Name { text: name, nth: 0, place: 0 }, shape: member, view, origin });
    }
    parts
}

/// The items of a list, identified by key, event or name, and by place among namesakes.
fn entries<'d>(view: &View<'d>, shape: Shape) -> Vec<Part<'d>> {
    let (named_by, entry) = match shape {
        Shape::Events => ("listen", Shape::Event),
        Shape::Responses => ("name", Shape::Response),
        Shape::Scripts => ("type", Shape::Code),
        Shape::Credentials => ("type", Shape::Credentials),
        Shape::Examples => ("name", Shape::File),
        _ => ("key", Shape::Row),
    };
    let mut parts = Vec::new();
    for item in view.items() {
        // The app adds empty scripts.
        if shape == Shape::Events && runs_nothing(&item) {
            continue;
        }
        // Old collections name a variable by `id`.
        let by_id = || item.get("id").filter(|_| shape == Shape::Rows);
        let named = item.get(named_by).or_else(by_id).and_then(|name| name.as_str());
        let (text, shape) = match (named, item.kind()) {
            (Some(text), _) => (text, entry),
            (None, Kind::Object) => (Cow::Borrowed(""), entry),
            (None, _) => (Cow::Borrowed("(not an object)"), Shape::Json),
        };
        let name = Name { text, nth: 0, place: 0 };
        parts.push(Part { name, shape, view: item.clone(), origin: item });
    }
    let mut order: Vec<_> = (0..parts.len()).collect();
    order.sort_by(|&one, &other| parts[one].name.text.cmp(&parts[other].name.text));
    for at in 1..order.len() {
        let (before, own) = (&parts[order[at - 1]].name, &parts[order[at]].name);
        if before.text == own.text {
            let nth = before.nth + 1;
            let name = &mut parts[order[at]].name;
            (name.nth, name.place) = (nth, nth);
        }
    }
    parts
}

/// Whether two values of one shape mean the same.
pub(super) fn same(one: &View<'_>, other: &View<'_>, shape: Shape, include: Include) -> bool {
    one.is_spelled_as(other) || {
        let (one, other) = contents(one, other, shape, include);
        one.means(&other, include)
    }
}

impl Content<'_> {
    /// Whether two values of one shape with this content and with `other` mean the same.
    pub(super) fn means(&self, other: &Content<'_>, include: Include) -> bool {
        match (self, other) {
            (Content::Text(one), Content::Text(other)) => one == other,
            (Content::Json(one), Content::Json(other)) => one.same_json(other),
            (Content::Parts(one), Content::Parts(other)) => {
                one.len() == other.len()
                    && (!include.order || one.iter().zip(other).all(|(one, other)| one.name == other.name))
                    && pairs(one, other).iter().all(|pair| match pair {
                        (Some(one), Some(other)) => same(&one.view, &other.view, one.shape, include),
                        _ => false,
                    })
            }
            _ => false,
        }
    }
}
