use super::assign::{self, New};
use super::{Action, Change, Draft, EditError, Plan, toggle};
use crate::model::{BoxKind, JsType, JsValue, Runtime, Scope, names};
use crate::syntax::Value;

/// How to turn the switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoRefresh {
    /// The collection refreshes an expired token by itself.
    On,
    /// It does not.
    Off,
    /// The opposite of the current state.
    Toggle,
}

/// Whether the switch lets the script of the classic collection refresh an expired token.
///
/// The script tests `String(value) === 'true'`: the text `true`, the boolean, and a value that the type of the variable
/// turns into it are on; a missing or disabled variable is off.
///
/// # Errors
/// The file is not a Box environment, or is an Advanced one, which has no switch.
pub fn is_on(scope: &Scope<'_>, runtime: Runtime) -> Result<bool, EditError> {
    match BoxKind::of(scope) {
        Some(BoxKind::Classic) => {}
        Some(advanced) => return Err(EditError::NoSwitch(advanced)),
        None => return Err(EditError::NotBox("auto refresh is a switch of the Box collection")),
    }
    Ok(JsValue::of(scope.winner(names::AUTO_REFRESH, runtime)).text() == "true")
}

/// Turns the switch of a classic Box environment, adding it if it is missing.
///
/// # Errors
/// The file is not a Box environment, or is an Advanced one, which has no switch.
pub fn auto_refresh(scope: &Scope<'_>, wish: AutoRefresh) -> Result<Plan, EditError> {
    let on = is_on(scope, Runtime::App)?;
    let wanted = match wish {
        AutoRefresh::On => true,
        AutoRefresh::Off => false,
        AutoRefresh::Toggle => !on,
    };
    let value = Value::string(if wanted { "true" } else { "false" });
    let mut draft = Draft::default();
    let Some(variable) = scope.target(names::AUTO_REFRESH) else {
        let new = New::of(names::AUTO_REFRESH, &value);
        let change = new.change();
        draft.change(assign::add(scope, &[new])?, change);
        return draft.finish();
    };
    // For a variable of the type `boolean`, every text is true.
    let value = if JsType::of(variable) == Some(JsType::Boolean) { Value::Bool(wanted) } else { value };
    let same = variable.value().is_some_and(|node| node.is_bool(wanted));
    draft.extend(assign::assign(scope, variable, &value).filter(|_| !same));
    if wanted && !variable.is_enabled(Runtime::App) {
        draft.change(toggle::enabling(variable), Change::new(names::AUTO_REFRESH, Action::Enabled));
    }
    draft.finish()
}
