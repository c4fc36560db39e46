//! Folders that the two sides may have put into each other.

use std::collections::{BTreeSet, HashSet};

use super::entities::{BASE, Items, OURS, THEIRS};

/// The folders in different places in ours and theirs that the moves of both sides, combined, could put into
/// themselves. If all of them are where the same side has them, none is inside itself.
pub(super) fn circling(items: &Items<'_>) -> BTreeSet<usize> {
    let moved = |&entity: &usize| items.is_folder(entity) && items.is_moved(entity);
    let mut moved: Vec<_> = (0..items.entities.len()).filter(moved).collect();
    let mut circling = BTreeSet::new();
    // It takes two moves.
    while circling.len() + moved.len() > 1 {
        let (found, rest): (Vec<_>, _) =
            moved.into_iter().partition(|&folder| may_contain_itself(items, folder, &circling));
        if found.is_empty() {
            break;
        }
        // Either place of these is now possible, which may close more circles.
        circling.extend(found);
        moved = rest;
    }
    circling
}

fn may_contain_itself(items: &Items<'_>, folder: usize, circling: &BTreeSet<usize>) -> bool {
    let (mut seen, mut next) = (HashSet::new(), vec![folder]);
    while let Some(at) = next.pop() {
        next.extend(possible_parents(items, at, circling).filter(|parent| seen.insert(*parent)));
    }
    seen.contains(&folder)
}

/// The folders that may contain `entity` after the merge.
fn possible_parents(
    items: &Items<'_>,
    entity: usize,
    circling: &BTreeSet<usize>,
) -> impl Iterator<Item = usize> {
    let [was, here, there] = [BASE, OURS, THEIRS].map(|side| items.parent(entity, side));
    let places = match items.entities[entity] {
        [_, Some(_), None] => [here, None],
        [_, None, _] => [None, there],
        _ if items.is_disputed(entity) || circling.contains(&entity) => [here, there],
        _ if was == here => [None, there],
        _ => [here, None],
    };
    places.into_iter().flatten()
}
