use super::{
    as_lines, hunk_lines, is_off, journey, place, requests_inside, sections, shown, summary, switch, title,
    variable_value,
};
use crate::compare::{Change, Diff, Entry, Presence, Subject, What};
use crate::model::ScopeKind;
use crate::report::shortened::shortened_with_length;
use crate::report::{Mask, counted};
use crate::secret::MASK;
use crate::syntax::Value;
use crate::term::escape;

/// The most characters of a value to show.
const SHORT: usize = 80;

/// Describes `diff` in Markdown, for a pull request.
#[must_use]
pub fn markdown(diff: &Diff<'_>, files: [&str; 2], mask: Mask) -> String {
    let mut out = vec![format!("**{}** to **{}**: {}", plain(files[0]), plain(files[1]), summary(diff))];
    if diff.entries.is_empty() {
        return out.join("\n");
    }
    out.push(String::new());
    if diff.kind == ScopeKind::Collection {
        for (heading, entries) in sections(diff) {
            out.extend([format!("### {heading}"), String::new()]);
            entries.iter().for_each(|entry| item(diff, entry, heading, mask, &mut out));
            out.push(String::new());
        }
        out.pop();
        return out.join("\n");
    }
    out.extend(["| variable | before | after |".to_owned(), "| --- | --- | --- |".to_owned()]);
    diff.entries.iter().for_each(|entry| variable(diff, entry, mask, &mut out));
    out.join("\n")
}

fn item(diff: &Diff<'_>, entry: &Entry<'_>, heading: &str, mask: Mask, out: &mut Vec<String>) {
    let name = plain(&title(entry, diff.kind, mask));
    match (entry.presence, heading) {
        (Presence::Both, "Changed") => {
            out.push(format!("- {name}"));
            entry.changes.iter().for_each(|change| out.push(format!("  - {}", sentence(change, mask))));
        }
        (Presence::Both, _) => out.push(format!("- {} → {name}", plain(&journey(entry, mask)))),
        _ => {
            if entry.subject != Subject::Folder {
                return out.push(format!("- {name}"));
            }
            let requests = requests_inside(diff, entry, mask);
            out.push(format!("- {name} ({})", counted(requests.len(), "request")));
            out.extend(requests.iter().map(|name| format!("  - {}", plain(name))));
        }
    }
}

fn variable(diff: &Diff<'_>, entry: &Entry<'_>, mask: Mask, out: &mut Vec<String>) {
    let name = plain(&title(entry, diff.kind, mask));
    let whole = |at: Option<_>| match at {
        Some(node) if is_off(node, diff.kind) => format!("{} *disabled*", cell(&variable_value(node, mask))),
        Some(node) => cell(&variable_value(node, mask)),
        None => "*missing*".to_owned(),
    };
    if entry.presence != Presence::Both {
        out.push(format!("| {name} | {} | {} |", whole(entry.nodes.0), whole(entry.nodes.1)));
    }
    for change in &entry.changes {
        let place = match place(change, mask) {
            place if place.is_empty() || change.place == ["value"] => String::new(),
            place => format!(" {}", plain(&place)),
        };
        let value = |view| cell(&shown(view, change, mask));
        let switched = switch(change).map(|[before, after]| (format!("*{before}*"), format!("*{after}*")));
        let (before, after) = switched.unwrap_or_else(|| match &change.what {
            What::Added(view) => ("*missing*".to_owned(), value(view)),
            What::Removed(view) => (value(view), "*missing*".to_owned()),
            What::Changed(before, after) => {
                both(&shown(before, change, mask), &shown(after, change, mask), cell)
            }
            What::Reordered => ("*reordered*".to_owned(), String::new()),
        });
        out.push(format!("| {name}{place} | {before} | {after} |"));
    }
}

fn sentence(change: &Change<'_>, mask: Mask) -> String {
    let place = plain(&place(change, mask));
    let value = |view| code(&shown(view, change, mask));
    if let Some([before, after]) = switch(change) {
        return format!("{place}: {before} → {after}");
    }
    match &change.what {
        What::Added(view) => format!("{place}: added {}", value(view)),
        What::Removed(view) => format!("{place}: removed {}", value(view)),
        What::Reordered => format!("{place}: reordered"),
        What::Changed(before, after) => match as_lines(change) {
            Some((before, after)) => {
                let lines = hunk_lines(&before, &after, &change.key, change.secret, mask);
                let count = |wanted: char| lines.iter().filter(|(sign, _)| *sign == wanted).count();
                format!("{place}: +{} -{} lines", count('+'), count('-'))
            }
            None => {
                let (before, after) = both(&shown(before, change, mask), &shown(after, change, mask), code);
                format!("{place}: {before} → {after}")
            }
        },
    }
}

/// Two different values as code, in quotes if these are the only difference, as between `"5"` and `5`.
fn both(before: &Value, after: &Value, code: fn(&Value) -> String) -> (String, String) {
    match (code(before), code(after)) {
        (one, other) if one != other => (one, other),
        (one, other) if other.contains(MASK) => (one, format!("{other} (different)")),
        _ => {
            let json = |value: &Value| code(&Value::String(value.to_json()));
            (json(before), json(after))
        }
    }
}

/// `text` with everything escaped that has a meaning in Markdown.
pub(super) fn plain(text: &str) -> String {
    let text = escape(text);
    // At the start, a list, a quotation or a fence.
    let number = text.chars().take_while(char::is_ascii_digit).count();
    let is_start = |at: usize, c: char| {
        (at == 0 && "-+>~=".contains(c)) || (number > 0 && at == number && ".)".contains(c))
    };
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        if "\\`*_{}[]<&#|".contains(c) || is_start(at, c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `value` as code in a table.
pub(super) fn cell(value: &Value) -> String {
    code(value).replace('|', "\\|")
}

/// `value` as code.
fn code(value: &Value) -> String {
    let text = match value {
        Value::String(text) if text.is_empty() => return "*empty*".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_json(),
    };
    let text = shortened_with_length(&escape(&text), SHORT);
    let ticks = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(ticks + 1);
    // Of two spaces around the code, one is left out on each side.
    let touches = |c: char| text.starts_with(c) || text.ends_with(c);
    let pad = if touches('`') || (text.starts_with(' ') && text.ends_with(' ')) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
