//! Postman's own re-shaping: the same thing in several spellings, brought to one.

use super::View;
use super::shape::Shape;
use crate::model::Address;
use crate::syntax::{Kind, Value};

/// `view` in the plain spelling of its shape; none when it is in it already.
pub(super) fn plain<'d>(view: &View<'d>, shape: Shape) -> Option<View<'d>> {
    match (shape, view.kind()) {
        (Shape::Text, Kind::Object) => view.get("content"),
        (Shape::Text, Kind::Array) => lines(view),
        (Shape::Request, Kind::String) => Some(record([("url", view.to_value())])),
        (Shape::Url, Kind::String) => view.as_str().map(|text| View::Made(address(&text))),
        (Shape::Url, Kind::Object) => Some(url(view)),
        (Shape::Rows, Kind::Object) => Some(View::Made(Value::Array(
            view.members().into_iter().map(|(key, value)| row(&key, value.to_value())).collect(),
        ))),
        (Shape::Rows, Kind::String) => view.as_str().map(|text| View::Made(headers(&text))),
        _ => None,
    }
}

/// A text that is written as a list of lines.
fn lines<'d>(view: &View<'d>) -> Option<View<'d>> {
    let lines: Option<Vec<_>> = view.items().iter().map(View::as_str).collect();
    lines.map(|lines| View::text_of(lines.join("\n")))
}

/// The members of an address; host and path may be lists, and `raw` repeats them all.
fn url<'d>(view: &View<'d>) -> View<'d> {
    let raw = view.get("raw").filter(|raw| raw.kind() == Kind::String);
    let host = view.get("host").filter(|host| !host.is_empty());
    let Some(raw) = raw.filter(|_| host.is_none()) else { return rejoined(view) };
    let Value::Object(mut members) = address(&raw.as_str().unwrap_or_default()) else { return view.clone() };
    for (name, value) in view.members() {
        if name != "raw" && !value.is_empty() {
            members.retain(|(own, _)| *own != name);
            members.push((name.into_owned(), value.to_value()));
        }
    }
    View::Made(Value::Object(members))
}

fn rejoined<'d>(view: &View<'d>) -> View<'d> {
    let joined = |part: &View<'_>, by: &str| {
        let text = |item: &View<'_>| item.get("value").unwrap_or_else(|| item.clone()).shown();
        match part.kind() {
            Kind::Array => Some(part.items().iter().map(text).collect::<Vec<_>>().join(by)),
            _ => part.as_str().map(|text| text.into_owned()),
        }
    };
    let plain = |name: &str, part: &View<'_>| match name {
        "host" => joined(part, "."),
        "path" => joined(part, "/").map(|path| path.trim_start_matches('/').to_owned()),
        _ => None,
    };
    let members = view.members();
    let as_is = members.iter().all(|(name, part)| {
        plain(name, part).is_none_or(|plain| part.as_str().is_some_and(|own| own == *plain))
    });
    if as_is {
        return view.clone();
    }
    let spelled = members.into_iter().map(|(name, part)| {
        let value = plain(&name, &part).map_or_else(|| part.to_value(), Value::String);
        (name.into_owned(), value)
    });
    View::Made(Value::Object(spelled.collect()))
}

/// The parts of an address in one string.
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
        let member = |name: &str, value| (name.to_owned(), Value::string(value));
        ("auth".to_owned(), Value::Object(vec![member("user", user), member("password", password)]))
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
    let lines = text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        row(key.trim(), Value::string(value.trim()))
    });
    Value::Array(lines.collect())
}

fn row(key: &str, value: Value) -> Value {
    Value::Object(vec![("key".to_owned(), Value::string(key)), ("value".to_owned(), value)])
}

fn record<'d, const N: usize>(members: [(&str, Value); N]) -> View<'d> {
    View::Made(Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
}
