//! The order in which Postman writes the members of environments and globals today.

use super::ScopeKind;

/// The members of a variable.
pub const ROW: [&str; 4] = ["key", "value", "type", "enabled"];

/// The members that come last in a file.
pub const LAST: [&str; 3] = ["_postman_variable_scope", "_postman_exported_at", "_postman_exported_using"];

/// The members that come first in a file of this `kind`.
#[must_use]
pub fn first(kind: ScopeKind) -> [&'static str; 4] {
    match kind {
        ScopeKind::Globals => ["id", "values", "name", "color"],
        _ => ["id", "name", "values", "color"],
    }
}

/// Where the member `name` goes: those in `first`, others as they are, those in `last`.
#[must_use]
pub fn rank(name: &str, first: &[&str], last: &[&str]) -> usize {
    let place = |list: &[&str]| list.iter().position(|other| *other == name);
    place(first).or_else(|| place(last).map(|place| first.len() + 1 + place)).unwrap_or(first.len())
}
