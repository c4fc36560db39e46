//! The laws for random files.

use envtool::compare::{self, Presence, Side, Version, What};
use envtool::model::Scope;
use proptest::prelude::*;

use super::{
    EVERYTHING, assert_additions_are_there, assert_again_changes_nothing, assert_laws, assert_patched,
    collection_of, differences, document, merge, merged, requests,
};

proptest! {
    #![proptest_config(crate::support::reproducible())]

    #[test]
    fn the_laws_hold_for_environments(base in rows(), ours in rows(), theirs in rows()) {
        assert_laws(&json(&base), &json(&ours), &json(&theirs));
    }

    #[test]
    fn the_laws_hold_for_the_metadata_of_exports(
        versions in prop::collection::vec((rows(), 0..3u8), 3),
    ) {
        let exported = |(rows, at): &(Vec<Row>, u8)| {
            let own = format!(r#""id": "e{at}", "_postman_exported_at": "{at}", "name""#);
            json(rows).replacen("\"name\"", &own, 1)
        };
        let [base, ours, theirs] = [0, 1, 2].map(|at| exported(&versions[at]));
        assert_laws(&base, &ours, &theirs);
    }

    #[test]
    fn the_laws_hold_for_environments_in_yaml(base in rows(), ours in rows(), theirs in rows()) {
        let [base, ours, theirs] = [&base, &ours, &theirs].map(|rows| yaml(rows));
        assert_laws(&base, &ours, &theirs);
        // And without an end of the last line.
        assert_laws(base.trim_end(), ours.trim_end(), theirs.trim_end());
    }

    #[test]
    fn merging_again_changes_nothing_in_environments(base in rows(), ours in rows(), theirs in rows()) {
        for spell in [json, yaml] {
            // Which variables are tokens depends on the kind of environment, which stays the same.
            let kind = Row { key: "box_env_type".to_owned(), value: "CCG", enabled: true, secret: false };
            let of_one_kind = |rows: &[Row]| once_each(&[std::slice::from_ref(&kind), rows].concat());
            let [base, ours, theirs] = [&base, &ours, &theirs].map(|rows| spell(&of_one_kind(rows)));
            assert_again_changes_nothing(&base, &ours, &theirs);
        }
    }

    #[test]
    fn new_variables_keep_their_position_in_theirs(theirs in rows(), keep in any::<[bool; 6]>()) {
        let some = |rows: &[Row]| rows.iter().zip(keep).filter(|(_, keep)| *keep).map(|(row, _)| row.clone()).collect();
        let theirs = once_each(&theirs);
        let base: Vec<Row> = some(&theirs);
        for spell in [json, yaml] {
            let (result, _) = merged(&spell(&base), &spell(&base), &spell(&theirs), None);
            let keys = |text: &str| {
                let document = document(text);
                let scope = Scope::of(&document).unwrap();
                scope.variables().iter().map(|row| row.key().to_owned()).collect::<Vec<_>>()
            };
            prop_assert_eq!(keys(&result), keys(&spell(&theirs)), "{}", result);
        }
    }

    #[test]
    fn a_patch_turns_one_file_into_another(
        one in prop_oneof![rows().prop_map(|rows| json(&rows)), collection(true)],
        other in prop_oneof![rows().prop_map(|rows| json(&rows)), collection(true)],
    ) {
        assert_patched(&one, &other);
    }

    #[test]
    fn a_patch_turns_yaml_into_yaml_or_json(one in rows(), other in rows()) {
        // The same rows may be indented deeper in one of two files.
        let deeper = yaml(&one).replace("\n  ", "\n      ");
        for before in [yaml(&one), yaml(&one).trim_end().to_owned(), deeper, json(&one)] {
            for after in [yaml(&other), yaml(&other).trim_end().to_owned(), json(&other)] {
                assert_patched(&before, &after);
            }
        }
    }

    #[test]
    fn a_union_changes_nothing_of_ours(ours in rows(), theirs in rows()) {
        for spell in [json, yaml] {
            let documents = [spell(&ours), spell(&theirs)].map(|text| document(&text));
            let [one, other] = documents.each_ref().map(|document| Scope::of(document).unwrap());
            let merge = merge(None, &one, &other, Some(Side::Ours));
            let after = documents[0].edited(&merge.edits).unwrap();
            let changes = differences(&spell(&ours), after.source().text());
            let tokens = merge.tokens.map(|choice| choice.keys).unwrap_or_default();
            let is_free = |change: &&str| !tokens.iter().any(|key| change.contains(key));
            let changes: Vec<_> = changes.split("; ").filter(is_free).collect();
            prop_assert!(changes.iter().all(|it| it.is_empty() || it.starts_with("Added")), "{:?}", changes);
        }
    }

    #[test]
    fn a_union_of_collections_only_adds(ours in collection(true), theirs in collection(true)) {
        assert_only_adds(&ours, &theirs);
        let united = union(&ours, &theirs);
        for name in requests(&ours).iter().chain(&requests(&theirs)) {
            prop_assert_eq!(requests(&united).iter().filter(|it| *it == name).count(), 1, "{}", united);
        }
    }

    #[test]
    fn the_laws_hold_for_collections(
        base in collection(true),
        ours in collection(true),
        theirs in collection(true),
    ) {
        assert_laws(&base, &ours, &theirs);
        assert_again_changes_nothing(&base, &ours, &theirs);
    }

    #[test]
    fn the_laws_hold_when_folders_appear_disappear_and_move(
        base in collection(false),
        ours in collection(false),
        theirs in collection(false),
    ) {
        assert_laws(&base, &ours, &theirs);
        assert_additions_are_there(&base, &ours, &theirs);
    }
}

/// `ours` with `theirs` merged into it without a base.
pub(super) fn union(ours: &str, theirs: &str) -> String {
    let documents = [ours, theirs].map(document);
    let [ours, theirs] = documents.each_ref().map(|document| Version::of(document).unwrap());
    let merge = compare::merge(None, &ours, &theirs, &Some(Side::Ours).into()).unwrap();
    documents[0].edited(&merge.edits).unwrap().source().text().to_owned()
}

/// Checks that a union changes nothing that ours has, and that repeating it adds nothing more.
pub(super) fn assert_only_adds(ours: &str, theirs: &str) {
    let united = union(ours, theirs);
    let documents = [ours, &united].map(collection_of);
    let [before, after] = documents.each_ref().map(|document| Scope::of(document).unwrap());
    for entry in compare::diff(&before, &after, EVERYTHING).unwrap().entries {
        let stayed = entry.renamed_from.is_none() && entry.moved_from.is_none();
        assert!(entry.presence != Presence::Removed && stayed, "{:?}:\n{united}", entry.path);
        for change in entry.changes {
            assert!(matches!(change.what, What::Added(_)), "{:?}, {change:?}:\n{united}", entry.path);
        }
    }
    assert_eq!(union(&united, theirs), united);
}

/// A variable to be written.
#[derive(Clone, Debug)]
struct Row {
    key: String,
    value: &'static str,
    enabled: bool,
    secret: bool,
}

/// Few keys, so that variables appear, disappear, change and repeat; texts in which lines change; and a pair of tokens.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let value = prop::sample::select(vec![
        "",
        "x",
        "y",
        "1\n2\n3\n4",
        "1\n2\n3\nfour",
        "one\n2\n3\n4",
        "1795000000000",
    ]);
    let key =
        prop::sample::select(vec!["a", "b", "c", "client_id", "access_token", "expires_at", "box_env_type"]);
    let row = (key, value, any::<bool>(), any::<bool>());
    prop::collection::vec(row, 0..6).prop_map(|rows| {
        let row = |(key, value, enabled, secret): (&str, &'static str, bool, bool)| {
            let value = if key == "box_env_type" { "CCG" } else { value };
            Row { key: key.to_owned(), value, enabled, secret }
        };
        rows.into_iter().map(row).collect()
    })
}

