use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, Scope, TokenState, Tokens, names};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX109",
    title: "the refresh token has probably expired",
    severity: Severity::Warning,
    explanation: "A refresh token works once, within 60 days. The classic environment does not say when it was \
        issued. envtool estimates that from `expires_at`: the access token was issued with it about an hour before, \
        unless one of the two was entered by hand. Log in again for a new pair.",
    check: Check::Box(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let Some(token) = scope.target(names::REFRESH_TOKEN) else { return };
    if Tokens::of(scope, kind, facts.surroundings.now).refresh != TokenState::Expired {
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
