use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{CollectionVersion, Item};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL003",
    title: "an item is neither a folder nor a request, or both",
    severity: Severity::Error,
    explanation: "An item with `item` is a folder, one with `request` is a request. newman turns anything else into \
        an empty request to nowhere; an item with both becomes a folder, and the request is never sent. (The \
        published schemas allow both, but only inside folders.) Before it is uploaded, Box's Advanced collection has \
        six items with neither.",
    check: Check::Item(check),
};

fn check(facts: &Facts<'_>, item: &Item<'_>, findings: &mut Findings) {
    let version = facts.collection.as_ref().map(|collection| collection.version());
    if version == Some(CollectionVersion::V1) {
        return;
    }
    let name = item.name().unwrap_or_default();
    match item.node().member("request") {
        None if !item.is_folder() => {
            findings
                .at(opening(item.node()), format!("the item `{name}` is neither a folder nor a request"))
                .label("it has neither `item` nor `request`");
        }
        Some(request) if item.is_folder() => {
            findings
                .at(request.name.span(), format!("the item `{name}` is both a folder and a request"))
                .label("this request is never sent");
        }
        _ => {}
    }
}
