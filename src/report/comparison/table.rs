use serde::Serialize;
use serde_json::value::RawValue;

use super::shortened;
use crate::compare::Row;
use crate::report::Mask;
use crate::report::json::spelled;
use crate::secret::MASK;
use crate::syntax::Value;
use crate::term::{self, Cell, Painter, Role, escape};

/// The most characters of a value in a cell.
const SHORT: usize = 40;

/// The variables of several files by file. Secrets that differ carry letters; a row that differs is marked.
#[must_use]
pub fn table(
    rows: &[Row<'_>],
    files: &[String],
    mask: Mask,
    painter: Painter,
    width: Option<usize>,
) -> String {
    let headings: Vec<_> = ["", "KEY"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let lines: Vec<_> = rows.iter().map(|row| line(row, mask)).collect();
    let differing = rows.iter().filter(|row| !row.same).count();
    let summary = match differing {
        0 => "no difference".to_owned(),
        1 => "1 variable differs".to_owned(),
        count => format!("{count} variables differ"),
    };
    format!("{}\n\n{}", term::table(&headings, &lines, painter, width), painter.paint(Role::Dim, &summary))
}

fn line(row: &Row<'_>, mask: Mask) -> Vec<Cell> {
    let mark = if row.same { "" } else { "!" };
    let mut cells = vec![Cell::new(Role::Warning, mark), Cell::new(Role::Name, escape(&row.key))];
    let values = values(row, mask);
    let hidden = values.iter().flatten().any(|value| *value == Value::string(MASK));
    for (at, value) in values.into_iter().enumerate() {
        cells.push(match (value, row.groups[at]) {
            (None, _) => Cell::new(Role::Bad, "(missing)"),
            (Some(value), Some(group)) => {
                let text = match value {
                    Value::String(text) if text.is_empty() => "\"\"".to_owned(),
                    Value::String(text) => shortened(&escape(&text), SHORT),
                    other => shortened(&escape(&other.to_json()), SHORT),
                };
                let letter =
                    if hidden && !row.same { format!(" ({})", letter(group)) } else { String::new() };
                let state = if row.disabled[at] { " [disabled]" } else { "" };
                Cell::plain(format!("{text}{letter}{state}"))
            }
            (Some(_), None) => Cell::plain(""),
        });
    }
    cells
}

fn values(row: &Row<'_>, mask: Mask) -> Vec<Option<Value>> {
    let value = |view: &Option<crate::compare::View<'_>>| {
        view.as_ref().map(|view| mask.of_value(view.to_value(), &row.name, row.secret))
    };
    row.values.iter().map(value).collect()
}

/// A, B, C, … for the values that are the same.
fn letter(group: usize) -> char {
    u8::try_from(group).map_or('?', |group| if group < 26 { char::from(b'A' + group) } else { '?' })
}

/// The same in `--format json`.
#[derive(Debug, Serialize)]
pub struct TableReport {
    version: u32,
    files: Vec<String>,
    same: bool,
    variables: Vec<RowReport>,
}

#[derive(Debug, Serialize)]
struct RowReport {
    key: String,
    same: bool,
    values: Vec<Option<Box<RawValue>>>,
    /// Equal numbers mean equal values, also where these are masked.
    groups: Vec<Option<usize>>,
    enabled: Vec<Option<bool>>,
}

impl TableReport {
    /// The variables of `files`, as they may be shown.
    #[must_use]
    pub fn of(rows: &[Row<'_>], files: Vec<String>, mask: Mask) -> Self {
        let row = |row: &Row<'_>| RowReport {
            key: row.key.clone(),
            same: row.same,
            values: values(row, mask).into_iter().map(|value| value.map(|value| spelled(&value))).collect(),
            groups: row.groups.clone(),
            enabled: row
                .values
                .iter()
                .zip(&row.disabled)
                .map(|(value, off)| value.as_ref().map(|_| !off))
                .collect(),
        };
        Self {
            version: 1,
            files,
            same: rows.iter().all(|row| row.same),
            variables: rows.iter().map(row).collect(),
        }
    }
}
