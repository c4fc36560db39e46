use jiff::Timestamp;

use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Prediction, Runtime, Scope, ScriptAction, names, token_end};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX115",
    title: "the refresh token was probably used before the export",
    severity: Severity::Info,
    explanation: "When Postman exported the file, its access token had already expired, so the collection refreshed \
        it with the next request. Postman exports the shared values, and the script stores current ones: the new pair \
        is only in the app, and the refresh token in the file, which works only once, is used up. Persist the current \
        values in the app and export again, or log in again.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let of = |key: &str| scope.winner(key, Runtime::App);
    let text = |name: &str| scope.owner().get_str(name).unwrap_or_default();
    let Some(token) = of(names::REFRESH_TOKEN).filter(|token| !token.text().is_empty()) else { return };
    if !matches!(kind, BoxKind::Classic | BoxKind::OAuth)
        || !text("_postman_exported_using").starts_with("Postman/")
    {
        return;
    }
    let Ok(exported) = text("_postman_exported_at").parse::<Timestamp>() else { return };
    let exported = exported.as_millisecond();
    let expired = token_end(&JsValue::of(of(names::EXPIRES_AT))).is_some_and(|end| end < exported);
    let refreshed = || Prediction::of(scope, kind, Runtime::App, exported).action == ScriptAction::Refresh;
    if expired && refreshed() {
        findings
            .at(token.value().unwrap_or(token.node()).span(), "the refresh token is probably used up")
            .label("its access token had expired before the export")
            .help("persist the current values in Postman and export again, or `envtool login`")
            .secret();
    }
}
