use std::collections::HashSet;

use super::note;
use crate::syntax::{Document, Kind, Node, write};
use crate::text::EditSet;

/// `document` with each member once, of those with one name the last, as readers of JSON take it; and what that left out.
/// YAML's readers refuse a name that is there twice. None when there is no such name.
#[must_use]
pub fn without_doubled(document: &Document) -> Option<(Document, Vec<String>)> {
    let (mut edits, mut names, mut gone) = (Vec::new(), Vec::new(), Vec::<Node<'_>>::new());
    for object in document.nodes().filter(|node| node.kind() == Kind::Object) {
        let doomed = overridden(object, &mut names);
        // What goes with a member goes as a whole.
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
    note(&mut notes, &names, |names| format!("there more than once, and the last one counts: {names}"));
    Some((once, notes))
}

/// The values in `object` that a later member of the same name overrides; the name goes to `names`, once.
fn overridden<'d>(object: Node<'d>, names: &mut Vec<String>) -> Vec<Node<'d>> {
    let (mut seen, mut doomed) = (HashSet::new(), Vec::new());
    let members: Vec<_> = object.members().collect();
    for member in members.into_iter().rev() {
        let name = member.key();
        if !seen.insert(name.clone()) {
            doomed.push(member.value);
            if !names.iter().any(|known| *known == name) {
                names.push(name.into_owned());
            }
        }
    }
    doomed.reverse();
    doomed
}
