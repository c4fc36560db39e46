//! Real files from `../shared/corpus`, which is not part of the repository. Skipped without it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use envtool::disk;
use envtool::edit::{self, Assignment, Reset, SetOptions};
use envtool::lint::{Checker, Location, Selection, Surroundings};
use envtool::model::{Collection, Place, Scope, credentials};
use envtool::report::{InspectReport, InspectView, Mask, Status, to_json};
use envtool::syntax::{Document, Kind, Syntax, Value, select};
use envtool::term::Painter;
use envtool::text::Source;

use crate::support::{assert_one_span_changes, files_in, shared};

/// The files in these shared folders, as far as they exist. `None` if none of them does.
fn files(names: &[&str]) -> Option<Vec<PathBuf>> {
    let folders: Vec<_> = names.iter().filter_map(|name| shared(name)).collect();
    (!folders.is_empty()).then(|| folders.iter().flat_map(|folder| files_in(folder)).collect())
}

#[test]
fn real_environments_round_trip_and_change_one_span_at_a_time() {
    let Some(files) = files(&["corpus/env", "corpus/box/env"]) else { return };
    let (mut scopes, mut variables, mut others) = (0, 0, Vec::new());
    for path in &files {
        let name = path.display().to_string();
        let bytes = fs::read(path).unwrap();
        assert_eq!(disk::read(path).unwrap(), bytes);
        let parsed = Source::decode(bytes.clone())
            .map_err(|error| error.to_string())
            .and_then(|source| Document::parse(source, Syntax::Json).map_err(|(error, _)| error.to_string()));
        let document = match parsed {
            Ok(document) => document,
            Err(error) => {
                others.push(format!("{name}: {error}"));
                continue;
            }
        };
        assert_eq!(document.to_bytes(), bytes, "{name}");
        if Scope::of(&document).is_err() {
            others.push(format!("{name}: no scope"));
            continue;
        }
        variables += assert_one_span_changes(&name, &bytes);
        scopes += 1;
    }
    assert!(scopes > 0, "none of {} files is an environment", files.len());
    eprintln!("swept {scopes} files with {variables} variables; left out: {others:#?}");
}

#[test]
fn real_files_are_parsed_and_checked() {
    let checker = Checker::new(&Selection::default(), Surroundings::default());
    let names = ["corpus/env", "corpus/collections", "corpus/box/env", "corpus/box/collections"];
    let Some(files) = files(&names) else { return };
    let mut counts = BTreeMap::new();
    let mut unread = Vec::new();
    for path in &files {
        let source = Source::decode(fs::read(path).unwrap()).map_err(|error| error.to_string());
        let parsed = source
            .and_then(|source| Document::parse(source, Syntax::Json).map_err(|(error, _)| error.to_string()));
        match parsed {
            Ok(document) => {
                for finding in checker.check(&checker.facts(&document, &Location::default())) {
                    assert!(
                        finding.span.end as usize <= document.source().text().len(),
                        "{}",
                        path.display()
                    );
                    *counts.entry(finding.rule.id).or_insert(0) += 1;
                }
            }
            Err(error) => unread.push((path.file_name().unwrap().to_string_lossy().into_owned(), error)),
        }
    }
    // Broken on purpose, archives, and two files with the conflict markers of a merge.
    let broken = |name: &str| {
        name.starts_with("generated__") || name.starts_with("ArtemBulgakov+espp") || !name.ends_with(".json")
    };
    unread.retain(|(name, _)| !broken(name));
    assert!(unread.is_empty(), "{unread:#?}");
    assert!(!counts.is_empty(), "nothing found in {} files", files.len());
    eprintln!("findings: {counts:#?}");
}

#[test]
fn real_collections_round_trip_and_can_be_inspected_set_and_reset() {
    let Some(files) = files(&["corpus/collections", "corpus/box/collections"]) else { return };
    let (mut collections, mut emptied, mut others) = (0, 0, Vec::new());
    let mut large = 0;
    for path in &files {
        let name = path.display().to_string();
        let bytes = fs::read(path).unwrap();
        // Two large ones are enough, as this runs without optimizations.
        large += usize::from(bytes.len() > 1 << 17);
        if bytes.len() > 1 << 17 && large > 2 {
            continue;
        }
        let source = Source::decode(bytes.clone()).ok();
        let document = source.and_then(|source| Document::parse(source, Syntax::Json).ok());
        let Some(document) = document.filter(|document| Collection::of(document).is_some()) else {
            others.push(name);
            continue;
        };
        assert_eq!(document.to_bytes(), bytes, "{name}");
        let scope = Scope::of(&document).unwrap();
        inspect(&name, &scope);
        set_some_strings(&name, &scope);
        emptied += reset(&name, &scope);
        collections += 1;
    }
    assert!(collections > 0, "none of {} files is a collection", files.len());
    eprintln!("swept {collections} collections, emptied {emptied} credentials; left out: {others:#?}");
}

fn inspect(name: &str, scope: &Scope<'_>) {
    let painter = Painter { color: false };
    let view = InspectView {
        painter,
        mask: Mask::Secrets,
        width: None,
        whole: true,
        status: Status::of(scope, 0),
        named: true,
        is_folder: false,
    };
    let shown = view.render(name, scope);
    let report = to_json(&InspectReport::of(name, scope, Mask::Secrets, Status::of(scope, 0).as_ref()));
    for item in Collection::of(scope.owner().document()).unwrap().items() {
        let method = item.request().map(|request| request.method().into_owned()).unwrap_or_default();
        assert!(shown.contains(&method) && report.contains(&method), "{name}");
    }
}

/// Sets the first, a middle and the last string by path and checks that only their bytes change.
fn set_some_strings(name: &str, scope: &Scope<'_>) {
    let document = scope.owner().document();
    let strings: Vec<_> = document.root().descendants().filter(|node| node.kind() == Kind::String).collect();
    for at in [0, strings.len() / 2, strings.len() - 1] {
        let (node, key) = (strings[at], strings[at].path().to_string());
        if select(document, &key).unwrap() != [node] {
            continue; // A member that a later one of the same name hides.
        }
        let wish = Assignment { key, value: Value::string("new") };
        let plan = edit::set(scope, &[wish], &SetOptions::default()).unwrap();
        let [edit] = plan.edits.edits() else { panic!("{name}: {:?}", plan.edits) };
        assert_eq!((edit.span, edit.replacement.as_str()), (node.span(), "\"new\""), "{name}");
    }
}

/// Empties the credentials and checks that only those in scripts and prose are left, and that masking shows none.
fn reset(name: &str, scope: &Scope<'_>) -> usize {
    let plan = edit::reset(scope, &Reset::Tokens, &[]).unwrap();
    let document = scope.owner().document();
    let masked = Document::json(&Mask::Secrets.of_document(document)).unwrap();
    let after = document.edited(&plan.edits).unwrap();
    for (document, what) in [(&masked, "shown"), (&after, "left")] {
        let mut found = credentials(document.root())
            .into_iter()
            .filter(|found| !document.source().slice(found.span).contains("***"));
        let is_left = |place| matches!(place, Place::Script | Place::Other | Place::Variable);
        let bad = found.find(|found| what == "shown" || !is_left(Place::of(found.node)));
        assert!(bad.is_none(), "{name}: {what}: {bad:?}");
    }
    plan.changes.len()
}