/// The first of several rows with the same key, sorted.
fn once_each(rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    rows.sort_by(|one, other| one.key.cmp(&other.key));
    rows.dedup_by(|one, other| one.key == other.key);
    rows
}

fn json(rows: &[Row]) -> String {
    let row = |row: &Row| {
        let kind = if row.secret { "secret" } else { "default" };
        let value = serde_json::to_string(row.value).unwrap();
        format!(r#"{{"key": "{}", "value": {value}, "type": "{kind}", "enabled": {}}}"#, row.key, row.enabled)
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    format!("{{\n  \"name\": \"E\",\n  \"values\": [\n    {}\n  ]\n}}\n", rows.join(",\n    "))
}

fn yaml(rows: &[Row]) -> String {
    let row = |row: &Row| {
        let value = match row.value {
            text if text.contains('\n') => format!("|-\n      {}", text.replace('\n', "\n      ")),
            text => format!("'{text}'"),
        };
        let kind = if row.secret { "\n    type: secret" } else { "" };
        format!("  - key: {} # its name\n    value: {value}{kind}\n    enabled: {}\n", row.key, row.enabled)
    };
    let rows: String = rows.iter().map(row).collect();
    if rows.is_empty() {
        "name: E\nvalues: []\n".to_owned()
    } else {
        format!("name: E\n# all\nvalues:\n{rows}")
    }
}

/// Requests of few names at the top and in folders `F`, `G` and `H`, so that they appear, disappear, change and move.
/// Unless `folders_stay`, with `H` in `G`, so do the folders.
fn collection(folders_stay: bool) -> impl Strategy<Value = String> {
    let text = |texts: &[&'static str]| prop::sample::select(texts.to_vec());
    let lines = ["", "1\n2\n3\n4\n5", "1\n2\n3\n4\nfive", "one\n2\n3\n4\n5", "1\n2\n4\n5"];
    let request = (0..5usize, "[xy]", "[12]", text(&lines), text(&lines), 0..3u8);
    // The place of each folder: in one of them (0 to 2), at the top (3), or nowhere (4).
    let folders = match folders_stay {
        true => Just(vec![(3, ""), (3, ""), (1, "")]).boxed(),
        false => prop::collection::vec((0..5usize, text(&["", "new"])), 3).boxed(),
    };
    (prop::collection::vec(request, 5), folders).prop_map(move |(requests, folders)| {
        let mut lists: [Vec<serde_json::Value>; 4] = Default::default();
        for (name, (place, path, header, script, body, described)) in
            ["a", "b", "c", "d", "e"].iter().zip(requests)
        {
            let Some(list) = lists.get_mut(place) else { continue };
            let mut item = serde_json::json!({
                "name": name,
                "id": name,
                "request": {
                    "method": "POST",
                    "url": format!("https://h/{name}/{path}"),
                    "header": [{"key": "h", "value": header}],
                    "body": {"mode": "raw", "raw": body},
                },
            });
            if !script.is_empty() {
                let exec: Vec<_> = script.split('\n').collect();
                item["event"] = serde_json::json!([{"listen": "test", "script": {"exec": exec}}]);
            }
            // Once, or twice, as some tools write it.
            if described > 0 {
                item["request"]["description"] = path.clone().into();
            }
            if described > 1 {
                item["description"] = path.into();
            }
            list.push(item);
        }
        let items = inside(3, &lists, &folders);
        serde_json::to_string_pretty(&serde_json::json!({"info": {"name": "C"}, "item": items})).unwrap()
    })
}

/// The content of the folder `at`: its requests in `lists`, then its folders.
fn inside(
    at: usize,
    lists: &[Vec<serde_json::Value>; 4],
    folders: &[(usize, &str)],
) -> Vec<serde_json::Value> {
    let folder = |(number, (_, text)): (usize, &(usize, &str))| {
        let name = ["F", "G", "H"][number];
        let items = inside(number, lists, folders);
        serde_json::json!({"name": name, "id": name, "description": text, "item": items})
    };
    let folders = folders.iter().enumerate().filter(|(_, (place, _))| *place == at).map(folder);
    lists[at].iter().cloned().chain(folders).collect()
}
