use super::super::opening_of_list;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX102",
    title: "the access token never counts as expired",
    severity: Severity::Warning,
    explanation: "The collection compares `expires_at` with the clock as a number. If it is missing, disabled or not \
        a number (a date, a word), the comparison is never true: the collection never refreshes, and after an hour \
        every response is 401. The Advanced collection treats a missing value as expired, so there only a value that \
        is not a number has this effect. Write milliseconds since 1970, or 0 to have the token refreshed at once.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    if kind.expiry_keys().is_empty() {
        return;
    }
    let variable = scope.winner(names::EXPIRES_AT, Runtime::App);
    let value = JsValue::of(variable);
    // The Advanced script reads `expires_at || 0`.
    let absent = kind == BoxKind::Classic && value == JsValue::Undefined;
    if !absent && (!value.number().is_nan() || value == JsValue::Undefined) {
        return;
    }
    let row = scope.target(names::EXPIRES_AT);
    let (span, message) = match (variable, row) {
        (Some(variable), _) => {
            let span = variable.value().unwrap_or(variable.node()).span();
            (span, format!("`{}` is not a number", names::EXPIRES_AT))
        }
        (None, Some(row)) => (row.key_node().span(), format!("`{}` is disabled", names::EXPIRES_AT)),
        (None, None) => (opening_of_list(scope), format!("there is no `{}`", names::EXPIRES_AT)),
    };
    findings
        .at(span, message)
        .label("the collection never refreshes the access token")
        .command(format!("envtool set {} 0", names::EXPIRES_AT));
}
