use super::{changed, item};
use crate::syntax::Value;
use crate::syntax::write::{append, insert_member};

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
