use tabled::builder::Builder;
use tabled::settings::object::{Columns, Segment};
use tabled::settings::peaker::Peaker;
use tabled::settings::{Color, Modify, Padding, Style, Width};

use super::{Painter, Role};

/// The content of a table cell. Text from files must have gone through [`escape()`](super::escape()).
#[derive(Clone, Debug)]
pub struct Cell {
    role: Option<Role>,
    text: String,
}

impl Cell {
    /// `text` in the style of `role`.
    #[must_use]
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { role: Some(role), text: text.into() }
    }

    /// `text` without a style.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { role: None, text: text.into() }
    }
}

/// The width, in characters, that a column without names keeps in any case.
const ROOM: usize = 12;

/// Makes the widest column narrower. The first, which holds the names in most tables, comes last: a name should not be
/// broken into two lines to make room for anything else.
struct NamesLast;

impl Peaker for NamesLast {
    fn peak(&mut self, mins: &[usize], widths: &[usize]) -> Option<usize> {
        let can_yield = |at: &usize| widths[*at] > mins.get(*at).copied().unwrap_or(0);
        let widest = |from: usize| (from..widths.len()).filter(can_yield).max_by_key(|&at| widths[at]);
        widest(1).filter(|&at| widths[at] > ROOM).or_else(|| widest(0)).filter(|&at| widths[at] != 0)
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
        table.with(Width::wrap(width).priority(NamesLast));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_broken_last() {
        let row = |texts: [&str; 3]| texts.map(Cell::plain).to_vec();
        let rows = [row(["enable_auto_refresh_access_token", &"v".repeat(60), "string"])];
        let painter = Painter { color: false };
        let at = |width| table(&["KEY", "VALUE", "TYPE"], &rows, painter, Some(width));
        let lines = |width| at(width).lines().map(str::to_owned).collect::<Vec<_>>();
        assert!(lines(80)[1].starts_with("enable_auto_refresh_access_token  vvv"), "{}", at(80));
        assert!(lines(56)[1].starts_with("enable_auto_refresh_access_token  vvv"), "{}", at(56));
        for width in [20, 30, 56, 80] {
            assert!(lines(width).iter().all(|line| line.len() <= width), "{}", at(width));
        }
    }
}
