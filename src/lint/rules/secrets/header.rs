use super::{REFER, called, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC005",
    title: "a literal credential in a header",
    severity: Severity::Warning,
    explanation: "A header such as `Authorization` or `X-Api-Key` contains the credential itself. Refer to a variable \
        of the environment instead: `Bearer {{access_token}}`. In a file that git tracks it is an error. Values that \
        are good for a single request, such as the response of `Digest` and the signature of OAuth 1, are not \
        reported.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    report(facts, &[Place::Header], Severity::Error, REFER, findings, |found| {
        format!("the header {} contains a credential", called(found))
    });
}
