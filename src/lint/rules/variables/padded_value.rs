use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Scope, Variable};
use crate::syntax::{Kind, Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV022",
    title: "white space around a value",
    severity: Severity::Info,
    explanation: "It goes where the value goes: into a parameter, a body, a signature. With a line break, copied \
        along, it is a warning: newman sends no header that holds one (\"Invalid character in header content\"). \
        What is nothing but white space, or of several lines, is not reported; what Box's collections do with it are \
        BOX101 and BOX207. The unsafe fix takes the white space away.",
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
        finding.at_least(Severity::Warning).label("newman sends it in no header");
    } else {
        finding.label("sent with it");
    }
    finding.fix(Safety::Unsafe, "remove it", vec![write::replace(value, &Value::string(trimmed))]);
    if variable.is_secret() {
        finding.secret();
    }
}
