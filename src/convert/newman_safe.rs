use super::{ConvertError, Converted, note};
use crate::model::{Runtime, Scope, ScopeKind, Variable};
use crate::syntax::{Syntax, write};
use crate::text::EditSet;

/// Writes the same document without the rows that the app ignores but newman sends: those with `enabled: false`.
pub(super) fn write(scope: &Scope<'_>) -> Result<Converted, ConvertError> {
    if scope.kind() == ScopeKind::Collection {
        return Err(ConvertError::NotForNewman);
    }
    let document = scope.owner().document();
    if document.syntax() == Syntax::Yaml {
        return Err(ConvertError::YamlForNewman);
    }
    let sent = |row: &&Variable<'_>| !row.is_enabled(Runtime::App) && row.is_enabled(Runtime::Newman);
    let doomed: Vec<_> = scope.variables().iter().filter(sent).collect();
    let vault = |row: &&Variable<'_>| row.is_enabled(Runtime::App) && row.source().is_some();
    let vaulted: Vec<_> = scope.variables().iter().filter(vault).map(Variable::key).collect();
    let nodes: Vec<_> = doomed.iter().map(|row| row.node()).collect();
    let edits = scope.list().map(|list| write::remove(list, &nodes)).filter(|_| !nodes.is_empty());
    // Edits that remove different rows cannot overlap.
    let edits = EditSet::new(edits.unwrap_or_default()).unwrap_or_default();
    let mut notes = Vec::new();
    let keys: Vec<_> = doomed.iter().map(|row| row.key()).collect();
    note(&mut notes, &keys, |keys| format!("left out, since disabled and newman would send it: {keys}"));
    note(&mut notes, &vaulted, |keys| format!("newman cannot read from the vault: {keys}"));
    Ok(Converted { text: edits.apply(document.source().text()), notes })
}
