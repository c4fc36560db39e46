use super::changed;
use crate::syntax::Value;
use crate::syntax::write::{insert_items, remove};

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
    // Comments between two removed children stay.
    assert_eq!(without(list, "$.v", &[0, 1]), "v:\n  # one\n  # two\n\n  - c\nw: 1");
    assert_eq!(without(list, "$.v", &[0, 1, 2]), "v: []\n  # one\n  # two\nw: 1");
    assert_eq!(without("- a\n- b # c\n\n# d\n- c", "$", &[1, 2]), "- a\n\n# d");
    assert_eq!(without("- a\n# b\n- c # d\n", "$", &[0, 1]), "[] # d\n# b\n");
    // But those that the rest moves over go.
    assert_eq!(without("- a: 1\n  # b\n  b: 2\n  c: 3\n", "$[0]", &[0, 1]), "- c: 3\n");
    // A comment below the name stays there.
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
            edits.push(insert_items(list, Some(items[0]), &[Value::string("x")]));
            edits
        });
        assert_eq!(exchanged, expected);
    }
}
