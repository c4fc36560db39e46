use similar::{ChangeTag, TextDiff};

use super::Mask;
use crate::syntax::Document;
use crate::term::{Painter, Role, escape, escape_except};

/// The lines that differ between two documents, with three lines of context.
///
/// Lines are compared before they are masked, so that a changed secret shows as a changed line.
#[must_use]
pub fn masked_diff(before: &Document, after: &Document, name: &str, mask: Mask, painter: Painter) -> String {
    let (old, new) = (before.source().text(), after.source().text());
    if old == new {
        return String::new();
    }
    let [old_shown, new_shown] = mask.of_versions([before, after]).map(|text| lines(&text));
    let diff = TextDiff::from_lines(old, new);
    let name = escape(name);
    let mut out = vec![
        painter.paint(Role::Removed, &format!("--- {name}")),
        painter.paint(Role::Added, &format!("+++ {name}")),
    ];
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        out.push(painter.paint(Role::Dim, hunk.header().to_string().trim_end()));
        for change in hunk.iter_changes() {
            let line = match change.tag() {
                ChangeTag::Delete | ChangeTag::Equal => change.old_index().and_then(|at| old_shown.get(at)),
                ChangeTag::Insert => change.new_index().and_then(|at| new_shown.get(at)),
            };
            let line = line.map(String::as_str).unwrap_or_default();
            out.push(match change.tag() {
                ChangeTag::Delete => painter.paint(Role::Removed, &format!("-{line}")),
                ChangeTag::Insert => painter.paint(Role::Added, &format!("+{line}")),
                ChangeTag::Equal => format!(" {line}"),
            });
        }
    }
    out.push(String::new());
    out.join("\n")
}

/// The lines of `text` for a terminal, with all control characters but tabs escaped.
fn lines(text: &str) -> Vec<String> {
    let visible = |line: &str| escape_except(line.trim_end_matches('\r'), &['\t']).into_owned();
    text.split('\n').map(visible).collect()
}
