use std::collections::HashMap;

use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Collection;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL005",
    title: "two items have the same id",
    severity: Severity::Warning,
    explanation: "Ids tell items apart: when a collection is imported over another, compared or merged, the second \
        item with the same id is lost or mistaken for the first. Copying an item in a text editor copies its id. \
        Remove the id of the copy; Postman creates a new one.",
    check: Check::Collection(check),
};

fn check(facts: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    let mut seen = HashMap::new();
    for item in collection.items() {
        let Some(node) = item.id_node() else { continue };
        let Some(id) = node.as_str().filter(|id| !id.is_empty()) else { continue };
        let message = format!("the id \"{id}\" occurs more than once");
        if let Some(first) = seen.insert(id, node.span().start) {
            findings.at(node.span(), message).label(format!("also in line {}", facts.line(first)));
        }
    }
}
