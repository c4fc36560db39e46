//! JSON Patch (RFC 6902): the operations that turn one JSON document into another.

use std::collections::HashSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::View;
use super::by_name::ByName;
use crate::syntax::{Document, Kind, Node, Value};

/// One operation of a JSON Patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// What the operation does.
    pub op: Op,
    /// The place, as a JSON Pointer (RFC 6901).
    pub path: String,
    /// The new value; none for a removal.
    pub value: Option<Value>,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Adds a member, or an item before the one at that place.
    Add,
    /// Removes a member or item.
    Remove,
    /// Replaces a value.
    Replace,
}

/// Returns the operations that turn `before` into `after`. The last of several members of the same name counts, as it
/// does for readers of patches.
#[must_use]
pub fn patch(before: &Document, after: &Document) -> Vec<Operation> {
    let mut operations = Vec::new();
    walk(before.root(), after.root(), &mut String::new(), &mut operations);
    operations
}

fn walk(before: Node<'_>, after: Node<'_>, path: &mut String, out: &mut Vec<Operation>) {
    if View::Node(before).same_json(&View::Node(after)) {
        return;
    }
    match (before.kind(), after.kind()) {
        (Kind::Object, Kind::Object) => members(before, after, path, out),
        (Kind::Array, Kind::Array) => items(before, after, path, out),
        _ => push(out, Op::Replace, path, Some(after)),
    }
}

fn members(before: Node<'_>, after: Node<'_>, path: &mut String, out: &mut Vec<Operation>) {
    let (old, new) = (View::Node(before).members(), View::Node(after).members());
    let (of_old, of_new) = (ByName::of(&old), ByName::of(&new));
    for member @ (name, value) in &old {
        let other = of_new.get(member).and_then(|(_, value)| value.node());
        within(path, name, |path| match (value.node(), other) {
            (Some(value), Some(other)) => walk(value, other, path, out),
            _ => push(out, Op::Remove, path, None),
        });
    }
    for (name, value) in new.iter().filter(|member| of_old.get(*member).is_none()) {
        within(path, name, |path| push(out, Op::Add, path, value.node()));
    }
}

/// Aligns items by their spelling; items that differ are changed in place, as far as both sides have them.
fn items(before: Node<'_>, after: Node<'_>, path: &mut String, out: &mut Vec<Operation>) {
    let (old, new): (Vec<_>, Vec<_>) = (before.items().collect(), after.items().collect());
    let raw = |items: &[Node<'_>]| items.iter().map(|item| hash(*item)).collect::<Vec<_>>();
    // The place of the next operation: items before it are done.
    let mut at = 0;
    for op in capture_diff_slices(Algorithm::Myers, &raw(&old), &raw(&new)) {
        let (gone, come) = match op {
            DiffOp::Equal { len, .. } => {
                at += len;
                continue;
            }
            DiffOp::Delete { old_index, old_len, .. } => (old_index..old_index + old_len, 0..0),
            DiffOp::Insert { new_index, new_len, .. } => (0..0, new_index..new_index + new_len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                (old_index..old_index + old_len, new_index..new_index + new_len)
            }
        };
        let shared = gone.len().min(come.len());
        for (one, other) in gone.clone().zip(come.clone()) {
            within(path, &at.to_string(), |path| walk(old[one], new[other], path, out));
            at += 1;
        }
        for _ in gone.skip(shared) {
            within(path, &at.to_string(), |path| push(out, Op::Remove, path, None));
        }
        for other in come.skip(shared) {
            within(path, &at.to_string(), |path| push(out, Op::Add, path, Some(new[other])));
            at += 1;
        }
    }
}

/// A hash of the spelling. Items that are equal in a different spelling turn out to be so when compared in place.
fn hash(node: Node<'_>) -> u128 {
    xxhash_rust::xxh3::xxh3_128(node.to_json().as_bytes())
}

fn within(path: &mut String, step: &str, then: impl FnOnce(&mut String)) {
    let length = path.len();
    path.push('/');
    path.push_str(&step.replace('~', "~0").replace('/', "~1"));
    then(path);
    path.truncate(length);
}

fn push(out: &mut Vec<Operation>, op: Op, path: &str, value: Option<Node<'_>>) {
    out.push(Operation { op, path: path.to_owned(), value: value.map(Value::of) });
}

impl Operation {
    /// Whether the new value contains one of `texts`.
    #[must_use]
    pub fn contains(&self, texts: &HashSet<String>) -> bool {
        fn any(value: &Value, texts: &HashSet<String>) -> bool {
            match value {
                Value::String(text) | Value::Number(text) => texts.contains(text),
                Value::Array(items) => items.iter().any(|item| any(item, texts)),
                Value::Object(members) => members.iter().any(|(_, value)| any(value, texts)),
                Value::Null | Value::Bool(_) => false,
            }
        }
        self.value.as_ref().is_some_and(|value| any(value, texts))
    }

    /// The operation as JSON on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let op = match self.op {
            Op::Add => "add",
            Op::Remove => "remove",
            Op::Replace => "replace",
        };
        let mut members =
            vec![("op".to_owned(), Value::string(op)), ("path".to_owned(), Value::string(&self.path))];
        members.extend(self.value.clone().map(|value| ("value".to_owned(), value)));
        Value::Object(members).to_json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_members_in_another_order_are_compared_by_name() {
        let object = |numbers: &mut dyn Iterator<Item = usize>, value: &str| {
            let members: Vec<_> = numbers.map(|at| format!(r#""name {at}": {value}"#)).collect();
            Document::json(&format!("{{{}}}", members.join(","))).expect("valid")
        };
        let (before, after) = (object(&mut (0..50_000), "1"), object(&mut (1..50_001).rev(), "2"));
        let operations = patch(&before, &after);
        let count = |op| operations.iter().filter(|operation| operation.op == op).count();
        assert_eq!([Op::Remove, Op::Replace, Op::Add].map(count), [1, 49_999, 1]);
    }
}
