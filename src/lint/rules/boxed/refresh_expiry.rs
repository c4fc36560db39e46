use super::SECONDS;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, EARLIEST_TOKEN_END, JsValue, Runtime, Scope, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX204",
    title: "the refresh token counts as expired",
    severity: Severity::Warning,
    explanation: "The Advanced collection throws \"Refresh token has expired\" without trying if \
        `refresh_token_expires_at` is missing, empty, 0 or past. After pasting tokens into a fresh environment it is \
        still 0. Box's refresh tokens live for 60 days: write the time of login plus 60 days, in milliseconds since \
        1970.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let of = |key: &str| scope.winner(key, Runtime::App);
    let Some(token) =
        of(names::REFRESH_TOKEN).filter(|token| kind == BoxKind::OAuth && !token.text().is_empty())
    else {
        return;
    };
    let expiry = of(names::REFRESH_TOKEN_EXPIRES_AT);
    let value = JsValue::of(expiry);
    // The script reads `refresh_token_expires_at || 0`. Other rules check times in seconds and plausible ones.
    let time = if value.is_truthy() { value.number() } else { 0.0 };
    if time.is_nan() || SECONDS.contains(&time) || time >= EARLIEST_TOKEN_END {
        return;
    }
    let span = expiry.and_then(|expiry| expiry.value()).map_or(token.key_node().span(), |value| value.span());
    findings
        .at(span, "the collection considers the refresh token expired")
        .label("the next refresh throws \"Refresh token has expired\" without trying")
        .help(format!(
            "envtool set {} MILLISECONDS (the time of login plus 60 days)",
            names::REFRESH_TOKEN_EXPIRES_AT
        ));
}
