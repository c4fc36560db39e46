use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Auth, Collection, CollectionVersion};
use crate::syntax::Kind;

/// The types that Postman knows.
const KNOWN: [&str; 14] = [
    "noauth", "apikey", "asap", "awsv4", "basic", "bearer", "digest", "edgegrid", "hawk", "jwt", "ntlm",
    "oauth1", "oauth2", "inherit",
];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL011",
    title: "an authorization that Postman cannot read",
    severity: Severity::Warning,
    explanation: "`auth` has a `type` and keeps its parameters under the name of that type: a list of `{key, value}` \
        in version 2.1, an object in 2.0. Readers ignore the other shape, or fail.\n\n\
        The published schemas do not know the types `asap`, `jwt` and `inherit`, which Postman writes.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    if collection.version() == CollectionVersion::V1 {
        return;
    }
    for auth in collection.auths() {
        let Some(node) = auth.node().get("type").filter(|node| node.kind() == Kind::String) else { continue };
        let name = node.as_str().unwrap_or_default();
        if !KNOWN.contains(&&*name) {
            findings.at(node.span(), format!("Postman knows no authorization of type `{name}`"));
        }
        check_blocks(&auth, collection.version(), findings);
    }
}

/// Checks the parameters of all types: the app keeps those of other types beside the selected one.
fn check_blocks(auth: &Auth<'_>, version: CollectionVersion, findings: &mut Findings) {
    let (wanted, words) = match version {
        CollectionVersion::V2_0 => (Kind::Object, "an object in version 2.0"),
        _ => (Kind::Array, "a list in version 2.1"),
    };
    for block in auth.node().members() {
        let name = block.key();
        // `noauth` has no parameters, in either shape.
        if name == "noauth" || !KNOWN.contains(&&*name) || block.value.is_null() {
            continue;
        }
        if block.value.kind() != wanted {
            let message = format!("`{name}` is {}, but {words}", block.value.kind().name());
            findings.at(block.value.span(), message);
        }
    }
}
