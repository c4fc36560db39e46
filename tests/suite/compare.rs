//! Properties of every comparison, whatever the files.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use envtool::compare::{self, Include, Op, Subject};
use envtool::model::{Collection, Scope};
use envtool::report::Mask;
use envtool::report::comparison::human;
use envtool::syntax::Document;
use envtool::term::Painter;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::patch::applied;
use crate::support::program::Place;
use crate::support::{document, from_corpus, root};

const EVERYTHING: Include = Include { ids: true, order: true, export_meta: true };

#[test]
fn a_file_equals_itself_in_any_layout() {
    for folder in ["box", "postman", "odd", "compare", "other"] {
        for file in std::fs::read_dir(root().join("fixtures").join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|end| end != "json") {
                continue;
            }
            let document = read(&path);
            let Ok(scope) = Scope::of(&document) else { continue };
            let same = compare::diff(&scope, &scope, EVERYTHING).unwrap();
            assert!(same.entries.is_empty(), "{}", path.display());
            let relaid = Document::json(&relaid(document.source().text())).unwrap();
            let differ = compare::diff(&scope, &Scope::of(&relaid).unwrap(), EVERYTHING).unwrap();
            assert!(differ.entries.is_empty(), "{}: {:?}", path.display(), differ.entries);
            assert!(compare::patch(&document, &relaid).is_empty(), "{}", path.display());
        }
    }
}

#[test]
fn items_without_a_name_are_matched_by_position() {
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let text = format!(
        r#"{{"info":{{"name":"C","schema":"{schema}"}},"item":[{{"item":[]}},{{"request":{{"method":"PUT"}}}},
            {{"item":[{{"request":{{"header":[]}}}},{{"name":null,"item":[]}}]}}]}}"#
    );
    let [before, after] = [text.clone(), relaid(&text)].map(|text| Document::json(&text).unwrap());
    let diff = compare::diff(&Scope::of(&before).unwrap(), &Scope::of(&after).unwrap(), EVERYTHING).unwrap();
    assert!(diff.entries.is_empty(), "{:?}", diff.entries);
}

