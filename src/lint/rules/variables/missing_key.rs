use super::super::opening_of_list;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, ScopeKind};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV020",
    title: "a variable of the template is missing",
    severity: Severity::Error,
    explanation: "With `--against TEMPLATE`, every environment must have the variables of the template. Values do not \
        matter.",
    check: Check::Variables(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let template = facts.surroundings.template.as_ref();
    let Some(template) = template.filter(|_| scope.kind() == ScopeKind::Environment) else { return };
    for key in template.keys.iter().filter(|key| !scope.has(key)) {
        findings
            .at(opening_of_list(scope), format!("there is no `{key}`"))
            .label(format!("{} has it", template.name))
            .command(format!("envtool set {key} VALUE"));
    }
}
