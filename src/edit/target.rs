use std::collections::HashSet;

use super::EditError;
use crate::model::{Scope, Variable};
use crate::syntax::{Node, is_path, select};

/// The nodes of `scope`'s document that `path` selects: at least one.
pub(super) fn nodes<'d>(scope: &Scope<'d>, path: &str) -> Result<Vec<Node<'d>>, EditError> {
    let found = select(scope.owner().document(), path)?;
    if found.is_empty() { Err(EditError::NothingSelected(path.to_owned())) } else { Ok(found) }
}

/// The variables with the name or JSONPath `key`: at least one.
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

/// The variables that each of `keys` means according to `rows_of`, in that order, each once.
pub(super) fn distinct<'s, 'd>(
    keys: &[String],
    rows_of: impl Fn(&str) -> Result<Vec<&'s Variable<'d>>, EditError>,
) -> Result<Vec<&'s Variable<'d>>, EditError> {
    let (mut seen, mut distinct) = (HashSet::new(), Vec::new());
    for key in keys {
        distinct.extend(rows_of(key)?.into_iter().filter(|row| seen.insert(row.node().id())));
    }
    Ok(distinct)
}

pub(super) fn absent(scope: &Scope<'_>, key: &str) -> EditError {
    EditError::absent(key, scope.variables().iter().map(Variable::key))
}

/// Refuses to take values for `scope` from `other` if that is of another kind. The message names it by its `role`.
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
