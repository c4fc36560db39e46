use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Runtime, Scope, ScopeKind, Variable};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN002",
    title: "the app and newman use different rows of the same name",
    severity: Severity::Warning,
    explanation: "The app skips a row with `\"enabled\": false`, newman and the Postman CLI do not: if the disabled \
        row is the last one with its name, they use it. Remove it, or give it `\"disabled\": true`.",
    check: Check::Variable(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    if !scope.repeats(variable.key()) || scope.kind() == ScopeKind::Collection {
        return;
    }
    if !scope.wins(variable, Runtime::Newman) {
        return;
    }
    let Some(app) = scope.winner(variable.key(), Runtime::App) else { return };
    if app.node() != variable.node() {
        let line = facts.line(app.key_node().span().start);
        findings
            .at(
                variable.key_node().span(),
                format!("the app and newman use different rows of `{}`", variable.key()),
            )
            .label(format!("newman uses this one, the app the one in line {line}"))
            .help("remove one of the rows");
    }
}
