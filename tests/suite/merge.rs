//! What must hold of every merge, whatever the files.

mod comments;
mod laws;
mod native;

use std::path::Path;

use envtool::compare::{self, Decision, Include, News, Side, Version};
use envtool::model::{Collection, Scope};
use envtool::syntax::{Document, Syntax, Value};
use envtool::text::Source;
use envtool::v3::join_alone;

use crate::support::from_corpus;
use crate::support::patch::applied;

const EVERYTHING: Include = Include { ids: true, order: false, export_meta: true };

/// What [`compare::merge`] makes of the files of these variables.
fn merge<'d>(
    base: Option<&Scope<'d>>,
    ours: &Scope<'d>,
    theirs: &Scope<'d>,
    prefer: Option<Side>,
) -> compare::Merge {
    let version = |scope: &Scope<'d>| Version::of(scope.owner().document()).unwrap();
    compare::merge(base.map(version).as_ref(), &version(ours), &version(theirs), &prefer.into()).unwrap()
}

/// `theirs` merged into `ours`, and the number of conflicts.
fn merged(base: &str, ours: &str, theirs: &str, prefer: Option<Side>) -> (String, usize) {
    let documents = [base, ours, theirs].map(document);
    let [base, ours, theirs] = documents.each_ref().map(|document| Version::of(document).unwrap());
    let merge = compare::merge(Some(&base), &ours, &theirs, &prefer.into()).unwrap();
    let after = documents[1].edited(&merge.edits).unwrap();
    (after.source().text().to_owned(), merge.conflicts.len())
}

/// Of JSON or YAML.
fn document(text: &str) -> Document {
    let source = Source::decode(text.as_bytes().to_vec()).unwrap();
    Document::parse(source, Syntax::of("", text)).map_err(|(error, _)| error).unwrap()
}

/// The same; of one file of a git-native collection the collection that holds nothing else.
fn collection_of(text: &str) -> Document {
    let document = document(text);
    let joined = join_alone("", &document);
    joined.map_or(document, |joined| Document::json(&joined.collection.to_json()).unwrap())
}

fn differences(one: &str, other: &str) -> String {
    let documents = [one, other].map(collection_of);
    let [one, other] = documents.each_ref().map(|document| Scope::of(document).unwrap());
    let entries = compare::diff(&one, &other, EVERYTHING).unwrap().entries;
    let brief = |entry: &compare::Entry<'_>| {
        let places: Vec<_> = entry.changes.iter().map(|change| change.place.join(".")).collect();
        format!("{:?} {:?} {:?} {places:?}", entry.presence, entry.path, entry.moved_from)
    };
    entries.iter().map(brief).collect::<Vec<_>>().join("; ")
}

/// The patch from one document to another makes the one's value the other's.
fn assert_patched(one: &str, other: &str) {
    let [one, other] = [one, other].map(document);
    let value = |document: &Document| serde_json::from_str(&Value::of(document.root()).to_json()).unwrap();
    assert_eq!(applied(value(&one), &compare::patch(&one, &other)), value(&other));
}

#[test]
fn what_is_new_comes_where_theirs_has_it() {
    let json = |rows: &str| format!("{{\"name\":\"E\",\"values\":[{rows}]}}");
    let row = |key: &str| format!("{{\"key\":\"{key}\",\"value\":\"1\"}}");
    let rows =
        |keys: &str| json(&keys.chars().map(|key| row(&key.to_string())).collect::<Vec<_>>().join(","));
    let headers = |open: &str, keys: &str, close: &str| {
        let rows: Vec<_> = keys.chars().map(|key| format!("{key}: v")).collect();
        let rows = if open.is_empty() { "\n  ".to_owned() + &rows.join("\n  ") } else { rows.join(", ") };
        format!("$kind: http-request\nheaders: {open}{rows}{close}\norder: 1\n")
    };
    for (base, ours, theirs, expected) in [
        ("ab", "ab", "xab", "xab"),
        ("ab", "ab", "xzab", "xzab"),
        ("ab", "mab", "xab", "xmab"),
        ("ab", "b", "xab", "xb"),
        ("ab", "ab", "xb", "xb"),
        ("ab", "abm", "axb", "axbm"),
    ] {
        let texts = [base, ours, theirs];
        let check = |spelled: &dyn Fn(&str) -> String| {
            let [base, ours, theirs] = texts.map(spelled);
            assert_eq!(merged(&base, &ours, &theirs, None), (spelled(expected), 0), "{texts:?}");
        };
        check(&rows);
        check(&|keys| headers("", keys, ""));
        check(&|keys| headers("{ ", keys, " }"));
    }
    let members = |first: &str| format!("{{{first}\"name\":\"E\",\"values\":[],\"last\":1}}");
    let new = members("\"first\":true,");
    assert_eq!(merged(&members(""), &members(""), &new, None), (new, 0));
}

