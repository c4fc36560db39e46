use tabled::builder::Builder;
use tabled::settings::object::{Columns, Segment};
use tabled::settings::peaker::Priority;
use tabled::settings::{Modify, Padding, Style, Width};

/// Rows under headings, in columns two spaces apart, at most `width` columns wide.
///
/// Cells may carry colour; what comes from files must have gone through [`escape()`](super::escape()).
#[must_use]
pub fn table(headings: &[String], rows: &[Vec<String>], width: Option<usize>) -> String {
    let mut builder = Builder::with_capacity(rows.len() + 1, headings.len());
    builder.push_record(headings);
    rows.iter().for_each(|row| builder.push_record(row));
    let mut table = builder.build();
    table.with(Style::empty());
    table.with(Modify::new(Segment::all()).with(Padding::new(0, 2, 0, 0)));
    table.with(Modify::new(Columns::last()).with(Padding::zero()));
    if let Some(width) = width {
        table.with(Width::wrap(width).priority(Priority::max(true)));
    }
    let text = table.to_string();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}
