//! The address of a request: an object with all its parts in v2, a string and the parameters in v3.

use super::{Object, rows, text};
use crate::model::{Address, Url, outside_references};
use crate::syntax::{Node, Value};

/// The v2 address of the v3 `request`: a plain string if it has no parameters, which every reader parses by itself.
pub(super) fn joined(request: Node<'_>) -> Option<Value> {
    let rows = |name: &str| request.get(name).filter(|rows| rows.has_values()).map(rows::joined);
    let (query, variables) = (rows("queryParams"), rows("pathVariables"));
    let raw = request.get("url").and_then(text).filter(|raw| !raw.is_empty())?;
    if query.is_none() && variables.is_none() {
        return Some(Value::String(raw));
    }
    let address = Address::parse(&raw);
    let mut url = Object::default();
    url.text("raw", with_query(&raw, &address, query.as_ref()));
    let list = |text: &str, mark: char| {
        Value::Array(outside_references(text, mark).into_iter().map(Value::string).collect())
    };
    url.put(
        "auth",
        address.auth.map(|(user, password)| {
            let mut auth = Object::default();
            auth.text("user", user);
            auth.text("password", password);
            auth.value()
        }),
    );
    url.put("protocol", address.protocol.map(Value::string));
    url.put("host", list(address.host, '.'));
    url.put("port", address.port.map(Value::string));
    url.put("path", address.path.map(|path| list(path, '/')));
    let written = address.query.map(|pairs| {
        let row = |(key, value): (&str, Option<&str>)| {
            let mut row = Object::default();
            row.text("key", key);
            row.put("value", value.map_or(Value::Null, Value::string));
            row.value()
        };
        Value::Array(pairs.into_iter().map(row).collect())
    });
    url.put("query", query.or(written));
    url.put("hash", address.hash.map(Value::string));
    url.put("variable", variables);
    Some(url.value())
}

/// `raw` with the parameters that are sent, unless it already has a query.
fn with_query(raw: &str, address: &Address<'_>, query: Option<&Value>) -> String {
    let (Some(Value::Array(rows)), None) = (query, &address.query) else { return raw.to_owned() };
    let sent = rows.iter().filter_map(|row| {
        let Value::Object(members) = row else { return None };
        let get = |name: &str| members.iter().find(|(own, _)| own == name).map(|(_, value)| value);
        match (get("disabled"), get("key"), get("value")) {
            (Some(Value::Bool(true)), _, _) => None,
            (_, Some(Value::String(key)), Some(Value::String(value))) => Some(format!("{key}={value}")),
            (_, Some(Value::String(key)), _) => Some(key.clone()),
            _ => None,
        }
    });
    let sent = sent.collect::<Vec<_>>().join("&");
    let end = address.hash.map_or(raw.len(), |hash| raw.len() - hash.len() - 1);
    if sent.is_empty() { raw.to_owned() } else { format!("{}?{sent}{}", &raw[..end], &raw[end..]) }
}

/// The address as it is spelled, unless its parts, which are what is sent, differ.
pub(super) fn split(url: &Url<'_>) -> String {
    let raw = url.raw().and_then(|raw| raw.as_str());
    // The parts do not spell out a user name and password.
    if let (Some(raw), true) = (&raw, url.node().get("auth").is_some()) {
        return raw.clone().into_owned();
    }
    let before_query =
        |text: &str| text.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned();
    match (raw, url.from_parts()) {
        (Some(raw), Some(parts)) if before_query(&raw) != before_query(&parts) => parts,
        (Some(raw), _) => raw.into_owned(),
        (None, parts) => parts.unwrap_or_default(),
    }
}