#[test]
fn a_color_is_taken_from_the_side_that_changed_it_and_never_a_conflict() {
    let json = |color: &str| match color {
        "" => "{\"name\":\"E\",\"values\":[]}".to_owned(),
        color => format!("{{\"name\":\"E\",\"values\":[],\"color\":{color}}}"),
    };
    let yaml = |color: &str| match color {
        "" => "name: E\nvalues: []\n".to_owned(),
        color => format!("name: E\nvalues: []\ncolor: {color}\n"),
    };
    for (base, ours, theirs, expected) in [
        ("null", "null", "120", "120"),
        ("120", "120", "null", "null"),
        ("0", "0", "120", "120"),
        ("", "", "120", "120"),
        ("", "", "null", ""),
        ("120", "120", "", "120"),
        ("120", "0", "120", "0"),
        ("null", "0", "120", "0"),
        ("60", "null", "120", "null"),
        ("60", "0", "null", "0"),
        ("60", "", "120", ""),
        ("", "0", "120", "0"),
    ] {
        for spelled in [json, yaml] {
            let after = merged(&spelled(base), &spelled(ours), &spelled(theirs), None);
            assert_eq!(after, (spelled(expected), 0), "{base:?} {ours:?} {theirs:?}");
        }
    }
}

#[test]
fn what_stands_elsewhere_in_yaml_is_compared_by_its_meaning() {
    let environment = |key: &str, text: &str| {
        format!(
            "name: E\nvalues:\n  - key: &key {key}\n    value: one\n  - key: b\n    value: *key\n  - key: c\n    value: {text}\n"
        )
    };
    let (one, other) = (environment("x", "|1\n      two"), environment("y", "|1\n      two"));
    assert_patched(&one, &other);
    assert_eq!(differences(&one, &other).matches("Both [\"b\"]").count(), 1);
    // The same text, which is indented by one less where its row is.
    let deeper = one.replace("\n  ", "\n   ").replace("       two", "      two");
    assert_patched(&one, &deeper);
    assert_eq!(differences(&one, &deeper).matches("Both [\"c\"]").count(), 1);
}

/// All laws.
fn laws(base: &str, ours: &str, theirs: &str) {
    nothing_is_lost(base, ours, theirs);
    both_sides_agree(base, ours, theirs);
}

fn nothing_is_lost(base: &str, ours: &str, theirs: &str) {
    assert_eq!(merged(base, ours, base, None), (ours.to_owned(), 0), "nothing new changes nothing");
    assert_eq!(merged(base, ours, ours, None), (ours.to_owned(), 0), "the same news change nothing");
    let (taken, conflicts) = merged(base, base, theirs, None);
    assert_eq!((differences(&taken, theirs).as_str(), conflicts), ("", 0), "all news are taken:\n{taken}");
}

/// The names of all requests in `text`, each of which is its id too.
fn requests(text: &str) -> Vec<String> {
    let document = document(text);
    let collection = Collection::of(&document).unwrap();
    let requests = collection.items().iter().filter(|item| !item.is_folder());
    requests.filter_map(|item| Some(item.name()?.into_owned())).collect()
}

/// Every request is there once that both have, or that one has and the other never had.
fn what_is_new_is_there(base: &str, ours: &str, theirs: &str) {
    let [was, here, there] = [base, ours, theirs].map(requests);
    for prefer in [None, Some(Side::Ours), Some(Side::Theirs)] {
        let (text, _) = merged(base, ours, theirs, prefer);
        let after = requests(&text);
        for name in here.iter().chain(&there) {
            if !was.contains(name) || (here.contains(name) && there.contains(name)) {
                assert_eq!(after.iter().filter(|it| it == &name).count(), 1, "{name}, {prefer:?}:\n{text}");
            }
        }
    }
}

