//! Rows of git-native files: a list of objects, or a map where no row has more than a name and a value.

use super::view::View;
use crate::syntax::{Kind, Value};

/// Both as lists, when one is a map and the other a list.
pub(super) fn in_one_notation<'d, 'e>(
    one: &View<'d>,
    other: &View<'e>,
) -> (Option<View<'d>>, Option<View<'e>>) {
    match (one.kind(), other.kind()) {
        (Kind::Object, Kind::Array) => (Some(View::Made(list_of(one))), None),
        (Kind::Array, Kind::Object) => (None, Some(View::Made(list_of(other)))),
        _ => (None, None),
    }
}

/// Rows as a list.
pub(super) fn list_of(rows: &View<'_>) -> Value {
    let row = |(name, value): (_, View<'_>)| {
        let name = ("key".to_owned(), Value::String(String::from(name)));
        Value::Object(vec![name, ("value".to_owned(), value.to_value())])
    };
    match rows.kind() {
        Kind::Object => Value::Array(rows.members().into_iter().map(row).collect()),
        _ => rows.to_value(),
    }
}

/// Rows as a map; none where one has more than a name and a value, or two have one name.
pub(super) fn map_of(rows: &View<'_>) -> Option<Value> {
    if rows.kind() == Kind::Object {
        return Some(rows.to_value());
    }
    let mut members: Vec<(String, Value)> = Vec::new();
    for row in rows.items() {
        let name = row.get("key")?.as_str()?.into_owned();
        let silent = |(own, value): &(_, View<'_>)| match AsRef::<str>::as_ref(own) {
            "key" | "value" => true,
            "disabled" | "secret" => value.to_value() == Value::Bool(false),
            _ => value.is_empty(),
        };
        if !row.members().iter().all(silent) || members.iter().any(|(own, _)| *own == name) {
            return None;
        }
        let value = row.get("value").map_or_else(|| Value::string(""), |value| value.to_value());
        members.push((name, value));
    }
    Some(Value::Object(members))
}
