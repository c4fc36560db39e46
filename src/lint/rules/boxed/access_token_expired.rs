use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Prediction, Runtime, Scope, ScriptAction, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX104",
    title: "the access token has expired",
    severity: Severity::Info,
    explanation: "Access tokens live for about an hour. The collection refreshes an expired one before the next \
        request when it can: the classic one with auto refresh switched on and complete credentials, the \
        Advanced one always, but for bearer tokens. Postman exports the shared values, not the current ones, \
        so an exported token is often older than the one in the app.",
    check: Check::Box(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let of = |key: &str| scope.winner(key, Runtime::App);
    let Some(variable) = of(names::EXPIRES_AT).filter(|_| !kind.expiry_keys().is_empty()) else { return };
    let (Some(value), expiry) = (variable.value(), JsValue::of(Some(variable))) else { return };
    let token_there = of(names::ACCESS_TOKEN).is_some_and(|token| !token.text().is_empty());
    // A time before 2001 is a mistake or a reset, not the end of a token.
    let plausible = expiry.number() >= 1e12;
    if !token_there || !plausible || facts.surroundings.now as f64 <= expiry.number() {
        return;
    }
    let label = match Prediction::of(scope, kind, Runtime::App, facts.surroundings.now).action {
        ScriptAction::Refresh => "the collection refreshes it before the next request",
        ScriptAction::None => "the next request is sent with it",
        ScriptAction::Error(_) => "the next request throws; `envtool inspect` says why",
    };
    findings.at(value.span(), "the access token has expired").label(label);
}
