//! Applies JSON Patch.

use envtool::compare::{Op, Operation};
use serde_json::Value;

/// `value` after `patch`, as RFC 6902 defines it, for the operations that envtool writes.
pub(crate) fn applied(mut value: Value, patch: &[Operation]) -> Value {
    for operation in patch {
        let new = operation.value.as_ref().map(|new| serde_json::from_str(&new.to_json()).unwrap());
        let Some((parent, last)) = operation.path.rsplit_once('/') else {
            value = new.unwrap();
            continue;
        };
        let last = last.replace("~1", "/").replace("~0", "~");
        match (value.pointer_mut(parent).unwrap(), operation.op) {
            (Value::Array(items), Op::Add) => items.insert(last.parse().unwrap(), new.unwrap()),
            (Value::Array(items), Op::Remove) => drop(items.remove(last.parse().unwrap())),
            (Value::Array(items), Op::Replace) => items[last.parse::<usize>().unwrap()] = new.unwrap(),
            (Value::Object(members), Op::Remove) => drop(members.remove(&last).unwrap()),
            (Value::Object(members), _) => drop(members.insert(last, new.unwrap())),
            (other, _) => panic!("{other} contains no values"),
        }
    }
    value
}
