use std::collections::HashSet;

use serde::Serialize;
use serde_json::value::RawValue;

use super::letter;
use crate::compare::{VariableRow, View};
use crate::report::Mask;
use crate::report::comparison::markdown::{code, plain};
use crate::report::json::spelled;
use crate::report::shortened::shortened_with_length;
use crate::secret::MASK;
use crate::syntax::Value;
use crate::term::{self, Cell, Column, Painter, Role, escape};

/// The most characters of a value to show in a cell.
const SHORT: usize = 40;

/// Lays out variables by file. Secrets that differ get letters; rows that differ are marked.
pub(super) fn human(
    rows: &[VariableRow<'_>],
    files: &[String],
    mask: Mask,
    painter: Painter,
    width: Option<usize>,
) -> String {
    let values = files.iter().map(|file| Column::wrapped(file));
    let columns: Vec<_> = [Column::whole(""), Column::whole("KEY")].into_iter().chain(values).collect();
    let lines: Vec<_> = rows.iter().map(|row| line(row, mask)).collect();
    term::table(&columns, &lines, painter, width)
}

/// A row of a Markdown table.
pub(super) fn markdown(row: &VariableRow<'_>, mask: Mask) -> String {
    let marks = marks(row, mask);
    let quoted = look_alike(row, mask);
    let cell = |(value, mark): (Option<Value>, String)| match value {
        Some(value) if quoted => code(&Value::String(value.to_json())) + &plain(&mark),
        Some(value) => code(&value) + &plain(&mark),
        None => "*missing*".to_owned(),
    };
    let cells: Vec<_> = values(row, mask).into_iter().zip(marks).map(cell).collect();
    format!("| {} | {} |", plain(&row.key), cells.join(" | "))
}

fn line(row: &VariableRow<'_>, mask: Mask) -> Vec<Cell> {
    let mark = if row.same { "" } else { "!" };
    let mut cells = vec![Cell::new(Role::Warning, mark), Cell::new(Role::Name, escape(&row.key))];
    let quoted = look_alike(row, mask);
    let cell = |(value, mark): (Option<Value>, String)| {
        let text = match value {
            None => return Cell::new(Role::Bad, "(missing)"),
            Some(Value::String(text)) if text.is_empty() => "\"\"".to_owned(),
            Some(Value::String(text)) if !quoted => shortened_with_length(&escape(&text), SHORT),
            Some(other) => shortened_with_length(&escape(&other.to_json()), SHORT),
        };
        Cell::plain(format!("{text}{mark}"))
    };
    cells.extend(values(row, mask).into_iter().zip(marks(row, mask)).map(cell));
    cells
}

/// The marks after each value: which masked ones are the same, and which are disabled.
fn marks(row: &VariableRow<'_>, mask: Mask) -> Vec<String> {
    let hidden = values(row, mask).iter().flatten().any(|value| *value == Value::string(MASK));
    let mark = |(group, disabled): (&Option<usize>, &bool)| {
        let letter = group.filter(|_| hidden && !row.same).map(|group| format!(" ({})", letter(group)));
        letter.unwrap_or_default() + if *disabled { " [disabled]" } else { "" }
    };
    row.groups.iter().zip(&row.disabled).map(mark).collect()
}

/// Whether a string and another value differ only by quotes, as `"5"` and `5` do.
fn look_alike(row: &VariableRow<'_>, mask: Mask) -> bool {
    let texts: HashSet<_> = values(row, mask).into_iter().flatten().filter_map(text_of).collect();
    let others = values(row, mask).into_iter().flatten().filter(|value| !matches!(value, Value::String(_)));
    others.map(|value| value.to_json()).any(|json| texts.contains(&json))
}

fn text_of(value: Value) -> Option<String> {
    if let Value::String(text) = value { Some(text) } else { None }
}

fn values(row: &VariableRow<'_>, mask: Mask) -> Vec<Option<Value>> {
    let value = |view: &Option<View<'_>>| {
        view.as_ref().map(|view| mask.of_value(view.to_value(), &row.name, row.secret))
    };
    row.values.iter().map(value).collect()
}

/// A variable in `--format json`.
#[derive(Debug, Serialize)]
pub(super) struct VariableReport {
    key: String,
    same: bool,
    values: Vec<Option<Box<RawValue>>>,
    /// Equal numbers mean equal values, even if these are masked.
    groups: Vec<Option<usize>>,
    enabled: Vec<Option<bool>>,
}

impl VariableReport {
    /// The report of `row`, with secrets masked as `mask` says.
    pub(super) fn of(row: &VariableRow<'_>, mask: Mask) -> Self {
        let is_there = row.values.iter().map(Option::is_some);
        Self {
            key: row.key.clone(),
            same: row.same,
            values: values(row, mask).into_iter().map(|value| value.map(|value| spelled(&value))).collect(),
            groups: row.groups.clone(),
            enabled: is_there.zip(&row.disabled).map(|(is_there, off)| is_there.then_some(!off)).collect(),
        }
    }
}
