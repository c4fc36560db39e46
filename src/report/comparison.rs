//! Differences between files: for terminals, for pull requests, and as JSON.

mod human;
mod json;
mod markdown;
mod table;

pub use human::human;
pub use json::DiffReport;
pub use markdown::markdown;
pub use table::{TableReport, markdown_table, table};

use std::borrow::Cow;

use similar::TextDiff;

use super::{Mask, counted};
use crate::compare::{Change, Diff, Entry, Presence, Subject, View, What};
use crate::model::{Runtime, ScopeKind, Variable};
use crate::secret::MASK;
use crate::syntax::{Node, Value};

/// Stands for an empty name.
const NAMELESS: &str = "(no name)";

fn shown(view: &View<'_>, change: &Change<'_>, mask: Mask) -> Value {
    mask.of_value(view.to_value(), &change.key, change.secret)
}

/// The value of the variable `node`, masked if need be; an empty string if it has none.
fn variable_value(node: Node<'_>, mask: Mask) -> Value {
    let view = View::Node(node);
    let key = node.get_str("key").unwrap_or_default();
    let value = node.get("value").map_or_else(|| Value::string(""), Value::of);
    mask.of_value(value, &key, view.is_typed_secret())
}

/// Whether the variable `node`, in a file of this `kind`, is disabled.
fn is_off(node: Node<'_>, kind: ScopeKind) -> bool {
    Variable::of(node, kind).is_some_and(|variable| !variable.is_enabled(Runtime::App))
}

/// The path of an entry, `Folder / Request`, or a word for entries without one.
fn title(entry: &Entry<'_>, kind: ScopeKind, mask: Mask) -> String {
    match entry.subject {
        Subject::Head => kind.name().to_owned(),
        _ if is_order(entry) => "variables".to_owned(),
        _ => path(&entry.path, mask),
    }
}

/// The name of a subject in JSON.
fn subject_name(subject: Subject) -> &'static str {
    match subject {
        Subject::Head => "head",
        Subject::Variable => "variable",
        Subject::Folder => "folder",
        Subject::Request => "request",
    }
}

fn path(names: &[String], mask: Mask) -> String {
    let mut names = mask.of_names(names);
    names.iter_mut().filter(|name| name.is_empty()).for_each(|name| NAMELESS.clone_into(name));
    names.join(" / ")
}

/// The place of a change inside its entry: `request > header > box-version > value`.
fn place(change: &Change<'_>, mask: Mask) -> String {
    let switched = usize::from(switch(change).is_some());
    mask.of_names(&change.place[..change.place.len() - switched]).join(" > ")
}

/// The states before and after, if the change enables or disables something.
fn switch(change: &Change<'_>) -> Option<[&'static str; 2]> {
    let on = match change.place.last()?.as_str() {
        "enabled" => true,
        "disabled" => false,
        _ => return None,
    };
    let What::Changed(before, after) = &change.what else { return None };
    let state = |view: &View<'_>| match view.to_value() {
        Value::Bool(flag) => Some(if flag == on { "enabled" } else { "disabled" }),
        _ => None,
    };
    Some([state(before)?, state(after)?])
}

/// The lines that differ between two texts, with one line of context, as `(sign, line)`. They are compared before they
/// are masked, so that a changed secret shows as a changed line.
pub(super) fn hunk_lines(
    before: &str,
    after: &str,
    key: &str,
    secret: bool,
    mask: Mask,
) -> Vec<(char, String)> {
    let masked = |text: &str| match mask.of_value(Value::string(text), key, secret) {
        Value::String(text) => text,
        _ => String::new(),
    };
    let (old, new) = (masked(before), masked(after));
    let (old, new): (Vec<_>, Vec<_>) = (old.split('\n').collect(), new.split('\n').collect());
    let diff = TextDiff::from_lines(before, after);
    let mut out = Vec::new();
    for hunk in diff.unified_diff().context_radius(1).iter_hunks() {
        out.push(('@', hunk.header().to_string().trim_end().to_owned()));
        for line in hunk.iter_changes() {
            let (sign, text) = match (line.old_index(), line.new_index()) {
                (Some(at), Some(_)) => (' ', old.get(at)),
                (Some(at), None) => ('-', old.get(at)),
                (None, at) => ('+', at.and_then(|at| new.get(at))),
            };
            // A secret of several lines is masked in its first line, and the others are empty.
            let text = text.filter(|text| !text.is_empty() || line.value().trim_end().is_empty());
            out.push((sign, text.copied().unwrap_or(MASK).to_owned()));
        }
    }
    out
}

