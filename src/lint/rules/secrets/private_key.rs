use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, Variable};
use crate::secret;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "SEC003",
    title: "a value holds a private key",
    severity: Severity::Warning,
    explanation: "Box's JWT environment needs the key in `private_key_encrypted`; keep such a file out of git, where \
        it is an error. A private key that was ever pushed must be replaced in Box's developer console.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    if let Some(value) = variable.value().filter(|_| secret::is_private_key(&variable.text())) {
        findings
            .at(value.span(), format!("`{}` holds a private key", variable.key()))
            .secret()
            .when_tracked(Severity::Error);
    }
}
