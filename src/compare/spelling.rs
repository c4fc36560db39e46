//! Converts the several spellings that Postman uses for the same value to a plain one.

use super::View;
use super::shape::Shape;
use crate::model::{Address, header_lines};
use crate::syntax::{Kind, Value};

/// `view` in the plain spelling of its shape; none if it already is.
pub(super) fn plain<'d>(view: &View<'d>, shape: Shape) -> Option<View<'d>> {
    match (shape, view.kind()) {
        (Shape::Text, Kind::Object) => view.get("content"),
        (Shape::Text, Kind::Array) => lines(view),
        (Shape::Request, Kind::String) => Some(record([("url", view.to_value())])),
        (Shape::Url, Kind::String) => view.as_str().map(|text| View::Made(address(&text))),
        (Shape::Url, Kind::Object) => url(view),
        (Shape::Host, _) => joined(view, "."),
        (Shape::Path, _) => joined(view, "/"),
        (Shape::Rows, Kind::Object) => Some(View::Made(Value::Array(
            view.members().into_iter().map(|(key, value)| row(&key, value.to_value())).collect(),
        ))),
        (Shape::Rows, Kind::String) => view.as_str().map(|text| View::Made(headers(&text))),
        _ => None,
    }
}

/// A text that is spelled as a list of lines.
fn lines<'d>(view: &View<'d>) -> Option<View<'d>> {
    let lines: Option<Vec<_>> = view.items().iter().map(View::as_str).collect();
    lines.map(|lines| View::text_of(lines.join("\n")))
}

/// An address that is spelled in `raw` only. If there is a host, the parts count, and `raw` repeats them.
fn url<'d>(view: &View<'d>) -> Option<View<'d>> {
    let raw = view.get("raw").filter(|raw| raw.kind() == Kind::String)?;
    if view.get("host").is_some_and(|host| !host.is_empty()) {
        return None;
    }
    let Value::Object(mut members) = address(&raw.as_str()?) else { return None };
    for (name, value) in view.members() {
        if name != "raw" && !value.is_empty() {
            members.retain(|(own, _)| *own != name);
            members.push((name.into_owned(), value.to_value()));
        }
    }
    Some(View::Made(Value::Object(members)))
}

/// A host or path as one string; its pieces may be objects with a `value`.
fn joined<'d>(view: &View<'d>, by: &str) -> Option<View<'d>> {
    let text = match view.kind() {
        Kind::Array => {
            let text = |item: &View<'_>| item.get("value").unwrap_or_else(|| item.clone()).shown();
            view.items().iter().map(text).collect::<Vec<_>>().join(by)
        }
        _ => view.as_str()?.into_owned(),
    };
    Some(View::text_of(text.trim_start_matches('/')))
}

/// The parts of an address that is one string.
fn address(text: &str) -> Value {
    let address = Address::parse(text);
    let mut members = Vec::new();
    let mut add = |name: &str, value: Option<&str>| {
        members.extend(value.map(|value| (name.to_owned(), Value::string(value))));
    };
    add("protocol", address.protocol);
    add("host", Some(address.host).filter(|host| !host.is_empty()));
    add("port", address.port);
    add("path", address.path.filter(|path| !path.is_empty()));
    add("hash", address.hash);
    let auth = address.auth.map(|(user, password)| {
        let auth = Value::object([("user", Value::string(user)), ("password", Value::string(password))]);
        ("auth".to_owned(), auth)
    });
    members.extend(auth);
    let rows = address.query.map(|pairs| {
        pairs.into_iter().map(|(key, value)| row(key, Value::string(value.unwrap_or_default()))).collect()
    });
    members.extend(rows.map(|rows| ("query".to_owned(), Value::Array(rows))));
    Value::Object(members)
}

/// Headers in one string, a line each.
fn headers(text: &str) -> Value {
    Value::Array(header_lines(text).map(|(key, value)| row(key, Value::string(value))).collect())
}

fn row(key: &str, value: Value) -> Value {
    Value::object([("key", Value::string(key)), ("value", value)])
}

fn record<'d, const N: usize>(members: [(&str, Value); N]) -> View<'d> {
    View::Made(Value::object(members))
}
