use super::super::report_unknown;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Format, Scope, git_native};

/// What Postman, its API, newman and old versions write around the variables.
const OUTER: [&str; 26] = [
    "id",
    "name",
    "values",
    "color",
    "timestamp",
    "synced",
    "syncedFilename",
    "team",
    "isDeleted",
    "_postman_variable_scope",
    "_postman_exported_at",
    "_postman_exported_using",
    "_postman_id",
    "_",
    "owner",
    "uid",
    "createdAt",
    "updatedAt",
    "isPublic",
    "lastUpdatedBy",
    "lastRevision",
    "exportedAt",
    "exportedUsing",
    "v",
    "description",
    "$schema",
];

/// What they write in a variable.
const INNER: [&str; 15] = [
    "id",
    "key",
    "value",
    "type",
    "enabled",
    "disabled",
    "description",
    "secret",
    "source",
    "name",
    "system",
    "warning",
    "hovered",
    "sessionValue",
    "sessionIndex",
];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV010",
    title: "a member that Postman does not know",
    severity: Severity::Warning,
    explanation: "Readers ignore it, and newman drops it when it exports. Often it is a misspelling: `enable` for \
        `enabled`, `val` for `value`. envtool keeps it. In YAML files fewer members are known: those that the \
        Postman CLI knows.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let (outer, inner): (&[&str], &[&str]) = match scope.format() {
        Format::V3Yaml => (&git_native::FILE_MEMBERS, &git_native::VARIABLE_MEMBERS),
        _ => (&OUTER, &INNER),
    };
    if scope.format() != Format::BareArray {
        report_unknown(scope.owner(), outer, findings);
    }
    for row in scope.array().into_iter().flat_map(|list| list.items()) {
        report_unknown(row, inner, findings);
    }
}
