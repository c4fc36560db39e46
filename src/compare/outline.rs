use std::borrow::Cow;

use super::content::{self, Content, Part};
use super::label::Label;
use super::shape::{Include, Shape};
use super::view::View;
use crate::model::{Collection, Scope, ScopeKind};
use crate::syntax::Kind;

/// One part of a file.
#[derive(Clone, Debug)]
pub struct Line<'d> {
    /// The depth of nesting.
    pub depth: usize,
    /// Its name; for a folder or request, preceded by the names of its folders.
    pub names: Vec<String>,
    /// Its value; none if the lines below describe it completely.
    pub value: Option<View<'d>>,
    /// The key of its row, or its name, by which secrets are recognized.
    pub key: String,
    /// Whether the type of its row says that it is a secret.
    pub secret: bool,
}

/// Lists everything that [`diff`](super::diff()) compares by default, in file order where order matters. Files that are
/// the same for `diff` have the same outline, but for the order of rows and requests.
#[must_use]
pub fn outline<'d>(scope: &Scope<'d>) -> Vec<Line<'d>> {
    let mut outline = Outline { lines: Vec::new() };
    let head = match scope.kind() {
        ScopeKind::Collection => Shape::Collection,
        ScopeKind::Environment | ScopeKind::Globals => Shape::Environment,
    };
    // Old globals have no head.
    if scope.owner().kind() == Kind::Object {
        let name = scope.kind().name().to_owned();
        outline.part(0, vec![name], &View::Node(scope.owner()), head, Label::default());
        // The head of a single request's collection says nothing.
        if outline.lines.iter().all(|line| line.value.is_none()) {
            outline.lines.clear();
        }
    }
    if let Some(list) = scope.list().filter(|_| head == Shape::Environment) {
        outline.part(0, vec!["variables".to_owned()], &View::Node(list), Shape::Rows, Label::default());
    }
    if let Some(collection) = Collection::of(scope.owner().document()) {
        for item in collection.items() {
            let names = collection.path(item).into_iter().map(Cow::into_owned).collect();
            outline.part(0, names, &View::Node(item.node()), Shape::Item, Label::default());
        }
    }
    outline.lines
}

struct Outline<'d> {
    lines: Vec<Line<'d>>,
}

impl<'d> Outline<'d> {
    fn part(&mut self, depth: usize, names: Vec<String>, view: &View<'d>, shape: Shape, label: Label<'_>) {
        let (mut parts, mut value) = match content::content(view, shape, Include::default()) {
            Content::Parts(parts) => (parts, None),
            Content::Text(text) => (Vec::new(), Some(View::text_of(text))),
            Content::Json(view) => (Vec::new(), Some(view)),
        };
        match shape {
            Shape::Rows | Shape::Events | Shape::Responses => {}
            _ => parts.sort_by(|one, other| one.name.text.cmp(&other.name.text)),
        }
        match shape {
            // The line already contains the name.
            Shape::Item | Shape::Response => parts.retain(|part| part.name.text != "name"),
            // The line of a row shows its value.
            Shape::Row => value = value.or(take_value(&mut parts)),
            _ => {}
        }
        self.lines.push(Line { depth, names, value, key: label.key.to_owned(), secret: label.secret });
        for part in parts {
            let label = label.below(shape, &part, &[Some(&part)]);
            self.part(depth + 1, vec![part.name.to_string()], &part.view, part.shape, label);
        }
    }
}

/// Takes the value out of the parts of a row, unless it has parts of its own.
fn take_value<'d>(parts: &mut Vec<Part<'d>>) -> Option<View<'d>> {
    let at = parts.iter().position(|part| part.name.text == "value")?;
    let value = match content::content(&parts[at].view, parts[at].shape, Include::default()) {
        Content::Parts(_) => return None,
        Content::Text(text) => View::text_of(text),
        Content::Json(view) => view,
    };
    parts.remove(at);
    Some(value)
}
