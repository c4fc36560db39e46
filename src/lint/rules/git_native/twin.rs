use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT004",
    title: "two names in a folder differ only in case",
    severity: Severity::Error,
    explanation: "Names of requests and of folders must be unique regardless of case: Windows and macOS keep only one \
        of two such files when the repository is checked out, and Postman refuses the collection. Rename one of them; \
        `name` inside the file may stay the same.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if let Some(twin) = &facts.location.twin {
        findings
            .at(
                opening(facts.document.root()),
                format!("`{twin}` has the same name except for case or extension"),
            )
            .label("only one of them is left on Windows and macOS");
    }
}