#[test]
fn items_are_matched_by_content_if_names_and_positions_do_not_help() {
    let request = |id: &str, name: &str, method: &str, path: &str| {
        format!(
            r#"{{"id":"{id}","name":"{name}","request":{{{method}"url":{{"raw":"h/{path}","host":["h"],"path":["{path}"]}}}}}}"#
        )
    };
    let folder = |id: &str, name: &str, items: &[String]| {
        format!(r#"{{"id":"{id}","name":"{name}","item":[{}]}}"#, items.join(","))
    };
    let get = |id: &str, path: &str| request(id, "A", "", path);
    let head = |id: &str, path: &str| request(id, "A", r#""method":"HEAD","#, path);
    let inner = |ids: [&str; 3]| {
        let news = [get(ids[1], "news"), head(ids[2], "news")];
        folder(ids[0], "News", &news)
    };
    for (before, after, expected) in [
        (
            vec![get("1", "a"), get("2", "b"), get("3", "c")],
            vec![get("8", "b"), get("9", "c")],
            "Removed\n  - A\n\n1 request removed",
        ),
        (
            vec![get("1", "a")],
            vec![head("1", "a")],
            "Changed\n  ~ A\n      request > method: GET -> HEAD\n\n1 request changed",
        ),
        (
            vec![inner(["1", "2", "3"]), folder("4", "All", &[])],
            vec![folder("4", "All", &[inner(["7", "8", "9"])])],
            "Moved or renamed\n  > News -> All / News\n\n1 folder moved",
        ),
        (
            vec![],
            vec![inner(["1", "2", "3"])],
            "Added\n  + News (folder with 2 requests)\n      + A\n      + A\n\n1 folder added, 2 requests added",
        ),
    ] {
        let [before, after] = [before, after].map(|items| collection(&items.join(",")));
        let diff =
            compare::diff(&Scope::of(&before).unwrap(), &Scope::of(&after).unwrap(), Include::default())
                .unwrap();
        assert_eq!(human(&diff, Mask::Secrets, Painter { color: false }, true), expected);
    }
}

/// A collection of `items`.
fn collection(items: &str) -> Document {
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    Document::json(&format!(r#"{{"info":{{"name":"C","schema":"{schema}"}},"item":[{items}]}}"#)).unwrap()
}

#[test]
fn member_order_never_counts_and_row_order_only_on_request() {
    let collection = |request: &str| collection(&format!(r#"{{"name":"a","request":{request}}}"#));
    let before = collection(
        r#"{"method":"PUT","url":"https://a","header":[{"key":"a","value":"1"},{"key":"b","value":"2"}]}"#,
    );
    let after = collection(
        r#"{"url":"https://a","header":[{"value":"1","key":"a"},{"value":"2","key":"b"}],"method":"PUT"}"#,
    );
    let rows = collection(
        r#"{"method":"PUT","url":"https://a","header":[{"key":"b","value":"2"},{"key":"a","value":"1"}]}"#,
    );
    let differ = |one: &Document, other: &Document, include| {
        let diff = compare::diff(&Scope::of(one).unwrap(), &Scope::of(other).unwrap(), include);
        !diff.unwrap().entries.is_empty()
    };
    for include in [Include::default(), EVERYTHING] {
        assert!(!differ(&before, &after, include));
        assert_eq!(differ(&before, &rows, include), include.order);
    }
    let twice = collection(r#"{"method":"PUT","url":"https://a","x":1,"x":2}"#);
    let other = collection(r#"{"url":"https://a","method":"PUT","y":3,"x":2}"#);
    assert!(differ(&twice, &other, Include::default()));
}

#[test]
fn a_member_that_is_equal_on_both_sides_is_not_a_change() {
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    // The item's description repeats the request's until the request's changes.
    let collection = |text: &str| {
        let request = format!(r#"{{"url":"https://a","description":"{text}"}}"#);
        let item = format!(r#"{{"name":"a","description":"before","request":{request}}}"#);
        let text = format!(r#"{{"info":{{"name":"C","schema":"{schema}"}},"item":[{item}]}}"#);
        Document::json(&text).unwrap()
    };
    let [before, after] = ["before", "after"].map(collection);
    let diff = compare::diff(&Scope::of(&before).unwrap(), &Scope::of(&after).unwrap(), EVERYTHING).unwrap();
    let places: Vec<_> =
        diff.entries.iter().flat_map(|entry| &entry.changes).map(|it| it.place.join(" > ")).collect();
    assert_eq!(places, ["request > description"]);
}

#[test]
fn a_round_trip_through_postmans_library_keeps_the_meaning() {
    let Some((before, after)) =
        from_corpus("collections", "classic-en-2026-04-22").zip(from_corpus("derived", "sdk-5.3.1"))
    else {
        return;
    };
    let diff = compare::diff(&Scope::of(&before).unwrap(), &Scope::of(&after).unwrap(), Include::default());
    assert!(diff.unwrap().entries.is_empty());
}

#[test]
fn a_release_of_boxs_collection_is_compared_without_noise() {
    let releases =
        ["2026-04-22", "2026-06-29"].map(|day| from_corpus("collections", &format!("classic-en-{day}")));
    let [Some(before), Some(after)] = releases else { return };
    let diff = compare::diff(&Scope::of(&before).unwrap(), &Scope::of(&after).unwrap(), Include::default());
    let entries = diff.unwrap().entries;
    let count = |presence| entries.iter().filter(|entry| entry.presence == presence).count();
    use compare::Presence::{Added, Both, Removed};
    assert_eq!((count(Added), count(Removed), count(Both)), (5, 0, 51));
    assert!(entries.iter().all(|entry| entry.moved_from.is_none() && entry.renamed_from.is_none()));
}

proptest! {
    #![proptest_config(crate::support::reproducible())]

    #[test]
    fn a_patch_turns_one_value_into_another(before in json(), after in json()) {
        let documents = [&before, &after].map(|value| Document::json(&value.to_string()).unwrap());
        prop_assert_eq!(applied(before, &compare::patch(&documents[0], &documents[1])), after);
    }

    #[test]
    fn a_patch_turns_one_list_into_another(before in list(), after in list()) {
        let documents = [&before, &after].map(|value| Document::json(&value.to_string()).unwrap());
        prop_assert_eq!(applied(before, &compare::patch(&documents[0], &documents[1])), after);
    }
}

#[test]
fn the_table_of_two_collections_marks_exactly_their_differences() {
    let fixtures = root().join("fixtures/compare");
    let own =
        ["parcels-1.json", "parcels-2.json", "parcels-mine.json"].map(|name| read(&fixtures.join(name)));
    let starts = ["classic-en-2022-11-10.rerun", "classic-en-2026-04", "classic-en-2026-06", "classic-jp"];
    let releases = starts.iter().filter_map(|start| from_corpus("collections", start));
    let files: Vec<_> = own.into_iter().chain(releases).collect();
    for (before, after) in files.iter().zip(&files[1..]).chain([(&files[2], &files[0])]) {
        let scopes = [before, after].map(|file| Scope::of(file).unwrap());
        let collections = [before, after].map(|file| Collection::of(file).unwrap());
        for include in [Include::default(), EVERYTHING] {
            let diff = compare::diff(&scopes[0], &scopes[1], include).unwrap();
            let entries = diff.entries.iter().filter(|entry| entry.subject != Subject::Variable);
            // Each item by the first file that has it, and its path there.
            let differs: BTreeSet<_> = entries
                .map(|entry| {
                    let (side, node) = entry.nodes.0.map_or((1, entry.nodes.1), |node| (0, Some(node)));
                    let mut items = collections[side].items().iter();
                    let item = items.find(|item| Some(item.node().id()) == node.map(|node| node.id()));
                    let path = item.map(|item| collections[side].path(item).into_iter().map(Cow::into_owned));
                    (side, path.map(Iterator::collect::<Vec<_>>).unwrap_or_default())
                })
                .collect();
            let table = compare::table(&scopes, include).unwrap();
            let rows = table.items.iter().flatten().filter(|row| !row.same);
            let rows: BTreeSet<_> =
                rows.map(|row| (usize::from(row.states[0].is_none()), row.path.clone())).collect();
            assert_eq!(rows, differs);
        }
    }
}

#[test]
fn an_item_that_comes_and_goes_has_one_row_in_the_table() {
    let request = |name: &str, method: &str| {
        format!(r#"{{"name":"{name}","request":{{"method":"{method}","url":"https://h/{name}"}}}}"#)
    };
    let files = [
        &[request("a", "GET"), request("c", "GET")][..],
        &[request("a", "PUT"), request("b", "GET")],
        &[request("a", "GET"), request("b", "POST"), request("d", "GET")],
        &[request("d", "GET"), request("b", "GET"), request("a", "DELETE"), request("c", "GET")],
    ]
    .map(|items| collection(&items.join(",")));
    let scopes: Vec<_> = files.iter().map(|file| Scope::of(file).unwrap()).collect();
    let table = compare::table(&scopes, Include::default()).unwrap();
    let shown = table.items.iter().flatten().map(|row| {
        let groups =
            row.states.iter().map(|state| state.map_or('-', |state| (b'A' + state.group as u8).into()));
        format!("{} {}", row.path.join("/"), groups.collect::<String>())
    });
    assert_eq!(shown.collect::<Vec<_>>(), [" AAAA", "a ABAC", "b -ABA", "d --AA", "c A--A"]);
}

#[test]
fn a_patch_turns_one_release_into_the_next() {
    let folder = root().join("fixtures/compare");
    let [before, after] = ["parcels-1.json", "parcels-2.json"].map(|name| read(&folder.join(name)));
    let value = |document: &Document| serde_json::from_str::<Value>(document.source().text()).unwrap();
    assert_eq!(applied(value(&before), &compare::patch(&before, &after)), value(&after));
}

/// A patch of v3 collections applies to the v2.1 collections that they stand for.
#[test]
fn a_patch_turns_one_v3_folder_into_another() {
    let place = Place::with(&[]);
    let fixtures = root().join("fixtures/compare");
    let joined = ["parcels-1", "parcels-2"].map(|name| {
        let fixture = fixtures.join(format!("{name}.json"));
        let split = place.run(&format!("convert --to yaml -o {name} {}", fixture.display()));
        assert_eq!(split.code, 0, "{split:?}");
        serde_json::from_str::<Value>(&place.run(&format!("convert --to json {name}")).out).unwrap()
    });
    let patch = place.run("diff --format patch --show-secrets parcels-1 parcels-2");
    assert_eq!(patch.code, 1, "{patch:?}");
    let operations: Vec<Value> = serde_json::from_str(&patch.out).unwrap();
    let operation = |operation: &Value| {
        let op = match operation["op"].as_str().unwrap() {
            "add" => Op::Add,
            "remove" => Op::Remove,
            _ => Op::Replace,
        };
        let value = operation.get("value").map(|value| Document::json(&value.to_string()).unwrap());
        compare::Operation {
            op,
            path: operation["path"].as_str().unwrap().to_owned(),
            value: value.map(|value| envtool::syntax::Value::of(value.root())),
        }
    };
    let operations: Vec<_> = operations.iter().map(operation).collect();
    let [before, after] = joined;
    assert_eq!(applied(before, &operations), after);
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..3i32).prop_map(Value::from),
        "[a~/\"é]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a~/]{1,2}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn list() -> impl Strategy<Value = Value> {
    prop::collection::vec(0..4u8, 0..12).prop_map(Value::from)
}

/// The same document with a blank after every structural character.
fn relaid(text: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::new(), false, false);
    for c in text.chars() {
        out.push(c);
        match c {
            '"' if !escaped => inside = !inside,
            '{' | '[' | ',' | ':' if !inside => out.push(' '),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    out
}

fn read(path: &Path) -> Document {
    document(&path.display().to_string(), &std::fs::read(path).unwrap())
}
