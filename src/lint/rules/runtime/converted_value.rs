use std::borrow::Cow;

use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{JsType, JsValue, Scope, Variable};
use crate::syntax::Kind;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN007",
    title: "a type that changes the value",
    severity: Severity::Warning,
    explanation: "newman and the Postman CLI convert a value according to its type. A `boolean` becomes what \
        JavaScript's `Boolean` returns: every string but the empty one is true, even `\"false\"`. A `number` is \
        printed the way JavaScript prints it, `007` as `7`, and anything that is not a number becomes NaN. An `array` \
        or `object` that is not valid JSON of that kind becomes nothing.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let Some(value) = variable.value().filter(|value| value.kind() == Kind::String) else { return };
    let Some(converted) = JsType::of(variable) else { return };
    let text = variable.text();
    if text.is_empty() || text.contains("{{") {
        return;
    }
    let read = JsValue::of(Some(variable));
    let reads = match converted {
        JsType::Boolean if text != "true" => Cow::Borrowed("true"),
        JsType::Number if read.text() != text => number(&read, variable),
        JsType::Array | JsType::Object if read == JsValue::Undefined => Cow::Borrowed("nothing"),
        _ => return,
    };
    findings
        .at(value.span(), format!("by its type, `{}` is {reads} for newman", variable.key()))
        .label(format!("read as {reads}"));
}

/// The number in `read` as text, unless that would reveal a secret.
fn number(read: &JsValue<'_>, variable: &Variable<'_>) -> Cow<'static, str> {
    let shown = read.number().is_nan() || !variable.is_secret();
    if shown { Cow::Owned(read.text().into_owned()) } else { Cow::Borrowed("another text") }
}
