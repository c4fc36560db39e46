use std::cell::RefCell;
use std::collections::HashMap;

use super::{
    as_lines, hunk_lines, is_off, journey, place, requests_inside, sections, shown, summary, switch, title,
};
use crate::compare::{Change, Diff, Entry, Presence, Subject, What};
use crate::model::ScopeKind;
use crate::report::shortened::shortened_with_length;
use crate::report::{Mask, counted, visible};
use crate::secret::MASK;
use crate::syntax::Value;
use crate::term::{Painter, Role, escape, escape_except};

/// The most lines of differences between two texts to show, unless everything is asked for.
const FOLDED: usize = 8;

/// The most characters of a value to show, unless everything is asked for.
const SHORT: usize = 100;

/// Describes `diff` for a terminal; long texts in full if `whole`.
#[must_use]
pub fn human(diff: &Diff<'_>, mask: Mask, painter: Painter, whole: bool) -> String {
    let view = Human { mask, painter, whole, hunks: RefCell::default() };
    let mut out = Vec::new();
    if diff.kind == ScopeKind::Collection {
        for (heading, entries) in sections(diff) {
            out.push(painter.paint(Role::Heading, heading));
            entries.iter().for_each(|entry| view.item(diff, entry, heading, &mut out));
            out.push(String::new());
        }
    } else {
        diff.entries.iter().for_each(|entry| view.variable(diff, entry, &mut out));
    }
    out.push(painter.paint(Role::Dim, &summary(diff)));
    out.join("\n")
}

struct Human {
    mask: Mask,
    painter: Painter,
    whole: bool,
    /// The hunks found so far: requests share bodies and scripts, and searching these for secrets is slow.
    hunks: RefCell<HashMap<TwoTexts, Vec<(char, String)>>>,
}

/// A text before and after, its key, and whether its type says that it is a secret.
type TwoTexts = (String, String, String, bool);

impl Human {
    fn item(&self, diff: &Diff<'_>, entry: &Entry<'_>, heading: &str, out: &mut Vec<String>) {
        let name = escape(&title(entry, diff.kind, self.mask)).into_owned();
        let (sign, role) = sign(entry.presence);
        match (entry.presence, heading) {
            (Presence::Both, "Changed") => {
                out.push(format!(
                    "  {} {}",
                    self.painter.paint(role, sign),
                    self.painter.paint(Role::Name, &name)
                ));
                entry.changes.iter().for_each(|change| self.change(change, "      ", out));
            }
            (Presence::Both, _) => {
                let from = escape(&journey(entry, self.mask)).into_owned();
                out.push(format!("  {} {from} -> {name}", self.painter.paint(Role::Warning, ">")));
            }
            _ => {
                let requests = if entry.subject == Subject::Folder {
                    requests_inside(diff, entry, self.mask)
                } else {
                    Vec::new()
                };
                let what = match entry.subject {
                    Subject::Folder => format!(" (folder with {})", counted(requests.len(), "request")),
                    Subject::Variable => " (variable)".to_owned(),
                    Subject::Head | Subject::Request => String::new(),
                };
                out.push(format!(
                    "  {}{}",
                    self.painter.paint(role, &format!("{sign} {name}")),
                    self.dim(&what)
                ));
                let shown = if self.whole { &requests[..] } else { &[] };
                out.extend(shown.iter().map(|name| {
                    format!("      {}", self.painter.paint(role, &format!("{sign} {}", escape(name))))
                }));
            }
        }
    }

    fn variable(&self, diff: &Diff<'_>, entry: &Entry<'_>, out: &mut Vec<String>) {
        let name = escape(&title(entry, diff.kind, self.mask)).into_owned();
        let (sign, role) = sign(entry.presence);
        let node = entry.nodes.0.or(entry.nodes.1);
        match (entry.presence, node) {
            (Presence::Both, _) | (_, None) => {
                let mut lines = Vec::new();
                entry.changes.iter().for_each(|change| self.change(change, "  ", &mut lines));
                // A change of the value alone needs no label.
                if let [one] = &lines[..]
                    && let Some(value) = one.strip_prefix("  value: ").or_else(|| {
                        one.strip_prefix("  ").filter(|_| entry.changes.iter().any(|it| switch(it).is_some()))
                    })
                {
                    out.push(format!(
                        "{} {}: {value}",
                        self.painter.paint(role, sign),
                        self.painter.paint(Role::Name, &name)
                    ));
                    return;
                }
                out.push(format!(
                    "{} {}",
                    self.painter.paint(role, sign),
                    self.painter.paint(Role::Name, &name)
                ));
                out.extend(lines);
            }
            (_, Some(node)) => {
                let value = self.one_line(&super::variable_value(node, self.mask));
                let off = if is_off(node, diff.kind) { self.dim(" (disabled)") } else { String::new() };
                out.push(self.painter.paint(role, &format!("{sign} {name}: {value}")) + &off);
            }
        }
    }

