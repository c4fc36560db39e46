use super::EditError;
use crate::model::{Scope, Variable};
use crate::syntax::{Node, is_path, select};

/// The nodes of `scope`'s document that `path` selects: at least one.
pub(super) fn nodes<'d>(scope: &Scope<'d>, path: &str) -> Result<Vec<Node<'d>>, EditError> {
    let found = select(scope.owner().document(), path)?;
    if found.is_empty() { Err(EditError::NothingSelected(path.to_owned())) } else { Ok(found) }
}

/// The variables that `key`, a name or a JSONPath, means: at least one.
pub(super) fn variables<'s, 'd>(scope: &'s Scope<'d>, key: &str) -> Result<Vec<&'s Variable<'d>>, EditError> {
    if is_path(key) {
        let variable = |node: Node<'d>| {
            let exact = scope.variable_at(node).filter(|variable| variable.node() == node);
            exact.ok_or(EditError::NotAVariable { path: key.to_owned(), found: node.kind().name() })
        };
        return nodes(scope, key)?.into_iter().map(variable).collect();
    }
    let found: Vec<_> = scope.variables().iter().filter(|variable| variable.key() == key).collect();
    if found.is_empty() { Err(absent(scope, key)) } else { Ok(found) }
}

pub(super) fn absent(scope: &Scope<'_>, key: &str) -> EditError {
    EditError::Absent { key: key.to_owned(), nearest: nearest(scope, key) }
}

/// The name in `scope` that `key` may be a misspelling of.
///
/// Numbered names (`token1`, `token2`) are not misspellings of each other.
pub(super) fn nearest(scope: &Scope<'_>, key: &str) -> Option<String> {
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let plain = |name: &str| {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let allowed = match key.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let distance = |name: &str| {
        if plain(name) == plain(key) { 0 } else { strsim::osa_distance(name, key) }
    };
    let candidates = scope.variables().iter().map(Variable::key).filter(|name| !name.is_empty());
    candidates
        .filter(|name| letters(name) != letters(key) || plain(name) == plain(key))
        .map(|name| (distance(name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name.to_owned())
}

/// Refuses to take values for `scope` from `other` when that is of another kind. Its `role` is for people.
pub(super) fn expect_kind(scope: &Scope<'_>, role: &'static str, other: &Scope<'_>) -> Result<(), EditError> {
    if scope.kind() == other.kind() {
        return Ok(());
    }
    Err(EditError::OtherKind { role, other: other.kind().name(), own: scope.kind().name() })
}

/// Refuses a name that nothing could refer to.
pub(super) fn expect_name(name: &str) -> Result<(), EditError> {
    match name {
        "" => Err(EditError::NoName),
        name if name.contains(['{', '}']) => Err(EditError::Brace(name.to_owned())),
        _ => Ok(()),
    }
}
