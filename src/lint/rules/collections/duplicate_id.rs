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
        let Some(node) = item.node().get("id").or_else(|| item.node().get("_postman_id")) else { continue };
        if let Some(first) = seen.insert(node.raw(), node.span().start) {
            findings
                .at(node.span(), format!("the id {} occurs more than once", node.raw()))
                .label(format!("also in line {}", facts.line(first)));
        }
    }
}
