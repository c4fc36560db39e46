use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Auth, Collection, CollectionVersion};
use crate::syntax::Kind;

/// The types that Postman writes.
const KNOWN: [&str; 14] = [
    "noauth", "apikey", "asap", "awsv4", "basic", "bearer", "digest", "edgegrid", "hawk", "jwt", "ntlm",
    "oauth1", "oauth2", "inherit",
];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL011",
    title: "an authorization that Postman cannot read",
    severity: Severity::Warning,
    explanation: "`auth` says its `type` and keeps what it is made of under the name of that type: a list of `{key, \
        value}` in version 2.1, an object in 2.0. Readers take the other shape as nothing, or fail.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    if collection.version() == CollectionVersion::V1 {
        return;
    }
    let items = collection.items().iter().filter_map(|item| item.auth());
    for auth in collection.auth().into_iter().chain(items) {
        report(&auth, collection.version(), findings);
    }
}

fn report(auth: &Auth<'_>, version: CollectionVersion, findings: &mut Findings) {
    let Some(node) = auth.node().get("type").filter(|node| node.kind() == Kind::String) else { return };
    let name = node.as_str().unwrap_or_default();
    if !KNOWN.contains(&&*name) {
        findings.at(node.span(), format!("Postman knows no authorization of type `{name}`"));
        return;
    }
    let Some(block) = auth.node().get(&name) else { return };
    let (wanted, words) = match version {
        CollectionVersion::V2_0 => (Kind::Object, "an object in version 2.0"),
        _ => (Kind::Array, "a list in version 2.1"),
    };
    // What `noauth` is made of is nothing, in either shape.
    if block.kind() != wanted && !block.is_null() && name != "noauth" {
        findings.at(block.span(), format!("`{name}` is {}, but {words}", block.kind().name()));
    }
}
