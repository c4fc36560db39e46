use super::report;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC007",
    title: "a literal credential in a script",
    severity: Severity::Warning,
    explanation: "A string in a script has the shape of a live credential, or is assigned to the name of a secret. \
        Read it from a variable: `pm.environment.get(\"name\")`. In a file that git tracks it is an error.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    report(
        facts,
        &[Place::Script],
        Severity::Error,
        "read it from a variable: pm.environment.get(\"name\")",
        findings,
        |found| {
            if found.name.is_empty() {
                "a string in this script looks like a live credential".to_owned()
            } else {
                format!("`{}` in this script is a credential", found.name)
            }
        },
    );
}
