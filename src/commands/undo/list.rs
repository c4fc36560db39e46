//! `undo --list`: the changes that can be undone, and what each of them touched.

use std::path::Path;

use serde::Serialize;

use super::{Listed, time};
use crate::commands::input::Input;
use crate::commands::locate::from_here;
use crate::commands::{Outcome, Session};
use crate::compare::{Include, diff};
use crate::disk::{Change, Contents, Journal, Undo};
use crate::error::ExitCode;
use crate::report;
use crate::term::{escape, escape_path};

#[derive(Serialize)]
struct List {
    version: u32,
    path: String,
    changes: Vec<ListedChange>,
}

#[derive(Serialize)]
struct ListedChange {
    #[serde(flatten)]
    change: Listed,
    /// What it touched; none if that can no longer be told.
    touched: Option<Vec<String>>,
}

pub(super) fn list(path: &Path, journal: &Journal, session: &mut Session) -> Outcome {
    let changes = Undo::changes(path, journal)?;
    if session.options.json {
        let listed = |change: &Change| ListedChange {
            change: Listed::of(&change.entry),
            touched: touched(path, change),
        };
        let changes = changes.iter().map(listed).collect();
        let list = List { version: 1, path: path.display().to_string(), changes };
        session.terminal.line(&report::to_json(&list));
        return Ok(ExitCode::Success);
    }
    if changes.is_empty() {
        session.inform(&format!("nothing to undo for {}", escape_path(path)));
    }
    for change in &changes {
        let names = touched(path, change).map(|names| report::listed(&names)).unwrap_or_default();
        let others = change.entry.others().map(|other| from_here(other).display().to_string());
        let others: Vec<_> = others.collect();
        let with = if others.is_empty() { String::new() } else { format!("(with {})", others.join(", ")) };
        let parts = [time(&change.entry), change.entry.command.clone(), names, with];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        session.terminal.line(&escape(&parts.join("  ")));
    }
    Ok(ExitCode::Success)
}

/// The names of the variables and requests that `change` touched.
fn touched(path: &Path, change: &Change) -> Option<Vec<String>> {
    let Contents { before, after } = change.contents.as_ref()?;
    let [before, after] = [before, after].map(|content| content.clone().unwrap_or_default());
    let [Ok(before), Ok(after)] = [before, after].map(|content| Input::of_bytes(path, content)) else {
        return Some(Vec::new());
    };
    let (Ok(before), Ok(after)) = (before.scope(), after.scope()) else { return Some(Vec::new()) };
    let entries = diff(&before, &after, Include::default()).map(|diff| diff.entries).unwrap_or_default();
    let mut names = Vec::new();
    for name in entries.iter().map(|entry| entry.path.join(" / ")) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    Some(names)
}
