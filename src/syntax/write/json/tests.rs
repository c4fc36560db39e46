use super::super::{append, insert_items, insert_member, remove, replace};
use crate::syntax::{Document, Node, Path, Value};
use crate::text::{Edit, EditSet};

fn changed(text: &str, path: &str, change: impl Fn(Node<'_>) -> Vec<Edit>) -> String {
    let document = Document::json(text).expect(text);
    let node = Path::parse(path).and_then(|path| path.resolve(document.root())).expect(path);
    let edits = EditSet::new(change(node)).expect("no overlap");
    document.edited(&edits).expect("still JSON").source().text().to_owned()
}

fn item() -> Value {
    Value::object([("key", Value::string("b")), ("on", Value::Bool(true))])
}

#[test]
fn an_appended_item_takes_the_layout_of_the_last() {
    for (before, after) in [
        (r#"[{"key":"a"}]"#, r#"[{"key":"a"},{"key":"b","on":true}]"#),
        (r#"[ { "key": "a" } ]"#, r#"[ { "key": "a" }, { "key": "b", "on": true } ]"#),
        ("[\n  {\"key\": \"a\"}\n]\n", "[\n  {\"key\": \"a\"},\n  {\"key\": \"b\", \"on\": true}\n]\n"),
        (
            "[\r\n\t{\r\n\t\t\"key\" : 1\r\n\t}\r\n]",
            "[\r\n\t{\r\n\t\t\"key\" : 1\r\n\t},\r\n\t{\r\n\t\t\"key\" : \"b\",\r\n\t\t\"on\" : true\r\n\t}\r\n]",
        ),
        ("[]", "[\n\t{\n\t\t\"key\": \"b\",\n\t\t\"on\": true\n\t}\n]"),
    ] {
        assert_eq!(changed(before, "$", |array| vec![append(array, &[item()])]), after);
    }
}

#[test]
fn items_are_inserted_after_any_item() {
    let with = |before: &str, at: Option<usize>| {
        changed(before, "$", |array| {
            let after = at.and_then(|at| array.items().nth(at));
            vec![insert_items(array, after, &[Value::Null, Value::Bool(true)])]
        })
    };
    assert_eq!(with("[\n  1,\n  2\n]", Some(0)), "[\n  1,\n  null,\n  true,\n  2\n]");
    assert_eq!(with("[\n  1,\n  2\n]", Some(1)), "[\n  1,\n  2,\n  null,\n  true\n]");
    assert_eq!(with("[\n  1,\n  2\n]", None), "[\n  null,\n  true,\n  1,\n  2\n]");
    assert_eq!(with("[1, 2]", None), "[null, true, 1, 2]");
    assert_eq!(with("[]", None), "[\n\tnull,\n\ttrue\n]");
}

#[test]
fn an_empty_container_is_filled_in_the_layout_of_the_document() {
    let filled = |before: &str| changed(before, "$.values", |array| vec![append(array, &[Value::Null])]);
    assert_eq!(filled("{\n  \"values\": []\n}"), "{\n  \"values\": [\n    null\n  ]\n}");
    assert_eq!(filled("{\"values\":[]}"), "{\"values\":[null]}");
}

#[test]
fn a_new_member_is_inserted_in_the_given_order() {
    let order = ["key", "value", "type", "enabled"];
    let with = |before: &str, name: &str| {
        changed(before, "$", |object| vec![insert_member(object, name, &Value::Null, &order)])
    };
    assert_eq!(
        with(r#"{"key": "a", "enabled": true}"#, "value"),
        r#"{"key": "a", "value": null, "enabled": true}"#
    );
    assert_eq!(with("{\n  \"key\": 1\n}", "enabled"), "{\n  \"key\": 1,\n  \"enabled\": null\n}");
    assert_eq!(with(r#"{"key":1}"#, "zzz"), r#"{"key":1,"zzz":null}"#);
    assert_eq!(with("{}", "key"), "{\n\t\"key\": null\n}");
}

#[test]
fn removal_takes_one_separator_with_it() {
    let without = |before: &str, which: &[usize]| {
        changed(before, "$", |array| {
            let items: Vec<_> = array.items().collect();
            remove(array, &which.iter().map(|&at| items[at]).collect::<Vec<_>>())
        })
    };
    let array = "[\n  1,\n  2 ,\n  3\n]";
    assert_eq!(without(array, &[0]), "[\n  2 ,\n  3\n]");
    assert_eq!(without(array, &[1]), "[\n  1 ,\n  3\n]");
    assert_eq!(without(array, &[2]), "[\n  1,\n  2\n]");
    assert_eq!(without(array, &[0, 1]), "[\n  3\n]");
    assert_eq!(without(array, &[0, 2]), "[\n  2\n]");
    assert_eq!(without(array, &[0, 1, 2]), "[]");
}

#[test]
fn a_replacement_touches_only_its_node() {
    let new = Value::string("x\n\"é");
    assert_eq!(
        changed("{ \"a\" : 1.0 , \"b\":2}", "$.a", |node| vec![replace(node, &new)]),
        "{ \"a\" : \"x\\n\\\"é\" , \"b\":2}"
    );
}
