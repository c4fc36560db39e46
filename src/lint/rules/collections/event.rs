use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Script;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL014",
    title: "a script that never runs",
    severity: Severity::Warning,
    explanation: "Postman runs the scripts of the events `prerequest` and `test`. It ignores others, such as \
        `pre-request` or `tests`.",
    check: Check::Script(check),
};

fn check(_: &Facts<'_>, script: &Script<'_>, findings: &mut Findings) {
    let Some(node) = script.node().get("listen") else { return };
    if let Some(listen) = node.as_str().filter(|listen| !matches!(&**listen, "prerequest" | "test")) {
        findings.at(node.span(), format!("Postman has no event `{listen}`")).label("this script never runs");
    }
}
