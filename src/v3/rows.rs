//! Named values: a list of objects in v2, a map or a list in v3.

use super::notes::Notes;
use super::{Object, description, text};
use crate::syntax::{Kind, Member, Node, Value};

/// The v2 rows of `node`, a v3 map or list.
pub(super) fn joined(node: Node<'_>) -> Value {
    let member = |(key, value)| {
        let mut row = Object::default();
        row.put("key", Value::String(key));
        row.put("value", value);
        row.value()
    };
    let of_map = node.members().map(|member| {
        let value = text(member.value).map_or(Value::Null, Value::String);
        (member.key().into_owned(), value)
    });
    let of_list = node.items().map(|item| {
        let members = item.members().filter(|member| !is_default(member.name, member.value));
        let member = |member: Member<'_>| match member.key().into_owned() {
            // In v2, secret is a type.
            name if name == "secret" && item.get("type").is_none() => {
                ("type".to_owned(), Value::string("secret"))
            }
            name => (name, scalar_text(member.value)),
        };
        Value::Object(members.map(member).collect())
    });
    Value::Array(if node.kind() == Kind::Object { of_map.map(member).collect() } else { of_list.collect() })
}

/// Whether a member means no more than its absence: `secret: false`, `disabled: false`, or the `src` of a file still to
/// be chosen.
fn is_default(name: Node<'_>, value: Node<'_>) -> bool {
    let flag = (name.is_str("secret") || name.is_str("disabled")) && value.is_bool(false);
    flag || (name.is_str("src") && value.is_str(""))
}

/// Values are strings in v2, so YAML's numbers become text.
fn scalar_text(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Number => Value::String(node.to_json().into_owned()),
        _ => Value::of(node),
    }
}

/// The kind of rows, which decides what v3 can express.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    Variables,
    /// Headers, query parameters, or the fields of a URL-encoded form.
    Fields,
    /// The values of the `:name` parts of a path, none of which may be missing.
    PathVariables,
    /// The fields of a multipart form. A file must have a `src`.
    Parts,
}

impl Rows {
    /// The members to keep in addition to the key, the value and the description.
    fn kept(self) -> &'static [&'static str] {
        match self {
            Self::Variables => &["disabled", "secret", "source"],
            Self::Fields | Self::PathVariables => &["disabled"],
            Self::Parts => &["type", "src", "contentType", "fileName", "disabled"],
        }
    }
}

/// The v3 form of the v2 rows in `list`: a map if every row has only a key and a string, and keys are unique. Members
/// that v3 cannot express are noted.
pub(super) fn split(list: Node<'_>, kind: Rows, notes: &mut Notes, place: &str) -> Option<Value> {
    let rows: Vec<_> = list.items().filter(|row| row.kind() == Kind::Object).collect();
    if rows.is_empty() {
        return None;
    }
    let split: Vec<_> = rows.iter().map(|row| split_row(*row, kind, notes, place)).collect();
    let mut names: Vec<_> = split.iter().map(|row| key_of(row).to_owned()).collect();
    names.sort_unstable();
    let unique = names.windows(2).all(|pair| pair[0] != pair[1]);
    let plain = |row: &Object| match &row.0[..] {
        [(key, _), (value, Value::String(_))] => key == "key" && value == "value",
        _ => false,
    };
    if unique && split.iter().all(plain) {
        let member = |row: Object| {
            let name = key_of(&row).to_owned();
            row.0.into_iter().nth(1).map(|(_, value)| (name, value))
        };
        return Some(Value::Object(split.into_iter().filter_map(member).collect()));
    }
    Some(Value::Array(split.into_iter().map(Object::value).collect()))
}

fn key_of(row: &Object) -> &str {
    let key = row.0.iter().find(|(name, _)| name == "key");
    key.and_then(|(_, value)| if let Value::String(key) = value { Some(key.as_str()) } else { None })
        .unwrap_or_default()
}

fn split_row(row: Node<'_>, kind: Rows, notes: &mut Notes, place: &str) -> Object {
    let kept = kind.kept();
    // Old collections name a variable by `id`.
    let by_id = row.get("id").filter(|_| row.get("key").is_none());
    if by_id.is_some() {
        notes.left_out("that a variable is named by `id`, not `key`", place);
    }
    let key = row.get("key").or(by_id);
    let mut out = Object::default();
    out.text("key", key.and_then(text).unwrap_or_default());
    let typed = |name: &str| row.get("type").is_some_and(|own| own.is_str(name));
    let is_file = kind == Rows::Parts && typed("file");
    match row.get("value").filter(|value| !is_file || !Notes::is_empty(*value)) {
        Some(value) if value.is_null() && kind == Rows::PathVariables => {
            notes.left_out("that a `value` is null", place);
            out.text("value", "");
        }
        Some(value) => {
            out.put("value", text(value).map_or(Value::Null, Value::String));
            if !matches!(value.kind(), Kind::String | Kind::Null) {
                notes.left_out(format!("that a `value` is {}", value.kind().name()), place);
            }
        }
        None if kind == Rows::PathVariables => out.text("value", ""),
        None => {}
    }
    for member in row.members() {
        let name = member.key();
        let nothing = is_default(member.name, member.value) || member.value.is_null();
        if kept.contains(&&*name) && !nothing {
            out.put(&name, Value::of(member.value));
        }
    }
    if is_file && !out.0.iter().any(|(name, _)| name == "src") {
        out.text("src", "");
    }
    if kind == Rows::Variables && typed("secret") && !out.0.iter().any(|(name, _)| name == "secret") {
        out.put("secret", Value::Bool(true));
    }
    out.put("description", description(row));
    // A type matters only if it converts the value; `name` repeats the key; `enabled` means nothing here.
    const SILENT: [&str; 6] = ["key", "id", "value", "description", "name", "enabled"];
    let converts = ["number", "boolean", "array", "object"].iter().any(|name| typed(name));
    for member in row.members() {
        let name = member.key();
        let silent = SILENT.contains(&&*name) || kept.contains(&&*name) || (name == "type" && !converts);
        if !silent && !member.value.is_null() && !is_default(member.name, member.value) {
            notes.left_out(format!("`{name}` of `{}`", key_of(&out)), place);
        }
    }
    out
}
