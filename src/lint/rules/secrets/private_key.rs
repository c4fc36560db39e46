use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Credential, ScopeKind};
use crate::secret;
use crate::text::Span;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC003",
    title: "a private key",
    severity: Severity::Warning,
    explanation: "Box's JWT environment needs the key in `private_key_encrypted`; keep such a file out of git, where \
        it is an error. From a collection (a variable, a script, a body) or a description, everyone who gets the file \
        gets the key. Keys in PEM and PuTTY format are recognized. A private key that was ever pushed must be \
        replaced in Box's developer console. Other secrets in the same value are reported separately, as SEC001 or by \
        the rule for their place.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let mut report = |span: Span, message: String| {
        findings.at(span, message).secret().when_tracked(Severity::Error);
    };
    let begins = |found: &Credential<'_>| found.is_private_key() && !found.goes_on;
    for (place, found) in facts.credentials().iter().filter(|(_, found)| begins(found)) {
        report(found.span, format!("a private key in this {}", place.name()));
    }
    // The credentials above include the variables of a collection.
    let own = facts.scope.iter().filter(|scope| scope.kind() != ScopeKind::Collection);
    for variable in own.flat_map(|scope| scope.variables()) {
        let value = variable.value().filter(|_| secret::is_private_key(variable.text()));
        let parts = value.into_iter().flat_map(|value| Credential::whole(variable.key(), value).apart());
        for key in parts.filter(Credential::is_private_key) {
            report(key.span, format!("`{}` contains a private key", variable.key()));
        }
    }
}
