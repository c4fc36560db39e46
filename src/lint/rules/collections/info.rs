use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Collection, CollectionVersion};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "COL001",
    title: "the collection has no name or no schema",
    severity: Severity::Error,
    explanation: "`info` contains the `name` and the `schema`, whose URL says which version it is. Without a name, \
        Postman and newman call the collection \"Collection\" or refuse it; without a known schema, importers have to \
        guess. The published schemas accept any string for both.",
    check: Check::Collection(check),
};

fn check(_: &Facts<'_>, collection: &Collection<'_>, findings: &mut Findings) {
    let info = collection.info();
    if collection.name().is_none_or(|name| name.trim().is_empty()) {
        findings.at(opening(info), "the collection has no name");
    }
    if collection.version() == CollectionVersion::V1 {
        return;
    }
    match info.get("schema") {
        None => {
            findings.at(opening(info), "`info` has no `schema`").label("importers have to guess the version");
        }
        Some(schema) => {
            let text = schema.as_str().unwrap_or_default();
            if !["v2.0.0", "v2.1.0"].iter().any(|version| text.contains(version)) {
                findings
                    .at(schema.span(), "the schema is neither version 2.0.0 nor 2.1.0")
                    .label("importers have to guess the version");
            }
        }
    }
}
