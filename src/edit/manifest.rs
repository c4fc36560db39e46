use super::{Change, Draft, EditError, Plan};
use crate::model::Manifest;
use crate::syntax::{Document, Node, write};

/// Removes the lines of a workspace manifest whose path is `meant`. Paths are relative to the manifest's folder.
///
/// # Errors
/// [`EditError::Overlap`], which no manifest can cause.
pub fn unlist(manifest: &Document, meant: impl Fn(&str) -> bool) -> Result<Plan, EditError> {
    let mut draft = Draft::default();
    let lists = Manifest::SECTIONS.iter().filter_map(|(section, _)| manifest.root().get(section));
    for list in lists.flat_map(|section| section.values()) {
        let items = list.items().map(|item| (item, item));
        let members = list.members().map(|member| (member.name, member.value));
        let doomed: Vec<(String, Node<'_>)> = items
            .chain(members)
            .filter_map(|(path, value)| Some((path.as_str().filter(|path| meant(path))?.into_owned(), value)))
            .collect();
        if doomed.is_empty() {
            continue;
        }
        let nodes: Vec<_> = doomed.iter().map(|(_, node)| *node).collect();
        draft.edit(write::remove(list, &nodes));
        doomed.into_iter().for_each(|(path, _)| draft.change([], Change::removed(path)));
    }
    draft.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_removed_from_lists_and_maps_but_comments_stay() {
        let manifest = Document::yaml(
            "# Use this workspace\nworkspace:\n  id: ''\nlocalResources:\n  environments:\n    - ../a.yaml # a\n    - ../b.yaml\n\
             cloudResources:\n  collections: {}\n  environments:\n    ../a.yaml: 1-2\n",
        )
        .expect("valid");
        let plan = unlist(&manifest, |path| path == "../a.yaml").expect("a plan");
        assert_eq!(plan.changes.len(), 2);
        assert_eq!(
            manifest.edited(&plan.edits).expect("still YAML").source().text(),
            "# Use this workspace\nworkspace:\n  id: ''\nlocalResources:\n  environments:\n    - ../b.yaml\n\
             cloudResources:\n  collections: {}\n  environments: {}\n"
        );
        assert!(unlist(&manifest, |_| false).expect("a plan").edits.is_empty());
    }
}
