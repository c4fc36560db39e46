use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{ACCESS_TOKEN_AT_MOST, BoxKind, JsValue, REFRESH_TOKEN_AT_MOST, Runtime, Scope, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX110",
    title: "an expiry time is too far in the future",
    severity: Severity::Warning,
    explanation: "Box's access tokens live for about an hour, its refresh tokens for 60 days. With a later time the \
        collection keeps using a token that Box refuses, and the responses are 401. Typical causes are microseconds \
        instead of milliseconds, or a date made up so that the token seems valid. Write 0 to have the access token \
        refreshed at once.",
    check: Check::Box(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    for key in kind.expiry_keys() {
        let Some(variable) = scope.winner(key, Runtime::App) else { continue };
        let (Some(value), time) = (variable.value(), JsValue::of(Some(variable)).number()) else { continue };
        let (at_most, words) = if *key == names::EXPIRES_AT {
            (ACCESS_TOKEN_AT_MOST, "an hour")
        } else {
            (REFRESH_TOKEN_AT_MOST, "60 days")
        };
        if time > (facts.surroundings.now + at_most) as f64 {
            findings
                .at(value.span(), format!("`{key}` is too far in the future: the token lives for {words}"))
                .label("until then the collection considers the token valid");
        }
    }
}
