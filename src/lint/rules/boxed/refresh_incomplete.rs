use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope, Variable, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX106",
    title: "there is a refresh token, but not everything needed to use it",
    severity: Severity::Warning,
    explanation: "Refreshing also takes the client id and the client secret of the application. Without them the \
        collection throws when the access token expires.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let filled = |key: &str| {
        scope.winner(key, Runtime::App).filter(|variable| JsValue::of(Some(variable)).is_truthy())
    };
    let Some(token) = filled(names::REFRESH_TOKEN).filter(|_| kind == BoxKind::Classic) else { return };
    let mut absent = Vec::new();
    for key in [names::CLIENT_ID, names::CLIENT_SECRET].into_iter().filter(|key| filled(key).is_none()) {
        match scope.target(key) {
            Some(row) => report(row, &[key], findings),
            None => absent.push(key),
        }
    }
    if !absent.is_empty() {
        report(token, &absent, findings);
    }
}

/// Reports at `row` that `keys` are missing.
fn report(row: &Variable<'_>, keys: &[&str], findings: &mut Findings) {
    let names: Vec<_> = keys.iter().map(|key| format!("no `{key}`")).collect();
    let commands: Vec<_> = keys.iter().map(|key| format!("envtool set {key}")).collect();
    findings
        .at(row.key_node().span(), format!("there is a refresh token, but {}", names.join(" and ")))
        .label("the collection cannot refresh")
        .help(commands.join(", "));
}
