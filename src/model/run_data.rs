use std::collections::BTreeSet;

use csv_core::{ReadFieldResult, Reader};

use super::js_number;
use crate::syntax::{Document, Kind, Node, Value, js_number_text};

/// A text that is no data for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no data for a run: that is a JSON list of objects, or CSV whose first line has the names")]
pub struct NotRunData;

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
        let data = match Document::json(text.trim()) {
            Ok(rows) => {
                let members = rows.root().items().flat_map(|row| row.members());
                Self { names: members.map(|member| member.key().into_owned()).collect(), rows }
            }
            Err(_) => Self::of_csv(text)?,
        };
        if data.names.is_empty() { Err(NotRunData) } else { Ok(data) }
    }

    fn of_csv(text: &str) -> Result<Self, NotRunData> {
        let mut lines = cells(text).into_iter();
        let columns: Vec<_> = lines.next().unwrap_or_default().into_iter().map(|cell| cell.text).collect();
        // A line may have more cells than there are names, or less.
        let row = |cells: Vec<Cell>| {
            let members = columns.iter().cloned().zip(cells.into_iter().map(Cell::value));
            Value::Object(members.filter(|(name, _)| !name.is_empty()).collect())
        };
        let rows = Document::json(&Value::Array(lines.map(row).collect()).to_json());
        let names = columns.iter().filter(|name| !name.is_empty()).cloned().collect();
        rows.map(|rows| Self { names, rows }).map_err(|_| NotRunData)
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

/// A cell of CSV.
struct Cell {
    text: String,
    is_quoted: bool,
}

impl Cell {
    /// The cell of which `raw` is left when quotes around all of it are taken away.
    fn of(raw: &str, is_quoted: bool) -> Self {
        if is_quoted {
            return Self { text: raw.to_owned(), is_quoted };
        }
        // A blank before a quote has kept it from being one to the reader, and not to newman.
        let inner = raw.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        Self {
            text: inner.map_or_else(|| raw.trim().to_owned(), |inner| inner.replace("\"\"", "\"")),
            is_quoted: inner.is_some(),
        }
    }

    /// What newman makes of it: a number of what looks like one and is not in quotes.
    fn value(self) -> Value {
        let number = Some(js_number(&self.text)).filter(|number| !self.is_quoted && number.is_finite());
        match number.filter(|_| !self.text.is_empty()) {
            // `parseFloat` reads `0x10` up to the letter.
            Some(_) if self.text.starts_with("0x") || self.text.starts_with("0X") => {
                Value::Number("0".into())
            }
            Some(number) => Value::Number(js_number_text(&format!("{number:e}"))),
            None => Value::String(self.text),
        }
    }
}

fn cells(text: &str) -> Vec<Vec<Cell>> {
    let (mut reader, mut out) = (Reader::new(), vec![0; text.len() + 1]);
    let (mut lines, mut line, mut at, mut length) = (Vec::new(), Vec::new(), 0, 0);
    let mut is_quoted = None;
    loop {
        let rest = &text[at..];
        let is_quoted_here = || rest.trim_start_matches(['\r', '\n']).starts_with('"');
        let quoted = *is_quoted.get_or_insert_with(is_quoted_here);
        let (result, read, written) = reader.read_field(rest.as_bytes(), &mut out[length..]);
        at += read;
        length += written;
        match result {
            // At the end of the text the reader wants to hear that nothing comes.
            ReadFieldResult::InputEmpty => continue,
            ReadFieldResult::OutputFull => out.resize(2 * out.len(), 0),
            ReadFieldResult::End => return lines,
            ReadFieldResult::Field { record_end } => {
                line.push(Cell::of(&String::from_utf8_lossy(&out[..length]), quoted));
                (length, is_quoted) = (0, None);
                if record_end {
                    lines.push(std::mem::take(&mut line));
                }
            }
        }
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
            (" id ,\"a, b\", \"c\",\"say \"\"x\"\"\"\r\n1,2,3\r\n", "a, b|c|id|say \"x\""),
            ("id\n", "id"),
            ("id,,id\n1,2,3\n", "id"),
        ] {
            assert_eq!(names(text).as_deref(), Ok(expected), "{text}");
        }
        for text in ["", "\n\n", "{\"a\": 1}", "12", "[]", "[1]"] {
            assert_eq!(names(text), Err(NotRunData), "{text}");
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
        ] {
            assert_eq!(rows(text).as_deref(), Ok(expected), "{text}");
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
