//! Several files side by side.

mod items;
mod variables;

use serde::Serialize;

use self::items::ItemReport;
use self::variables::VariableReport;
use super::markdown::plain;
use crate::compare::{ItemRow, Subject, Table};
use crate::report::{Mask, counted};
use crate::term::{Painter, Role};

/// Lays `table` of `files` out for a terminal of `width` columns. Folders and requests are listed if they differ, or if
/// the `whole` table is asked for.
#[must_use]
pub fn table(
    table: &Table<'_>,
    files: &[String],
    mask: Mask,
    painter: Painter,
    width: Option<usize>,
    whole: bool,
) -> String {
    let mut out = Vec::new();
    if table.items.is_none() || !table.variables.is_empty() {
        out.push(variables::human(table, files, mask, painter, width));
    }
    let items = table.items.as_deref().unwrap_or_default();
    let shown: Vec<_> = items.iter().filter(|row| whole || !row.same).collect();
    if !shown.is_empty() {
        out.push(items::human(&shown, files, mask, painter, width));
    }
    let same = items.len() - shown.len();
    let more = match same {
        0 => String::new(),
        _ => format!("… {}, the same in all files; `--verbose` shows them\n", counted(same, "more row")),
    };
    out.push(painter.paint(Role::Dim, &(more + &summary(table))));
    out.join("\n\n")
}

/// The rows of `table` of `files` that differ, in Markdown, for a pull request.
#[must_use]
pub fn markdown_table(table: &Table<'_>, files: &[String], mask: Mask) -> String {
    let files: Vec<_> = files.iter().map(|file| plain(file)).collect();
    let mut out = vec![format!("**{}**: {}", files.join("**, **"), summary(table))];
    let mut rows_below = |heading: &str, rows: Vec<String>| {
        if !rows.is_empty() {
            out.push(format!("\n| {heading} | {} |", files.join(" | ")));
            out.push(format!("| --- |{}", " --- |".repeat(files.len())));
            out.extend(rows);
        }
    };
    rows_below("variable", variables::markdown(table, mask));
    let items = table.items.iter().flatten().filter(|row| !row.same);
    rows_below("request", items.map(|row| items::markdown(row, mask)).collect());
    out.join("\n")
}

fn summary(table: &Table<'_>) -> String {
    let items = |subject: Subject| {
        let differing = |row: &&ItemRow| row.subject == subject && !row.same;
        table.items.iter().flatten().filter(differing).count()
    };
    let head = if table.head.iter().all(|row| row.same) { items(Subject::Head) } else { 1 };
    let counts = [
        (head, if table.items.is_some() { "collection" } else { "environment" }),
        (table.variables.iter().filter(|row| !row.same).count(), "variable"),
        (items(Subject::Folder), "folder"),
        (items(Subject::Request), "request"),
    ];
    let differ = |(count, noun): (usize, &str)| match (count, noun) {
        (0, _) => None,
        (_, "collection" | "environment") => Some(format!("the {noun} itself differs")),
        (1, noun) => Some(format!("1 {noun} differs")),
        (count, noun) => Some(format!("{} differ", counted(count, noun))),
    };
    let order = table.order.as_ref().map(|_| "the order of variables differs".to_owned());
    let parts: Vec<_> = counts.into_iter().filter_map(differ).chain(order).collect();
    if parts.is_empty() { "no difference".to_owned() } else { parts.join(", ") }
}

/// A, B, C, … for a group of equal values.
fn letter(group: usize) -> char {
    u8::try_from(group).map_or('?', |group| if group < 26 { char::from(b'A' + group) } else { '?' })
}

/// A table in `--format json`.
#[derive(Debug, Serialize)]
pub struct TableReport {
    version: u32,
    files: Vec<String>,
    same: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    head: Vec<VariableReport>,
    /// Equal numbers mean the same order.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Vec<usize>>,
    variables: Vec<VariableReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<ItemReport>>,
}

impl TableReport {
    /// The report of `table` of `files`, with secrets masked as `mask` says.
    #[must_use]
    pub fn of(table: &Table<'_>, files: Vec<String>, mask: Mask) -> Self {
        let items = |rows: &Vec<ItemRow>| rows.iter().map(|row| ItemReport::of(row, mask)).collect();
        Self {
            version: 1,
            files,
            same: table.same(),
            head: table.head.iter().map(|row| VariableReport::of_head(row, mask)).collect(),
            order: table.order.clone(),
            variables: table.variables.iter().map(|row| VariableReport::of(row, mask)).collect(),
            items: table.items.as_ref().map(items),
        }
    }
}
