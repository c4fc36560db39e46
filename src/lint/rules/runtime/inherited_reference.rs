use super::is_asked;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Inherited;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "RUN009",
    title: "a reference that JavaScript resolves itself",
    severity: Severity::Warning,
    explanation: "newman and the Postman CLI look a name up in a JavaScript object first, and every object has \
        members of its own: `{{constructor}}` and `{{__proto__}}` are sent as `[object Object]`, `{{toString}}` as \
        `[object Undefined]`, `{{isPrototypeOf}}` as `false`, whatever an environment says. `{{valueOf}}`, \
        `{{hasOwnProperty}}` and the others end the run with \"Cannot convert undefined or null to object\". Use \
        another name.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for reference in facts.references() {
        let Some(answer) = Inherited::of(&reference.name).filter(|_| is_asked(reference)) else {
            continue;
        };
        let label = match answer {
            Inherited::Text(text) => format!("newman sends `{text}`"),
            Inherited::Throws => "newman ends the run here".to_owned(),
        };
        let name = &reference.name;
        findings
            .at(reference.span, format!("JavaScript resolves `{name}` itself, not to a variable"))
            .label(label);
    }
}
