use super::{in_value, is_live, is_nonce};
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Credential, Scope, ScopeKind, Variable, credentials_in};
use crate::secret;
use crate::text::Span;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC001",
    title: "a value looks like a live credential",
    severity: Severity::Info,
    explanation: "The value has the shape of a token: a Box access or refresh token, a JSON web token, a key of \
        Postman, GitHub, GitLab, AWS, Google, Stripe, Slack, Twilio, SendGrid, Heroku, npm, OpenAI or another \
        service, a password in a URL, a webhook URL of Slack or Discord. Or the variable is a secret by its name or \
        its type, and the value is not plainly made up. Or the value contains such a credential: it is a command, a \
        URL, a header, JSON. In a file of your own this is normal. In a file that git tracks it is an error, or a \
        warning if the value does not have such a shape: everyone who can read the repository has the secret. Revoke \
        it, empty it with `envtool reset`, and keep the file out of git. In collections it is SEC009.",
    check: Check::Variable(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    // Collections are shared, so their variables have a rule of their own.
    if scope.kind() == ScopeKind::Collection || !facts.may_be_secret(variable) || is_nonce(variable.key()) {
        return;
    }
    let Some(value) = variable.value() else { return };
    let (name, text) = (variable.key(), variable.text());
    let mut report = |span: Span, is_shaped: bool, message: String| {
        let tracked = if is_shaped { Severity::Error } else { Severity::Warning };
        findings.at(span, message).secret().when_tracked(tracked);
    };
    // A private key has a rule of its own, but other secrets in the same value do not.
    let is_key = secret::is_private_key(text);
    if !is_key && secret::is_secret_value(text) {
        report(value.span(), true, format!("`{name}` looks like a live credential"));
    } else if !is_key && variable.is_secret() {
        if !secret::is_made_of_references(text) && !secret::is_made_up(name, text) {
            report(value.span(), false, format!("`{name}` contains a secret"));
        }
    } else if facts.has_hint(value.span()) {
        let parts = if is_key { Credential::whole(name, value).apart() } else { credentials_in(value) };
        for found in parts.iter().filter(|found| is_live(found)) {
            report(found.span, secret::is_secret_value(&found.text()), in_value(found, name));
        }
    }
}
