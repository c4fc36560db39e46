use super::{called, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC008",
    title: "a literal credential in a saved example",
    severity: Severity::Info,
    explanation: "Saving a response as an example saves the request with it, including the values of its references, \
        and everything the server returned: tokens, cookies, keys. Examples are published with the documentation. \
        Those written by hand contain made-up credentials, so this is a warning only in a file that git tracks. \
        Cookies that count visitors or remember a choice (`_ga`, `OptanonConsent`) are not reported. `envtool reset \
        COLLECTION` empties them.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    report(
        facts,
        &[Place::Example],
        Severity::Warning,
        "replace it with a made-up one or a reference: {{name}}",
        findings,
        |found| format!("{} in this example is a credential", called(found)),
    );
}
