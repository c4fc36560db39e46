use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::{Format, Scope};
use crate::syntax::Node;

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
        `enabled`, `val` for `value`. envtool keeps it.",
    check: Check::Variables(check),
};

fn check(_: &Facts<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    if scope.format() != Format::BareArray {
        report(scope.owner(), &OUTER, findings);
    }
    for row in scope.array().into_iter().flat_map(|list| list.items()) {
        report(row, &INNER, findings);
    }
}

fn report(object: Node<'_>, known: &[&str], findings: &mut Findings) {
    for member in object.members() {
        let name = member.name.as_str().unwrap_or_default();
        if known.contains(&&*name) {
            continue;
        }
        let near = known.iter().map(|known| (strsim::osa_distance(known, &name), *known)).min();
        let label = match near {
            Some((distance, near)) if distance <= 2 && name.len() > 3 => format!("did you mean `{near}`?"),
            _ => "readers ignore it".to_owned(),
        };
        findings.at(member.name.span(), format!("Postman knows no member `{name}` here")).label(label);
    }
}
