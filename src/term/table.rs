use tabled::builder::Builder;
use tabled::settings::object::{Columns, Segment};
use tabled::settings::peaker::Priority;
use tabled::settings::{Color, Modify, Padding, Style, Width};

use super::{Painter, Role};

/// What stands in a table. What comes from files must have gone through [`escape()`](super::escape()).
#[derive(Clone, Debug)]
pub struct Cell {
    role: Option<Role>,
    text: String,
}

impl Cell {
    /// `text` in the look of `role`.
    #[must_use]
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { role: Some(role), text: text.into() }
    }

    /// `text` without a look.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { role: None, text: text.into() }
    }
}

/// Rows under headings, in columns two spaces apart, at most `width` columns wide.
#[must_use]
pub fn table(headings: &[&str], rows: &[Vec<Cell>], painter: Painter, width: Option<usize>) -> String {
    let headings: Vec<_> = headings.iter().map(|&text| Cell::new(Role::Heading, text)).collect();
    let rows: Vec<&[Cell]> = std::iter::once(&headings).chain(rows).map(Vec::as_slice).collect();
    let mut builder = Builder::with_capacity(rows.len(), headings.len());
    rows.iter().for_each(|row| builder.push_record(row.iter().map(|cell| cell.text.as_str())));
    let mut table = builder.build();
    table.with(Style::empty());
    table.with(Modify::new(Segment::all()).with(Padding::new(0, 2, 0, 0)));
    table.with(Modify::new(Columns::last()).with(Padding::zero()));
    if let Some(width) = width {
        table.with(Width::wrap(width).priority(Priority::max(true)));
    }
    for (at, row) in rows.iter().enumerate().filter(|_| painter.color) {
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            if let Some(style) = cell.role.map(Role::style) {
                table.modify((at, column), Color::new(style.to_string(), format!("{style:#}")));
            }
        }
    }
    let text = table.to_string();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}
