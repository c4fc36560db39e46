use super::super::{append, as_item, insert_member, members_as_items, remove, replace};
use crate::syntax::write;
use crate::syntax::{Document, Node, Path, Syntax, Value};
use crate::text::{Edit, EditSet, Source};

fn at<'d>(document: &'d Document, path: &str) -> Node<'d> {
    Path::parse(path).and_then(|path| path.resolve(document.root())).expect(path)
}

fn changed(text: &str, path: &str, change: impl Fn(Node<'_>) -> Vec<Edit>) -> String {
    let document = Document::yaml(text).expect(text);
    let edits = EditSet::new(change(at(&document, path))).expect("no overlap");
    document.edited(&edits).expect("still YAML").source().text().to_owned()
}

fn set(text: &str, path: &str, value: &str) -> String {
    changed(text, path, |node| vec![replace(node, &Value::string(value))])
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

/// Every style in every place, with comments and blank lines around.
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

fn item() -> Value {
    Value::object([("key", Value::string("b")), ("value", Value::string("x: y\nz"))])
}

#[test]
fn items_are_appended_after_the_last() {
    let appended =
        |text: &str| changed(text, "$.v", |array| vec![append(array, &[item(), Value::Bool(true)])]);
    for (before, after) in [
        (
            "v:\n  - key: a\n    value: '' # c\n\n# end\n",
            "v:\n  - key: a\n    value: '' # c\n  - key: b\n    value: |-\n      x: y\n      z\n  - true\n\n# end\n",
        ),
        ("v:\r\n- a", "v:\r\n- a\r\n- key: b\r\n  value: |-\r\n    x: y\r\n    z\r\n- true"),
        (
            "v: [] # none\nw: 1\n",
            "v: # none\n  - key: b\n    value: |-\n      x: y\n      z\n  - true\nw: 1\n",
        ),
        ("v: [a]\n", "v: [a, { key: b, value: \"x: y\\nz\" }, true]\n"),
        ("v:\n  - { key: a }\n", "v:\n  - { key: a }\n  - { key: b, value: \"x: y\\nz\" }\n  - true\n"),
    ] {
        assert_eq!(appended(before), after);
    }
}

#[test]
fn members_are_inserted_on_lines_of_their_own() {
    let inserted = |text: &str, path: &str| {
        changed(text, path, |object| vec![insert_member(object, "b", &Value::string("x"), &["a", "b"])])
    };
    for (before, path, after) in [
        ("- a: 1 # c\n  z: 2\n", "$[0]", "- a: 1 # c\n  b: x\n  z: 2\n"),
        ("a: |\n  text\n\nz: 1", "$", "a: |\n  text\nb: x\n\nz: 1"),
        ("o: {}\n", "$.o", "o:\n  b: x\n"),
        ("o: { a: 1, z: 2 }\n", "$.o", "o: { a: 1, b: x, z: 2 }\n"),
        ("- {}", "$[0]", "- b: x"),
        ("a:\n  - 1\n", "$", "a:\n  - 1\nb: x\n"),
    ] {
        assert_eq!(inserted(before, path), after);
    }
}

#[test]
fn removal_takes_whole_lines() {
    let without = |text: &str, path: &str, which: &[usize]| {
        changed(text, path, |container| {
            let children: Vec<_> = container.values().collect();
            remove(container, &which.iter().map(|&at| children[at]).collect::<Vec<_>>())
        })
    };
    let list = "v:\n  # one\n  - key: a\n    value: 1 # c\n  # two\n  - key: b\n\n  - c\nw: 1";
    assert_eq!(without(list, "$.v", &[0]), "v:\n  # one\n  # two\n  - key: b\n\n  - c\nw: 1");
    assert_eq!(
        without(list, "$.v", &[1]),
        "v:\n  # one\n  - key: a\n    value: 1 # c\n  # two\n\n  - c\nw: 1"
    );
    assert_eq!(without(list, "$.v", &[0, 2]), "v:\n  # one\n  # two\n  - key: b\n\nw: 1");
    assert_eq!(without("v:\n  - a\n  - b\nw: 1", "$.v", &[0, 1]), "v: []\nw: 1");
    // So are those between two that go.
    assert_eq!(without(list, "$.v", &[0, 1]), "v:\n  # one\n  # two\n\n  - c\nw: 1");
    assert_eq!(without(list, "$.v", &[0, 1, 2]), "v: []\n  # one\n  # two\nw: 1");
    assert_eq!(without("- a\n- b # c\n\n# d\n- c", "$", &[1, 2]), "- a\n\n# d");
    assert_eq!(without("- a\n# b\n- c # d\n", "$", &[0, 1]), "[] # d\n# b\n");
    // But for those that what is left moves over.
    assert_eq!(without("- a: 1\n  # b\n  b: 2\n  c: 3\n", "$[0]", &[0, 1]), "- c: 3\n");
    // A comment below the name is left, where nothing has to be below the name.
    assert_eq!(without("v:\n# one\n- a\n- b\nw: 1", "$.v", &[0, 1]), "v: []\n# one\nw: 1");
    assert_eq!(without("v: # c\n  # one\n  k: a\n", "$.v", &[0]), "v: {} # c\n  # one\n");
    assert_eq!(without(list, "$", &[1]), list.strip_suffix("\nw: 1").expect("ends so"));
    assert_eq!(without("- a: 1\n  b: 2\n  c: 3\n", "$[0]", &[0]), "- b: 2\n  c: 3\n");
    assert_eq!(without("- a: 1\n  b: 2\n  c: 3\n", "$[0]", &[1, 2]), "- a: 1\n");
    assert_eq!(without("- - a\n  - b\n", "$[0]", &[0]), "- - b\n");
    assert_eq!(without("v: [a, b, c]", "$.v", &[0, 2]), "v: [b]");
    assert_eq!(without("a: |+\n  x\n\nb: 1\n", "$", &[0]), "b: 1\n");
}

#[test]
fn the_last_child_can_be_removed_while_another_is_inserted_before_it() {
    for (text, path, expected) in [
        ("v:\n  - a\n  - b", "$.v", "v:\n  - a\n  - x"),
        ("v:\r\n  - a # c\r\n\r\n  - b", "$.v", "v:\r\n  - a # c\r\n  - x"),
        ("v:\n  - a\n  - b\n", "$.v", "v:\n  - a\n  - x\n"),
        ("v:\n  - a\n  - b\nw: 1", "$.v", "v:\n  - a\n  - x\nw: 1"),
    ] {
        let exchanged = changed(text, path, |list| {
            let items: Vec<_> = list.items().collect();
            let mut edits = remove(list, &items[1..]);
            edits.push(write::insert_items(list, Some(items[0]), &[Value::string("x")]));
            edits
        });
        assert_eq!(exchanged, expected);
    }
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

#[test]
fn members_become_items_without_moving_lines() {
    for (text, expected) in [
        (
            "a:\n  # one\n  x: 1 # first\n\n  'y z':   two\nb: 3\n",
            Some("a:\n  # one\n  - k: x\n    v: 1 # first\n\n  - k: 'y z'\n    v:   two\nb: 3\n"),
        ),
        ("a:\r\n    x: 1\r\n    y:", Some("a:\r\n    - k: x\r\n      v: 1\r\n    - k: y\r\n      v:")),
        ("a: { x: 1 }\n", None),
        ("a:\n  x: |-\n    1\n", None),
        ("a:\n  x: &one 1\n", None),
        ("a:\n  x: [1]\n", None),
    ] {
        let document = Document::yaml(text).expect(text);
        let edit = members_as_items(document.root().get("a").expect(text), "k", "v");
        let after = edit.map(|edit| EditSet::new(vec![edit]).expect(text).apply(text));
        assert_eq!(after.as_deref(), expected, "{text}");
    }
}

#[test]
fn an_object_becomes_an_item_without_moving_lines() {
    for (text, expected) in [
        (
            "a:\n  # one\n  x: 1 # first\n\n  y: |\n    z\n      z\nb: 3\n",
            Some("a:\n  # one\n  - x: 1 # first\n\n    y: |\n      z\n        z\nb: 3\n"),
        ),
        ("a:\r\n    x: 1\r\n    y: [2,\r\n  3]", Some("a:\r\n    - x: 1\r\n      y: [2,\r\n    3]")),
        ("a: { x: 1 }\n", None),
        ("a: [x]\n", None),
    ] {
        let document = Document::yaml(text).expect(text);
        let edit = as_item(document.root().get("a").expect(text));
        let after = edit.map(|edit| EditSet::new(vec![edit]).expect(text).apply(text));
        assert_eq!(after.as_deref(), expected, "{text}");
    }
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