/// What happens to the things that are taken from theirs, and to those that are kept of ours. Lines that are put together
/// are neither, and tokens are told elsewhere.
fn decisions(base: &str, ours: &str, theirs: &str) -> [Vec<String>; 2] {
    let documents = [base, ours, theirs].map(document);
    let [base, ours, theirs] = documents.each_ref().map(|document| Version::of(document).unwrap());
    let merge = compare::merge(Some(&base), &ours, &theirs, &None.into()).unwrap();
    let tokens = merge.tokens.map(|choice| choice.keys).unwrap_or_default();
    let alone = |list: &[Decision]| {
        let alone = list.iter().filter(|decision| {
            decision.what != News::Merged && !tokens.iter().any(|key| decision.path[0].starts_with(key))
        });
        let mut alone: Vec<_> = alone.map(|it| format!("{:?}", it.what)).collect();
        alone.sort();
        alone
    };
    [alone(&merge.taken), alone(&merge.kept)]
}

fn both_sides_agree(base: &str, ours: &str, theirs: &str) {
    let swapped = [merged(base, ours, theirs, None).1, merged(base, theirs, ours, None).1];
    assert_eq!(swapped[0], swapped[1], "conflicts are the same from both sides");
    if swapped[0] == 0 {
        let ([taken, kept], [news, own]) = (decisions(base, ours, theirs), decisions(base, theirs, ours));
        assert_eq!((taken, kept), (own, news), "what one side takes the other keeps");
    }
    let (one, other) =
        (merged(base, ours, theirs, Some(Side::Ours)), merged(base, theirs, ours, Some(Side::Theirs)));
    assert_eq!((one.1, other.1), (0, 0));
    assert_eq!(differences(&one.0, &other.0), "", "the preferred side wins from both sides");
}

fn fixture(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compare").join(name))
        .unwrap()
}

#[test]
fn the_laws_hold_for_a_release_and_changes_of_ones_own() {
    laws(&fixture("parcels-1.json"), &fixture("parcels-mine.json"), &fixture("parcels-2.json"));
    let environment = |name: &str| fixture(&format!("{name}.postman_environment.json"));
    laws(&environment("team"), &environment("staging"), &environment("production"));
    laws(&environment("box-base"), &environment("box-ours"), &environment("box-theirs"));
}

#[test]
fn tokens_that_nothing_tells_apart_are_one_conflict() {
    let base = fixture("box-base.postman_environment.json");
    let (ours, theirs) = (base.replace("Aa09", "Bb09"), base.replace("Aa09", "Cc09"));
    assert!(ours != base && theirs != base);
    assert_eq!(merged(&base, &ours, &theirs, None), (ours.clone(), 1));
    assert_eq!(merged(&base, &ours, &theirs, Some(Side::Ours)), (ours.clone(), 0));
    assert_eq!(merged(&base, &ours, &theirs, Some(Side::Theirs)), (theirs.clone(), 0));
    laws(&base, &ours, &theirs);
    // What else there is in their rows merges all the same.
    let typed = ours.replacen("\"type\": \"default\"", "\"type\": \"secret\"", 3);
    let noted =
        theirs.replace("\"key\": \"access_token\",", "\"key\": \"access_token\", \"description\": \"d\",");
    let (both, conflicts) = merged(&base, &typed, &noted, Some(Side::Theirs));
    assert_eq!((both.matches("secret\",").count() > 2, both.contains("\"description\"")), (true, true));
    assert!(both.contains("Cc09") && !both.contains("Bb09") && conflicts == 0, "{both}");
}

