mod csv;

use std::collections::BTreeSet;

use csv::{Cell, StrayQuote};

use super::{js_number, js_number_text};
use crate::syntax::{Document, Kind, Node, Value};

/// Why a text is not a data file for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRunData {
    /// It is neither a JSON list of objects nor CSV.
    #[error(
        "this is not a data file for a run: it must be a JSON list of objects, or CSV with the names in its first line"
    )]
    Other,
    /// It is CSV with a quote in this line, counted from 1, that newman cannot read.
    #[error(
        "line {0}: newman cannot read a quote here; close it, and put a comma or the end of the line after it"
    )]
    Quote(usize),
}

impl From<StrayQuote> for NotRunData {
    fn from(StrayQuote(line): StrayQuote) -> Self {
        Self::Quote(line)
    }
}

/// The data file of a run, as for newman's `-d`: values by name for each iteration.
#[derive(Debug)]
pub struct RunData {
    names: BTreeSet<String>,
    /// A list of objects.
    rows: Document,
}

impl RunData {
    /// Parses `text` as a JSON list or, like newman if it is not JSON, as CSV.
    ///
    /// # Errors
    /// [`NotRunData`] if it is neither.
    pub fn of(text: &str) -> Result<Self, NotRunData> {
        let text = text.trim_start_matches('\u{feff}');
        let data = match Document::json(text.trim()) {
            Ok(rows) => {
                let members = rows.root().items().flat_map(|row| row.members());
                Self { names: members.map(|member| member.key().into_owned()).collect(), rows }
            }
            Err(_) => Self::of_csv(text)?,
        };
        if data.names.is_empty() { Err(NotRunData::Other) } else { Ok(data) }
    }

    fn of_csv(text: &str) -> Result<Self, NotRunData> {
        let mut lines = csv::records(text)?.into_iter();
        let columns: Vec<_> = lines.next().unwrap_or_default().into_iter().map(|cell| cell.text).collect();
        // A line may have more or fewer cells than there are names.
        let row = |cells: Vec<Cell>| {
            let members = columns.iter().cloned().zip(cells.into_iter().map(value));
            Value::Object(members.filter(|(name, _)| !name.is_empty()).collect())
        };
        let rows = Document::json(&Value::Array(lines.map(row).collect()).to_json());
        let names = columns.iter().filter(|name| !name.is_empty()).cloned().collect();
        rows.map(|rows| Self { names, rows }).map_err(|_| NotRunData::Other)
    }

    /// All names that have a value in at least one iteration, and those of empty columns.
    #[must_use]
    pub fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    /// The number of rows, each for one iteration.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.root().items().count()
    }

    /// The values of an iteration, counted from 1. Iterations after the last row use the last row.
    #[must_use]
    pub fn row(&self, iteration: usize) -> Option<Node<'_>> {
        let last = self.count().min(iteration).checked_sub(1)?;
        self.rows.root().items().nth(last).filter(|row| row.kind() == Kind::Object)
    }
}

/// The value that newman reads from a cell: a number if it looks like one and is not in quotes, otherwise a string.
fn value(cell: Cell) -> Value {
    let number = Some(js_number(&cell.text)).filter(|number| !cell.is_quoted && number.is_finite());
    let behind_zero = cell.text.strip_prefix('0');
    let has_letter = behind_zero.is_some_and(|rest| rest.starts_with(['b', 'B', 'o', 'O', 'x', 'X']));
    match number.filter(|_| !cell.text.is_empty()) {
        // newman uses `parseFloat`, which stops at the letter in `0x10`.
        Some(_) if has_letter => Value::Number("0".into()),
        Some(number) => Value::Number(js_number_text(&format!("{number:e}"))),
        None => Value::String(cell.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_json_and_from_csv() {
        let names =
            |text: &str| RunData::of(text).map(|data| data.names.into_iter().collect::<Vec<_>>().join("|"));
        for (text, expected) in [
            (r#"[{"a": 1, "b": {"c": 2}}, {"d": 3}, 4]"#, "a|b|d"),
            ("\u{feff} id ,\"a, b\", \"c\",\"say \"\"x\"\"\"\r\n1,2,3\r\n", "a, b|c|id|say \"x\""),
            ("id\n", "id"),
            ("id,,id\n1,2,3\n", "id"),
        ] {
            assert_eq!(names(text).as_deref(), Ok(expected), "{text}");
        }
        for text in ["", "\n\n", "\na,b\n1,2\n", "{\"a\": 1}", "12", "[]", "[1]"] {
            assert_eq!(names(text), Err(NotRunData::Other), "{text}");
        }
    }

    #[test]
    fn cells_get_the_values_that_newman_reads() {
        let rows = |text: &str| RunData::of(text).map(|data| data.rows.source().text().to_owned());
        for (text, expected) in [
            ("a,b\n1\n3,4,5\n", r#"[{"a":1},{"a":3,"b":4}]"#),
            ("a,b\n 1 , \"2\" \n", r#"[{"a":1,"b":"2"}]"#),
            ("a,b\n1.50,007\n", r#"[{"a":1.5,"b":7}]"#),
            ("a,b\n\"1.50\",+4\n", r#"[{"a":"1.50","b":4}]"#),
            ("a,b\n0x10,2024-01-01\n", r#"[{"a":0,"b":"2024-01-01"}]"#),
            ("a,b\n0b11,0O17\n", r#"[{"a":0,"b":0}]"#),
            ("a,b\n,Infinity\n", r#"[{"a":"","b":"Infinity"}]"#),
            ("a\n\" x \"\"y\"\"\"\n", r#"[{"a":" x \"y\""}]"#),
            ("a,b\r\n1,\"x\r\ny\"", r#"[{"a":1,"b":"x\r\ny"}]"#),
            ("a,b\n1,2\n\n \t\n3,4\n\n", r#"[{"a":1,"b":2},{"a":""},{"a":""},{"a":3,"b":4},{"a":""}]"#),
            ("a,b\r1,2\r\r3,4", r#"[{"a":1,"b":2},{"a":""},{"a":3,"b":4}]"#),
            ("a,b\r\n1,2\n3,4\r\n", r#"[{"a":1,"b":"2\n3"}]"#),
            ("a,b\n1,2\r\n3,4\r\n", r#"[{"a":1,"b":2},{"a":3,"b":4}]"#),
            ("a,b\n1,2\n,", r#"[{"a":1,"b":2},{"a":"","b":""}]"#),
            ("a,b\n\"\"\n \"\"", r#"[{"a":""},{"a":""}]"#),
            ("a\n  ", "[]"),
            ("a\nx \"y\" z\n", r#"[{"a":"x \"y\" z"}]"#),
        ] {
            assert_eq!(rows(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_quote_that_newman_cannot_read_is_an_error() {
        for (text, line) in
            [("a\n\"x\" y\n", 2), ("a,b\n1,2\n\n3,\"x\"y\n", 4), ("a\n\"x\ny\n", 2), ("a\rb\r\"x\"y", 3)]
        {
            assert_eq!(RunData::of(text).map(|_| ()), Err(NotRunData::Quote(line)), "{text}");
        }
    }

    #[test]
    fn iterations_after_the_last_row_use_the_last_row() {
        let data = RunData::of("a\n1\n2\n").expect("data");
        let value = |iteration: usize| data.row(iteration).map(|row| row.to_json().into_owned());
        assert_eq!(
            [1, 2, 3].map(value),
            [r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":2}"#].map(|row| Some(row.into()))
        );
        assert_eq!(data.count(), 2);
    }
}
