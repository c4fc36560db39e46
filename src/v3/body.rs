//! Bodies of requests.

use super::notes::Notes;
use super::rows::Rows;
use super::{Object, rows, text};
use crate::syntax::{Kind, Node, Value};

/// The languages that v3 distinguishes from plain text, in requests and responses.
pub(super) const LANGUAGES: [&str; 4] = ["json", "xml", "html", "javascript"];

/// The v2 form of the v3 `body`.
pub(super) fn joined(body: Node<'_>, notes: &mut Notes, place: &str) -> Option<Value> {
    let mode = body.get("type").and_then(text)?;
    let content = body.get("content");
    let mut out = Object::default();
    match mode.as_str() {
        "none" => return None,
        "urlencoded" | "formdata" => {
            out.text("mode", &mode);
            out.put(&mode, content.map_or(Value::Array(Vec::new()), rows::joined));
        }
        "file" | "graphql" => {
            out.text("mode", &mode);
            out.put(&mode, content.map(Value::of));
        }
        "json" | "text" | "xml" | "html" | "javascript" => {
            out.text("mode", "raw");
            out.text("raw", content.and_then(text).unwrap_or_default());
            let (mut raw, mut options) = (Object::default(), Object::default());
            raw.text("language", &mode);
            options.put("raw", raw.value());
            // A body without a language is text.
            out.put("options", (mode != "text").then(|| options.value()));
        }
        _ => {
            notes.left_out(format!("the `body` of type `{mode}`"), place);
            return None;
        }
    }
    Some(out.value())
}

/// The v3 form of the v2 `body`.
pub(super) fn split(body: Node<'_>, notes: &mut Notes, place: &str) -> Option<Value> {
    if body.get("disabled").and_then(|flag| flag.as_bool()) == Some(true) {
        notes.left_out("the disabled `body`", place);
        return None;
    }
    let Some(mode) = body.get("mode").and_then(text) else {
        notes.unknown(body, &[], place);
        return None;
    };
    let stated = if mode == "raw" {
        &["mode", "disabled", "raw", "options"][..]
    } else {
        &["mode", "disabled", &mode]
    };
    notes.unknown(body, stated, place);
    let content = body.get(&mode);
    let mut out = Object::default();
    match mode.as_str() {
        "raw" => split_raw(&mut out, body, notes, place),
        "urlencoded" | "formdata" => {
            out.text("type", &mode);
            let kind = if mode == "formdata" { Rows::Parts } else { Rows::Fields };
            let rows = content.and_then(|rows| rows::split(rows, kind, notes, place));
            out.put("content", rows.unwrap_or(Value::Array(Vec::new())));
        }
        "file" | "graphql" => {
            out.text("type", &mode);
            let content = content.filter(|content| !content.is_null());
            out.put("content", content.map_or(Value::Object(Vec::new()), Value::of));
        }
        _ => {
            notes.left_out(format!("the `body` of mode `{mode}`"), place);
            return None;
        }
    }
    Some(out.value())
}

/// Puts the language and the text of `body`, a raw one of v2, into `out`.
fn split_raw(out: &mut Object, body: Node<'_>, notes: &mut Notes, place: &str) {
    let options = body.get("options");
    let language = options.and_then(|options| options.get("raw")?.get("language")).and_then(text);
    let unknown = language.as_deref().filter(|it| *it != "text" && !LANGUAGES.contains(it));
    if let Some(unknown) = unknown {
        notes.left_out(format!("the language `{unknown}` of the body"), place);
    }
    let is_understood =
        |node: Node<'_>| node.kind() == Kind::Object && node.members().all(|it| it.name.is_str("language"));
    if options.is_some_and(|options| !options.values().all(is_understood)) {
        notes.left_out("`options` of the body", place);
    }
    let language = language.filter(|language| LANGUAGES.contains(&language.as_str()));
    out.text("type", language.unwrap_or_else(|| "text".to_owned()));
    out.text("content", body.get("raw").and_then(text).unwrap_or_default());
}
