use super::super::report_unknown;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Format, Scope, member_order};
use crate::syntax::Name;

/// The members that Postman, its API, newman and old versions write around the variables.
static OUTER: [Name<'static>; 26] = Name::all([
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
]);

/// The members that they write in a variable.
static INNER: [Name<'static>; 15] = Name::all([
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
]);

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ENV010",
    title: "a member that Postman does not know",
    severity: Severity::Warning,
    explanation: "Readers ignore it, and newman drops it when it exports. Often it is a misspelling: `enable` for \
        `enabled`, `val` for `value`. envtool keeps it. In YAML files fewer members are known: those that the Postman \
        CLI knows.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    if scope.format() == Format::V3Yaml {
        let [outer, inner] = [&member_order::FILE[..], &member_order::YAML_VARIABLE].map(Name::list);
        report(scope, &outer, &inner, findings);
    } else {
        report(scope, &OUTER, &INNER, findings);
    }
}

/// Reports members that are not in `outer` around the variables, or not in `inner` in a variable.
fn report(scope: &Scope<'_>, outer: &[Name<'static>], inner: &[Name<'static>], findings: &mut Findings) {
    if scope.format() != Format::BareArray {
        report_unknown(scope.owner(), outer, findings);
    }
    for row in scope.array().into_iter().flat_map(|list| list.items()) {
        report_unknown(row, inner, findings);
    }
}
