//! Scripts: events in v2, moments in v3.

use super::notes::Notes;
use super::{Object, text};
use crate::syntax::{Kind, Node, Value};

/// The members of a v2 script that v3 can express, and its name and id, which mean nothing.
const SCRIPT: [&str; 4] = ["type", "exec", "id", "name"];

/// The v2 events of the v3 object `owner`.
pub(super) fn joined(owner: Node<'_>, notes: &mut Notes, place: &str) -> Option<Value> {
    let mut events = Vec::new();
    for script in owner.get_items("scripts") {
        let moment = script.get("type").and_then(text).unwrap_or_default();
        let listen = match moment.strip_prefix("http:").unwrap_or(&moment) {
            "beforeRequest" => "prerequest",
            "afterResponse" => "test",
            _ => {
                notes.left_out(format!("the script for `{moment}`"), place);
                continue;
            }
        };
        // In the older dialect, `code` is a list of lines.
        let lines: Vec<_> = match script.get("code") {
            Some(lines) if lines.kind() == Kind::Array => lines.items().filter_map(text).collect(),
            code => code.and_then(text).unwrap_or_default().split('\n').map(str::to_owned).collect(),
        };
        let mut inner = Object::default();
        inner.put("type", script.get("language").and_then(text).map(Value::String));
        inner.put("exec", Value::Array(lines.into_iter().map(Value::string).collect()));
        let mut event = Object::default();
        event.text("listen", listen);
        event.put("script", inner.value());
        events.push(event.value());
    }
    (!events.is_empty()).then_some(Value::Array(events))
}

/// The v3 scripts of the v2 object `owner`. `prefix` starts their types: `http:` in collections and folders.
pub(super) fn split(owner: Node<'_>, prefix: &str, notes: &mut Notes, place: &str) -> Option<Value> {
    let mut scripts = Vec::new();
    for event in owner.get_items("event") {
        let listen = event.get("listen").and_then(text).unwrap_or_default();
        let moment = match listen.as_str() {
            "prerequest" => "beforeRequest",
            "test" => "afterResponse",
            _ => {
                notes.left_out(format!("the script for `{listen}`"), place);
                continue;
            }
        };
        if event.get("disabled").and_then(|flag| flag.as_bool()) == Some(true) {
            notes.left_out("a disabled script", place);
            continue;
        }
        let script = event.get("script");
        match script {
            Some(script) if script.kind() != Kind::Object => {
                notes.left_out("that a `script` is a string", place)
            }
            Some(script) => notes.unknown(script, &SCRIPT, place),
            None => {}
        }
        let code =
            script.and_then(|script| script.get("exec")).or(script.filter(|it| it.kind() != Kind::Object));
        let code = code.map(|code| match code.kind() {
            Kind::Array => code.items().filter_map(text).collect::<Vec<_>>().join("\n"),
            _ => text(code).unwrap_or_default(),
        });
        let code = code.unwrap_or_default();
        let mut out = Object::default();
        out.text("type", format!("{prefix}{moment}"));
        out.text("code", code);
        out.text("language", "text/javascript");
        scripts.push(out.value());
    }
    (!scripts.is_empty()).then_some(Value::Array(scripts))
}
