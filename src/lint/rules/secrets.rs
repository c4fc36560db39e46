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

use crate::lint::{Facts, Findings, Severity};
use crate::model::{Credential, Place};
use crate::secret;

/// What to do about most of them.
const REFER: &str = "put it into the environment and refer to it: {{name}}";

/// Reports the literal credentials of a collection that stand in one of `places`, `tracked` when git tracks the file.
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
    // Private keys have a rule of their own.
    let counts = |found: &&Credential<'_>| {
        let text = found.text();
        !found.is_private_key()
            && !is_harmless(&found.name)
            && !text.contains("{{")
            && !secret::is_made_up(&found.name, &text)
    };
    for found in here().filter(counts).filter(|found| !is_repeated(found, here())) {
        findings
            .at(found.span, message(found))
            .label("everyone who gets the collection gets it")
            .help(help)
            .secret()
            .when_tracked(tracked);
    }
}

/// Whether something goes by the name of a secret and is none: the app numbers its requests in `Postman-Token`.
fn is_harmless(name: &str) -> bool {
    name.eq_ignore_ascii_case("postman-token")
}

/// Whether `found` stands in an address as a whole that has it in its parts as well.
fn is_repeated<'f, 'd: 'f>(
    found: &Credential<'d>,
    mut others: impl Iterator<Item = &'f Credential<'d>>,
) -> bool {
    let Some(url) =
        found.node.parent().filter(|_| found.node.as_member().is_some_and(|it| it.name.is_str("raw")))
    else {
        return false;
    };
    others.any(|other| other.node != found.node && url.contains(other.node) && other.text() == found.text())
}

/// What a credential is called in a message.
fn called(found: &Credential<'_>) -> String {
    if found.name.is_empty() { "a text".to_owned() } else { format!("`{}`", found.name) }
}
