use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL002",
    title: "a part of the collection is of the wrong type",
    severity: Severity::Error,
    explanation: "The same as Postman's published schemas for versions 2.0 and 2.1 check: what is a text, a list, an \
        object, a number, and what may not be missing. Readers skip or misread such a part.\n\n\
        What Postman itself writes against them is not reported: variables of the types `default`, `secret` and \
        `text`, and an empty body mode. What the schemas refuse and readers take all the same is COL016. Unlike \
        the schemas, this rule wants the `id` of a folder to be a text, an example to be an object and its \
        `code` not to be below 0.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, _: &Collection<'_>, findings: &mut Findings) {
    for fault in facts.faults().iter().filter(|fault| !fault.harmless) {
        findings.at(fault.span, &*fault.message);
    }
}
