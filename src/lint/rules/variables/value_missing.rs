use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, ScopeKind, Variable};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV019",
    title: "a variable has no value",
    severity: Severity::Info,
    explanation: "A reference to it becomes empty, and a script gets `undefined`, which it prints as that word. \
        Postman writes an empty `value` instead, and leaves it out only for variables linked to a vault and for \
        secrets (`secret: true`) that are not shared.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let elsewhere = || variable.source().is_some() || variable.is_marked_secret();
    if variable.value().is_none() && !elsewhere() && scope.kind() != ScopeKind::Collection {
        findings
            .at(variable.key_node().span(), format!("`{}` has no `value`", variable.key()))
            .label("a reference to it becomes empty")
            .command(format!("envtool set {} VALUE", variable.key()));
    }
}
