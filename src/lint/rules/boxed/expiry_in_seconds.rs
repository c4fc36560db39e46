use super::SECONDS;
use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope};
use crate::syntax::{Kind, Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX103",
    title: "an expiry time is in seconds",
    severity: Severity::Warning,
    explanation: "The collection compares milliseconds. A time in seconds is a date in 1970, so the token counts as \
        expired before every request, and every request uses up a refresh token, which works only once. The fix \
        appends three zeros.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    for key in kind.expiry_keys() {
        let Some(variable) = scope.winner(key, Runtime::App) else { continue };
        let (Some(value), number) = (variable.value(), JsValue::of(Some(variable)).number()) else {
            continue;
        };
        if !SECONDS.contains(&number) {
            continue;
        }
        let text = format!("{:.0}", number.floor() * 1000.0);
        let new =
            if value.kind() == Kind::Number { Value::Number(text.clone()) } else { Value::string(&text) };
        findings
            .at(value.span(), format!("`{key}` is in seconds, but the collection compares milliseconds"))
            .label("every request would use up a refresh token")
            .fix(Safety::Safe, format!("set it to {text}"), vec![write::replace(value, &new)]);
    }
}
