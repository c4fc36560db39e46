use std::cmp::Ordering;
use std::collections::HashMap;

use super::Side;
use crate::model::{Scope, TokenGroup};

/// From which side the variables of a Box environment's tokens are taken, all of them.
pub(super) fn sides(base: Option<&Scope<'_>>, ours: &Scope<'_>, theirs: &Scope<'_>) -> HashMap<String, Side> {
    let Some(group) = TokenGroup::of(ours) else { return HashMap::new() };
    let (one, other) = (group.values(ours), group.values(theirs));
    if one == other {
        return HashMap::new();
    }
    let side = match base.map(|base| group.values(base)) {
        Some(base) if base == other => Side::Ours,
        Some(base) if base == one => Side::Theirs,
        _ => match group.compare_ages(ours, theirs) {
            Some(Ordering::Greater) => Side::Ours,
            Some(Ordering::Less) => Side::Theirs,
            // Nothing tells them apart: each is a conflict of its own, and ours stands as a whole.
            Some(Ordering::Equal) | None => return HashMap::new(),
        },
    };
    group.keys.iter().map(|&key| (key.to_owned(), side)).collect()
}