/// The corpus holds two releases of Box's collection and somebody's ten edits of the first.
#[test]
fn a_release_of_boxs_collection_comes_in_and_every_own_edit_stays() {
    let [base, theirs] =
        ["2026-04-22", "2026-06-29"].map(|day| from_corpus("collections", &format!("classic-en-{day}")));
    let (Some(base), Some(theirs), Some(ours)) = (base, theirs, from_corpus("derived", "mine.")) else {
        return;
    };
    let [b, o, t] = [&base, &ours, &theirs].map(|document| Scope::of(document).unwrap());
    let merge = merge(Some(&b), &o, &t, None);
    let after = ours.edited(&merge.edits).unwrap();
    let after = Scope::of(&after).unwrap();
    assert_eq!(brief(&t, &after), brief(&b, &o), "all own edits are there");
    assert_eq!(brief(&o, &after), brief(&b, &t), "all news are there");
    // Both changed the body of one request, in different lines. It is merged, and said.
    let merged: Vec<_> = merge.taken.iter().filter(|taken| taken.what == News::Merged).collect();
    assert_eq!(merged.len(), 1);
    assert_eq!(merged[0].path, ["AI", "Extract metadata (structured)", "request", "body", "raw"]);
    assert!(merge.conflicts.is_empty());
}

#[test]
fn an_export_of_the_same_by_another_tool_brings_nothing() {
    let ours =
        r#"{"info": {"name": "C", "_postman_id": "1"}, "item": [{"name": "a", "request": {"url": "x"}}]}"#;
    let theirs = r#"{"_": {"postman_id": "1"}, "info": {"_postman_id": "1", "name": "C"}, "_postman_exported_at": "x", "item": [
        {"name": "a", "_": {"postman_previewlanguage": "json"}, "request": {"method": "GET", "url": {"raw": "x", "host": ["x"]}}}]}"#;
    assert_eq!(merged(ours, ours, theirs, None), (ours.to_owned(), 0));
}