    fn change(&self, change: &Change<'_>, indent: &str, out: &mut Vec<String>) {
        let place = escape(&place(change, self.mask)).into_owned();
        let label = if place.is_empty() { String::new() } else { format!("{place}: ") };
        if let Some((before, after)) = as_lines(change) {
            out.push(format!("{indent}{}", label.trim_end()));
            return self.hunks(&before, &after, change, &format!("{indent}  "), out);
        }
        let value = |view| self.one_line(&shown(view, change, self.mask));
        if let Some([before, after]) = switch(change) {
            return out.push(format!("{indent}{label}{}", self.arrow(before, after)));
        }
        let line = match &change.what {
            What::Added(view) => {
                format!("{label}{}", self.painter.paint(Role::Added, &format!("added, {}", value(view))))
            }
            What::Removed(view) => format!(
                "{label}{}",
                self.painter.paint(Role::Removed, &format!("removed, was {}", value(view)))
            ),
            What::Reordered => format!("{label}reordered"),
            What::Changed(before, after) => {
                let (mut old, mut new) = (value(before), value(after));
                let unseen = if old == new && old.contains(MASK) { " (different)" } else { "" };
                if old == new && unseen.is_empty() {
                    // Tells `"1"` and `1` apart.
                    let json = |view| shown(view, change, self.mask).to_json();
                    (old, new) = (json(before), json(after));
                }
                format!("{label}{}{unseen}", self.arrow(&old, &new))
            }
        };
        out.push(format!("{indent}{line}"));
    }

    fn arrow(&self, before: &str, after: &str) -> String {
        format!("{} -> {}", self.painter.paint(Role::Removed, before), self.painter.paint(Role::Added, after))
    }

    fn hunks(&self, before: &str, after: &str, change: &Change<'_>, indent: &str, out: &mut Vec<String>) {
        let mut hunks = self.hunks.borrow_mut();
        let texts = (before.to_owned(), after.to_owned(), change.key.clone(), change.secret);
        let lines = hunks
            .entry(texts)
            .or_insert_with(|| hunk_lines(before, after, &change.key, change.secret, self.mask));
        let shown = if self.whole { lines.len() } else { FOLDED };
        for (sign, line) in lines.iter().take(shown) {
            let line = self.cut(&escape_except(line, &['\t']));
            out.push(format!(
                "{indent}{}",
                match sign {
                    '@' => self.dim(&line),
                    '+' => self.painter.paint(Role::Added, &format!("+{line}")),
                    '-' => self.painter.paint(Role::Removed, &format!("-{line}")),
                    _ => format!(" {line}"),
                }
            ));
        }
        if lines.len() > shown {
            let more = format!("… {} more lines; `--verbose` shows them", lines.len() - shown);
            out.push(format!("{indent}{}", self.dim(&more)));
        }
    }

    fn one_line(&self, value: &Value) -> String {
        match value {
            Value::String(text) => self.cut(&visible(text)),
            other => self.cut(&escape(&other.to_json())),
        }
    }

    fn cut(&self, text: &str) -> String {
        if self.whole { text.to_owned() } else { shortened_with_length(text, SHORT) }
    }

    fn dim(&self, text: &str) -> String {
        self.painter.paint(Role::Dim, text)
    }
}

fn sign(presence: Presence) -> (&'static str, Role) {
    match presence {
        Presence::Added => ("+", Role::Added),
        Presence::Removed => ("-", Role::Removed),
        Presence::Both => ("~", Role::Warning),
    }
}
