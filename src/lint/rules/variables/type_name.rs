use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, Variable};

const KNOWN: [&str; 10] =
    ["default", "secret", "any", "text", "string", "number", "boolean", "array", "object", "json"];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV009",
    title: "an unknown type of variable",
    severity: Severity::Warning,
    explanation: "Postman knows the types `default` and `secret`, `any` for what scripts set, `text` of old exports, \
        and the runners' `string`, `number`, `boolean`, `array`, `object` and `json`. Every other word means \
        `any`, and newman rewrites it so.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let Some(name) = variable.type_name() else { return };
    let known = KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known));
    if let Some(node) = variable.type_node().filter(|_| !known) {
        findings
            .at(node.span(), format!("the type `{name}` of `{}` is unknown", variable.key()))
            .label("readers take it as `any`");
    }
}
