use super::NASTY;
use crate::syntax::{Document, Syntax, Value, write};

/// Texts of several lines whose spaces and blank lines are easily lost, and texts with colons.
const LINES: [&str; 12] = [
    "\n  a: 1\n b\n\n",
    "  lead\n\n\n",
    "\n\tx\n",
    "\tx\ny",
    " \n x",
    "\n   \nfoo",
    "x\n ",
    "a\n\n\nb\n",
    "urn:a:b",
    "https://{{host}}/:id?a=[1]",
    "-a",
    "?a",
];

#[test]
fn every_value_in_a_new_file_reads_back() {
    for first in ["$kind", "name"] {
        for text in NASTY.into_iter().chain(LINES) {
            let string = || Value::string(text);
            let item = Value::object([("a", string()), ("b", string())]);
            let value = Value::object([
                (first, Value::string("collection")),
                ("list", Value::Array(vec![string(), item])),
                ("names", Value::object([(text, string())])),
                ("last", string()),
            ]);
            let written = write::document(&value, Syntax::Yaml);
            let read = Document::yaml(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
            assert_eq!(Value::of(read.root()), value, "{written}");
        }
    }
}

#[test]
fn a_new_file_is_quoted_as_postman_quotes_files_of_its_kind() {
    let spelled = |first: &str, text: &str| {
        let file = Value::object([(first, Value::string("x")), ("v", Value::string(text))]);
        let written = write::document(&file, Syntax::Yaml);
        written.split_once("v: ").map(|(_, value)| value.trim_end_matches('\n').to_owned())
    };
    for (text, in_collections, in_environments) in [
        ("plain", "plain", "plain"),
        ("https://{{host}}/a", "https://{{host}}/a", "'https://{{host}}/a'"),
        ("{{host}}", "\"{{host}}\"", "'{{host}}'"),
        ("{\"a\": 1}", "'{\"a\": 1}'", "'{\"a\": 1}'"),
        ("it's: \"both\"", "\"it's: \\\"both\\\"\"", "'it''s: \"both\"'"),
        ("1000", "\"1000\"", "'1000'"),
        ("", "\"\"", "''"),
        ("a\nb", "|-\n  a\n  b", "|-\n  a\n  b"),
        ("a\nb\n\n", "|+\n  a\n  b", "|+\n  a\n  b"),
        ("\n  a\nb\n", "|2\n\n    a\n  b", "|2\n\n    a\n  b"),
    ] {
        assert_eq!(spelled("$kind", text).as_deref(), Some(in_collections));
        assert_eq!(spelled("name", text).as_deref(), Some(in_environments));
    }
}
