use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{CollectionVersion, Item};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL003",
    title: "an item is neither a folder nor a request",
    severity: Severity::Error,
    explanation: "An item with `item` is a folder, one with `request` a request. newman makes an empty request to \
        nowhere of anything else. Before it is uploaded, Box's Advanced collection has six such items.",
    check: Check::Item(check),
};

fn check(facts: &Facts<'_>, item: &Item<'_>, findings: &mut Findings) {
    let version = facts.collection.as_ref().map(|collection| collection.version());
    if version != Some(CollectionVersion::V1) && !item.is_folder() && item.node().get("request").is_none() {
        let name = item.name().unwrap_or_default();
        findings
            .at(opening(item.node()), format!("the item `{name}` is neither a folder nor a request"))
            .label("it has neither `item` nor `request`");
    }
}