/// Both texts, if the change is to be shown line by line.
fn as_lines<'c>(change: &'c Change<'_>) -> Option<(Cow<'c, str>, Cow<'c, str>)> {
    let What::Changed(before, after) = &change.what else { return None };
    let texts = (before.text()?, after.text()?);
    (texts.0.contains('\n') || texts.1.contains('\n')).then_some(texts)
}

/// Counts the differences of each kind, in words: `3 requests added, 1 folder removed`.
fn summary(diff: &Diff<'_>) -> String {
    let mut parts = Vec::new();
    let subjects = [
        (Subject::Head, diff.kind.name()),
        (Subject::Variable, "variable"),
        (Subject::Folder, "folder"),
        (Subject::Request, "request"),
    ];
    for (subject, word) in subjects {
        let mut count = |what: &str, wanted: &dyn Fn(&Entry<'_>) -> bool| {
            let own = |entry: &&Entry<'_>| entry.subject == subject && !is_order(entry) && wanted(entry);
            let number = diff.entries.iter().filter(own).count();
            match (number, subject) {
                (0, _) => {}
                (_, Subject::Head) => parts.push(format!("the {word} itself {what}")),
                (number, _) => parts.push(format!("{} {what}", counted(number, word))),
            }
        };
        count("added", &|entry| entry.presence == Presence::Added);
        count("removed", &|entry| entry.presence == Presence::Removed);
        count("moved", &|entry| entry.moved_from.is_some());
        count("renamed", &|entry| entry.renamed_from.is_some());
        count("changed", &|entry| !entry.changes.is_empty());
    }
    parts.extend(diff.entries.iter().any(is_order).then(|| "variables reordered".to_owned()));
    if parts.is_empty() { "no difference".to_owned() } else { parts.join(", ") }
}

/// Whether an entry stands for the order of variables.
fn is_order(entry: &Entry<'_>) -> bool {
    entry.subject == Subject::Variable && entry.path.is_empty()
}

/// The entries to list, under their headings. An entry inside an added or removed folder is not listed by itself.
fn sections<'e, 'd>(diff: &'e Diff<'d>) -> Vec<(&'static str, Vec<&'e Entry<'d>>)> {
    let pick =
        |wanted: &dyn Fn(&Entry<'_>) -> bool| diff.entries.iter().filter(|entry| wanted(entry)).collect();
    let sections: [(&'static str, Vec<&Entry<'_>>); 4] = [
        ("Added", pick(&|entry| entry.presence == Presence::Added && !entry.inside)),
        ("Removed", pick(&|entry| entry.presence == Presence::Removed && !entry.inside)),
        ("Moved or renamed", pick(&|entry| entry.moved_from.is_some() || entry.renamed_from.is_some())),
        ("Changed", pick(&|entry| !entry.changes.is_empty())),
    ];
    sections.into_iter().filter(|(_, entries)| !entries.is_empty()).collect()
}

/// The requests that were added or removed with the folder `entry`, by their paths inside it.
fn requests_inside(diff: &Diff<'_>, entry: &Entry<'_>, mask: Mask) -> Vec<String> {
    let inside = |other: &&Entry<'_>| {
        other.inside
            && other.subject == Subject::Request
            && other.presence == entry.presence
            && other.path.starts_with(&entry.path)
    };
    diff.entries.iter().filter(inside).map(|other| path(&other.path[entry.path.len()..], mask)).collect()
}

/// The former path of an entry that was moved or renamed.
fn journey(entry: &Entry<'_>, mask: Mask) -> String {
    let parent = entry.path.len().saturating_sub(1);
    let mut from = entry.moved_from.clone().unwrap_or_else(|| entry.path[..parent].to_vec());
    from.extend(entry.renamed_from.clone().or_else(|| entry.path.last().cloned()));
    path(&from, mask)
}
