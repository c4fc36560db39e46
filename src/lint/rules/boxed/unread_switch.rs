use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, Scope, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX205",
    title: "a switch that the Advanced collection does not read",
    severity: Severity::Info,
    explanation: "Only the classic collection reads `enable_auto_refresh_access_token`. The Advanced one always \
        refreshes an expired token.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    if let Some(row) = scope.target(names::AUTO_REFRESH).filter(|_| kind != BoxKind::Classic) {
        findings
            .at(row.key_node().span(), "the Advanced collection does not read this switch")
            .label("it always refreshes an expired token");
    }
}
