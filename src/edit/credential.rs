use std::collections::HashSet;

use super::{Action, Change, Draft};
use crate::model::{Collection, Credential, Item, Part, Place, Scope, Variable, placed_credentials};
use crate::secret;
use crate::syntax::{Document, Value, write};
use crate::text::Edit;

/// How many places a note names at most.
const NAMED: usize = 5;

/// The literal credentials of a collection or of one file of a git-native collection.
pub(super) struct Credentials<'d> {
    /// `None` for one file of a git-native collection.
    collection: Option<Collection<'d>>,
    found: Vec<(Place, Credential<'d>)>,
}

impl<'d> Credentials<'d> {
    /// The credentials of `document`, except those in the variables of `scope` for which `others` is true; `None` if it
    /// is not a collection or a file of one.
    pub(super) fn of(
        document: &'d Document,
        scope: Option<&Scope<'d>>,
        others: impl Fn(&Variable<'d>) -> bool,
    ) -> Option<Self> {
        let (collection, part) = (Collection::of(document), Part::of(document));
        if collection.is_none() && part.is_none() {
            return None;
        }
        let elsewhere =
            |found: &Credential<'_>| scope.is_some_and(|it| it.variable_at(found.node).is_some_and(&others));
        let mut found = placed_credentials(collection.as_ref(), part.as_ref(), None);
        found.retain(|(_, found)| !elsewhere(found));
        Some(Self { collection, found })
    }

    /// Whether one of them is called `name`.
    pub(super) fn any_called(&self, name: &str) -> bool {
        self.found.iter().any(|(_, found)| found.name == name)
    }

    /// Empties all except those named in `keep`.
    ///
    /// Scripts and descriptions stay: code may depend on its literals, and prose on its examples.
    pub(super) fn empty(&self, keep: &[String], draft: &mut Draft) {
        let (mut left, mut told, mut rewritten) = (Vec::new(), HashSet::new(), HashSet::new());
        for (place, found) in self.found.iter().filter(|(_, found)| !keep.contains(&found.name)) {
            if matches!(place, Place::Script | Place::Other) {
                left.push(format!("{} on line {}", self.key(*place, found), line(found)));
                continue;
            }
            let whole = found.span == found.node.span();
            if found.is_hidden() {
                // The first of several in one text empties them all.
                if rewritten.insert(found.node.id()) {
                    let text = secret::without_literals(&found.node.as_str().unwrap_or_default());
                    draft.edit([write::replace(found.node, &Value::String(text))]);
                }
            } else if whole {
                draft.edit([write::replace(found.node, &Value::string(""))]);
            } else {
                draft.edit([Edit::remove(found.span)]);
            }
            // The same credential may be in an address and again in its parts.
            let key = self.key(*place, found);
            if told.insert(key.clone()) {
                let before = found.node.document().source().slice(found.span);
                let before = if whole { Value::of(found.node) } else { Value::string(before) };
                let after = Value::string("");
                draft.change([], Change::new(key, Action::Set { before: Some(before), after, secret: true }));
            }
        }
        draft.note(note(&left));
    }

    /// Its place in words: `Files/Upload: header Authorization`.
    fn key(&self, place: Place, found: &Credential<'d>) -> String {
        let item = self.collection.as_ref().and_then(|collection| {
            let path = |item: &Item<'d>| format!("{}: ", collection.path(item).join("/"));
            collection.item_at(found.node).map(path)
        });
        let item = item.unwrap_or_default();
        format!("{item}{} {}", place.name(), found.name).trim_end().to_owned()
    }
}

fn line(found: &Credential<'_>) -> usize {
    let at = if found.is_in_comment() { found.span } else { found.node.span() };
    found.node.document().source().position(at.start as usize).line
}

fn note(left: &[String]) -> Option<String> {
    let more = left.len().saturating_sub(NAMED);
    let named = left[..left.len() - more].join("; ");
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    (!left.is_empty()).then(|| {
        format!("credentials in scripts, descriptions and comments are left for you to remove: {named}{more}")
    })
}
