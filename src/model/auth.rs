use std::borrow::Cow;

use super::Entry;
use super::entry::entries;
use crate::syntax::{Kind, Node};

/// An authorization block.
#[derive(Clone, Copy, Debug)]
pub struct Auth<'d>(Node<'d>);

impl<'d> Auth<'d> {
    /// The authorization of the object `owner`, if it has one of its own.
    pub(super) fn of(owner: Node<'d>) -> Option<Self> {
        owner.get("auth").filter(|auth| auth.kind() == Kind::Object).map(Self)
    }

    /// The authorizations of the object `owner`; in version 3 there may be several to choose from.
    pub(super) fn all(owner: Node<'d>) -> impl Iterator<Item = Self> + use<'d> {
        let several = owner.get_items("auth").map(Self);
        Self::of(owner).into_iter().chain(several)
    }

    /// The object that holds it.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.0
    }

    /// Its type: `noauth`, `basic`, `bearer`, `oauth2` and so on.
    #[must_use]
    pub fn type_name(&self) -> Option<Cow<'d, str>> {
        self.0.get_str("type")
    }

    /// Its settings: the object in version 2.0, the list in 2.1, the `credentials` in 3.
    pub fn credentials(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        let block = self.type_name().and_then(|name| self.0.get(&name));
        entries(block.or_else(|| self.0.get("credentials")))
    }
}
