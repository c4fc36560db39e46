use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, ScopeKind, Variable};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV019",
    title: "a variable has no value",
    severity: Severity::Info,
    explanation: "A reference to it becomes empty, and a script gets `undefined`, which it prints as that word. \
        Postman writes an empty `value` instead, and leaves it out only of what is linked to a vault.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let linked = variable.node().get("source").is_some();
    if variable.value().is_none() && !linked && scope.kind() != ScopeKind::Collection {
        findings
            .at(variable.key_node().span(), format!("`{}` has no `value`", variable.key()))
            .label("a reference to it becomes empty")
            .help(format!("envtool set {} VALUE", variable.key()));
    }
}
