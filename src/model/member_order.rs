//! The members of environment and globals files and of their variables, in the order in which Postman writes them.

use super::ScopeKind;

/// The members of a file. Postman's git-native YAML may have these and no others.
pub const FILE: [&str; 7] = [
    "id",
    "name",
    "values",
    "color",
    "_postman_variable_scope",
    "_postman_exported_at",
    "_postman_exported_using",
];

/// The members that come first in an exported environment, and those that come last in every export.
const ENDS: (&[&str], &[&str]) = FILE.split_at(4);

/// The members that come last in an export.
pub const LAST: &[&str] = ENDS.1;

/// The members of a variable in an export.
pub const VARIABLE: [&str; 4] = ["key", "value", "type", "enabled"];

/// The members that a variable may have in Postman's git-native YAML.
pub const YAML_VARIABLE: [&str; 9] =
    ["id", "key", "value", "enabled", "disabled", "type", "description", "secret", "source"];

/// The members that come first in an export of this `kind`.
#[must_use]
pub fn first(kind: ScopeKind) -> &'static [&'static str] {
    match kind {
        ScopeKind::Globals => &["id", "values", "name", "color"],
        ScopeKind::Environment | ScopeKind::Collection => ENDS.0,
    }
}

/// The position of the member `name` when those in `first` come first, in their order, and those in `last` come last.
#[must_use]
pub fn rank(name: &str, first: &[&str], last: &[&str]) -> usize {
    let place = |list: &[&str]| list.iter().position(|other| *other == name);
    place(first).or_else(|| place(last).map(|place| first.len() + 1 + place)).unwrap_or(first.len())
}
