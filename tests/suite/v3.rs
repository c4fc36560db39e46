//! Git-native collections: taken apart, put together, and the same as before.

use std::fs;
use std::path::Path;

use envtool::compare::{Include, diff};
use envtool::model::{Collection, Scope};
use envtool::report::{Mask, human};
use envtool::syntax::{Document, Syntax, write};
use envtool::term::Painter;
use envtool::text::Source;
use envtool::v3::{Part, join, split};

use crate::support::{files_in, shared};

fn part(path: &str, text: &str) -> Part {
    let document = Document::yaml(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
    Part { path: path.to_owned(), document }
}

/// `original` as files, put together again; none when it is of version 1. Says what was lost.
fn round_trip(original: &Document) -> Option<(Document, Vec<String>)> {
    let taken_apart = split(&Collection::of(original)?)?;
    let mut lower: Vec<_> = taken_apart.files.iter().map(|(path, _)| path.to_lowercase()).collect();
    lower.sort();
    assert!(lower.windows(2).all(|pair| pair[0] != pair[1]), "two files of one name");
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

/// A request of which nothing is stated, not even a name; a host that holds the protocol.
const ODD: [&str; 3] = ["minimal-v2_0-input.json", "minimal-v2_1-input.json", "queryParamsCollection.json"];

#[test]
fn collections_survive_the_way_to_v3_and_back() {
    let mut count = 0;
    let mut differ = Vec::new();
    for folder in ["corpus/collections", "corpus/box"] {
        let Some(folder) = shared(folder) else { return };
        for path in files_in(&folder) {
            let name = path.display().to_string();
            let Some(original) = document(&path).filter(|_| !ODD.iter().any(|odd| name.ends_with(odd)))
            else {
                continue;
            };
            let Some((back, lost)) = round_trip(&original) else { continue };
            count += 1;
            let (before, after) = (Scope::of(&original).unwrap(), Scope::of(&back).unwrap());
            let found = diff(&before, &after, Include::default()).unwrap();
            if !found.entries.is_empty() && lost.is_empty() {
                let shown = human(&found, Mask::Nothing, Painter { color: false }, false);
                differ.push(format!("{}:\n{shown}", name));
            }
        }
    }
    eprintln!("{count} collections, {} changed and nothing said", differ.len());
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
