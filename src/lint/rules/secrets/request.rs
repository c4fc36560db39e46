use super::{REFER, called, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC006",
    title: "a literal credential in an address or a body",
    severity: Severity::Info,
    explanation: "A parameter, a form field, a raw body or the address itself holds something that goes by the name \
        of a secret, or looks like a live credential. Refer to a variable of the environment instead. Bodies often \
        hold passwords made up for a test, so this is only a warning in a file that git tracks. The sessions that \
        clients of Google's Places and of Mapbox number themselves are none.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    report(facts, &[Place::Url], Severity::Warning, REFER, findings, |found| {
        format!("{} in the address is a credential", called(found))
    });
    report(facts, &[Place::Body], Severity::Warning, REFER, findings, |found| {
        format!("{} in the body is a credential", called(found))
    });
}
