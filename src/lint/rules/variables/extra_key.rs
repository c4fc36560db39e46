use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, ScopeKind, Variable};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV021",
    title: "a variable is not in the template",
    severity: Severity::Warning,
    explanation: "With `--against TEMPLATE`: a variable that the template does not have. It may be a misspelling of a \
        missing one, or belong in the template.",
    check: Check::Variable(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let template = facts.surroundings.template.as_ref();
    let Some(template) = template.filter(|_| scope.kind() == ScopeKind::Environment) else { return };
    if !template.keys.iter().any(|key| key == variable.key()) {
        let message = format!("`{}` is not in the template", variable.key());
        findings.at(variable.key_node().span(), message).label(format!("{} does not have it", template.name));
    }
}
