use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Request;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL013",
    title: "an unknown body mode",
    severity: Severity::Warning,
    explanation: "Postman knows the modes `raw`, `urlencoded`, `formdata`, `file` and `graphql`, and `none` or \
        nothing for no body. newman treats any other word as `raw` and sends whatever is there, or nothing. (The \
        published schemas refuse `none` and an empty mode.) Examples are not sent and not checked.",
    check: Check::Request(check),
};

fn check(_: &Facts<'_>, request: &Request<'_>, findings: &mut Findings) {
    let Some(body) = request.body() else { return };
    let Some(mode) = body.mode() else { return };
    let known = ["raw", "urlencoded", "formdata", "file", "graphql", "none", ""];
    if let Some(node) = body.node().get("mode").filter(|_| !known.contains(&&*mode)) {
        findings
            .at(node.span(), format!("Postman knows no body of mode `{mode}`"))
            .label("newman treats it as `raw`");
    }
}
