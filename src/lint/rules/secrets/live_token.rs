use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, ScopeKind, Variable};
use crate::secret;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC001",
    title: "a value looks like a live credential",
    severity: Severity::Info,
    explanation: "The value has the shape of a token: Box access and refresh tokens, JSON web tokens, keys of Postman, \
        GitHub, GitLab, AWS, Google, Stripe, Slack, Twilio, SendGrid, Heroku, npm, OpenAI and others, a password \
        in a URL, the address of a Slack webhook. In a file of your own that is what it is for. In \
        a file that git tracks it is an error: everyone who can read the repository has the token. Revoke \
        it, empty it with `envtool reset`, and keep the file out of git. In collections it is SEC009.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    // A collection is handed on: what it holds has a rule of its own.
    if scope.kind() == ScopeKind::Collection {
        return;
    }
    let text = variable.text();
    if let Some(value) =
        variable.value().filter(|_| secret::is_secret_value(text) && !secret::is_private_key(text))
    {
        findings
            .at(value.span(), format!("`{}` looks like a live credential", variable.key()))
            .secret()
            .when_tracked(Severity::Error);
    }
}
