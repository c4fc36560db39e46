use super::Mask;
use crate::compare::Line;
use crate::secret::Marker;
use crate::syntax::{Document, Value};
use crate::term::{escape, escape_except};

/// The prefix of each line of a text.
const TEXT: &str = "| ";

/// The outline of a file as text to compare line by line: a line for each part, and one for each line of a text. A line
/// with something masked ends in a mark that identifies it.
#[must_use]
pub fn outline(lines: &[Line<'_>], mask: Mask, marker: &Marker) -> String {
    let mut out = String::new();
    for line in lines {
        let indent = "  ".repeat(line.depth);
        let names: Vec<_> = mask.of_names(&line.names).iter().map(|name| escape(name).into_owned()).collect();
        let name = names.join(" / ");
        let Some(view) = &line.value else {
            out.push_str(&format!("{indent}{name}\n"));
            continue;
        };
        let value = view.to_value();
        let shown = mask.of_value(value.clone(), &line.key, line.secret);
        match (&value, &shown) {
            (Value::String(text), Value::String(shown)) if shown.contains('\n') => {
                out.push_str(&format!("{indent}{name}:\n"));
                for line in marked_lines(text, shown, marker) {
                    out.push_str(&format!("{indent}  {TEXT}{line}\n"));
                }
            }
            _ => {
                let mark = if value == shown { String::new() } else { marker.mark(&value.to_json()) };
                out.push_str(&format!("{indent}{name}: {}{mark}\n", spelled(&shown)));
            }
        }
    }
    out
}

/// The text of `document` with its secrets masked and a mark at the end of each line that has one.
#[must_use]
pub fn marked_document(document: &Document, mask: Mask, marker: &Marker) -> String {
    marked_text(document.source().text(), &mask.of_document(document), marker)
}

/// `shown`, which is `text` with secrets masked, with a mark at the end of each line that has one.
#[must_use]
pub fn marked_text(text: &str, shown: &str, marker: &Marker) -> String {
    let lines: Vec<_> = marked_lines(text, shown, marker).collect();
    lines.join("\n")
}

/// Relies on masked texts having as many lines as the originals.
fn marked_lines<'t>(text: &'t str, shown: &'t str, marker: &'t Marker) -> impl Iterator<Item = String> + 't {
    text.split('\n').zip(shown.split('\n')).map(|(line, shown)| {
        let mark = if line == shown { String::new() } else { marker.mark(line) };
        escape_except(shown.trim_end_matches('\r'), &['\t']).into_owned() + &mark
    })
}

/// A value as JSON, but strings as they are unless they could be mistaken for another value.
fn spelled(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let other = text.trim() != text || text.starts_with('"') || Document::json(text).is_ok();
            let plain = !text.is_empty() && !other;
            if plain { escape(text).into_owned() } else { escape(&value.to_json()).into_owned() }
        }
        other => escape(&other.to_json()).into_owned(),
    }
}
