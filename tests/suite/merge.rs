//! What must hold of every merge, whatever the files.

use std::path::Path;

use envtool::compare::{self, Include, News, Side};
use envtool::model::Scope;
use envtool::syntax::Document;
use proptest::prelude::*;

use super::compare::corpus;

const IDS: Include = Include { ids: true, order: false, export_meta: true };

/// `theirs` merged into `ours`, and the number of conflicts.
fn merged(base: &str, ours: &str, theirs: &str, prefer: Option<Side>) -> (String, usize) {
    let documents = [base, ours, theirs].map(|text| Document::json(text).unwrap());
    let [base, ours, theirs] = documents.each_ref().map(|document| Scope::of(document).unwrap());
    let merge = compare::merge(Some(&base), &ours, &theirs, prefer).unwrap();
    let after = documents[1].edited(&merge.edits).unwrap();
    (after.source().text().to_owned(), merge.conflicts.len())
}

fn differences(one: &str, other: &str) -> String {
    let documents = [one, other].map(|text| Document::json(text).unwrap());
    let [one, other] = documents.each_ref().map(|document| Scope::of(document).unwrap());
    let entries = compare::diff(&one, &other, IDS).unwrap().entries;
    let brief = |entry: &compare::Entry<'_>| {
        let places: Vec<_> = entry.changes.iter().map(|change| change.place.join(".")).collect();
        format!("{:?} {:?} {:?} {places:?}", entry.presence, entry.path, entry.moved_from)
    };
    entries.iter().map(brief).collect::<Vec<_>>().join("; ")
}

fn laws(base: &str, ours: &str, theirs: &str) {
    assert_eq!(merged(base, ours, base, None), (ours.to_owned(), 0), "nothing new changes nothing");
    assert_eq!(merged(base, ours, ours, None), (ours.to_owned(), 0), "the same news change nothing");
    let (taken, conflicts) = merged(base, base, theirs, None);
    assert_eq!((differences(&taken, theirs).as_str(), conflicts), ("", 0), "all news are taken:\n{taken}");
    let swapped = [merged(base, ours, theirs, None).1, merged(base, theirs, ours, None).1];
    assert_eq!(swapped[0], swapped[1], "conflicts are the same from both sides");
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

/// The corpus holds two releases of Box's collection and somebody's ten edits of the first.
#[test]
fn a_release_of_boxs_collection_comes_in_and_every_own_edit_stays() {
    let [base, theirs] =
        ["2026-04-22", "2026-06-29"].map(|day| corpus("collections", &format!("classic-en-{day}")));
    let (Some(base), Some(theirs), Some(ours)) = (base, theirs, corpus("derived", "mine.")) else { return };
    let [b, o, t] = [&base, &ours, &theirs].map(|document| Scope::of(document).unwrap());
    let merge = compare::merge(Some(&b), &o, &t, None).unwrap();
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

proptest! {
    #[test]
    fn the_laws_hold_for_environments(base in environment(), ours in environment(), theirs in environment()) {
        laws(&base, &ours, &theirs);
    }

    #[test]
    fn the_laws_hold_for_collections(base in collection(), ours in collection(), theirs in collection()) {
        laws(&base, &ours, &theirs);
    }
}

fn environment() -> impl Strategy<Value = String> {
    let variables = prop::collection::btree_map("[a-e]", ("[xy]{0,1}", any::<bool>()), 0..5)
        .prop_map(|rows| rows.into_iter().collect::<Vec<_>>())
        .prop_shuffle();
    variables.prop_map(|rows| {
        let row = |(key, (value, enabled)): &(String, (String, bool))| {
            format!(r#"{{"key": "{key}", "value": "{value}", "enabled": {enabled}}}"#)
        };
        let rows: Vec<_> = rows.iter().map(row).collect();
        format!("{{\n  \"name\": \"E\",\n  \"values\": [\n    {}\n  ]\n}}\n", rows.join(",\n    "))
    })
}

/// Folders `F` and `G` with requests of few names, so that they come, go, change and move.
fn collection() -> impl Strategy<Value = String> {
    let request = |name: String, path: String, header: String| {
        format!(
            r#"{{"name": "{name}", "id": "{name}", "request": {{"method": "GET", "url": "https://h/{name}/{path}", "header": [{{"key": "h", "value": "{header}"}}]}}}}"#
        )
    };
    let places = prop::collection::vec((0..4usize, "[xy]", "[12]"), 5);
    places.prop_map(move |places| {
        let mut lists: [Vec<String>; 3] = Default::default();
        for (name, (place, path, header)) in ["a", "b", "c", "d", "e"].into_iter().zip(places) {
            if let Some(list) = lists.get_mut(place) {
                list.push(request(name.to_owned(), path, header));
            }
        }
        let folder = |name: &str, list: &[String]| {
            format!(r#"{{"name": "{name}", "id": "{name}", "item": [{}]}}"#, list.join(", "))
        };
        let mut top = vec![folder("F", &lists[0]), folder("G", &lists[1])];
        top.extend(lists[2].clone());
        format!("{{\n\t\"info\": {{\"name\": \"C\"}},\n\t\"item\": [\n\t\t{}\n\t]\n}}", top.join(",\n\t\t"))
    })
}
