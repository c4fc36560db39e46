use serde::Serialize;
use serde_json::value::RawValue;

use super::{is_off, shown, subject_name, summary, variable_value};
use crate::compare::{Change, Diff, Entry, Presence, Subject, View, What};
use crate::model::ScopeKind;
use crate::report::Mask;
use crate::report::json::spelled;

/// The differences between two files in `--format json`.
#[derive(Debug, Serialize)]
pub struct DiffReport {
    version: u32,
    kind: &'static str,
    files: [String; 2],
    same: bool,
    summary: String,
    entries: Vec<EntryReport>,
}

#[derive(Debug, Serialize)]
struct EntryReport {
    subject: &'static str,
    path: Vec<String>,
    change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    disabled: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeReport>,
}

#[derive(Debug, Serialize)]
struct ChangeReport {
    place: Vec<String>,
    change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Box<RawValue>>,
    masked: bool,
}

impl DiffReport {
    /// The report of the `diff` between two `files`, with secrets masked as `mask` says.
    #[must_use]
    pub fn of(diff: &Diff<'_>, files: [String; 2], mask: Mask) -> Self {
        Self {
            version: 1,
            kind: diff.kind.name(),
            files,
            same: diff.entries.is_empty(),
            summary: summary(diff),
            entries: diff.entries.iter().map(|entry| EntryReport::of(entry, diff.kind, mask)).collect(),
        }
    }
}

impl EntryReport {
    fn of(entry: &Entry<'_>, kind: ScopeKind, mask: Mask) -> Self {
        let node = if entry.presence == Presence::Added { entry.nodes.1 } else { entry.nodes.0 };
        let value = node.filter(|_| entry.subject == Subject::Variable && entry.presence != Presence::Both);
        Self {
            subject: subject_name(entry.subject),
            path: mask.of_names(&entry.path),
            change: match entry.presence {
                Presence::Added => "added",
                Presence::Removed => "removed",
                Presence::Both => "changed",
            },
            renamed_from: entry.renamed_from.as_deref().map(|name| mask.of_text(name).into_owned()),
            moved_from: entry.moved_from.as_deref().map(|names| mask.of_names(names)),
            value: value.map(|node| spelled(&variable_value(node, mask))),
            disabled: value.is_some_and(|node| is_off(node, kind)),
            changes: entry.changes.iter().map(|change| ChangeReport::of(change, mask)).collect(),
        }
    }
}

impl ChangeReport {
    fn of(change: &Change<'_>, mask: Mask) -> Self {
        let mut hidden = false;
        let mut value = |view: &View<'_>| {
            let value = shown(view, change, mask);
            hidden |= value != view.to_value();
            spelled(&value)
        };
        let (what, before, after) = match &change.what {
            What::Added(view) => ("added", None, Some(value(view))),
            What::Removed(view) => ("removed", Some(value(view)), None),
            What::Changed(before, after) => ("changed", Some(value(before)), Some(value(after))),
            What::Reordered => ("reordered", None, None),
        };
        Self { place: mask.of_names(&change.place), change: what, before, after, masked: hidden }
    }
}
