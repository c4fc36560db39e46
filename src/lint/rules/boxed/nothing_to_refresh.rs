use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX112",
    title: "auto refresh is on, but there is no refresh token",
    severity: Severity::Info,
    explanation: "There is an access token and auto refresh is on, but without a refresh token the collection cannot \
        get the next one: after about an hour every request throws. A developer token cannot be refreshed; `envtool \
        login` gets a pair that can.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let of = |key: &str| JsValue::of(scope.winner(key, Runtime::App));
    let Some(switch) = scope.winner(names::AUTO_REFRESH, Runtime::App) else { return };
    let on = kind == BoxKind::Classic && of(names::AUTO_REFRESH).text() == "true";
    let refresh_token = of(names::REFRESH_TOKEN);
    // A wiped token has a rule of its own.
    if on
        && of(names::ACCESS_TOKEN).is_truthy()
        && !refresh_token.is_truthy()
        && refresh_token != JsValue::Null
    {
        findings
            .at(switch.key_node().span(), "auto refresh is on, but there is no refresh token")
            .label("requests throw once the access token has expired")
            .command("envtool login");
    }
}