#[test]
fn what_another_spelling_goes_without_stays() {
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
fn new_ids_keep_nothing_that_one_side_has_removed() {
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
fn a_description_that_is_written_twice_may_change_at_one_place() {
    let file = |on_item: &str, on_request: &str| {
        format!(
            r#"{{"info": {{"name": "C"}}, "item": [{{"id": "a", "name": "a", "description": "{on_item}", "request": {{"url": "x", "description": "{on_request}"}}}}]}}"#
        )
    };
    let base = file("old", "old");
    assert_eq!(merged(&base, &base, &file("new", "new"), None), (file("new", "new"), 0));
    assert_eq!(merged(&base, &base, &file("old", "new"), None), (file("old", "new"), 0));
    assert_eq!(merged(&base, &base, &file("new", "old"), None), (file("new", "old"), 0));
    // The one that is alike on all sides is no news.
    let documents =
        [base.clone(), file("old", "mine"), base.replace("\"x\"", "\"y\"")].map(|text| document(&text));
    let [base, ours, theirs] = documents.each_ref().map(|document| Scope::of(document).unwrap());
    let merge = merge(Some(&base), &ours, &theirs, None);
    let kept: Vec<_> = merge.kept.iter().map(|kept| kept.path.join(".")).collect();
    assert_eq!(kept, ["a.request.description"]);
}

#[test]
fn two_new_requests_of_one_name_are_one_where_they_go_to_the_same_place() {
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

#[test]
fn a_list_that_one_side_emptied_keeps_what_the_other_has_added() {
    let file = |rows: &[(&str, &str)]| {
        let row = |(key, value): &(&str, &str)| format!(r#"{{"key": "{key}", "value": "{value}"}}"#);
        let rows: Vec<_> = rows.iter().map(row).collect();
        let request = format!(r#"{{"url": "x", "header": [{}]}}"#, rows.join(", "));
        format!(r#"{{"info": {{"name": "C"}}, "item": [{{"id": "1", "name": "a", "request": {request}}}]}}"#)
    };
    let (base, empty) = (file(&[("a", "1"), ("b", "2")]), file(&[]));
    let more = file(&[("a", "1"), ("b", "2"), ("c", "3")]);
    laws(&base, &empty, &more);
    assert_eq!(merged(&base, &empty, &more, None), (file(&[("c", "3")]), 0));
    assert_eq!(merged(&base, &more, &empty, None), (file(&[("c", "3")]), 0));
    let other = file(&[("a", "5"), ("b", "2")]);
    laws(&base, &empty, &other);
    assert_eq!(merged(&base, &empty, &other, None), (empty.clone(), 1));
    assert_eq!(merged(&base, &other, &empty, None), (file(&[("a", "5")]), 1));
}

#[test]
fn an_address_that_is_spelled_twice_says_the_same_after_the_merge() {
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
    // Both have spelled it anew.
    let base = exported("2.0", "", off);
    let ours = exported("2.0", "?c=3", &format!("{off}, {c}"));
    let theirs = exported("2.0", "?b=2", &format!("{off}, {b}"));
    let both = exported("2.0", "?b=2&c=3", &format!("{off}, {b}, {c}"));
    assert_eq!(merged(&base, &ours, &theirs, None), (both, 0));
    nothing_is_lost(&base, &ours, &theirs);
}

#[test]
fn of_rows_with_one_name_the_equal_ones_are_the_same() {
    let file = |rows: &[(&str, &str)]| {
        let row = |(key, value): &(&str, &str)| format!(r#"{{"key": "{key}", "value": "{value}"}}"#);
        let rows: Vec<_> = rows.iter().map(row).collect();
        format!(r#"{{"name": "E", "values": [{}]}}"#, rows.join(", "))
    };
    let two = file(&[("a", "1"), ("a", "2")]);
    assert_eq!(differences(&two, &file(&[("a", "2")])), r#"Removed ["a"] None []"#);
    assert_eq!(differences(&two, &file(&[("a", "0"), ("a", "1"), ("a", "2")])), r#"Added ["a"] None []"#);
    assert_eq!(differences(&two, &file(&[("a", "1"), ("a", "3")])), r#"Both ["a (#2)"] None ["value"]"#);
    assert_ne!(differences(&two, &file(&[("a", "2"), ("a", "1")])), "", "another one is the last and counts");
    // The last is still the last, wherever the others put it.
    let ours = file(&[("a", "2"), ("b", "mine")]);
    let theirs = file(&[("b", "mine"), ("a", "0"), ("a", "1"), ("a", "2")]);
    let both = file(&[("a", "0"), ("a", "2"), ("b", "mine")]);
    assert_eq!(merged(&two, &ours, &theirs, None), (both, 0));
}

#[test]
fn what_one_side_calls_a_secret_is_one_in_a_conflict() {
    let row = |value: &str, kind: &str| {
        format!(r#"{{"name": "E", "values": [{{"key": "a", "value": "{value}", "type": "{kind}"}}]}}"#)
    };
    let sides = [row("x", "secret"), row("y", "default"), r#"{"name": "E", "values": []}"#.to_owned()];
    let documents = sides.each_ref().map(|text| document(text));
    let [base, ours, theirs] = documents.each_ref().map(|document| Scope::of(document).unwrap());
    let merge = merge(Some(&base), &ours, &theirs, None);
    assert_eq!(merge.conflicts.iter().map(|conflict| conflict.secret).collect::<Vec<_>>(), [true]);
}

#[test]
fn an_example_that_is_called_otherwise_is_the_same_one() {
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

#[test]
fn every_release_of_boxs_collection_comes_in_whole() {
    for [(base_in, base), (news_in, news)] in [
        [("collections", "classic-en-2019-07-23"), ("collections", "classic-en-2026-06-29")],
        [("collections", "classic-jp-2026-06-30"), ("collections", "classic-en-2022-11-10.gen")],
        [("derived", "sdk-5.3.1"), ("collections", "classic-jp-2026-06-30")],
    ] {
        let Some((base, news)) = from_corpus(base_in, base).zip(from_corpus(news_in, news)) else { return };
        let [b, n] = [&base, &news].map(|document| Scope::of(document).unwrap());
        let merge = merge(Some(&b), &b, &n, None);
        assert!(merge.conflicts.is_empty());
        let after = base.edited(&merge.edits).unwrap();
        assert_eq!(brief(&n, &Scope::of(&after).unwrap()), [""; 0]);
    }
}

fn brief<'d>(one: &Scope<'d>, other: &Scope<'d>) -> Vec<String> {
    let entries = compare::diff(one, other, Include::default()).unwrap().entries;
    let mut brief: Vec<_> = entries
        .iter()
        .map(|entry| {
            let places: Vec<_> = entry.changes.iter().map(|change| change.place.join(".")).collect();
            format!("{:?} {:?} {:?} {places:?}", entry.presence, entry.path, entry.renamed_from)
        })
        .collect();
    brief.sort();
    brief
}
