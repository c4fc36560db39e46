//! Examples: saved responses.

use super::notes::Notes;
use super::rows::Rows;
use super::{Object, body, id, name, request, rows, text};
use crate::model::Role;
use crate::syntax::{Kind, Node, Value};

/// The members of a v3 response that v2 can express.
const RESPONSE: [&str; 4] = ["statusCode", "statusText", "headers", "body"];

/// The members of a v2 response that v3 can express.
const SAVED: [&str; 8] =
    ["name", "id", "originalRequest", "status", "code", "header", "body", "_postman_previewlanguage"];

/// The v2 response for the v3 `example` in the file `stem`.
pub(super) fn joined(stem: &str, example: Node<'_>, notes: &mut Notes, place: &str) -> Value {
    notes.unknown(example, Role::Example.members(), place);
    let mut out = Object::default();
    out.put("name", name(Some(example), stem));
    out.put("id", example.get("id").and_then(text).map(Value::String));
    let sent = example.get("request").filter(|node| !says_nothing(*node));
    out.put("originalRequest", sent.map(|node| request::joined(node, notes, place)));
    if let Some(response) = example.get("response") {
        notes.unknown(response, &RESPONSE, place);
        out.put("status", response.get("statusText").and_then(text).map(Value::String));
        out.put("code", response.get("statusCode").map(Value::of));
        let body = response.get("body");
        let language = body.and_then(|body| body.get("type")).and_then(text);
        out.put("_postman_previewlanguage", language.map(Value::String));
        out.put("header", response.get("headers").map_or(Value::Array(Vec::new()), rows::joined));
        out.put("cookie", Value::Array(Vec::new()));
        out.text("body", body.and_then(|body| body.get("content")).and_then(text).unwrap_or_default());
    }
    out.value()
}

/// Whether an example's `request` is the placeholder that Postman writes if there is none.
fn says_nothing(request: Node<'_>) -> bool {
    request.members().all(|member| match &*member.key() {
        "url" => member.value.is_str(""),
        "method" => member.value.is_str("GET"),
        _ => false,
    })
}

/// The v3 example, to be written to the file `stem`, for the v2 `response`.
pub(super) fn split(response: Node<'_>, stem: &str, order: Value, notes: &mut Notes, place: &str) -> Value {
    notes.unknown(response, &SAVED, place);
    let name = response.get("name").and_then(text).unwrap_or_default();
    let mut out = Object::default();
    out.text("$kind", "http-example");
    out.put("id", id(response));
    out.put("name", (name != stem).then(|| Value::string(&name)));
    let mut sent = Object::default();
    if let Some(node) = response.get("originalRequest") {
        request::split(&mut sent, node, notes, place);
        for name in ["auth", "description"] {
            if node.get(name).is_some_and(|node| !Notes::is_empty(node)) {
                notes.left_out(format!("`{name}` of an example's request"), place);
            }
        }
    }
    out.put("request", (!sent.0.is_empty()).then(|| sent.value()));
    out.put("response", answer(response, notes, place));
    out.put("order", order);
    out.value()
}

fn answer(response: Node<'_>, notes: &mut Notes, place: &str) -> Value {
    let mut out = Object::default();
    // Postman ignores an example without a status.
    let code = response.get("code");
    if code.is_some_and(|code| code.kind() == Kind::String) {
        notes.left_out("that `code` is a string", place);
    }
    let code = code.and_then(text).and_then(|code| code.parse::<u16>().ok());
    let code = code.map(|code| Value::Number(code.to_string()));
    let status = response.get("status").and_then(text);
    for (name, absent) in [("code", code.is_none()), ("status", status.is_none())] {
        if absent {
            notes.left_out(format!("that there is no `{name}`"), place);
        }
    }
    let usual = if code.is_none() { "OK" } else { "" };
    out.put("statusCode", code.unwrap_or_else(|| Value::Number("200".to_owned())));
    out.text("statusText", status.unwrap_or_else(|| usual.to_owned()));
    let headers = response.get("header");
    let rows = headers.filter(|rows| rows.kind() == Kind::Array);
    out.put("headers", rows.and_then(|rows| rows::split(rows, Rows::Fields, notes, place)));
    out.put(
        "headers",
        headers.and_then(|lines| lines.as_str()).and_then(|lines| request::header_lines(&lines)),
    );
    let mut body = Object::default();
    let language = response.get("_postman_previewlanguage").and_then(text);
    let language = language.map(|language| language.to_lowercase());
    body.text(
        "type",
        language.filter(|it| body::LANGUAGES.contains(&it.as_str())).unwrap_or_else(|| "text".to_owned()),
    );
    body.text("content", response.get("body").and_then(text).unwrap_or_default());
    out.put("body", body.value());
    out.value()
}
