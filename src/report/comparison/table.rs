use std::collections::HashSet;

use serde::Serialize;
use serde_json::value::RawValue;

use super::markdown::{code, plain};
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
    let table = term::table(&headings, &lines, painter, width);
    format!("{table}\n\n{}", painter.paint(Role::Dim, &summary(rows)))
}

/// The variables that differ, for a pull request.
#[must_use]
pub fn markdown_table(rows: &[Row<'_>], files: &[String], mask: Mask) -> String {
    let files: Vec<_> = files.iter().map(|file| plain(file)).collect();
    let mut out = vec![format!("**{}**: {}", files.join("**, **"), summary(rows))];
    let mut differing = rows.iter().filter(|row| !row.same).peekable();
    if differing.peek().is_some() {
        out.push(format!("\n| variable | {} |", files.join(" | ")));
        out.push(format!("| --- |{}", " --- |".repeat(files.len())));
    }
    for row in differing {
        let marks = marks(row, mask);
        let quoted = look_alike(row, mask);
        let cell = |(value, mark): (Option<Value>, String)| match value {
            Some(value) if quoted => code(&Value::String(value.to_json())) + &plain(&mark),
            Some(value) => code(&value) + &plain(&mark),
            None => "*missing*".to_owned(),
        };
        let cells: Vec<_> = values(row, mask).into_iter().zip(marks).map(cell).collect();
        out.push(format!("| {} | {} |", plain(&row.key), cells.join(" | ")));
    }
    out.join("\n")
}

fn summary(rows: &[Row<'_>]) -> String {
    match rows.iter().filter(|row| !row.same).count() {
        0 => "no difference".to_owned(),
        1 => "1 variable differs".to_owned(),
        count => format!("{count} variables differ"),
    }
}

fn line(row: &Row<'_>, mask: Mask) -> Vec<Cell> {
    let mark = if row.same { "" } else { "!" };
    let mut cells = vec![Cell::new(Role::Warning, mark), Cell::new(Role::Name, escape(&row.key))];
    let quoted = look_alike(row, mask);
    let cell = |(value, mark): (Option<Value>, String)| {
        let text = match value {
            None => return Cell::new(Role::Bad, "(missing)"),
            Some(Value::String(text)) if text.is_empty() => "\"\"".to_owned(),
            Some(Value::String(text)) if !quoted => shortened(&escape(&text), SHORT),
            Some(other) => shortened(&escape(&other.to_json()), SHORT),
        };
        Cell::plain(format!("{text}{mark}"))
    };
    cells.extend(values(row, mask).into_iter().zip(marks(row, mask)).map(cell));
    cells
}

/// What is to be said beside each value: which masked ones are the same, and which are disabled.
fn marks(row: &Row<'_>, mask: Mask) -> Vec<String> {
    let hidden = values(row, mask).iter().flatten().any(|value| *value == Value::string(MASK));
    let mark = |(group, disabled): (&Option<usize>, &bool)| {
        let letter = group.filter(|_| hidden && !row.same).map(|group| format!(" ({})", letter(group)));
        letter.unwrap_or_default() + if *disabled { " [disabled]" } else { "" }
    };
    row.groups.iter().zip(&row.disabled).map(mark).collect()
}

/// Whether a text and something else differ in nothing but quotes, as `"5"` and `5` do.
fn look_alike(row: &Row<'_>, mask: Mask) -> bool {
    let texts: HashSet<_> = values(row, mask).into_iter().flatten().filter_map(text_of).collect();
    let others = values(row, mask).into_iter().flatten().filter(|value| !matches!(value, Value::String(_)));
    others.map(|value| value.to_json()).any(|json| texts.contains(&json))
}

fn text_of(value: Value) -> Option<String> {
    if let Value::String(text) = value { Some(text) } else { None }
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
