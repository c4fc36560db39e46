use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Runtime, Scope, Variable};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV006",
    title: "two variables have the same name",
    severity: Severity::Warning,
    explanation: "If several enabled rows have the same name, the last one wins, both in the app and in newman; the \
        Postman CLI's `environment var get` shows the first. Postman's API refuses the file, and the app drops \
        duplicates when it imports globals. Remove the rows that you do not need.",
    check: Check::Variable(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    if !scope.repeats(variable.key()) || variable.key().is_empty() || !variable.is_enabled(Runtime::App) {
        return;
    }
    let Some(winner) = scope.winner(variable.key(), Runtime::App) else { return };
    if winner.node() != variable.node() {
        let line = facts.line(winner.key_node().span().start);
        findings
            .at(variable.key_node().span(), format!("`{}` occurs more than once", variable.key()))
            .label(format!("the one on line {line} wins"))
            .help("remove the rows that you do not need");
    }
}
