use std::collections::{BTreeMap, HashSet};

use super::{Action, Change, Draft, EditError, Plan, target};
use crate::model::{Runtime, Scope};
use crate::syntax::{Node, NodeId, Value, is_path, write};

/// Removes variables: every row with a name, and whatever a JSONPath selects.
///
/// # Errors
/// A name or path that matches nothing.
pub fn unset(scope: &Scope<'_>, keys: &[String]) -> Result<Plan, EditError> {
    let (mut draft, mut doomed) = (Draft::default(), Vec::new());
    let mut seen = HashSet::new();
    for key in keys {
        let mut nodes = if is_path(key) {
            target::nodes(scope, key)?
        } else {
            target::variables(scope, key)?.into_iter().map(|variable| variable.node()).collect()
        };
        nodes.retain(|node| seen.insert(node.id()));
        if nodes.is_empty() {
            continue;
        }
        if nodes.len() > 1 && !is_path(key) {
            draft.note([format!("`{key}` is there {} times; all go", nodes.len())]);
        }
        draft.change([], Change::new(key, removed(scope, &nodes)));
        doomed.extend(nodes);
    }
    doomed.sort_by_key(Node::id);
    // A node inside another that is removed needs no edit of its own.
    let mut tops: Vec<Node<'_>> = Vec::new();
    for node in doomed {
        if !tops.last().is_some_and(|top| top.contains(node)) {
            tops.push(node);
        }
    }
    let mut parents: BTreeMap<NodeId, (Node<'_>, Vec<Node<'_>>)> = BTreeMap::new();
    for node in tops {
        let parent = node.parent().ok_or(EditError::WholeFile)?;
        parents.entry(parent.id()).or_insert((parent, Vec::new())).1.push(node);
    }
    for (parent, children) in parents.into_values() {
        draft.edit(write::remove(parent, &children));
    }
    draft.finish()
}

/// The removal of `nodes`, with the value of the variable that they are; of several rows, that of the one the app uses.
fn removed(scope: &Scope<'_>, nodes: &[Node<'_>]) -> Action {
    let rows = nodes.iter().filter_map(|node| scope.variable_at(*node).filter(|found| found.node() == *node));
    let rows: Vec<_> = rows.collect();
    let counts = rows.iter().find(|row| scope.wins(row, Runtime::App)).or(rows.last());
    let before = counts.and_then(|row| row.value()).map(Value::of);
    Action::Removed { before, secret: counts.is_some_and(|row| row.is_secret()) }
}
