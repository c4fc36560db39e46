use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Format, Scope};
use crate::syntax::Kind;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV001",
    title: "the list of variables is missing or not an array",
    severity: Severity::Error,
    explanation: "An environment or globals file keeps its variables in the array `values`. newman silently treats a \
        file without it as an empty environment, so every reference is sent as is; the Postman app refuses the file.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    match scope.list() {
        // Postman's own tools accept a YAML file without variables.
        None if scope.format() == Format::V3Yaml => {}
        None => {
            findings
                .at(opening(scope.owner()), "there is no `values`")
                .label("newman treats this as an empty environment");
        }
        Some(list) if list.kind() != Kind::Array => {
            findings
                .at(list.span(), format!("`values` is {}, not an array", list.kind().name()))
                .label("newman treats this as an empty environment");
        }
        Some(_) => {}
    }
}
