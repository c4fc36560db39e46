use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Runtime, Scope, ScopeKind, Variable};
use crate::syntax::{Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN001",
    title: "a disabled variable that newman and the Postman CLI still use",
    severity: Severity::Warning,
    explanation: "The app writes `\"enabled\": false` and does not use the variable. newman and the Postman CLI read \
        only `disabled`, so they do use it: its value is sent, and it can win over an enabled variable of the same \
        name. The unsafe fix adds `\"disabled\": true`, which both understand.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let differ = !variable.is_enabled(Runtime::App) && variable.is_enabled(Runtime::Newman);
    if !differ || scope.kind() == ScopeKind::Collection || variable.key().is_empty() {
        return;
    }
    let span = variable.enabled().unwrap_or(variable.node()).span();
    let order = ["key", "value", "type", "enabled", "disabled"];
    let add = match variable.node().get("disabled") {
        Some(disabled) => write::replace(disabled, &Value::Bool(true)),
        None => write::insert_member(variable.node(), "disabled", &Value::Bool(true), &order),
    };
    findings
        .at(span, format!("newman and the Postman CLI still use `{}`", variable.key()))
        .label("only the app reads this")
        .fix(Safety::Unsafe, "write `\"disabled\": true`", vec![add]);
}
