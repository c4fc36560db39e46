use std::collections::HashSet;

use super::note;
use crate::syntax::{Document, Kind, Node, write};
use crate::text::EditSet;

/// `document` with only the last of several members of the same name, which is the one that readers of JSON use, and
/// notes of the names. YAML's readers reject repeated names. None if there are none.
#[must_use]
pub fn without_doubled(document: &Document) -> Option<(Document, Vec<String>)> {
    let (mut edits, mut names, mut gone) = (Vec::new(), Vec::new(), Vec::<Node<'_>>::new());
    for object in document.nodes().filter(|node| node.kind() == Kind::Object) {
        let doomed = overridden(object, &mut names);
        // An object inside a removed member needs no edits of its own.
        if !doomed.is_empty() && !gone.iter().any(|gone| gone.contains(object)) {
            edits.extend(write::remove(object, &doomed));
            gone.extend(doomed);
        }
    }
    if edits.is_empty() {
        return None;
    }
    let once = document.edited(&EditSet::new(edits).ok()?).ok()?;
    let mut notes = Vec::new();
    note(&mut notes, &names, |names| {
        format!("defined more than once, and the last definition counts: {names}")
    });
    Some((once, notes))
}

/// The values in `object` that a later member of the same name overrides; adds the name to `names`.
fn overridden<'d>(object: Node<'d>, names: &mut Vec<String>) -> Vec<Node<'d>> {
    let (mut seen, mut doomed) = (HashSet::new(), Vec::new());
    let members: Vec<_> = object.members().collect();
    for member in members.into_iter().rev() {
        let name = member.key();
        if !seen.insert(name.clone()) {
            doomed.push(member.value);
            names.push(name.into_owned());
        }
    }
    doomed.reverse();
    doomed
}
