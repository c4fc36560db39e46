use std::borrow::Cow;

use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Part, Role};
use crate::syntax::Node;

const AUTHS: [&str; 16] = [
    "noauth", "inherit", "basic", "bearer", "apikey", "digest", "oauth1", "oauth2", "jwt", "awsv4", "hawk",
    "ntlm", "asap", "edgegrid", "azure", "sasl",
];

const BODIES: [&str; 10] =
    ["none", "json", "text", "xml", "html", "javascript", "urlencoded", "formdata", "file", "graphql"];

const MOMENTS: [&str; 2] = ["beforeRequest", "afterResponse"];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT005",
    title: "a type of authorization, body or script that Postman does not know",
    severity: Severity::Warning,
    explanation: "Postman silently drops unknown types: the request is sent without its body or its authorization, \
        the script never runs. The `type` of a script is `beforeRequest` or `afterResponse` in a request; in \
        `definition.yaml` the protocol comes first: `http:beforeRequest`.",
    check: Check::Part(check),
};

fn check(facts: &Facts<'_>, part: &Part<'_>, findings: &mut Findings) {
    for auth in part.auths() {
        expect(
            auth.node().get("type"),
            &AUTHS,
            "no authorization",
            "the request is sent without it",
            findings,
        );
    }
    if let Some(body) = part.request().and_then(|request| request.body()) {
        expect(body.node().get("type"), &BODIES, "no body", "no body is sent", findings);
    }
    if part.role() == Role::OtherRequest {
        return;
    }
    for node in facts.scripts().filter_map(|script| script.moment()) {
        let Some(moment) = node.as_str() else { continue };
        let (protocol, bare) =
            moment.rsplit_once(':').map_or((None, &*moment), |(it, bare)| (Some(it), bare));
        let problem = match (MOMENTS.contains(&bare), part.role() == Role::Definition, protocol) {
            (true, true, Some(_)) | (true, false, None) => continue,
            (true, true, None) => format!("in a definition this is `http:{bare}`"),
            (true, false, Some(_)) => format!("in a request this is `{bare}`"),
            (false, ..) => format!("Postman knows no script of type `{moment}`"),
        };
        findings.at(node.span(), problem).label("this script never runs");
    }
}

fn expect(name: Option<Node<'_>>, known: &[&str], what: &str, label: &str, findings: &mut Findings) {
    let Some(node) = name else { return };
    let unknown = |text: &Cow<'_, str>| !known.contains(&&**text);
    if let Some(text) = node.as_str().filter(unknown) {
        findings.at(node.span(), format!("Postman knows {what} of type `{text}`")).label(label);
    }
}
