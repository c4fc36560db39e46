use super::super::report_unknown;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Part;
use crate::syntax::Name;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT003",
    title: "an unknown member of a git-native collection",
    severity: Severity::Warning,
    explanation: "Postman ignores it, and drops it when it writes the file. Often it is a misspelling, or the name \
        that it has in version 2.1: `header` for `headers`, `event` for `scripts`. envtool keeps it.",
    check: Check::Part(check),
};

fn check(_: &Facts<'_>, part: &Part<'_>, findings: &mut Findings) {
    let known = part.role().members();
    if !known.is_empty() {
        report_unknown(part.node(), &Name::list(known), findings);
    }
}
