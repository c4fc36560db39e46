use crate::syntax::Document;
use crate::syntax::write::{as_item, members_as_items};
use crate::text::EditSet;

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
