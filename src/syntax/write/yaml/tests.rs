mod document;
mod insert;
mod items;
mod remove;
mod replace;

use crate::syntax::{Document, Node, Path, Value, write};
use crate::text::{Edit, EditSet};

fn at<'d>(document: &'d Document, path: &str) -> Node<'d> {
    Path::parse(path).and_then(|path| path.resolve(document.root())).expect(path)
}

fn changed(text: &str, path: &str, change: impl Fn(Node<'_>) -> Vec<Edit>) -> String {
    let document = Document::yaml(text).expect(text);
    let edits = EditSet::new(change(at(&document, path))).expect("no overlap");
    document.edited(&edits).expect("still YAML").source().text().to_owned()
}

fn set(text: &str, path: &str, value: &str) -> String {
    changed(text, path, |node| vec![write::replace(node, &Value::string(value))])
}

fn item() -> Value {
    Value::object([("key", Value::string("b")), ("value", Value::string("x: y\nz"))])
}

/// Values that are hard to spell.
const NASTY: [&str; 26] = [
    "plain",
    "",
    " padded ",
    "it's: new # yes",
    "a #b",
    "a: b",
    "ends:",
    "{{base}}/x, [1]",
    "true",
    "~",
    "1e3",
    "0x1F",
    "2024-01-01",
    "No",
    "- dash",
    "#hash",
    "\"quoted\" 'both'",
    "back\\slash",
    "two\nlines",
    "ends with one\n",
    "ends with two\n\n",
    "\n leading break",
    "  indented\nfirst",
    "tab\tand\rreturn",
    "ünï 😀 \u{85}\u{2028}\u{feff}\u{7}",
    "---",
];
