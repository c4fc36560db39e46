use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, Variable, references};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN003",
    title: "a value refers to a vault, which newman does not have",
    severity: Severity::Info,
    explanation: "`{{vault:name}}` is read from the vault of the Postman app. newman has no vault and sends the \
        reference as is.",
    check: Check::Variable(check),
};

fn check(facts: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    if facts.references().is_empty() {
        return;
    }
    for reference in variable.value().into_iter().flat_map(references) {
        if reference.name.starts_with("vault:") {
            findings
                .at(reference.span, format!("`{}` needs the Postman app's vault", variable.key()))
                .label("newman sends it as is");
        }
    }
}
