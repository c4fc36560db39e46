use super::{NASTY, at, changed, item, set};
use crate::syntax::write::replace;
use crate::syntax::{Document, Node, Syntax, Value};
use crate::text::Source;

/// Every style in every place, surrounded by comments and blank lines.
const STYLES: &str = "\
# top
plain: old # c
single: 'it''s old' # c
double: \"o\\tld\"
literal: |- # header
    old
      deeper

    end

clipped: |
  old
kept: |+
  old


folded: >-
  old
  text
counted: |2-
   old
empty:
null: ~ # c
flow: { a: old, 'b': 'old', \"c\": [old, \"old\", ], d: , e: x } # c
list:
  - old # c
  -
  - 'old'
  - |-
      old
  - name: old

    other: 'old'
same:
- old
last: old
";

#[test]
fn every_value_in_every_style_reads_back_and_nothing_else_changes() {
    for (eol, bom) in [("\n", ""), ("\r\n", ""), ("\n", "\u{feff}"), ("\r\n", "\u{feff}")] {
        for cut in [0, eol.len()] {
            let text = STYLES.replace('\n', eol);
            let bytes = format!("{bom}{}", &text[..text.len() - cut]).into_bytes();
            let source = Source::decode(bytes.clone()).expect("UTF-8");
            let document = Document::parse(source, Syntax::Yaml).map_err(|(error, _)| error).expect("YAML");
            assert_eq!(document.to_bytes(), bytes);
            let nodes = document.root().descendants();
            for node in nodes.filter(|node| !node.has_values()) {
                for value in NASTY {
                    check(&document, node, value);
                }
            }
        }
    }
}

fn check(document: &Document, node: Node<'_>, value: &str) {
    let edit = replace(node, &Value::string(value));
    assert_eq!(edit.span, node.span(), "only the value's own bytes change");
    let after = document.edited(&edit.clone().into()).expect(value);
    let path = node.path().to_string();
    assert_eq!(at(&after, &path).as_str().as_deref(), Some(value), "{path} {:?}", edit.replacement);
    assert!(edit.replacement.trim_start().starts_with(at(&after, &path).raw().trim_start()), "{path}");
    let others = |document: &Document| {
        let all = document.root().descendants();
        let leaves = all.filter(|node| !node.has_values());
        let all: Vec<_> = leaves
            .map(|node| (node.path().to_string(), Value::of(node)))
            .filter(|(other, _)| *other != path)
            .collect();
        all
    };
    assert_eq!(others(document), others(&after), "{path} {value:?}");
    assert_eq!(after.root().descendants().count(), document.root().descendants().count());
}

#[test]
fn a_value_keeps_its_style_if_that_can_represent_it() {
    for (before, value, after) in [
        ("a: old # c", "new", "a: new # c"),
        ("a: http://x", "https://y/?a=1", "a: https://y/?a=1"),
        ("a: old", "it's: new", "a: 'it''s: new'"),
        ("a: old", "yes", "a: 'yes'"),
        ("a: 'old'", "new", "a: 'new'"),
        ("a: 'old'", "tab\t", "a: \"tab\\t\""),
        ("a: \"old\"", "new", "a: \"new\""),
        ("a: old", "two\nlines", "a: |-\n  two\n  lines"),
        ("a: old # c", "two\nlines", "a: \"two\\nlines\" # c"),
        ("a: |-  # c\n   x\nb: 1", "y\nz", "a: |-  # c\n   y\n   z\nb: 1"),
        ("a: >\n  x\n  y\n\nb: 1", "z", "a: |-\n  z\n\nb: 1"),
        ("a: | # c\n  x\nb: 1", "", "a: '' # c\nb: 1"),
        ("a:", "x", "a: x"),
        ("a:\nb: 1", "x", "a: x\nb: 1"),
        ("a: |2-\n   x\n  y\nb: 1", "  x\nz", "a: |2-\n    x\n  z\nb: 1"),
        ("a: |2\n   x\n  y\n", " y\nz\n", "a: |2\n   y\n  z\n"),
        ("a: |4-\n     x\nb: 1", " y\nz", "a: |4-\n     y\n    z\nb: 1"),
        ("a: |+\n  x\n\n\nb: 1", "y\nz\n\n\n", "a: |+\n  y\n  z\n\n\nb: 1"),
        ("a: |-\n  x\n\nb: 1", "y\n\n", "a: \"y\\n\\n\"\n\nb: 1"),
    ] {
        assert_eq!(set(before, "$.a", value), after);
    }
    assert_eq!(set("a: {b: old, c: 1}", "$.a.b", "http://x"), "a: {b: 'http://x', c: 1}");
    assert_eq!(set("- old", "$[0]", "new"), "- new");
    assert_eq!(changed("a: 'true'", "$.a", |node| vec![replace(node, &Value::Bool(true))]), "a: true");
}

#[test]
fn containers_can_replace_and_be_replaced() {
    let list = Value::Array(vec![Value::string("x"), item()]);
    let with = |text: &str, path: &str, value: &Value| changed(text, path, |node| vec![replace(node, value)]);
    assert_eq!(
        with("a: 1 # c\nb: 2", "$.a", &list),
        "a: # c\n  - x\n  - key: b\n    value: |-\n      x: y\n      z\nb: 2"
    );
    assert_eq!(with("- 1\n- 2", "$[0]", &item()), "- key: b\n  value: |-\n    x: y\n    z\n- 2");
    assert_eq!(
        with("a:\n- 1\n- 2\nb: 1", "$.a", &item()),
        "a:\n  key: b\n  value: |-\n    x: y\n    z\nb: 1"
    );
    assert_eq!(
        with("a: # c\n# d\n- 1\nb: 1", "$.a", &item()),
        "a: # c\n# d\n  key: b\n  value: |-\n    x: y\n    z\nb: 1"
    );
    assert_eq!(with("a:\n  b: 1\nc: 2", "$.a", &Value::string("x")), "a: x\nc: 2");
    assert_eq!(with("a: {b: 1}", "$.a", &Value::Null), "a: null");
    assert_eq!(with("a: [1, 2]", "$.a[0]", &Value::object([("k", Value::Null)])), "a: [{ k: null }, 2]");
}

#[test]
fn all_values_of_a_large_file_are_replaced_at_once() {
    let rows = |value: &str| {
        let rows = (0..50_000).map(|at| format!("  - key: k{at}\n    value: {value}\n"));
        format!("values:\n{}", rows.collect::<String>())
    };
    let new = Value::string("new");
    let replaced = changed(&rows("old"), "$.values", |values| {
        values.items().filter_map(|row| row.get("value")).map(|value| replace(value, &new)).collect()
    });
    assert_eq!(replaced, rows("new"));
}
