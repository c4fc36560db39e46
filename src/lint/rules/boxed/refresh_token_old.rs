use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, JsValue, Runtime, Scope, names};

const HOUR: f64 = 3_600_000.0;
const SIXTY_DAYS: f64 = 60.0 * 24.0 * HOUR;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX109",
    title: "the refresh token is too old",
    severity: Severity::Warning,
    explanation: "A refresh token is good for one use within 60 days. The classic environment does not say when it was \
        issued, but the access token that came with it expired about an hour later. Log in again for a new \
        pair.",
    check: Check::Box(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let of = |key: &str| scope.winner(key, Runtime::App);
    let Some(token) = of(names::REFRESH_TOKEN).filter(|token| !token.text().is_empty()) else { return };
    let time = |key: &str| Some(JsValue::of(of(key)).number()).filter(|time| *time >= 1e12);
    let end = match kind {
        BoxKind::Classic => time(names::EXPIRES_AT).map(|end| end - HOUR + SIXTY_DAYS),
        BoxKind::OAuth => time(names::REFRESH_TOKEN_EXPIRES_AT),
        BoxKind::Bearer | BoxKind::Ccg | BoxKind::Jwt => None,
    };
    if end.is_some_and(|end| facts.surroundings.now as f64 > end) {
        let span = token.value().unwrap_or(token.node()).span();
        let label =
            if kind == BoxKind::OAuth { "the collection will not even try it" } else { "Box will refuse it" };
        findings.at(span, "the refresh token is more than 60 days old").label(label).secret();
    }
}
