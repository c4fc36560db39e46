use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Request;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL009",
    title: "a raw body without text",
    severity: Severity::Info,
    explanation: "The mode of the body is `raw`, but there is no `raw`: nothing is sent. In Box's collection this \
        happens where the body would be an array.",
    check: Check::Request(check),
};

fn check(_: &Facts<'_>, request: &Request<'_>, findings: &mut Findings) {
    let Some(body) = request.body() else { return };
    let Some(mode) = body.node().get("mode").filter(|mode| mode.is_str("raw") && body.raw().is_none()) else {
        return;
    };
    // For these methods, the app writes it for a body that was never filled in.
    if !matches!(&*request.method(), "GET" | "HEAD" | "OPTIONS") {
        findings.at(mode.span(), "the body is raw text, but there is no `raw`").label("nothing is sent");
    }
}
