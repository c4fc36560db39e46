use std::collections::HashSet;

use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Manifest;
use crate::syntax::{Kind, Node};

/// What lists files by path alone, and what by path with an id.
const LISTS: [(&str, Kind); 2] = [("localResources", Kind::Array), ("cloudResources", Kind::Object)];

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT010",
    title: "a part of the manifest of the workspace that Postman cannot use",
    severity: Severity::Warning,
    explanation: "`.postman/resources.yaml` has the id of the workspace in `workspace.id`, lists of paths in \
        `localResources`, and maps of paths and ids in `cloudResources`. It is an error when the id is missing or empty, as \
        `postman init --no-cloud` leaves it, when one of the two is no map, or when two paths have the same id: they would \
        write over each other.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(manifest) = &facts.manifest else { return };
    id(manifest.node(), findings);
    for (section, wanted) in LISTS {
        let Some(node) = manifest.node().get(section).filter(|node| !node.is_null()) else { continue };
        if node.kind() != Kind::Object {
            let message = format!("`{section}` is {}, not an object", node.kind().name());
            findings.at(node.span(), message).at_least(Severity::Error);
        }
        for member in node.members().filter(|member| member.value.kind() != wanted) {
            let (name, kind) = (member.name.as_str().unwrap_or_default(), member.value.kind().name());
            findings.at(member.value.span(), format!("`{name}` is {kind}, not {}", wanted.name()));
        }
    }
    twice(manifest, findings);
}

fn id(root: Node<'_>, findings: &mut Findings) {
    let workspace = root.get("workspace");
    let id = workspace.and_then(|workspace| workspace.get("id"));
    if id.is_some_and(|id| id.kind() == Kind::String && !id.is_str("")) {
        return;
    }
    let span = id.or(workspace).map_or(opening(root), |node| node.span());
    findings
        .at(span, "the manifest does not say which workspace it is")
        .label("`workspace.id` is its id")
        .at_least(Severity::Error);
}

fn twice(manifest: &Manifest<'_>, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for id in manifest.listed().filter_map(|listed| listed.id) {
        if id.as_str().is_some_and(|text| !seen.insert(text)) {
            findings.at(id.span(), "two paths have this id").at_least(Severity::Error);
        }
    }
}
