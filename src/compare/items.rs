//! Compares two collections item by item.

use std::borrow::Cow;

use super::changes::changes;
use super::difference::{Change, Subject};
use super::identity::{Pairing, children};
use super::label::Label;
use super::shape::{Include, Shape};
use super::view::View;
use crate::model::{Collection, Item};
use crate::syntax::Node;

/// Two collections and the pairing of their items.
pub(super) struct Items<'c, 'd> {
    pub(super) one: &'c Collection<'d>,
    pub(super) other: &'c Collection<'d>,
    pub(super) pairing: Pairing,
    pub(super) include: Include,
}

impl<'d> Items<'_, 'd> {
    /// The differences in an item, number `was` of the one and `at` of the other, apart from its name and content.
    pub(super) fn changes(&self, was: usize, at: usize) -> Vec<Change<'d>> {
        let [was, is] = [&self.one.items()[was], &self.other.items()[at]].map(Item::node);
        if was.raw() == is.raw() {
            return Vec::new();
        }
        let mut changes =
            changes(&View::Node(was), &View::Node(is), Shape::Item, Label::default(), self.include);
        changes.retain(|change| change.place != ["name"]);
        // Box's generator and others repeat a request's description; once is enough.
        if changes.iter().any(|change| change.place == ["description"]) {
            changes.retain(|change| change.place != ["request", "description"]);
        }
        changes
    }

    /// Whether the item is in a different folder.
    pub(super) fn is_moved(&self, was: usize, at: usize) -> bool {
        let folder = self.one.items()[was].parent().map(|parent| self.pairing.forward[parent]);
        folder != self.other.items()[at].parent().map(Some)
    }

    /// Whether the item has a different name.
    pub(super) fn is_renamed(&self, was: usize, at: usize) -> bool {
        self.one.items()[was].name() != self.other.items()[at].name()
    }

    /// Whether the items that stay in the folder `after` of the other, or at its top, are in a different order.
    pub(super) fn is_reordered(&self, after: Option<usize>) -> bool {
        let was = after.map(|after| self.pairing.backward[after]);
        if was == Some(None) {
            return false;
        }
        let was = was.flatten();
        let places = children(self.other, after)
            .filter_map(|child| self.pairing.backward[child])
            .filter(|&child| self.one.items()[child].parent() == was);
        !places.is_sorted()
    }
}

/// The kind of `item`.
pub(super) fn subject(item: &Item<'_>) -> Subject {
    if item.is_folder() { Subject::Folder } else { Subject::Request }
}

/// The names of the folders of item `at`, and its own.
pub(super) fn path(collection: &Collection<'_>, at: usize) -> Vec<String> {
    collection.path(&collection.items()[at]).into_iter().map(Cow::into_owned).collect()
}

/// The node that contains the items of the folder `at`, or those at the top.
pub(super) fn holder<'d>(collection: &Collection<'d>, at: Option<usize>) -> Node<'d> {
    at.map_or(collection.owner(), |at| collection.items()[at].node())
}
