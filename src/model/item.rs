use std::borrow::Cow;

use super::{Auth, CollectionVersion, Request, Script};
use crate::syntax::{Kind, Node};

/// A folder or a request.
#[derive(Clone, Copy, Debug)]
pub struct Item<'d> {
    node: Node<'d>,
    parent: Option<usize>,
    depth: usize,
    version: CollectionVersion,
    name: Option<Node<'d>>,
    id: Option<Node<'d>>,
    /// The list that makes it a folder.
    list: Option<Node<'d>>,
}

impl<'d> Item<'d> {
    /// The item that `node` holds, in the folder with the index `parent`, `depth` folders down.
    pub(super) fn of(
        node: Node<'d>,
        parent: Option<usize>,
        depth: usize,
        version: CollectionVersion,
    ) -> Self {
        let (mut name, mut id, mut old_id, mut list) = (None, None, None, None);
        for member in node.members() {
            let known = match (&*member.key(), version) {
                ("name", _) => &mut name,
                ("id", _) => &mut id,
                ("_postman_id", _) => &mut old_id,
                ("order", CollectionVersion::V1) => &mut list,
                ("item", version) if version != CollectionVersion::V1 => &mut list,
                _ => continue,
            };
            *known = Some(member.value);
        }
        Self { node, parent, depth, version, name, id: id.or(old_id), list }
    }

    /// The object that holds it.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.node
    }

    /// The folder it is in, as an index into [`Collection::items`](super::Collection::items); none at the top.
    #[must_use]
    pub fn parent(&self) -> Option<usize> {
        self.parent
    }

    /// How many folders it is in.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Option<Cow<'d, str>> {
        self.name?.as_str()
    }

    /// The value of its id: of `id`, or of `_postman_id` in older exports.
    #[must_use]
    pub fn id_node(&self) -> Option<Node<'d>> {
        self.id
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Option<Cow<'d, str>> {
        self.id?.as_str()
    }

    /// The list that makes it a folder; none of a request.
    pub(super) fn list(&self) -> Option<Node<'d>> {
        self.list
    }

    /// Whether it is a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.list.is_some()
    }

    /// Its request; none for a folder.
    #[must_use]
    pub fn request(&self) -> Option<Request<'d>> {
        if self.is_folder() {
            return None;
        }
        match self.version {
            CollectionVersion::V1 => Some(Request::of(self.node)),
            _ => self.node.get("request").map(Request::of),
        }
    }

    /// Its own authorization; that of a folder applies to everything in it.
    #[must_use]
    pub fn auth(&self) -> Option<Auth<'d>> {
        Auth::of(
            self.node.get("request").filter(|request| request.kind() == Kind::Object).unwrap_or(self.node),
        )
    }

    /// Its scripts.
    pub fn scripts(&self) -> impl Iterator<Item = Script<'d>> + use<'d> {
        Script::all(self.node)
    }

    /// The saved example responses.
    pub fn responses(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        self.node.get_items("response")
    }
}
