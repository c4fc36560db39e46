use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Prediction, Runtime, Scope, ScriptAction, names, token_end};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX104",
    title: "the access token has expired",
    severity: Severity::Info,
    explanation: "Access tokens live for about an hour. The collection refreshes an expired one before the next \
        request if it can: the classic one with auto refresh on and complete credentials, the Advanced one always, \
        except for bearer tokens. Postman exports the shared values, not the current ones, so an exported token is often \
        older than the one in the app.",
    check: Check::Box(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let of = |key: &str| scope.winner(key, Runtime::App);
    let Some(variable) = of(names::EXPIRES_AT).filter(|_| !kind.expiry_keys().is_empty()) else { return };
    let Some(value) = variable.value() else { return };
    let token_there = of(names::ACCESS_TOKEN).is_some_and(|token| !token.text().is_empty());
    let expired = token_end(&JsValue::of(Some(variable))).is_some_and(|end| facts.surroundings.now > end);
    if !token_there || !expired {
        return;
    }
    let label = match Prediction::of(scope, kind, Runtime::App, facts.surroundings.now).action {
        ScriptAction::Refresh => "the collection refreshes it before the next request",
        ScriptAction::None => "the next request is sent with it",
        ScriptAction::Error(_) => "the next request throws; `envtool inspect` says why",
    };
    findings.at(value.span(), "the access token has expired").label(label);
}
