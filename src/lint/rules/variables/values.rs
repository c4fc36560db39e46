use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Format, Scope};
use crate::syntax::Kind;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV001",
    title: "the list of variables is missing or not an array",
    severity: Severity::Error,
    explanation: "An environment or globals file keeps its variables in the array `values`. newman takes a file \
        without it as an empty environment and says nothing, so that every reference is sent as it stands; \
        the Postman app refuses it.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    match scope.list() {
        // Postman's own tools take a YAML file without them as an empty one, too.
        None if scope.format() == Format::V3Yaml => {}
        None => {
            findings
                .at(opening(scope.owner()), "there is no `values`")
                .label("newman takes this as an empty environment");
        }
        Some(list) if list.kind() != Kind::Array => {
            findings
                .at(list.span(), format!("`values` is {}, not an array", list.kind().name()))
                .label("newman takes this as an empty environment");
        }
        Some(_) => {}
    }
}
