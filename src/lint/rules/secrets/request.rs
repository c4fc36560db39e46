use super::{REFER, called, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC006",
    title: "a literal credential in a URL or a body",
    severity: Severity::Info,
    explanation: "A parameter, a form field, a raw body or the URL itself contains something that is a secret by its \
        name, or looks like a live credential. Refer to a variable of the environment instead. Bodies often contain \
        passwords made up for a test, so this is a warning only in a file that git tracks. Session identifiers that \
        clients of Google Places and Mapbox generate themselves are not reported.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    report(facts, &[Place::Url], Severity::Warning, REFER, findings, |found| {
        format!("{} in the URL is a credential", called(found))
    });
    report(facts, &[Place::Body], Severity::Warning, REFER, findings, |found| {
        format!("{} in the body is a credential", called(found))
    });
}
