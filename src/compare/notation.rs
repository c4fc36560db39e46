//! Values that git-native files write as a list or as a map: rows, as a map if each has only a name and a value, and
//! authorizations, as a map if there is only one.

use super::shape::Shape;
use super::view::View;
use crate::syntax::{Kind, Value};

/// Whether a value of this shape can be a list or a map.
pub(super) fn has_two(shape: Shape) -> bool {
    matches!(shape, Shape::Pairs | Shape::Credentials)
}

/// If one is a map and the other a list, the map as a list, on its side.
pub(super) fn in_one<'d, 'e>(
    one: &View<'d>,
    other: &View<'e>,
    shape: Shape,
) -> (Option<View<'d>>, Option<View<'e>>) {
    match (one.kind(), other.kind()) {
        (Kind::Object, Kind::Array) => (Some(View::Made(list_of(one, shape))), None),
        (Kind::Array, Kind::Object) => (None, Some(View::Made(list_of(other, shape)))),
        _ => (None, None),
    }
}

/// A value of this shape as a list.
pub(super) fn list_of(rows: &View<'_>, shape: Shape) -> Value {
    let row = |(name, value): (_, View<'_>)| {
        Value::object([("key", Value::String(String::from(name))), ("value", value.to_value())])
    };
    match rows.kind() {
        Kind::Object if shape == Shape::Credentials => Value::Array(vec![rows.to_value()]),
        Kind::Object => Value::Array(rows.members().into_iter().map(row).collect()),
        _ => rows.to_value(),
    }
}

/// A value of this shape as a map; none if a row has more than a name and a value, two rows have the same name, or
/// there are several authorizations.
pub(super) fn map_of<'d>(rows: &View<'d>, shape: Shape) -> Option<View<'d>> {
    if rows.kind() == Kind::Object {
        return Some(rows.clone());
    }
    if shape == Shape::Credentials {
        let mut auths = rows.items();
        return auths.pop().filter(|auth| auths.is_empty() && auth.kind() == Kind::Object);
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
    Some(View::Made(Value::Object(members)))
}
