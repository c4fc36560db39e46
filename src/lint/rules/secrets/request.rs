use super::is_literal;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Entry, Request};
use crate::secret;
use crate::syntax::{Document, Kind, Node};

/// What the name of a secret in a raw body has in it: without one of these the body is not looked into.
const HINTS: [&str; 7] = ["oken", "ecret", "assword", "asswd", "pwd", "key", "Key"];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC006",
    title: "a literal credential in an address or a body",
    severity: Severity::Info,
    explanation: "A parameter, a form field, a raw JSON body or the address itself holds something that goes by the \
        name of a secret, or looks like a live credential. Refer to a variable of the environment instead. \
        Bodies often hold passwords made up for a test, so this is only a warning in a file that git tracks.",
    check: Check::Request(check),
};

fn check(_: &Facts<'_>, request: &Request<'_>, findings: &mut Findings) {
    let url = request.url();
    let body = request.body();
    let fields = body.into_iter().flat_map(|body| body.fields());
    for entry in url.into_iter().flat_map(|url| url.query()).chain(fields) {
        if is_secret(&entry) {
            report(entry.value, &format!("`{}` holds a credential", entry.key), findings);
        }
    }
    if let Some(raw) = url
        .and_then(|url| url.raw())
        .filter(|raw| raw.as_str().is_some_and(|url| secret::has_url_password(&url)))
    {
        report(raw, "the address holds a password", findings);
    }
    if let Some(raw) =
        body.and_then(|body| body.raw()).filter(|raw| HINTS.iter().any(|hint| raw.raw().contains(hint)))
    {
        let inside = raw.as_str().and_then(|text| Document::json(&text).ok());
        if let Some(name) = inside.and_then(|inside| secret_member(inside.root())) {
            report(raw, &format!("`{name}` in the body holds a credential"), findings);
        }
    }
}

fn is_secret(entry: &Entry<'_>) -> bool {
    entry.value.as_str().is_some_and(|text| is_literal(&text) && secret::is_secret(&entry.key, &text))
}

/// The first member below `node` that holds a secret.
fn secret_member(node: Node<'_>) -> Option<String> {
    node.document()
        .nodes()
        .filter(|node| node.kind() == Kind::Object)
        .flat_map(|object| object.members())
        .find_map(|member| {
            let (name, text) = (member.name.as_str()?, member.value.as_str()?);
            (is_literal(&text) && secret::is_secret(&name, &text)).then(|| name.into_owned())
        })
}

fn report(node: Node<'_>, message: &str, findings: &mut Findings) {
    findings
        .at(node.span(), message)
        .label("everyone who gets the collection gets it")
        .help("put it into the environment and refer to it: {{name}}")
        .secret()
        .when_tracked(Severity::Warning);
}
