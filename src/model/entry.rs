use std::borrow::Cow;

use crate::syntax::{Member, Node};

/// A named value of an authorization block, a header, a query or a form.
#[derive(Clone, Debug)]
pub struct Entry<'d> {
    /// Its name.
    pub key: Cow<'d, str>,
    /// Its value.
    pub value: Node<'d>,
    /// The object that holds both; in a map, the value itself.
    pub node: Node<'d>,
}

impl Entry<'_> {
    /// Whether it is disabled, so that Postman does not send it.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        self.node.get("disabled").is_some_and(|flag| flag.is_bool(true))
    }
}

/// The entries of a list of `{key, value}`, except those that lack either, or of a map of names and values.
pub(super) fn entries<'d>(list: Option<Node<'d>>) -> impl Iterator<Item = Entry<'d>> + use<'d> {
    rows(list, |row| row.get("key"))
        .filter_map(|row| Some(Entry { key: row.name, value: row.value?, node: row.node }))
}

/// A named row of a list, or a member of a map.
#[derive(Clone, Debug)]
pub struct Row<'d> {
    /// Its name.
    pub name: Cow<'d, str>,
    /// Its value, if it has one.
    pub value: Option<Node<'d>>,
    /// The object that is the row; in a map, the value itself.
    pub node: Node<'d>,
}

/// The rows of a list, each named by the string that `name` finds in it, or the members of a map. Skips rows without a
/// name.
pub(super) fn rows<'d>(
    list: Option<Node<'d>>,
    name: fn(Node<'d>) -> Option<Node<'d>>,
) -> impl Iterator<Item = Row<'d>> + use<'d> {
    let row = move |node| Some(Row { name: name(node)?.as_str()?, value: node.get("value"), node });
    let member =
        |member: Member<'d>| Row { name: member.key(), value: Some(member.value), node: member.value };
    let items = list.into_iter().flat_map(|list| list.items()).filter_map(row);
    items.chain(list.into_iter().flat_map(|map| map.members()).map(member))
}
