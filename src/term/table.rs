use tabled::builder::Builder;
use tabled::settings::object::{Columns, Segment};
use tabled::settings::width::Truncate;
use tabled::settings::{Color, Modify, Padding, Style};
use textwrap::core::display_width;

use super::wrap::{longest_word, wrap};
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

/// The heading of a column, and how its cells are made to fit into a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Column<'h> {
    heading: &'h str,
    fit: Fit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Whole,
    Shortened,
    Wrapped,
}

impl<'h> Column<'h> {
    /// A column of what people copy, such as names. It stays as it is.
    #[must_use]
    pub fn whole(heading: &'h str) -> Self {
        Self { heading, fit: Fit::Whole }
    }

    /// A column of values, which may end in `…`.
    #[must_use]
    pub fn shortened(heading: &'h str) -> Self {
        Self { heading, fit: Fit::Shortened }
    }

    /// A column of sentences, which may continue on the next line.
    #[must_use]
    pub fn wrapped(heading: &'h str) -> Self {
        Self { heading, fit: Fit::Wrapped }
    }

    /// The width that `text` needs in any case.
    fn least(self, text: &str) -> usize {
        match self.fit {
            Fit::Whole => display_width(text),
            Fit::Shortened => display_width(text).min(ROOM),
            Fit::Wrapped => longest_word(text).min(ROOM),
        }
    }

    fn fitted(self, text: &str, width: usize) -> String {
        match self.fit {
            _ if display_width(text) <= width => text.to_owned(),
            Fit::Whole => text.to_owned(),
            Fit::Shortened => Truncate::truncate(text, width.saturating_sub(1)).into_owned() + "…",
            Fit::Wrapped => wrap(text, width),
        }
    }
}

/// The width below which no column is narrowed.
const ROOM: usize = 16;

/// The space between two columns.
const GAP: usize = 2;

/// Rows under headings, in columns two spaces apart. A column without content is left out. The others are narrowed to
/// fit into `width` columns of a terminal as far as possible; what is still too wide runs over.
#[must_use]
pub fn table(columns: &[Column<'_>], rows: &[Vec<Cell>], painter: Painter, width: Option<usize>) -> String {
    let is_filled = |row: &Vec<Cell>, at: usize| row.get(at).is_some_and(|cell| !cell.text.is_empty());
    let has_content = |at: &usize| rows.is_empty() || rows.iter().any(|row| is_filled(row, *at));
    let shown: Vec<_> = (0..columns.len()).filter(has_content).collect();
    let columns: Vec<_> = shown.iter().map(|&at| columns[at]).collect();
    let headings = columns.iter().map(|column| Cell::new(Role::Heading, column.heading)).collect();
    let cells = rows.iter().map(|row| shown.iter().filter_map(|&at| row.get(at).cloned()).collect());
    let mut rows: Vec<Vec<Cell>> = std::iter::once(headings).chain(cells).collect();
    if let Some(width) = width {
        fit(&columns, &mut rows, width);
    }
    lay_out(&rows, painter)
}

/// Makes the widest columns narrower, one step after another, until `rows` fit into `total` columns of a terminal.
fn fit(columns: &[Column<'_>], rows: &mut [Vec<Cell>], total: usize) {
    let most = |at: usize, width: &dyn Fn(&str) -> usize| {
        rows.iter().map(|row| row.get(at).map_or(0, |cell| width(&cell.text))).max().unwrap_or_default()
    };
    let mut widths: Vec<_> = (0..columns.len()).map(|at| most(at, &display_width)).collect();
    let least: Vec<_> = (0..columns.len()).map(|at| most(at, &|text| columns[at].least(text))).collect();
    while widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1) > total {
        let can_yield = (0..widths.len()).filter(|&at| widths[at] > least[at]);
        let Some(widest) = can_yield.max_by_key(|&at| widths[at]) else { break };
        widths[widest] -= 1;
    }
    for row in rows {
        for ((cell, column), width) in row.iter_mut().zip(columns).zip(&widths) {
            cell.text = column.fitted(&cell.text, *width);
        }
    }
}

fn lay_out(rows: &[Vec<Cell>], painter: Painter) -> String {
    let mut builder = Builder::with_capacity(rows.len(), rows.first().map_or(0, Vec::len));
    rows.iter().for_each(|row| builder.push_record(row.iter().map(|cell| cell.text.as_str())));
    let mut table = builder.build();
    table.with(Style::empty());
    table.with(Modify::new(Segment::all()).with(Padding::new(0, GAP, 0, 0)));
    table.with(Modify::new(Columns::last()).with(Padding::zero()));
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

    const PLAIN: Painter = Painter { color: false };

    fn at(width: usize) -> Vec<String> {
        let columns = [
            Column::whole("KEY"),
            Column::shortened("VALUE"),
            Column::whole("TYPE"),
            Column::wrapped("NOTE"),
            Column::whole("EMPTY"),
        ];
        let row = |texts: [&str; 5]| texts.map(Cell::plain).to_vec();
        let rows = [
            row(["enable_auto_refresh_access_token", "0123456789".repeat(4).as_str(), "default", "", ""]),
            row(["b", "äöü", "any", "disabled; newman uses it anyway", ""]),
        ];
        table(&columns, &rows, PLAIN, Some(width)).lines().map(str::to_owned).collect()
    }

    #[test]
    fn values_are_shortened_and_sentences_wrapped_but_no_name_is_broken() {
        assert_eq!(
            at(90),
            [
                "KEY                               VALUE                    TYPE     NOTE",
                "enable_auto_refresh_access_token  0123456789012345678901…  default",
                "b                                 äöü                      any      disabled; newman uses",
                "                                                                    it anyway",
            ]
        );
        assert_eq!(
            at(72),
            [
                "KEY                               VALUE             TYPE     NOTE",
                "enable_auto_refresh_access_token  012345678901234…  default",
                "b                                 äöü               any      disabled;",
                "                                                             newman uses",
                "                                                             it anyway",
            ]
        );
    }

    #[test]
    fn what_cannot_be_narrowed_runs_over() {
        assert_eq!(at(20), at(10));
        assert!(at(20)[1].starts_with("enable_auto_refresh_access_token  012345678901234…  default"));
    }

    #[test]
    fn a_wide_terminal_shows_everything() {
        assert!(
            at(200)[1].contains(&"0123456789".repeat(4)) && at(200)[2].ends_with("newman uses it anyway")
        );
    }
}
