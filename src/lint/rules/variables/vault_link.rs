use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, Variable};
use crate::syntax::Kind;

/// The providers that Postman knows, and the members that each requires.
const PROVIDERS: [(&str, &[&str]); 5] = [
    ("postman", &["type", "secretId"]),
    ("azure", &["secretId"]),
    ("1password", &["secretReference"]),
    ("aws", &["secretArn"]),
    ("hashicorp", &["engine", "path", "key"]),
];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV016",
    title: "a link to a vault that Postman cannot follow",
    severity: Severity::Warning,
    explanation: "`source` says where the value of a secret variable comes from: `provider` is `postman`, `azure`, \
        `1password`, `aws` or `hashicorp`, and the member with that name says where to find the secret. If Postman \
        cannot follow the link, the variable is empty at run time.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let Some(source) = variable.source().filter(|source| source.kind() == Kind::Object) else {
        return;
    };
    let stated = source.get_str("provider").unwrap_or_default();
    let Some((provider, needed)) = PROVIDERS.iter().find(|(name, _)| *name == stated) else {
        let span = source.get("provider").unwrap_or(source).span();
        findings
            .at(span, format!("the vault of `{}` has a provider that Postman does not know", variable.key()));
        return;
    };
    let place = source.get(provider);
    for name in needed.iter().filter(|name| place.and_then(|place| place.get(name)).is_none()) {
        let span = place.unwrap_or(source).span();
        let message = format!("the link of `{}` to its vault has no `{name}`", variable.key());
        findings.at(span, message).label("the variable is empty at run time");
    }
}
