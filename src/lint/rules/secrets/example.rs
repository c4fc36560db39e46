use super::{called, report};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Place;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC008",
    title: "a literal credential in a saved example",
    severity: Severity::Info,
    explanation: "Saving an answer as an example saves the request that was sent with it, with the values that the \
        references had, and what the server said: tokens, cookies, keys. Examples are published with the \
        documentation. Those written by hand hold made-up credentials, so this is only a warning in a file that git \
        tracks. Cookies that count visitors or remember a choice (`_ga`, `OptanonConsent`) are none. `envtool reset \
        COLLECTION` empties them.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    report(
        facts,
        &[Place::Example],
        Severity::Warning,
        "write a made-up one in its place, or a reference: {{name}}",
        findings,
        |found| format!("{} in this example is a credential", called(found)),
    );
}
