//! Git-native collections: splitting and joining them loses nothing that goes unreported.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use envtool::compare::{Entry, Include, Presence, diff};
use envtool::model::{Collection, Scope};
use envtool::syntax::{Document, Syntax, write};
use envtool::text::Source;
use envtool::v3::{File, join, split};

use crate::support::{files_in, shared};

fn part(path: &str, text: &str) -> File {
    let document = Document::yaml(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
    File { path: path.to_owned(), document }
}

/// `original` as files, put together again; none when it is of version 1. Says what was lost.
fn round_trip(original: &Document) -> Option<(Document, Vec<String>)> {
    let taken_apart = split(&Collection::of(original)?)?;
    let mut lower: Vec<_> = taken_apart.files.iter().map(|(path, _)| path.to_lowercase()).collect();
    lower.sort();
    assert!(lower.windows(2).all(|pair| pair[0] != pair[1]), "two files have the same name");
    let parts: Vec<_> = taken_apart
        .files
        .iter()
        .map(|(path, value)| part(path, &write::document(value, Syntax::Yaml)))
        .collect();
    let joined = join(&taken_apart.name, &parts);
    assert_eq!(joined.notes, [""; 0]);
    Some((Document::json(&joined.collection.to_json()).unwrap(), taken_apart.notes))
}

fn document(path: &Path) -> Option<Document> {
    let source = Source::decode(fs::read(path).unwrap()).ok()?;
    Document::parse(source, Syntax::Json).ok()
}

/// Collections with a request that states nothing, not even a name, and with a host that contains the protocol.
const ODD: [&str; 3] = ["minimal-v2_0-input.json", "minimal-v2_1-input.json", "queryParamsCollection.json"];

/// The changes from `before` to `after` that none of `told`, sentences that name members in backticks, speaks of.
fn untold(before: &Document, after: &Document, told: &[String]) -> Vec<String> {
    let named: HashSet<&str> = told.iter().flat_map(|note| note.split('`').skip(1).step_by(2)).collect();
    let scopes = (Scope::of(before).unwrap(), Scope::of(after).unwrap());
    let mut found = diff(&scopes.0, &scopes.1, Include::default()).unwrap();
    for entry in found.entries.iter_mut().filter(|entry| entry.presence == Presence::Both) {
        entry.changes.retain(|change| !change.place.iter().any(|name| named.contains(name.as_str())));
    }
    let left = |entry: &Entry<'_>| {
        entry.presence != Presence::Both
            || entry.renamed_from.is_some()
            || entry.moved_from.is_some()
            || !entry.changes.is_empty()
    };
    found.entries.retain(left);
    let places = |entry: &Entry<'_>| entry.changes.iter().map(|it| it.place.join(".")).collect::<Vec<_>>();
    found.entries.iter().map(|entry| format!("{}: {:?}", entry.path.join("/"), places(entry))).collect()
}

#[test]
fn losses_in_a_round_trip_through_v3_are_reported() {
    let (mut count, mut lossless) = (0, 0);
    let mut differ = Vec::new();
    for folder in ["corpus/collections", "corpus/box/collections"] {
        let Some(folder) = shared(folder) else { return };
        for path in files_in(&folder) {
            let name = path.display().to_string();
            let Some(original) = document(&path).filter(|_| !ODD.iter().any(|odd| name.ends_with(odd)))
            else {
                continue;
            };
            let Some((back, told)) = round_trip(&original) else { continue };
            count += 1;
            lossless += usize::from(told.is_empty());
            let untold = untold(&original, &back, &told);
            if !untold.is_empty() {
                differ.push(format!("{name}:\n{}", untold.join("\n")));
            }
        }
    }
    eprintln!("{count} collections, {lossless} of them without a loss, {} with one untold", differ.len());
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn a_variable_named_by_its_id_gets_a_key_and_a_note() {
    let text = r#"{"info": {"name": "C"}, "item": [], "variable": [{"id": "host", "value": "x"}, {"key": "b", "value": ""}]}"#;
    let (after, notes) = round_trip(&Document::json(text).unwrap()).unwrap();
    assert_eq!(notes, ["left out: that a variable is named by `id`, not `key` (the collection)"]);
    let scope = Scope::of(&after).unwrap();
    assert_eq!(scope.variables().iter().map(|row| row.key()).collect::<Vec<_>>(), ["host", "b"]);
}

#[test]
fn an_example_without_its_request_is_reported() {
    let example = |path: &str| part(path, "$kind: http-example\nresponse:\n  body:\n    content: x\n");
    let parts = [
        part("Here.request.yaml", "$kind: http-request\nurl: x\nmethod: GET\n"),
        example(".resources/Here.resources/examples/kept.example.yaml"),
        example("Below/.resources/Gone.resources/examples/a.example.yaml"),
        example("Below/.resources/Gone.resources/examples/b.example.yaml"),
    ];
    let joined = join("Name", &parts);
    assert!(joined.collection.to_json().contains("kept"));
    let first = "`Below/.resources/Gone.resources/examples/a.example.yaml`";
    assert_eq!(
        joined.notes,
        [format!("left out: an example that belongs to no request ({first} and 1 more)")]
    );
}
