use super::{REFER, called, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC004",
    title: "a literal credential in an authorization",
    severity: Severity::Warning,
    explanation: "The credential is written in the collection itself, so everyone who gets the collection gets it, \
        too. Put it into a variable of the environment and refer to it: `{{access_token}}`. In a file that git tracks \
        it is an error. `envtool reset COLLECTION` empties such credentials.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    report(facts, &[Place::Auth], Severity::Error, REFER, findings, |found| {
        format!("{} is written out in the collection", called(found))
    });
}
