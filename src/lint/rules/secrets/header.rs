use super::{REFER, called, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC005",
    title: "a literal credential in a header",
    severity: Severity::Warning,
    explanation: "A header such as `Authorization` or `X-Api-Key` holds the credential itself. Refer to a variable \
        of the environment instead: `Bearer {{access_token}}`. In a file that git tracks it is an error. What is \
        good for one request, such as the answer of `Digest` and the signature of OAuth 1, is not reported.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    report(facts, &[Place::Header], Severity::Error, REFER, findings, |found| {
        format!("the header {} holds a credential", called(found))
    });
}
