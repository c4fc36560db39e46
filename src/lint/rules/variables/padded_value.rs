use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Scope, Variable};
use crate::syntax::{Kind, Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV022",
    title: "white space around a value",
    severity: Severity::Info,
    explanation: "The white space is sent with the value: in a parameter, a body, a signature. A line break that was \
        copied along makes it a warning: newman does not send a header that contains one (\"Invalid character in \
        header content\"). Values of several lines or of nothing but white space are not reported; for what Box's \
        collections do, see BOX101 and BOX207. The unsafe fix removes the white space.",
    check: Check::Variable(check),
};

fn check(facts: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let (text, key) = (variable.text(), variable.key());
    let trimmed = text.trim();
    let Some(value) = variable.value().filter(|value| value.kind() == Kind::String) else { return };
    if trimmed.len() == text.len() || trimmed.is_empty() || trimmed.contains('\n') {
        return;
    }
    let of_box = |keys: &[&str]| keys.contains(&key);
    if facts.box_kind.is_some_and(|kind| of_box(kind.token_keys()) || of_box(kind.credential_keys())) {
        return;
    }
    let broken = text.contains(['\n', '\r']);
    let finding = findings.at(value.span(), format!("white space around the value of `{key}`"));
    if broken {
        finding.at_least(Severity::Warning).label("newman does not send a header with it");
    } else {
        finding.label("sent with it");
    }
    finding.fix(Safety::Unsafe, "remove it", vec![write::replace(value, &Value::string(trimmed))]);
    if variable.is_secret() {
        finding.secret();
    }
}
