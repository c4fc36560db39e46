use std::borrow::Cow;
use std::collections::HashMap;

use super::{Auth, CollectionVersion, FileKind, Item, Request, Script, identify};
use crate::syntax::{Document, Kind, Node};

/// A collection with its folders and requests, in the order of the file; in version 1, by folder.
#[derive(Clone, Debug)]
pub struct Collection<'d> {
    version: CollectionVersion,
    owner: Node<'d>,
    items: Vec<Item<'d>>,
}

/// The object that holds a collection: the root, or the member `collection` in which Postman's API wraps it.
pub(super) fn owner(root: Node<'_>) -> Node<'_> {
    root.get("collection").filter(|_| root.get("info").is_none()).unwrap_or(root)
}

impl<'d> Collection<'d> {
    /// The collection in `document`; none if it is something else.
    #[must_use]
    pub fn of(document: &'d Document) -> Option<Self> {
        Self::of_kind(document, identify(document))
    }

    /// The collection in `document`, which [`identify`] has recognized as `found`.
    #[must_use]
    pub fn of_kind(document: &'d Document, found: FileKind) -> Option<Self> {
        let FileKind::Collection(version) = found else { return None };
        // The definition of a git-native collection is only one of its files; `v3` joins them.
        if version == CollectionVersion::V3 {
            return None;
        }
        let owner = owner(document.root());
        let mut collection = Self { version, owner, items: Vec::new() };
        if version == CollectionVersion::V1 {
            collection.list_v1()
        } else {
            collection.list_v2()
        }
        Some(collection)
    }

    /// The version of its schema.
    #[must_use]
    pub fn version(&self) -> CollectionVersion {
        self.version
    }

    /// The object that holds it.
    #[must_use]
    pub fn owner(&self) -> Node<'d> {
        self.owner
    }

    /// The object with its name and schema; in version 1, the owner itself.
    #[must_use]
    pub fn info(&self) -> Node<'d> {
        self.owner.get("info").unwrap_or(self.owner)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Option<Cow<'d, str>> {
        self.info().get_str("name")
    }

    /// Its folders and requests, each folder before its contents. An item's [`parent`](Item::parent) is an index into
    /// this list.
    #[must_use]
    pub fn items(&self) -> &[Item<'d>] {
        &self.items
    }

    /// Its own authorization.
    #[must_use]
    pub fn auth(&self) -> Option<Auth<'d>> {
        Auth::of(self.owner)
    }

    /// All authorizations: its own, those of its items, and those of requests in examples.
    pub fn auths(&self) -> impl Iterator<Item = Auth<'d>> {
        let examples = self.items.iter().flat_map(Item::responses);
        let examples = examples.filter_map(|response| Request::of(response.get("originalRequest")?).auth());
        self.auth().into_iter().chain(self.items.iter().filter_map(Item::auth)).chain(examples)
    }

    /// Its own scripts.
    pub fn scripts(&self) -> impl Iterator<Item = Script<'d>> + use<'d> {
        Script::all(self.owner)
    }

    /// The names from the outermost folder down to `item`.
    #[must_use]
    pub fn path(&self, item: &Item<'d>) -> Vec<Cow<'d, str>> {
        let mut names: Vec<_> = std::iter::successors(Some(item), |item| self.items.get(item.parent()?))
            .map(|item| item.name().unwrap_or_default())
            .collect();
        names.reverse();
        names
    }

    /// The innermost item that contains `node`.
    #[must_use]
    pub fn item_at(&self, node: Node<'d>) -> Option<&Item<'d>> {
        if self.version == CollectionVersion::V1 {
            return self.items.iter().find(|item| item.node().contains(node));
        }
        let next = self.items.partition_point(|item| item.node().id() <= node.id());
        let last = self.items.get(next.checked_sub(1)?)?;
        std::iter::successors(Some(last), |item| self.items.get(item.parent()?))
            .find(|item| item.node().contains(node))
    }

    fn list_v2(&mut self) {
        let children = |list: Option<Node<'d>>| list.into_iter().flat_map(|list| list.items());
        let mut open = vec![(None, children(self.owner.get("item")))];
        while let Some((parent, rest)) = open.last_mut() {
            let parent = *parent;
            let Some(node) = rest.next() else {
                open.pop();
                continue;
            };
            if node.kind() != Kind::Object {
                continue;
            }
            let item = Item::of(node, parent, open.len() - 1, self.version);
            self.items.push(item);
            open.extend(item.list().map(|list| (Some(self.items.len() - 1), children(Some(list)))));
        }
    }

    /// Version 1 has two flat lists, in which each folder or request names the folder it is in.
    fn list_v1(&mut self) {
        let listed = |name: &str| {
            let list = self.owner.get_items(name);
            list.filter(|node| node.kind() == Kind::Object)
        };
        let folders: Vec<_> = listed("folders").collect();
        let ids = folders.iter().enumerate().filter_map(|(at, node)| Some((node.get_str("id")?, at)));
        let places: HashMap<_, _> = ids.collect();
        let top = folders.len();
        let mut inside: Vec<Vec<(Node<'d>, Option<usize>)>> = vec![Vec::new(); top + 1];
        let nodes = folders.iter().enumerate().map(|(at, node)| (*node, Some(at)));
        for (node, folder) in nodes.chain(listed("requests").map(|node| (node, None))) {
            let parent = node.get("folder").and_then(|id| places.get(&id.as_str()?).copied());
            inside[parent.unwrap_or(top)].push((node, folder));
        }
        let mut children = |folder: usize| std::mem::take(&mut inside[folder]).into_iter();
        let mut open = vec![(None, children(top))];
        // Folders that contain each other are unreachable from the top. They come last, as if they were at the top.
        let mut rest = 0..top;
        loop {
            let Some((parent, items)) = open.last_mut() else {
                let Some(folder) = rest.next() else { break };
                open.push((None, children(folder)));
                continue;
            };
            let parent = *parent;
            let Some((node, folder)) = items.next() else {
                open.pop();
                continue;
            };
            self.items.push(Item::of(node, parent, open.len() - 1, CollectionVersion::V1));
            open.extend(folder.map(|folder| (Some(self.items.len() - 1), children(folder))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_follow_their_folders_in_file_order() {
        let document = Document::json(
            r#"{"info":{"name":"C"},"item":[{"name":"F","item":[{"name":"a","request":"https://a"},{"name":"G","item":[]}]},
                {"name":"b","id":"1","request":{"method":"POST","url":{"raw":"https://b"},"auth":{"type":"bearer","bearer":{"token":"t"}}},
                 "event":[{"listen":"test","script":{"exec":["x;","y"]}}]}]}"#,
        )
        .expect("valid");
        let collection = Collection::of(&document).expect("a collection");
        let paths: Vec<_> = collection.items().iter().map(|item| collection.path(item).join("/")).collect();
        assert_eq!(paths, ["F", "F/a", "F/G", "b"]);
        let b = collection.items()[3];
        let request = b.request().expect("a request");
        assert_eq!(
            (request.method(), request.url().and_then(|url| url.text())),
            ("POST".into(), Some("https://b".into()))
        );
        let auth = b.auth().expect("its own");
        assert_eq!(auth.type_name().as_deref(), Some("bearer"));
        assert_eq!(auth.credentials().map(|it| it.key.into_owned()).collect::<Vec<_>>(), ["token"]);
        assert_eq!(b.scripts().next().map(|script| script.text()).as_deref(), Some("x;\ny"));
        let inner = auth.credentials().next().map(|it| it.value).expect("a token");
        assert_eq!(collection.item_at(inner).and_then(Item::id).as_deref(), Some("1"));
    }

    #[test]
    fn in_version_1_items_name_their_folders() {
        let document = Document::json(
            r#"{"name":"C","order":["r"],"folders":[{"id":"f","name":"F","order":["s"]}],
                "requests":[{"id":"r","name":"a","url":"https://a"},{"id":"s","name":"b","url":"https://b","method":"PUT","folder":"f"}]}"#,
        )
        .expect("valid");
        let collection = Collection::of(&document).expect("a collection");
        let paths: Vec<_> = collection.items().iter().map(|item| collection.path(item).join("/")).collect();
        assert_eq!(paths, ["F", "F/b", "a"]);
        assert_eq!(collection.items()[1].request().map(|request| request.method()).as_deref(), Some("PUT"));
    }
}
