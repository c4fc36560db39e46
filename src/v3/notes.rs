use std::collections::BTreeMap;

use crate::syntax::Node;

/// What was left out, and where.
#[derive(Default)]
pub(super) struct Notes(BTreeMap<String, Vec<String>>);

impl Notes {
    /// Notes that `what` was left out of `place`.
    pub(super) fn left_out(&mut self, what: impl Into<String>, place: &str) {
        self.0.entry(what.into()).or_default().push(place.to_owned());
    }

    /// Notes the members of `object` that are not in `known`, unless they are empty.
    pub(super) fn unknown(&mut self, object: Node<'_>, known: &[&str], place: &str) {
        for member in object.members() {
            let name = member.key();
            if !known.contains(&&*name) && !Self::is_empty(member.value) {
                self.left_out(format!("`{name}`"), place);
            }
        }
    }

    /// Whether `node` means no more than its absence.
    pub(super) fn is_empty(node: Node<'_>) -> bool {
        !node.has_values() && matches!(node.raw(), "null" | "[]" | "{}" | "\"\"" | "''" | "" | "~")
    }

    /// One sentence for each kind of thing that was left out, with the first of its places.
    pub(super) fn sentences(self) -> Vec<String> {
        let sentence = |(what, places): (String, Vec<String>)| match &places[..] {
            [place] => format!("left out: {what} ({place})"),
            [first, ..] => format!("left out: {what} ({first} and {} more)", places.len() - 1),
            [] => format!("left out: {what}"),
        };
        self.0.into_iter().map(sentence).collect()
    }
}
