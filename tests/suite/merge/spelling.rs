//! Files that spell the same meaning differently.

use envtool::model::Scope;

use super::{assert_laws, assert_nothing_is_lost, assert_patched, differences, document, merge, merged};

#[test]
fn yaml_anchors_and_indentation_are_compared_by_meaning() {
    let environment = |key: &str, text: &str| {
        format!(
            "name: E\nvalues:\n  - key: &key {key}\n    value: one\n  - key: b\n    value: *key\n  - key: c\n    value: {text}\n"
        )
    };
    let (one, other) = (environment("x", "|1\n      two"), environment("y", "|1\n      two"));
    assert_patched(&one, &other);
    assert_eq!(differences(&one, &other).matches("Both [\"b\"]").count(), 1);
    // The same text, with one less indentation relative to its row.
    let deeper = one.replace("\n  ", "\n   ").replace("       two", "      two");
    assert_patched(&one, &deeper);
    assert_eq!(differences(&one, &deeper).matches("Both [\"c\"]").count(), 1);
}

#[test]
fn an_export_of_the_same_by_another_tool_adds_nothing() {
    let ours =
        r#"{"info": {"name": "C", "_postman_id": "1"}, "item": [{"name": "a", "request": {"url": "x"}}]}"#;
    let theirs = r#"{"_": {"postman_id": "1"}, "info": {"_postman_id": "1", "name": "C"}, "_postman_exported_at": "x", "item": [
        {"name": "a", "_": {"postman_previewlanguage": "json"}, "request": {"method": "GET", "url": {"raw": "x", "host": ["x"]}}}]}"#;
    assert_eq!(merged(ours, ours, theirs, None), (ours.to_owned(), 0));
}

