use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::{Format, JsValue, Scope, ScopeKind, Variable};
use crate::syntax::{Kind, Value, write};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV007",
    title: "a value is not a string",
    severity: Severity::Warning,
    explanation: "Postman's editor writes only strings. Scripts store numbers, booleans and `null` unchanged, and \
        newman exports them that way; the Postman CLI refuses them in environments. In place of a reference, such a \
        value appears as JavaScript prints it: `1.50` becomes `1.5`, `null` the word `null`, an object `[object \
        Object]`. The unsafe fix writes the string that a reference gets; a script that compares the value with a \
        number then sees a string.\n\n\
        In a YAML file it is an error: put quotes around the value. In JSON, expiry times that Box's scripts write as \
        numbers are not reported.",
    check: Check::Variable(check),
};

fn check(facts: &Facts<'_>, scope: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let Some(value) = variable.value().filter(|value| value.kind() != Kind::String) else { return };
    let is_yaml = scope.format() == Format::V3Yaml;
    let by_script = facts.box_kind.filter(|_| !is_yaml).is_some_and(|kind| {
        kind.expiry_keys().contains(&variable.key()) || kind.token_keys().contains(&variable.key())
    });
    // In a collection any value is allowed.
    if scope.kind() == ScopeKind::Collection
        || (by_script && matches!(value.kind(), Kind::Number | Kind::Null))
    {
        return;
    }
    let text = JsValue::of_node(value).text().into_owned();
    let label = match value.kind() {
        Kind::Number if variable.is_secret() => "a reference gets it as JavaScript prints it".to_owned(),
        Kind::Array => "a reference gets its items with commas between them".to_owned(),
        _ => format!("a reference gets the text `{text}`"),
    };
    let message = format!("the value of `{}` is {}, not a string", variable.key(), value.kind().name());
    let finding = findings.at(value.span(), message);
    if is_yaml {
        finding.at_least(Severity::Error);
    }
    finding.label(label).fix(
        Safety::Unsafe,
        "write it as that string",
        vec![write::replace(value, &Value::string(text))],
    );
}
