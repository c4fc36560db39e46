use std::collections::BTreeSet;

use csv::{ReaderBuilder, Trim};

use crate::syntax::{Document, Kind};

/// A text that gives no names to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no data for a run: that is a JSON list of objects, or CSV whose first line has the names")]
pub struct NotRunData;

/// The names that `text`, the file that newman's `-d` names, gives to a run: the members of each object in a JSON list,
/// else, as newman does when it is no JSON, the columns of CSV.
///
/// # Errors
/// [`NotRunData`]
pub fn run_data_names(text: &str) -> Result<BTreeSet<String>, NotRunData> {
    let names: BTreeSet<String> = match Document::json(text.trim()) {
        Ok(document) if document.root().kind() == Kind::Array => {
            let members = document.root().items().flat_map(|row| row.members());
            members.map(|member| member.key().into_owned()).collect()
        }
        Ok(_) => return Err(NotRunData),
        Err(_) => {
            let mut table = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
            let columns = table.headers().map_err(|_| NotRunData)?;
            columns.iter().map(unquoted).filter(|name| !name.is_empty()).map(str::to_owned).collect()
        }
    };
    if names.is_empty() { Err(NotRunData) } else { Ok(names) }
}

/// `name` without the quotes that a blank before them has kept from being any to the reader, as newman has it.
fn unquoted(name: &str) -> &str {
    name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_json_and_from_csv() {
        let names =
            |text: &str| run_data_names(text).map(|names| names.into_iter().collect::<Vec<_>>().join("|"));
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
}
