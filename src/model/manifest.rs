use std::borrow::Cow;

use crate::syntax::{Document, Kind, Member, Name, Node, Syntax};

/// The manifest of a workspace in a repository, `.postman/resources.yaml`, which names the workspace and maps files to
/// Postman's cloud.
#[derive(Clone, Copy, Debug)]
pub struct Manifest<'d>(Node<'d>);

/// A file that a manifest lists.
#[derive(Clone, Debug)]
pub struct Listed<'d> {
    /// Its path, relative to the manifest's folder.
    pub path: Cow<'d, str>,
    /// The string that names it.
    pub node: Node<'d>,
    /// Its id in the cloud, if the manifest has it.
    pub id: Option<Node<'d>>,
}

impl<'d> Manifest<'d> {
    /// The sections that list files, and how they list those of one kind: as an array of paths, or as a map from paths
    /// to ids.
    pub const SECTIONS: [(&'static str, Kind); 2] =
        [("localResources", Kind::Array), ("cloudResources", Kind::Object)];

    /// The kinds of files that Postman looks for in each section.
    pub const KINDS: [Name<'static>; 8] = Name::all([
        "collections",
        "environments",
        "globals",
        "specs",
        "flows",
        "mocks",
        "datasets",
        "documents",
    ]);

    /// The manifest in `document`; none if it is something else.
    #[must_use]
    pub fn of(document: &'d Document) -> Option<Self> {
        let root = document.root();
        let has = |name: &&str| root.get(name).is_some();
        let is_one = document.syntax() == Syntax::Yaml
            && root.kind() == Kind::Object
            && !["values", "$kind"].iter().any(has)
            && std::iter::once("workspace")
                .chain(Self::SECTIONS.map(|(section, _)| section))
                .any(|name| has(&name));
        is_one.then_some(Self(root))
    }

    /// The object that holds it.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.0
    }

    /// The members of `section` that Postman looks for, with values of any kind.
    pub fn lists_in(&self, section: &str) -> impl Iterator<Item = Member<'d>> + use<'d> {
        let members = self.0.get(section).into_iter().flat_map(|section| section.members());
        members.filter(|member| member.name.find_in(&Self::KINDS, |name| *name).is_some())
    }

    /// Every file that it lists in a place that Postman reads, in order.
    pub fn listed(&self) -> impl Iterator<Item = Listed<'d>> + use<'d> {
        let manifest = *self;
        let lists = Self::SECTIONS.into_iter().flat_map(move |(section, kind)| {
            manifest.lists_in(section).map(|list| list.value).filter(move |list| list.kind() == kind)
        });
        lists.flat_map(|list| {
            let items = list.items().map(|item| (item, None));
            items
                .chain(list.members().map(|member| (member.name, Some(member.value))))
                .filter_map(|(node, id)| Some(Listed { path: node.as_str()?, node, id }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_listed_with_and_without_an_id() {
        let text = "workspace:\n  id: a\nlocalResources:\n  specs: null\n  environments:\n    - ../a.yaml\n\
                    cloudResources:\n  environments:\n    ../a.yaml: 1-2\n";
        let document = Document::yaml(text).expect("valid");
        let manifest = Manifest::of(&document).expect("a manifest");
        let found: Vec<_> = manifest.listed().map(|it| (it.path.into_owned(), it.id.is_some())).collect();
        assert_eq!(found, [("../a.yaml".to_owned(), false), ("../a.yaml".to_owned(), true)]);
        for other in ["name: CI\non: push\n", "workspace: x\nvalues: []\n", ""] {
            assert!(Manifest::of(&Document::yaml(other).expect(other)).is_none(), "{other}");
        }
    }
}
