use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{JsValue, Scope, Variable};
use crate::syntax::Kind;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN007",
    title: "a type that changes the value",
    severity: Severity::Warning,
    explanation: "newman and the Postman CLI convert a value by its type. A `boolean` is what JavaScript's `Boolean` \
        makes of it: every text but the empty one is true, `\"false\"` too. A `number` that is no number is \
        NaN.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let Some(value) = variable.value().filter(|value| value.kind() == Kind::String) else { return };
    let Some(name) = variable.type_name() else { return };
    let reads = if name.eq_ignore_ascii_case("boolean") && !matches!(variable.text(), "" | "true") {
        "true"
    } else if name.eq_ignore_ascii_case("number")
        && JsValue::of_node(value).number().is_nan()
        && !variable.text().contains("{{")
    {
        "NaN"
    } else {
        return;
    };
    findings
        .at(value.span(), format!("by its type, `{}` is {reads} for newman", variable.key()))
        .label(format!("read as {reads}"));
}
