use crate::lint::{Check, Facts, Findings, Rule, Safety, Severity};
use crate::model::Request;
use crate::syntax::{Value, write};

/// Prefixes of the paths that Box documents for version 2025.0.
const OF_2025: [&str; 9] = [
    "archives",
    "docgen_",
    "enterprise_configurations",
    "enterprise_hubs",
    "external_users",
    "hub",
    "notes",
    "shield_lists",
    "external_user",
];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "BOX302",
    title: "the header box-version names the wrong version",
    severity: Severity::Warning,
    explanation: "Since May 2026 all requests of Box's collection that need `box-version: 2025.0` (Doc Gen, Hubs, \
        Archives, Shield lists and others) have `2026.0`. Box refuses an unknown version. The unsafe fix writes \
        2025.0.",
    check: Check::Request(check),
};

fn check(facts: &Facts<'_>, request: &Request<'_>, findings: &mut Findings) {
    if !facts.is_box_collection() {
        return;
    }
    let wrong =
        request.headers().find(|it| it.key.eq_ignore_ascii_case("box-version") && it.value.is_str("2026.0"));
    let Some(header) = wrong else { return };
    let url = request
        .url()
        .and_then(|url| url.from_parts().or_else(|| url.text().map(Into::into)))
        .unwrap_or_default();
    let path = url.split_once("/2.0/").map_or("", |(_, path)| path);
    if OF_2025.iter().any(|start| path.starts_with(start)) {
        findings
            .at(header.value.span(), "this endpoint belongs to version 2025.0")
            .label("Box refuses any other version")
            .fix(
                Safety::Unsafe,
                "write `2025.0`",
                vec![write::replace(header.value, &Value::string("2025.0"))],
            );
    }
}
