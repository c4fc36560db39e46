use super::{Action, Change, Draft, EditError, Plan, assign, target};
use crate::model::{Format, Runtime, Scope, ScopeKind, Variable};
use crate::syntax::{Value, is_path, write};
use crate::text::Edit;

/// Makes the app use variables again. A name means the last row with that name, unless one of them is already in use.
///
/// # Errors
/// A name or path that matches no variable.
pub fn enable(scope: &Scope<'_>, keys: &[String]) -> Result<Plan, EditError> {
    let chosen = target::distinct(keys, |key| {
        let found = target::variables(scope, key)?;
        let in_use = found.iter().any(|variable| variable.is_enabled(Runtime::App));
        Ok(match found.last() {
            _ if is_path(key) => found,
            Some(last) if !in_use => vec![*last],
            _ => Vec::new(),
        })
    })?;
    let mut draft = Draft::default();
    for variable in chosen.into_iter().filter(|variable| !variable.is_enabled(Runtime::App)) {
        draft.change(enabling(variable), Change::new(variable.key(), Action::Enabled));
    }
    draft.finish()
}

/// Makes the app ignore variables. A name means every row with that name, so that no duplicate takes over.
///
/// # Errors
/// A name or path that matches no variable.
pub fn disable(scope: &Scope<'_>, keys: &[String]) -> Result<Plan, EditError> {
    let rows = target::distinct(keys, |key| target::variables(scope, key))?;
    let (mut draft, mut still_used) = (Draft::default(), Vec::new());
    for variable in rows.into_iter().filter(|row| row.is_enabled(Runtime::App)) {
        if variable.is_entry() {
            return Err(EditError::MapEntry(variable.key().to_owned()));
        }
        let (edit, by_enabled) = disabling(scope, variable);
        draft.change([edit], Change::new(variable.key(), Action::Disabled));
        if by_enabled && !still_used.contains(&variable.key()) {
            still_used.push(variable.key());
        }
    }
    let note = |key| format!("newman and the Postman CLI do not read `enabled`: they still use `{key}`");
    draft.note(still_used.into_iter().map(note));
    draft.finish()
}

/// The edits that make the app use `variable`.
pub(super) fn enabling(variable: &Variable<'_>) -> Vec<Edit> {
    let node = variable.node();
    let with = |name: &str, wrong: bool| node.get(name).filter(|flag| flag.is_bool(wrong));
    let enabled = with("enabled", false).map(|flag| write::replace(flag, &Value::Bool(true)));
    let disabled = with("disabled", true).map(|flag| write::replace(flag, &Value::Bool(false)));
    enabled.into_iter().chain(disabled).collect()
}

/// The edit that makes the app ignore `variable`, and whether it changes `enabled`, which newman does not read.
fn disabling(scope: &Scope<'_>, variable: &Variable<'_>) -> (Edit, bool) {
    let (disabled, enabled) = (variable.node().get("disabled"), variable.node().get("enabled"));
    // A collection's own variables, and what newman exports, know only `disabled`.
    let by_disabled = disabled.is_some()
        || scope.kind() == ScopeKind::Collection
        || (scope.format() == Format::NewmanExport && enabled.is_none());
    let (name, flag, value) =
        if by_disabled { ("disabled", disabled, true) } else { ("enabled", enabled, false) };
    let edit = match flag {
        Some(flag) => write::replace(flag, &Value::Bool(value)),
        None => assign::insert(scope, variable, name, &Value::Bool(value)),
    };
    (edit, !by_disabled)
}
