use std::collections::HashSet;

use super::super::opening;
use crate::lint::{Check, Facts, Findings, Rule, Severity};
use crate::model::Manifest;
use crate::syntax::{Kind, Member, Node};

pub(in crate::lint) static RULE: Rule = Rule {
    id: "GIT010",
    title: "a part of the workspace manifest that Postman cannot use",
    severity: Severity::Warning,
    explanation: "`.postman/resources.yaml` has the id of the workspace in `workspace.id`, lists of paths in \
        `localResources`, and maps of paths and ids in `cloudResources`. It is an error if the id is missing or \
        empty, as `postman init --no-cloud` leaves it, if one of the two is not a map, or if two paths have the same \
        id: they would overwrite each other.",
    check: Check::File(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(manifest) = &facts.manifest else { return };
    id(manifest.node(), findings);
    for (section, wanted) in Manifest::SECTIONS {
        let Some(node) = manifest.node().get(section).filter(|node| !node.is_null()) else { continue };
        if node.kind() != Kind::Object {
            let message = format!("`{section}` is {}, not an object", node.kind().name());
            findings.at(node.span(), message).at_least(Severity::Error);
        }
        for Member { name, value: list, .. } in manifest.lists_in(section) {
            let name = name.as_str().unwrap_or_default();
            if list.is_null() {
                continue;
            }
            if list.kind() != wanted {
                let (found, wanted) = (list.kind().name(), wanted.name());
                findings.at(list.span(), format!("`{name}` is {found}, not {wanted}"));
                continue;
            }
            for item in list.items().filter(|item| item.kind() != Kind::String) {
                findings.at(item.span(), format!("`{name}` lists {}, not a path", item.kind().name()));
            }
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
        .at(span, "the manifest does not say which workspace it belongs to")
        .label("`workspace.id` is its id")
        .at_least(Severity::Error);
}

fn twice(manifest: &Manifest<'_>, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for id in manifest.listed().filter_map(|listed| listed.id) {
        if !matches!(id.kind(), Kind::Null | Kind::Array | Kind::Object)
            && !seen.insert(id.as_str().unwrap_or(id.raw().into()))
        {
            findings.at(id.span(), "two paths have this id").at_least(Severity::Error);
        }
    }
}
