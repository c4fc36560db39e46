use std::collections::HashSet;

use serde::Serialize;
use serde_json::value::RawValue;

use super::letter;
use crate::compare::{Table, VariableRow, View};
use crate::report::comparison::markdown::{self, plain};
use crate::report::json::spelled;
use crate::report::shortened::shortened_with_length;
use crate::report::{Mask, visible};
use crate::secret::MASK;
use crate::syntax::Value;
use crate::term::{self, Cell, Column, Painter, Role, escape};

/// The most characters of a value to show in a cell.
const SHORT: usize = 40;

/// Lays out variables by file, below what differs in the files themselves. Secrets that differ get letters; rows that
/// differ are marked.
pub(super) fn human(
    table: &Table<'_>,
    files: &[String],
    mask: Mask,
    painter: Painter,
    width: Option<usize>,
) -> String {
    let values = files.iter().map(|file| Column::wrapped(file));
    let columns: Vec<_> = [Column::whole(""), Column::whole("KEY")].into_iter().chain(values).collect();
    let head = differing_head(table).map(|row| line(&of_file(&row.key), row, mask));
    let order = table.order.iter().map(|groups| {
        let cells = groups.iter().map(|group| Cell::plain(letter(*group)));
        [Cell::new(Role::Warning, "!"), Cell::new(Role::Name, of_file("order"))]
            .into_iter()
            .chain(cells)
            .collect()
    });
    let variables = table.variables.iter().map(|row| line(&row.key, row, mask));
    let lines: Vec<_> = head.chain(order).chain(variables).collect();
    term::table(&columns, &lines, painter, width)
}

/// What differs in the files themselves.
fn differing_head<'t, 'd>(table: &'t Table<'d>) -> impl Iterator<Item = &'t VariableRow<'d>> {
    table.head.iter().filter(|row| !row.same)
}

/// The name of something that is no variable.
fn of_file(name: &str) -> String {
    format!("({name})")
}

/// The rows of a Markdown table that differ.
pub(super) fn markdown(table: &Table<'_>, mask: Mask) -> Vec<String> {
    let head = differing_head(table).map(|row| markdown_row(&of_file(&row.key), row, mask));
    let order = table.order.iter().map(|groups| {
        let letters: Vec<_> = groups.iter().map(|group| letter(*group).to_string()).collect();
        format!("| {} | {} |", of_file("order"), letters.join(" | "))
    });
    let variables = table.variables.iter().filter(|row| !row.same);
    head.chain(order).chain(variables.map(|row| markdown_row(&row.key, row, mask))).collect()
}

fn markdown_row(key: &str, row: &VariableRow<'_>, mask: Mask) -> String {
    let marks = marks(row, mask);
    let quoted = look_alike(row, mask);
    let cell = |(value, mark): (Option<Value>, String)| match value {
        Some(value) if quoted => markdown::cell(&Value::String(value.to_json())) + &plain(&mark),
        Some(value) => markdown::cell(&value) + &plain(&mark),
        None => "*missing*".to_owned(),
    };
    let cells: Vec<_> = values(row, mask).into_iter().zip(marks).map(cell).collect();
    format!("| {} | {} |", plain(key), cells.join(" | "))
}

fn line(key: &str, row: &VariableRow<'_>, mask: Mask) -> Vec<Cell> {
    let mark = if row.same { "" } else { "!" };
    let mut cells = vec![Cell::new(Role::Warning, mark), Cell::new(Role::Name, escape(key))];
    let quoted = look_alike(row, mask);
    let cell = |(value, mark): (Option<Value>, String)| {
        let text = match value {
            None => return Cell::new(Role::Bad, "(missing)"),
            Some(Value::String(text)) if !quoted => shortened_with_length(&visible(&text), SHORT),
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
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<Vec<Option<bool>>>,
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
            enabled: Some(
                is_there.zip(&row.disabled).map(|(is_there, off)| is_there.then_some(!off)).collect(),
            ),
        }
    }

    /// The same for a member of the files that is no variable.
    pub(super) fn of_head(row: &VariableRow<'_>, mask: Mask) -> Self {
        Self { enabled: None, ..Self::of(row, mask) }
    }
}
