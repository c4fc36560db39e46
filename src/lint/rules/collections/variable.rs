use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Collection, CollectionVersion};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL012",
    title: "a variable of the collection that nothing can find",
    severity: Severity::Warning,
    explanation: "A variable of a collection has a `key`. Version 2.0 allowed `id` instead, but today's readers look \
        only for `key`. They also read only `variable`: anything under `variables` is lost. The published schemas \
        accept an `id` without a `key`; a variable with neither is COL002.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    if collection.version() == CollectionVersion::V1 {
        return;
    }
    for row in collection.owner().get_items("variable") {
        // A row with neither is COL002.
        if row.get("key").is_none() && row.get("id").is_some() {
            let message = "this variable has no `key`";
            findings.at(opening(row), message).label("nothing can refer to it");
        }
    }
    let stray = collection.owner().member("variables").filter(|member| member.value.items().next().is_some());
    if let Some(member) = stray {
        findings
            .at(member.name.span(), "readers look for `variable`, not `variables`")
            .label("these are lost");
    }
}
