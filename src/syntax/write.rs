//! Changes to a tree as edits of its text, in the style of the neighbors. Each syntax has a module for its spelling.

mod json;
mod scalar;
mod yaml;

pub use yaml::{as_item, members_as_items};

use std::collections::HashSet;

use super::{Member, Node, NodeId, Syntax, Value};
use crate::text::{Edit, Span};

/// Replaces `node`, which may also be a member's name, by `value`.
#[must_use]
pub fn replace(node: Node<'_>, value: &Value) -> Edit {
    match node_syntax(node) {
        Syntax::Json => json::replace(node, value),
        Syntax::Yaml => yaml::replace(node, value),
    }
}

/// Writes `value` as a new document in the layout of Postman's files: JSON with tabs and no final line break, YAML with
/// block collections indented by two.
#[must_use]
pub fn document(value: &Value, syntax: Syntax) -> String {
    match syntax {
        Syntax::Json => json::document(value),
        Syntax::Yaml => yaml::document(value),
    }
}

/// Inserts `values` after the last item of `array`.
#[must_use]
pub fn append(array: Node<'_>, values: &[Value]) -> Edit {
    match node_syntax(array) {
        Syntax::Json => json::append(array, values),
        Syntax::Yaml => yaml::append(array, values),
    }
}

/// Inserts `values` into `array`, after the item `after` or else before the first item.
#[must_use]
pub fn insert_items(array: Node<'_>, after: Option<Node<'_>>, values: &[Value]) -> Edit {
    match (node_syntax(array), array.items().next(), after) {
        (Syntax::Json, Some(first), _) => json::insert_items(array, first, after, values),
        (Syntax::Yaml, _, Some(after)) => yaml::insert_after(array, after, values),
        (Syntax::Yaml, Some(first), None) => yaml::insert_before(array, first, values),
        (_, None, _) => append(array, values),
    }
}

/// Inserts a member into `object` right after its member `after`.
#[must_use]
pub fn insert_member_after(object: Node<'_>, after: Member<'_>, name: &str, value: &Value) -> Edit {
    match node_syntax(object) {
        Syntax::Json => json::insert_member(object, Some(after), name, value),
        Syntax::Yaml => yaml::insert_member(object, Some(after), name, value),
    }
}

/// Inserts a member into `object` before `first`, its first member.
#[must_use]
pub fn insert_member_before(object: Node<'_>, first: Member<'_>, name: &str, value: &Value) -> Edit {
    match node_syntax(object) {
        Syntax::Json => json::insert_member_before(object, first, name, value),
        Syntax::Yaml => yaml::insert_member_before(object, first, name, value),
    }
}

/// Inserts a member into `object`: after the last of its members that come before `name` in `order`, or else at the
/// end.
#[must_use]
pub fn insert_member(object: Node<'_>, name: &str, value: &Value, order: &[&str]) -> Edit {
    let place = order.iter().position(|&other| other == name);
    let before =
        |member: &Member<'_>| order[..place.unwrap_or(0)].iter().any(|&other| member.name.is_str(other));
    let after = object.members().filter(before).last().or_else(|| object.members().last());
    match node_syntax(object) {
        Syntax::Json => json::insert_member(object, after, name, value),
        Syntax::Yaml => yaml::insert_member(object, after, name, value),
    }
}

/// Removes `doomed`, which are directly inside `container`: items with their separators, members with their names.
#[must_use]
pub fn remove(container: Node<'_>, doomed: &[Node<'_>]) -> Vec<Edit> {
    let members = container.members().map(|member| (member.span(), member.value));
    let items = container.items().map(|item| (item.span(), item));
    let doomed: HashSet<NodeId> = doomed.iter().map(Node::id).collect();
    let children: Vec<_> =
        members.chain(items).map(|(span, value)| (span, doomed.contains(&value.id()))).collect();
    match node_syntax(container) {
        Syntax::Json => json::remove(container, &children),
        Syntax::Yaml => yaml::remove(container, &children),
    }
}

fn node_syntax(node: Node<'_>) -> Syntax {
    node.document().syntax()
}

/// The index ranges of adjacent children that are doomed.
fn runs(children: &[(Span, bool)]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in children.iter().enumerate().filter(|(_, (_, doomed))| *doomed) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}
