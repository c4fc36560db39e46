use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Runtime, Scope};
use crate::syntax::{Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV014",
    title: "a variable does not say whether it is enabled",
    severity: Severity::Info,
    explanation: "The app, newman and Bruno treat it as enabled; Insomnia drops a variable without `enabled: true`, \
        and Postman 6.0.7 refused to import the file. Reported only if other variables of the file have `enabled`. \
        The fix adds `\"enabled\": true`.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    if !scope.variables().iter().any(|variable| variable.enabled().is_some()) {
        return;
    }
    for variable in scope.variables() {
        if variable.enabled().is_some() || !variable.is_enabled(Runtime::App) {
            continue;
        }
        let order = ["key", "value", "type", "enabled"];
        let add = write::insert_member(variable.node(), "enabled", &Value::Bool(true), &order);
        findings
            .at(variable.key_node().span(), format!("`{}` has no `enabled`", variable.key()))
            .label("Insomnia drops it")
            .fix(Safety::Safe, "add `\"enabled\": true`", vec![add]);
    }
}