#[test]
fn members_that_another_spelling_omits_stay() {
    let file = |path: &str, noise: &str, raw: &str| {
        format!(
            r#"{{{noise}"info": {{"name": "C"}}, "item": [{{{noise}"name": "a", "request": {{"url": {{{raw}"host": ["h"], "path": ["{path}"]}}}}}}]}}"#
        )
    };
    let (noise, raw) = (r#""id": "1", "_postman_exported_at": "1", "#, r#""raw": "h/x", "#);
    let base = file("x", noise, raw);
    assert_eq!(merged(&base, &base, &file("x", "", ""), None), (base.clone(), 0));
    let both = file("y", noise, r#""raw": "h/y", "#);
    assert_eq!(merged(&base, &base, &file("y", "", ""), None), (both, 0));
}

#[test]
fn a_description_written_twice_may_change_in_one_place() {
    let file = |on_item: &str, on_request: &str| {
        format!(
            r#"{{"info": {{"name": "C"}}, "item": [{{"id": "a", "name": "a", "description": "{on_item}", "request": {{"url": "x", "description": "{on_request}"}}}}]}}"#
        )
    };
    let base = file("old", "old");
    assert_eq!(merged(&base, &base, &file("new", "new"), None), (file("new", "new"), 0));
    assert_eq!(merged(&base, &base, &file("old", "new"), None), (file("old", "new"), 0));
    assert_eq!(merged(&base, &base, &file("new", "old"), None), (file("new", "old"), 0));
    // The one that is equal on all sides is not reported.
    let documents =
        [base.clone(), file("old", "mine"), base.replace("\"x\"", "\"y\"")].map(|text| document(&text));
    let [base, ours, theirs] = documents.each_ref().map(|document| Scope::of(document).unwrap());
    let merge = merge(Some(&base), &ours, &theirs, None);
    let kept: Vec<_> = merge.kept.iter().map(|kept| kept.path.join(".")).collect();
    assert_eq!(kept, ["a.request.description"]);
}

#[test]
fn the_two_spellings_of_a_url_agree_after_a_merge() {
    let file = |url: &str| {
        let item = format!(r#"{{"id": "1", "name": "a", "request": {{"url": {url}}}}}"#);
        format!(r#"{{"info": {{"name": "C"}}, "item": [{item}]}}"#)
    };
    // As Box writes it, and as Postman exports it.
    let box_like = |path: &str, row: &str| {
        file(&format!(
            r#"{{"protocol": "https", "host": "{{{{api.box.com}}}}", "path": "{path}", "query": [{{"key": "a", "value": "1", "disabled": true}}{row}]}}"#
        ))
    };
    let exported = |path: &str, query: &str, rows: &str| {
        let raw = format!("https://{{{{api.box.com}}}}/{}{query}", path.replace("\", \"", "/"));
        file(&format!(
            r#"{{"raw": "{raw}", "protocol": "https", "host": ["{{{{api.box.com}}}}"], "path": ["{path}"], "query": [{rows}]}}"#
        ))
    };
    let (on, off) = (r#"{"key": "a", "value": "1"}"#, r#"{"key": "a", "value": "1", "disabled": true}"#);
    let (b, c) = (r#"{"key": "b", "value": "2"}"#, r#"{"key": "c", "value": "3"}"#);
    let base = box_like("/2.0/files", "");
    let ours = exported("2.0\", \"files", "?a=1", on);
    let theirs = box_like("/2.0/files/list", &format!(", {b}"));
    let both = exported("2.0\", \"files\", \"list", "?a=1&b=2", &format!("{on}, {b}"));
    assert_eq!(merged(&base, &ours, &theirs, None), (both, 0));
    // Both sides have changed the spelling.
    let base = exported("2.0", "", off);
    let ours = exported("2.0", "?c=3", &format!("{off}, {c}"));
    let theirs = exported("2.0", "?b=2", &format!("{off}, {b}"));
    let both = exported("2.0", "?b=2&c=3", &format!("{off}, {b}, {c}"));
    assert_eq!(merged(&base, &ours, &theirs, None), (both, 0));
    assert_nothing_is_lost(&base, &ours, &theirs);
}

#[test]
fn an_address_in_one_string_and_one_in_parts_merge_from_both_sides() {
    let parts = |path: &str, query: &str| {
        let raw = if query.is_empty() {
            format!("https://h/{path}")
        } else {
            format!("https://h/{path}?q={query}")
        };
        let rows = format!(r#", "query": [{{"key": "q", "value": "{query}"}}]"#);
        let rows = if query.is_empty() { "" } else { &rows };
        format!(r#"{{"raw": "{raw}", "protocol": "https", "host": ["h"], "path": ["{path}"]{rows}}}"#)
    };
    let file = |url: &str| {
        format!(
            r#"{{"info": {{"name": "C"}}, "item": [{{"id": "1", "name": "a", "request": {{"url": {url}}}}}]}}"#
        )
    };
    let (base, ours, theirs) = (file(&parts("a", "")), file(&parts("b", "")), file(r#""https://h/a?q=1""#));
    assert_eq!(merged(&base, &theirs, &ours, None), (file(r#""https://h/b?q=1""#), 0));
    assert_eq!(merged(&base, &ours, &theirs, None), (file(&parts("b", "1")), 0));
}

#[test]
fn credentials_of_version_2_0_merge_one_by_one() {
    let file = |[user, password]: [&str; 2]| {
        let auth =
            format!(r#"{{"type": "basic", "basic": {{"username": "{user}", "password": "{password}"}}}}"#);
        format!(
            r#"{{"info": {{"name": "C", "schema": "v2.0.0"}}, "item": [{{"id": "1", "name": "a", "request": {{"auth": {auth}, "url": "h"}}}}]}}"#
        )
    };
    let (base, ours, theirs) = (file(["a", "b"]), file(["x", "b"]), file(["a", "y"]));
    assert_eq!(merged(&base, &ours, &theirs, None), (file(["x", "y"]), 0));
    assert_laws(&base, &ours, &theirs);
}

#[test]
fn a_value_that_is_a_list_is_not_a_text_in_lines() {
    let row = |value: &str| format!(r#"{{"name": "E", "values": [{{"key": "a", "value": {value}}}]}}"#);
    assert_ne!(differences(&row(r#"["a", "b"]"#), &row(r#""a\nb""#)), "");
    for (base, theirs) in [(r#"["a"]"#, r#""b""#), ("[1, 2]", r#""b""#), (r#"{"content": "a"}"#, r#""b""#)] {
        assert_eq!(merged(&row(base), &row(base), &row(theirs), None), (row(theirs), 0));
    }
}
