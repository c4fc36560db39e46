use super::note;
use crate::syntax::Node;

/// A note about those of `nodes` that are strings with half of a surrogate pair: that is no character, so it is lost.
#[must_use]
pub fn note_of_unpaired<'d>(nodes: impl Iterator<Item = Node<'d>>) -> Option<String> {
    let unpaired = nodes.filter(Node::has_unpaired_surrogate);
    let places: Vec<_> = unpaired.map(|node| node.path().to_string()).collect();
    let mut notes = Vec::new();
    note(&mut notes, &places, |places| {
        format!("`\u{fffd}` replaces half of a surrogate pair, which is no character, in {places}")
    });
    notes.pop()
}
