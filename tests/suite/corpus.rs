//! Real environment files, where they are at hand: `../shared/corpus`. They are not part of the repository.

use std::collections::BTreeMap;
use std::fs;

use envtool::disk;
use envtool::lint::{Checker, Selection, Surroundings};
use envtool::model::Scope;
use envtool::syntax::{Document, Syntax};
use envtool::text::Source;

use crate::support::{assert_one_span_changes, files_in, shared};

#[test]
fn real_environments_are_kept_byte_for_byte_and_changed_span_by_span() {
    let folders = ["corpus/env", "corpus/box/env"].map(shared);
    let (mut scopes, mut variables, mut others) = (0, 0, Vec::new());
    for path in folders.iter().flatten().flat_map(|folder| files_in(folder)) {
        let name = path.display().to_string();
        let bytes = fs::read(&path).unwrap();
        assert_eq!(disk::read(&path).unwrap(), bytes);
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
    eprintln!("swept {scopes} files with {variables} variables; left out: {others:#?}");
}

#[test]
fn real_files_are_checked_without_an_error_of_reading() {
    let checker = Checker::new(&Selection::default(), Surroundings::default());
    let folders =
        ["corpus/env", "corpus/collections", "corpus/box/env", "corpus/box/collections"].map(shared);
    let mut counts = BTreeMap::new();
    let mut unread = Vec::new();
    for path in folders.iter().flatten().flat_map(|folder| files_in(folder)) {
        let source = Source::decode(fs::read(&path).unwrap()).map_err(|error| error.to_string());
        let parsed = source
            .and_then(|source| Document::parse(source, Syntax::Json).map_err(|(error, _)| error.to_string()));
        match parsed {
            Ok(document) => {
                for finding in checker.check(&checker.facts(&document)) {
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
    // Made to be broken, archives, and two that a merge has left with its marks.
    let broken = |name: &str| {
        name.starts_with("generated__") || name.starts_with("ArtemBulgakov+espp") || !name.ends_with(".json")
    };
    unread.retain(|(name, _)| !broken(name));
    assert!(unread.is_empty(), "{unread:#?}");
    eprintln!("findings: {counts:#?}");
}
