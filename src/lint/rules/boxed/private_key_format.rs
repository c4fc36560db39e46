use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{BoxKind, Runtime, Scope, names};
use crate::secret;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX208",
    title: "the private key cannot be read",
    severity: Severity::Warning,
    explanation: "`private_key_encrypted` contains the key as in Box's app-settings file, from `-----BEGIN ENCRYPTED \
        PRIVATE KEY-----` to `-----END ENCRYPTED PRIVATE KEY-----`; line breaks may be written `\\n`. Anything else, \
        such as a path or a part of the key, makes every refresh throw. `envtool new --from CONFIG.json` fills it in.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let key = scope.winner(names::PRIVATE_KEY, Runtime::App).filter(|_| kind == BoxKind::Jwt);
    let Some((variable, value)) = key.and_then(|key| Some((key, key.value()?))) else { return };
    let text = variable.text();
    let whole = text.contains("-----BEGIN") && text.contains("-----END") && text.contains("PRIVATE KEY-----");
    if text.is_empty() || whole || secret::is_placeholder(text) {
        return;
    }
    findings
        .at(value.span(), format!("`{}` is not a private key in PEM format", names::PRIVATE_KEY))
        .label("every refresh throws")
        .command(names::set_command(names::PRIVATE_KEY))
        .secret();
}
