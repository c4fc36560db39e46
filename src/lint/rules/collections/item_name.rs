use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Item;
use crate::syntax::Kind;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL004",
    title: "a folder or request without a name",
    severity: Severity::Warning,
    explanation: "newman's reports and the tree in the app show it as blank, and nothing tells it apart from others.",
    check: Check::Item(check),
};

fn check(_: &Facts<'_>, item: &Item<'_>, findings: &mut Findings) {
    match item.node().get("name") {
        None => {
            findings.at(opening(item.node()), "this item has no name");
        }
        Some(name)
            if name.kind() == Kind::String && name.as_str().is_some_and(|name| name.trim().is_empty()) =>
        {
            findings.at(name.span(), "the name of this item is empty");
        }
        Some(_) => {}
    }
}
