//! Authorization: rows of a block named after its type in v2, a map of credentials in v3.

use super::notes::Notes;
use super::{Object, text};
use crate::syntax::{Kind, Node, Value};

/// The authorization of the v3 object `owner`, the first one if there are several. Inheriting means omitting it in v2.
pub(super) fn joined(owner: Node<'_>, notes: &mut Notes, place: &str) -> Option<Value> {
    let stated = owner.get("auth")?;
    let auth = if stated.kind() == Kind::Array { stated.items().next()? } else { stated };
    if stated.items().count() > 1 {
        notes.left_out("all authorizations but the first", place);
    }
    let name = auth.get("type").and_then(text).filter(|name| name != "inherit")?;
    let mut out = Object::default();
    out.text("type", &name);
    let credentials = auth.get("credentials").filter(|rows| rows.has_values());
    out.put(
        &name,
        credentials.map(|credentials| {
            let pair = |key: String, value: Node<'_>| {
                let mut row = Object::default();
                row.text("key", key);
                row.put("value", Value::of(value));
                row.text(
                    "type",
                    match value.kind() {
                        Kind::String => "string",
                        Kind::Bool => "boolean",
                        Kind::Number => "number",
                        _ => "any",
                    },
                );
                row.value()
            };
            let of_map = credentials.members().map(|member| pair(member.key().into_owned(), member.value));
            let of_list = credentials
                .items()
                .filter_map(|row| Some(pair(row.get("key").and_then(text)?, row.get("value")?)));
            Value::Array(of_map.chain(of_list).collect())
        }),
    );
    Some(out.value())
}

/// The authorization of the v2 object `owner`, whose credentials are a list or a map.
pub(super) fn split(owner: Node<'_>, notes: &mut Notes, place: &str) -> Option<Value> {
    let auth = owner.get("auth").filter(|auth| auth.kind() == Kind::Object)?;
    let name = auth.get("type").and_then(text)?;
    notes.unknown(auth, &["type", &name], place);
    let mut out = Object::default();
    out.text("type", &name);
    let block = auth.get(&name).filter(|block| block.has_values());
    out.put(
        "credentials",
        block.map(|block| {
            let of_list = block
                .items()
                .filter_map(|row| Some((row.get("key").and_then(text)?, Value::of(row.get("value")?))));
            let of_map = block.members().map(|member| (member.key().into_owned(), Value::of(member.value)));
            Value::Object(of_list.chain(of_map).collect())
        }),
    );
    Some(out.value())
}
