use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{
    ACCESS_TOKEN_LIFE, BoxKind, JsValue, REFRESH_TOKEN_LIFE, Runtime, Scope, names, token_end,
};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX109",
    title: "the refresh token has probably expired",
    severity: Severity::Warning,
    explanation: "A refresh token is good for one use within 60 days. The classic environment does not say when it was \
        issued: that is worked out from `expires_at`, about an hour before which the access token came with it, unless \
        one of the two was put in by hand. Log in again for a new pair.",
    check: Check::Box(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let of = |key: &str| scope.winner(key, Runtime::App);
    let Some(token) = of(names::REFRESH_TOKEN).filter(|token| !token.text().is_empty()) else { return };
    let time = |key: &str| token_end(&JsValue::of(of(key)));
    let end = match kind {
        BoxKind::Classic => {
            time(names::EXPIRES_AT).map(|end| end.saturating_add(REFRESH_TOKEN_LIFE - ACCESS_TOKEN_LIFE))
        }
        BoxKind::OAuth => time(names::REFRESH_TOKEN_EXPIRES_AT),
        BoxKind::Bearer | BoxKind::Ccg | BoxKind::Jwt => None,
    };
    if end.is_none_or(|end| facts.surroundings.now <= end) {
        return;
    }
    let span = token.value().unwrap_or(token.node()).span();
    let label = if kind == BoxKind::OAuth {
        "`refresh_token_expires_at` is past: the collection will not even try it"
    } else {
        "going by `expires_at`, its 60 days have ended"
    };
    findings.at(span, "the refresh token has probably expired").label(label).secret();
}
