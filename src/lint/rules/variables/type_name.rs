use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Scope, Variable};
use crate::syntax::{Name, Node};

static KNOWN: [Name<'static>; 10] =
    Name::all(["default", "secret", "any", "text", "string", "number", "boolean", "array", "object", "json"]);

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV009",
    title: "an unknown type of variable",
    severity: Severity::Warning,
    explanation: "Postman knows the types `default` and `secret`, `any` for values set by scripts, `text` from old \
        exports, and the runners' `string`, `number`, `boolean`, `array`, `object` and `json`. Any other word means \
        `any`, which newman writes in its place.",
    check: Check::Variable(check),
};

fn check(_: &Facts<'_>, _: &Scope<'_>, variable: &Variable<'_>, findings: &mut Findings) {
    let unknown = |node: &Node<'_>| node.find_in(&KNOWN, |known| *known).is_none();
    let Some(node) = variable.type_node().filter(unknown) else { return };
    let Some(name) = node.as_str() else { return };
    if !KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known.text())) {
        findings
            .at(node.span(), format!("the type `{name}` of `{}` is unknown", variable.key()))
            .label("readers treat it as `any`");
    }
}
