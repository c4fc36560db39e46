use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Scope;
use crate::syntax::Kind;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV003",
    title: "an item of the list is not a variable",
    severity: Severity::Error,
    explanation: "Each item of `values` is an object with a `key` that is a string. newman skips `null`, turns a \
        string into a variable without a name, and keeps an object without a key; the Postman CLI and the API refuse \
        the file.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for row in scope.array().into_iter().flat_map(|list| list.items()) {
        match row.get("key") {
            _ if row.kind() != Kind::Object => {
                findings.at(row.span(), format!("this item is {}, not a variable", row.kind().name()));
            }
            None => {
                findings.at(opening(row), "this variable has no `key`").label("nothing can refer to it");
            }
            Some(key) if key.kind() != Kind::String => {
                findings.at(key.span(), format!("this `key` is {}, not a string", key.kind().name()));
            }
            Some(_) => {}
        }
    }
}
