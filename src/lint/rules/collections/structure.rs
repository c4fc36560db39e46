use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL002",
    title: "a part of the collection is of the wrong type",
    severity: Severity::Error,
    explanation: "This rule checks what Postman's published schemas for versions 2.0 and 2.1 check: what is a string, \
        a list, an object or a number, and what is required. Readers skip or misread a part of the wrong type.\n\n\
        Deviations that Postman itself writes are not reported: variables of the types `default`, `secret` and \
        `text`, and an empty body mode. If the schemas refuse something that readers accept anyway, it is COL016. \
        Unlike the schemas, this rule requires the `id` of a folder to be a string, an example to be an object, and \
        its `code` not to be negative.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, _: &Collection<'_>, findings: &mut Findings) {
    for fault in facts.faults().iter().filter(|fault| !fault.harmless) {
        findings.at(fault.span, &*fault.message);
    }
}
