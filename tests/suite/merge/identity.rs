//! Which entry of one file corresponds to which of another.

use envtool::compare::{Preference, Side};

use super::{
    assert_additions_are_there, assert_again_changes_nothing, assert_laws, differences, merged, merged_with,
};

#[test]
fn new_ids_do_not_bring_back_what_one_side_removed() {
    let file = |id: &str, rows: &str, items: &str| {
        format!(r#"{{"info": {{"name": "C"}}, "variable": [{rows}], "item": [{items}]}}"#).replace('#', id)
    };
    let row = r##"{"id": "#v", "key": "a", "value": "1"}"##;
    let asked = r##"{"id": "#a", "name": "a", "request": {"url": "x"}}"##;
    let scripted = r##"{"id": "#b", "name": "b", "event": [{"listen": "test", "script": {"id": "#s", "exec": ["1"]}}], "request": {"url": "y"}}"##;
    let bare = r##"{"id": "#b", "name": "b", "request": {"url": "y"}}"##;
    let folder = format!(r##"{{"id": "#f", "name": "F", "item": [{asked}]}}"##);
    let base = file("1", row, &format!("{folder}, {scripted}"));
    let again = file("2", row, &format!("{folder}, {scripted}"));
    for prefer in [None, Some(Side::Ours), Some(Side::Theirs)] {
        let (ours, both) = (file("1", "", bare), file("2", "", bare));
        assert_eq!(merged(&base, &ours, &again, prefer), (both.clone(), 0));
        assert_eq!(merged(&base, &again, &ours, prefer), (both, 0));
    }
}

#[test]
fn new_requests_with_the_same_name_and_url_are_one() {
    let file = |items: &[&str]| format!(r#"{{"info": {{"name": "C"}}, "item": [{}]}}"#, items.join(", "));
    let request = |id: &str, url: &str, header: &str| {
        format!(
            r#"{{"id": "{id}", "name": "New", "request": {{"url": "{url}", "header": [{{"key": "{header}"}}]}}}}"#
        )
    };
    let (base, ours) = (file(&[]), request("1", "https://h/a", "x"));
    let other = request("2", "https://h/b", "y");
    assert_eq!(merged(&base, &file(&[&ours]), &file(&[&other]), None), (file(&[&other, &ours]), 0));
    let (both, conflicts) = merged(&base, &file(&[&ours]), &file(&[&request("2", "https://h/a", "y")]), None);
    assert_eq!((both.matches("New").count(), conflicts), (1, 0), "{both}");
}

/// A collection of folders and requests: `F(a G(b))` is a folder `F` with a request `a` and a folder `G` with `b`.
fn folders(text: &str) -> String {
    let mut items = String::new();
    for letter in text.chars() {
        match letter {
            ' ' => items.push(','),
            '(' | ')' => items.push_str(if letter == '(' { "\"item\":[" } else { "]}" }),
            'A'..='Z' => items += &format!(r#"{{"name":"{letter}","id":"{letter}","#),
            _ => items += &format!(r#"{{"name":"{letter}","id":"{letter}","request":"h/{letter}"}}"#),
        }
    }
    format!(r#"{{"info":{{"name":"C"}},"item":[{items}]}}"#)
}

#[test]
fn what_moves_into_a_removed_folder_keeps_it() {
    let (base, removed, moved) = (folders("F(a) b c"), folders("b c"), folders("F(a b) c"));
    assert_eq!(merged(&base, &removed, &moved, None), (folders("F(b) c"), 0));
    assert_eq!(merged(&base, &moved, &removed, None), (folders("F(b) c"), 0));
    assert_again_changes_nothing(&base, &removed, &moved);
    assert_again_changes_nothing(&base, &moved, &removed);
    // And so a change of the folder is no conflict.
    let described = moved.replace(r#""id":"F","#, r#""id":"F","description":"d","#);
    let both = folders("F(b) c").replace(r#""id":"F","#, r#""id":"F","description":"d","#);
    assert_eq!(merged(&base, &removed, &described, None), (both.clone(), 0));
    assert_eq!(merged(&base, &described, &removed, None), (both, 0));
    assert_laws(&base, &removed, &described);
}

#[test]
fn folders_moved_into_each_other_are_one_conflict() {
    let base = folders("A(a) B(b) C(c) D(d)");
    let (ours, theirs) = (folders("B(b A(a)) C(c) D(d)"), folders("A(a B(b)) D(d C(c))"));
    let path = vec!["A, B".to_owned(), "folder".to_owned()];
    let decided = |side| Preference { everywhere: None, places: vec![("A, B".to_owned(), side)] };
    let none = Preference::default();
    let both = folders("B(b A(a)) D(d C(c))");
    assert_eq!(merged_with(&base, &ours, &theirs, &none), (both.clone(), vec![path]));
    assert_eq!(merged_with(&base, &ours, &theirs, &decided(Side::Ours)), (both, vec![]));
    assert_eq!(merged_with(&base, &ours, &theirs, &decided(Side::Theirs)), (theirs.clone(), vec![]));
    assert_laws(&base, &ours, &theirs);
    // C would close a circle if A and B stayed where ours has them.
    let base = folders("P(p B(b)) A(a) C(c)");
    let (ours, theirs) = (folders("C(c P(p B(b A(a))))"), folders("P(p) A(a B(b C(c)))"));
    assert_eq!(merged_with(&base, &ours, &theirs, &none).1, [["P, B, A, C", "folder"]]);
    assert_additions_are_there(&base, &ours, &theirs);
    assert_again_changes_nothing(&base, &ours, &theirs);
    assert_laws(&base, &ours, &theirs);
}

#[test]
fn of_requests_with_the_same_name_equal_ones_are_matched_first() {
    let file = |bodies: &[&str]| {
        let request = |body: &&str| {
            format!(
                r#"{{"name": "a", "request": {{"url": "https://h/a", "body": {{"mode": "raw", "raw": "{body}"}}}}}}"#
            )
        };
        let items: Vec<_> = bodies.iter().map(request).collect();
        format!(r#"{{"info": {{"name": "C"}}, "item": [{}]}}"#, items.join(", "))
    };
    let (base, ours, theirs) = (file(&["1", "2", "3"]), file(&["1", "2", "30"]), file(&["2", "3"]));
    assert_eq!(merged(&base, &ours, &theirs, None), (file(&["2", "30"]), 0));
    assert_eq!(merged(&base, &theirs, &ours, None), (file(&["2", "30"]), 0));
    assert_laws(&base, &ours, &theirs);
    // In any layout.
    let (ours, theirs) = (file(&["2", "1", "3"]), file(&["1", "3"]));
    let spaced = theirs.replace(": ", " : ");
    assert_eq!(merged(&base, &ours, &spaced, None), (theirs, 0));
}

#[test]
fn a_list_that_one_side_emptied_keeps_the_additions_of_the_other() {
    let file = |rows: &[(&str, &str)]| {
        let row = |(key, value): &(&str, &str)| format!(r#"{{"key": "{key}", "value": "{value}"}}"#);
        let rows: Vec<_> = rows.iter().map(row).collect();
        let request = format!(r#"{{"url": "x", "header": [{}]}}"#, rows.join(", "));
        format!(r#"{{"info": {{"name": "C"}}, "item": [{{"id": "1", "name": "a", "request": {request}}}]}}"#)
    };
    let (base, empty) = (file(&[("a", "1"), ("b", "2")]), file(&[]));
    let more = file(&[("a", "1"), ("b", "2"), ("c", "3")]);
    assert_laws(&base, &empty, &more);
    assert_eq!(merged(&base, &empty, &more, None), (file(&[("c", "3")]), 0));
    assert_eq!(merged(&base, &more, &empty, None), (file(&[("c", "3")]), 0));
    let other = file(&[("a", "5"), ("b", "2")]);
    assert_laws(&base, &empty, &other);
    assert_eq!(merged(&base, &empty, &other, None), (empty.clone(), 1));
    assert_eq!(merged(&base, &other, &empty, None), (file(&[("a", "5")]), 1));
}

#[test]
fn rows_with_the_same_name_are_matched_by_value() {
    let file = |rows: &[(&str, &str)]| {
        let row = |(key, value): &(&str, &str)| format!(r#"{{"key": "{key}", "value": "{value}"}}"#);
        let rows: Vec<_> = rows.iter().map(row).collect();
        format!(r#"{{"name": "E", "values": [{}]}}"#, rows.join(", "))
    };
    let two = file(&[("a", "1"), ("a", "2")]);
    assert_eq!(differences(&two, &file(&[("a", "2")])), r#"Removed ["a"] None []"#);
    assert_eq!(differences(&two, &file(&[("a", "0"), ("a", "1"), ("a", "2")])), r#"Added ["a"] None []"#);
    assert_eq!(differences(&two, &file(&[("a", "1"), ("a", "3")])), r#"Both ["a (#2)"] None ["value"]"#);
    assert_ne!(
        differences(&two, &file(&[("a", "2"), ("a", "1")])),
        "",
        "a different row is the last, which counts"
    );
    // Rows that only one side has get the same order, whichever side is ours.
    assert_laws(&two, &file(&[("a", "3")]), &file(&[("a", "2"), ("a", "4")]));
    // The last row stays the last, wherever the other side moved it.
    let ours = file(&[("a", "2"), ("b", "mine")]);
    let theirs = file(&[("b", "mine"), ("a", "0"), ("a", "1"), ("a", "2")]);
    let both = file(&[("a", "0"), ("a", "2"), ("b", "mine")]);
    assert_eq!(merged(&two, &ours, &theirs, None), (both, 0));
}

#[test]
fn a_renamed_example_stays_the_same_example() {
    let file = |names: [&str; 2], body: &str| {
        let [found, gone] = names;
        format!(
            r#"{{"info": {{"name": "C"}}, "item": [{{"name": "a", "request": "h", "response": [
                {{"name": "{found}", "code": 200, "body": "{body}"}}, {{"name": "{gone}", "code": 404}}]}}]}}"#
        )
    };
    let base = file(["Found", "Gone"], r"1\n2\n3");
    let renamed = file(["Parcels", "Gone"], r"1\n2\n30");
    let changes = "Both [\"a\"] None [\"response.Found.name\", \"response.Found.body\"]";
    assert_eq!(differences(&base, &renamed), changes);
    let theirs = file(["Found", "Missing"], r"10\n2\n3");
    let both = file(["Parcels", "Missing"], r"10\n2\n30");
    assert_eq!(merged(&base, &renamed, &theirs, None), (both.clone(), 0));
    assert_eq!(merged(&base, &theirs, &renamed, None), (both, 0));
    assert_eq!(merged(&base, &renamed, &file(["Hits", "Gone"], r"1\n2\n3"), None), (renamed, 1));
}
