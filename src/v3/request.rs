//! Requests: method, address, headers, parameters and body.

use super::notes::Notes;
use super::rows::Rows;
use super::{Object, auth, body, description, rows, text, url};
use crate::model::{self, Request};
use crate::syntax::{Kind, Node, Value};

/// The members of a v2 request that v3 can express.
const REQUEST: [&str; 6] = ["method", "header", "body", "url", "auth", "description"];
/// The members of a v2 address that v3 can express.
const URL: [&str; 9] = ["raw", "protocol", "auth", "host", "port", "path", "query", "hash", "variable"];

/// The v2 form of `node`, a v3 request.
pub(super) fn joined(node: Node<'_>, notes: &mut Notes, place: &str) -> Value {
    let mut request = Object::default();
    request.put("auth", auth::joined(node, notes, place));
    request.text("method", node.get("method").and_then(text).unwrap_or_else(|| "GET".to_owned()));
    request.put("header", node.get("headers").map_or(Value::Array(Vec::new()), rows::joined));
    request.put("body", node.get("body").and_then(|node| body::joined(node, notes, place)));
    request.put("url", url::joined(node));
    request.put("description", description(node));
    request.value()
}

/// Adds the address, method, headers, parameters and body of `node`, a v2 request, to `out`.
pub(super) fn split(out: &mut Object, node: Node<'_>, notes: &mut Notes, place: &str) {
    if node.kind() == Kind::Object {
        notes.unknown(node, &REQUEST, place);
    }
    let request = Request::of(node);
    let url = request.url();
    if let Some(url) = url {
        notes.unknown(url.node(), &URL, place);
    }
    out.text("url", url.map(|url| url::split(&url)).unwrap_or_default());
    out.text("method", request.method());
    let mut put = |name: &str, kind: Rows, rows: Option<Node<'_>>| {
        let rows = rows.filter(|rows| rows.kind() == Kind::Array);
        out.put(name, rows.and_then(|rows| rows::split(rows, kind, notes, place)));
    };
    put("headers", Rows::Fields, node.get("header"));
    put("queryParams", Rows::Fields, url.and_then(|url| url.node().get("query")));
    put("pathVariables", Rows::PathVariables, url.and_then(|url| url.node().get("variable")));
    if let Some(lines) = node.get_str("header") {
        out.put("headers", header_lines(&lines));
    }
    out.put("body", request.body().and_then(|body| body::split(body.node(), notes, place)));
}

/// Parses headers in one string, a line each, as in older collections.
pub(super) fn header_lines(lines: &str) -> Option<Value> {
    let row = |(key, value)| {
        let mut row = Object::default();
        row.text("key", key);
        row.text("value", value);
        row.value()
    };
    let rows: Vec<_> = model::header_lines(lines).map(row).collect();
    (!rows.is_empty()).then_some(Value::Array(rows))
}
