use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX206",
    title: "the expiry time of the refresh token is not a number",
    severity: Severity::Warning,
    explanation: "The Advanced collection compares `refresh_token_expires_at` with the clock as a number. A value \
        that is not a number (a date, a word) is never past, so the collection tries a refresh token that Box no \
        longer accepts. Write the time of login plus 60 days, in milliseconds since 1970.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let variable = scope.winner(names::REFRESH_TOKEN_EXPIRES_AT, Runtime::App);
    let Some(value) = variable.and_then(|variable| variable.value()).filter(|_| kind == BoxKind::OAuth)
    else {
        return;
    };
    if JsValue::of(variable).number().is_nan() {
        findings
            .at(value.span(), format!("`{}` is not a number", names::REFRESH_TOKEN_EXPIRES_AT))
            .label("the collection never considers the refresh token expired")
            .command(format!("envtool set {} MILLISECONDS", names::REFRESH_TOKEN_EXPIRES_AT));
    }
}
