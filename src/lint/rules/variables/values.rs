use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Scope;
use crate::syntax::Kind;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV001",
    title: "the list of variables is missing or no array",
    severity: Severity::Error,
    explanation: "An environment or globals file keeps its variables in the array `values`. newman takes a file \
        without it as an empty environment and says nothing, so that every reference is sent as it stands; \
        the Postman app refuses it.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    match scope.list() {
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
