//! Credentials where they do not belong.

pub(in crate::lint) mod auth;
pub(in crate::lint) mod collection_variable;
pub(in crate::lint) mod description;
pub(in crate::lint) mod example;
pub(in crate::lint) mod header;
pub(in crate::lint) mod live_token;
pub(in crate::lint) mod private_key;
pub(in crate::lint) mod request;
pub(in crate::lint) mod script;
pub(in crate::lint) mod typed_default;

use std::borrow::Cow;
use std::collections::HashSet;

use crate::lint::{Facts, Findings, Severity};
use crate::model::{Credential, Place, ScopeKind, name_of};
use crate::secret;
use crate::syntax::Node;
use crate::text::Span;

/// What to do about most of them.
const REFER: &str = "put it into the environment and refer to it: {{name}}";

/// Reports the literal credentials of a file that stand in one of `places`, `tracked` when git tracks the file.
/// `message` says what is wrong with one, `help` what to do about it.
fn report(
    facts: &Facts<'_>,
    places: &[Place],
    tracked: Severity,
    help: &str,
    findings: &mut Findings,
    message: impl Fn(&Credential<'_>) -> String,
) {
    let here = || facts.credentials().iter().filter(|(place, _)| places.contains(place)).map(|(_, it)| it);
    let thing = if facts.scope.as_ref().is_some_and(|scope| scope.kind() != ScopeKind::Collection) {
        "file"
    } else {
        "collection"
    };
    let parts: HashSet<_> = here().filter_map(in_address).collect();
    let is_repeated = |found: &Credential<'_>| {
        whole_address(found.node).is_some_and(|url| parts.contains(&(url.span(), found.text())))
    };
    for found in here().filter(|found| is_live(found) && !is_repeated(found)) {
        findings
            .at(found.span, message(found))
            .label(format!("everyone who gets the {thing} gets it"))
            .help(help)
            .secret()
            .when_tracked(tracked);
    }
}

/// Whether `found` may open something: it is not made of references, made up or harmless, and no private key, which has a
/// rule of its own.
fn is_live(found: &Credential<'_>) -> bool {
    let text = found.text();
    !found.is_private_key()
        && !is_harmless(found, &text)
        && !text.contains("{{")
        && !secret::is_made_up(&found.name, &text)
}

/// Whether `found`, whose text is `text`, goes by the name of a secret or has the shape of one and is none: the app
/// numbers its requests in `Postman-Token`, clients number the sessions of some searches, and what is good once (a nonce,
/// a signature) or counts visitors (some cookies) opens nothing.
fn is_harmless(found: &Credential<'_>, text: &str) -> bool {
    let name = name_of(found.node);
    let is_called = |other: &str| found.name.eq_ignore_ascii_case(other);
    is_called("postman-token")
        || secret::is_one_time(text)
        || is_nonce(if found.name.is_empty() { &name } else { &found.name })
        || (secret::is_client_session(&found.name, text)
            && address_around(found.node).is_some_and(|address| secret::takes_client_sessions(&address)))
        || ((is_called("cookie") || is_called("set-cookie"))
            && (secret::has_harmless_cookies(text) || is_row_of_harmless_cookie(found.node)))
}

/// The address of the request that `node` is in.
fn address_around(node: Node<'_>) -> Option<Cow<'_, str>> {
    let url = node.ancestors().find_map(|around| around.get("url"))?;
    url.as_str().or_else(|| url.get("raw")?.as_str())
}

/// Whether `name` is that of a number that is used once.
fn is_nonce(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("nonce")
}

/// Whether `node` is the value of one in the list of an example's cookies.
fn is_row_of_harmless_cookie(node: Node<'_>) -> bool {
    let row = node.parent().filter(|_| node.is_named("value"));
    let name = row.and_then(|row| row.get("name").or_else(|| row.get("key"))?.as_str());
    name.is_some_and(|name| secret::is_harmless_cookie(&name))
}

/// The address that `node` is as a whole and that has it in parts as well.
fn whole_address(node: Node<'_>) -> Option<Node<'_>> {
    node.parent().filter(|_| node.is_named("raw"))
}

/// The place of the address of which `found` is in a part, and its text.
fn in_address<'d>(found: &Credential<'d>) -> Option<(Span, Cow<'d, str>)> {
    let url = found.node.ancestors().find(|around| around.get("raw").is_some())?;
    (whole_address(found.node) != Some(url)).then(|| (url.span(), found.text()))
}

/// What a credential is called in a message.
fn called(found: &Credential<'_>) -> String {
    if found.name.is_empty() { "a text".to_owned() } else { format!("`{}`", found.name) }
}

/// What to say of `found`, a part of the value of the variable `name`.
fn in_value(found: &Credential<'_>, name: &str) -> String {
    if found.name.is_empty() || found.name == name {
        format!("a part of the value of `{name}` looks like a live credential")
    } else {
        format!("`{}` in the value of `{name}` is a credential", found.name)
    }
}
