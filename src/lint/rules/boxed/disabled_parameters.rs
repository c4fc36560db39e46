use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Request;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX303",
    title: "a token request has no enabled parameters",
    severity: Severity::Info,
    explanation: "In Box's collection the parameters of \"Request access token\" and \"Revoke access token\" are \
        disabled, so these requests are sent without them. Enable `client_id`, `client_secret` and `code` or `token` \
        before you send them.",
    check: Check::Request(check),
};

fn check(facts: &Facts<'_>, request: &Request<'_>, findings: &mut Findings) {
    if !facts.is_box_collection() {
        return;
    }
    let Some(body) = request.body() else { return };
    let needed = |key: &str| matches!(key, "client_id" | "client_secret");
    let disabled = body.fields().filter(|field| needed(&field.key) && field.is_disabled()).count();
    if disabled != 2 {
        return;
    }
    let url = request.url().and_then(|url| url.text()).unwrap_or_default();
    if url.contains("/oauth2/token") || url.contains("/oauth2/revoke") {
        findings
            .at(body.node().span(), "the parameters of this token request are disabled")
            .label("Box answers that they are missing");
    }
}
