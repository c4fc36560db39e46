use super::super::opening_of_list;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, Runtime, Scope, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX111",
    title: "the auto-refresh switch is missing",
    severity: Severity::Warning,
    explanation: "Without `enable_auto_refresh_access_token` the classic collection does not refresh: its guide says \
        that auto refresh is on by default, but its script treats a missing or disabled switch as off. `envtool \
        auto-refresh on` adds it.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let there = scope.winner(names::AUTO_REFRESH, Runtime::App).is_some_and(|row| row.value().is_some());
    if kind != BoxKind::Classic || there {
        return;
    }
    let (span, message) = match scope.target(names::AUTO_REFRESH) {
        Some(row) if row.value().is_none() => (row.key_node().span(), "has no value"),
        Some(row) => (row.key_node().span(), "is disabled"),
        None => (opening_of_list(scope), "is missing"),
    };
    findings
        .at(span, format!("`{}` {message}", names::AUTO_REFRESH))
        .label("the collection treats this as off")
        .command("envtool auto-refresh on");
}
