//! How a request is sent: `protocolProfileBehavior` in v2, `settings` in v3. They differ in one member only.

use crate::syntax::{Kind, Node, Value};

/// The headers that Postman is not to add: flags in v2, a list of names in v3.
const DISABLED_HEADERS: &str = "disabledSystemHeaders";

/// The v2 form of the v3 settings `node`.
pub(super) fn joined(node: Node<'_>) -> Value {
    converted(node, |headers| {
        let flag = |name: Node<'_>| (name.as_str().unwrap_or_default().into_owned(), Value::Bool(true));
        (headers.kind() == Kind::Array).then(|| Value::Object(headers.items().map(flag).collect()))
    })
}

/// The v3 form of the v2 settings `node`.
pub(super) fn split(node: Node<'_>) -> Value {
    converted(node, |headers| {
        let set = headers.members().filter(|member| member.value.is_bool(true));
        let names = set.map(|member| Value::string(member.key()));
        (headers.kind() == Kind::Object).then(|| Value::Array(names.collect()))
    })
}

fn converted(node: Node<'_>, headers: impl Fn(Node<'_>) -> Option<Value>) -> Value {
    let members = node.members().map(|member| {
        let of_headers = member.name.is_str(DISABLED_HEADERS).then(|| headers(member.value)).flatten();
        let name = member.key().into_owned();
        (name, of_headers.unwrap_or_else(|| Value::of(member.value)))
    });
    Value::Object(members.collect())
}
