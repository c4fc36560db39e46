mod csv;

use std::collections::BTreeSet;

use csv::{Cell, StrayQuote};

use super::{js_number, js_number_text};
use crate::syntax::{Document, Kind, Node, Value};

/// Why a text is no data for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRunData {
    /// It is something else.
    #[error(
        "this is not a data file for a run, which is a JSON list of objects, or CSV whose first line has the names"
    )]
    Other,
    /// CSV that newman cannot read either, in this line, from 1.
    #[error(
        "line {0}: newman cannot read a quote here; close it, and let a comma or the end of the line follow"
    )]
    Quote(usize),
}

impl From<StrayQuote> for NotRunData {
    fn from(StrayQuote(line): StrayQuote) -> Self {
        Self::Quote(line)
    }
}

/// The data of a run, as newman's `-d` takes it: for each iteration values by name.
#[derive(Debug)]
pub struct RunData {
    names: BTreeSet<String>,
    /// A list of objects.
    rows: Document,
}

impl RunData {
    /// The data that `text` is: a JSON list, else, as newman does when it is no JSON, CSV.
    ///
    /// # Errors
    /// [`NotRunData`]
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
        // A line may have more cells than there are names, or less.
        let row = |cells: Vec<Cell>| {
            let members = columns.iter().cloned().zip(cells.into_iter().map(value));
            Value::Object(members.filter(|(name, _)| !name.is_empty()).collect())
        };
        let rows = Document::json(&Value::Array(lines.map(row).collect()).to_json());
        let names = columns.iter().filter(|name| !name.is_empty()).cloned().collect();
        rows.map(|rows| Self { names, rows }).map_err(|_| NotRunData::Other)
    }

    /// All names that it has values for, in one iteration at least, and those of columns without any.
    #[must_use]
    pub fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    /// How many iterations have values of their own.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.root().items().count()
    }

    /// The values of an iteration, from 1: after the last row those of the last.
    #[must_use]
    pub fn row(&self, iteration: usize) -> Option<Node<'_>> {
        let last = self.count().min(iteration).checked_sub(1)?;
        self.rows.root().items().nth(last).filter(|row| row.kind() == Kind::Object)
    }
}

/// What newman makes of a cell: a number of what looks like one and is not in quotes.
fn value(cell: Cell) -> Value {
    let number = Some(js_number(&cell.text)).filter(|number| !cell.is_quoted && number.is_finite());
    match number.filter(|_| !cell.text.is_empty()) {
        // `parseFloat` reads `0x10` up to the letter.
        Some(_) if cell.text.starts_with("0x") || cell.text.starts_with("0X") => Value::Number("0".into()),
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
    fn cells_become_what_newman_makes_of_them() {
        let rows = |text: &str| RunData::of(text).map(|data| data.rows.source().text().to_owned());
        for (text, expected) in [
            ("a,b\n1\n3,4,5\n", r#"[{"a":1},{"a":3,"b":4}]"#),
            ("a,b\n 1 , \"2\" \n", r#"[{"a":1,"b":"2"}]"#),
            ("a,b\n1.50,007\n", r#"[{"a":1.5,"b":7}]"#),
            ("a,b\n\"1.50\",+4\n", r#"[{"a":"1.50","b":4}]"#),
            ("a,b\n0x10,2024-01-01\n", r#"[{"a":0,"b":"2024-01-01"}]"#),
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
    fn a_quote_that_newman_cannot_read_is_told() {
        for (text, line) in [("a\n\"x\" y\n", 2), ("a,b\n1,2\n\n3,\"x\"y\n", 4), ("a\n\"x\ny\n", 2)] {
            assert_eq!(RunData::of(text).map(|_| ()), Err(NotRunData::Quote(line)), "{text}");
        }
    }

    #[test]
    fn an_iteration_after_the_last_row_has_the_values_of_the_last() {
        let data = RunData::of("a\n1\n2\n").expect("data");
        let value = |iteration: usize| data.row(iteration).map(|row| row.to_json().into_owned());
        assert_eq!(
            [1, 2, 3].map(value),
            [r#"{"a":1}"#, r#"{"a":2}"#, r#"{"a":2}"#].map(|row| Some(row.into()))
        );
        assert_eq!(data.count(), 2);
    }
}
