use super::{REFER, called, in_value, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Place, name_of};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC009",
    title: "a literal credential in a variable of the collection",
    severity: Severity::Warning,
    explanation: "Judging by its name or its shape, the value is a credential, and everyone who gets the collection \
        gets its variables, too. Keep it in an environment, which you need not share. In a file that git tracks it is \
        an error. `envtool reset COLLECTION` empties it.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    report(facts, &[Place::Variable], Severity::Error, REFER, findings, |found| {
        if found.part.is_some() {
            in_value(found, &name_of(found.node))
        } else {
            format!("the variable {} contains a credential", called(found))
        }
    });
}
