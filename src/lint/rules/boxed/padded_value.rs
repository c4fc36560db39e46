use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{BoxKind, CLASSIC_LENGTHS, Runtime, Scope, names};
use crate::syntax::{Kind, Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX207",
    title: "white space around a value that is sent to Box",
    severity: Severity::Warning,
    explanation: "A blank or a line break that was copied along is sent with the token, the id or the secret, and Box \
        refuses it. The Advanced collection does not check lengths as the classic one does (BOX101). The fix removes \
        the white space.",
    check: Check::Box(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, kind: BoxKind, findings: &mut Findings) {
    let subject: &[&str] =
        if matches!(kind, BoxKind::Ccg | BoxKind::Jwt) { &[names::SUBJECT_ID] } else { &[] };
    // Private keys end with a line break, passphrases may contain blanks, and the classic collection checks lengths.
    let by_length =
        |key: &str| kind == BoxKind::Classic && CLASSIC_LENGTHS.iter().any(|(other, _)| *other == key);
    let other = |key: &str| [names::PRIVATE_KEY, names::PASSPHRASE].contains(&key) || by_length(key);
    for key in kind.token_keys().iter().chain(kind.credential_keys()).chain(subject).filter(|key| !other(key))
    {
        let Some(variable) = scope.winner(key, Runtime::App) else { continue };
        let text = variable.text();
        let Some(value) = variable.value().filter(|value| value.kind() == Kind::String) else { continue };
        if text.trim().is_empty() || text.trim() == text {
            continue;
        }
        let finding = findings
            .at(value.span(), format!("white space around the value of `{key}`"))
            .label("Box refuses it")
            .fix(Safety::Safe, "remove it", vec![write::replace(value, &Value::string(text.trim()))]);
        if variable.is_secret() {
            finding.secret();
        }
    }
}
