//! The git-native files of public repositories.

use std::fs;
use std::path::Path;

use envtool::model::{FileKind, Format, Scope, identify};
use envtool::syntax::{Document, NotEdited, Syntax, Value, write};
use envtool::text::{EditSet, Source};

use crate::support::{files_in, shared};

/// Files that are not YAML: broken on purpose for Postman's linter, or written by hand.
const BROKEN: [&str; 3] =
    ["generated__lint-cases", "Health/GET health.request.yaml", "Auth/Get Me.request.yaml"];

fn parse(path: &Path) -> Result<Document, String> {
    let bytes = fs::read(path).unwrap();
    let source = Source::decode(bytes.clone()).map_err(|error| error.to_string())?;
    let syntax = Syntax::of(&path.display().to_string(), source.text());
    let document = Document::parse(source, syntax).map_err(|(error, _)| error.to_string())?;
    assert_eq!(document.to_bytes(), bytes, "{}", path.display());
    Ok(document)
}

#[test]
fn files_of_public_repositories_are_read_and_changed_one_value_at_a_time() {
    let Some(folder) = shared("corpus/v3") else { return };
    let mut files = files_in(&folder);
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml"));
    let (mut scopes, mut edits) = (0, 0);
    for path in &files {
        let document = match parse(path) {
            Ok(document) => document,
            Err(_)
                if BROKEN.iter().any(|name| path.display().to_string().replace('\\', "/").contains(name)) =>
            {
                continue;
            }
            Err(error) => panic!("{}: {error}", path.display()),
        };
        let variables = matches!(
            identify(&document),
            FileKind::Environment(Format::V3Yaml) | FileKind::Globals(Format::V3Yaml)
        );
        scopes += usize::from(variables);
        for new in ["plain", "it's: new # {{x}}", "two\nlines"] {
            edits += one_span_edits(path, &document, new, variables);
        }
    }
    eprintln!("{} files, {scopes} of them environments and globals; {edits} edits", files.len());
    assert!(files.len() > 600 && scopes > 60, "{} files, {scopes} with variables", files.len());
}

/// Changes values one by one: `every` value, or only the first and the last few. Returns their number.
fn one_span_edits(path: &Path, document: &Document, new: &str, every: bool) -> usize {
    let scalars: Vec<_> =
        document.root().descendants().filter(|node| node.values().next().is_none()).collect();
    let some = |at: usize| every || at < 4 || at + 4 > scalars.len();
    let chosen: Vec<_> =
        scalars.iter().enumerate().filter(|(at, _)| some(*at)).map(|(_, node)| *node).collect();
    for node in &chosen {
        let edit = write::replace(*node, &Value::string(new));
        let after = match document.edited(&EditSet::from(edit.clone())) {
            Err(NotEdited::Obstacle(_)) => continue,
            after => after.unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        };
        let (old, text) = (document.source().text(), after.source().text());
        assert_eq!(old[..edit.span.start as usize], text[..edit.span.start as usize]);
        assert!(text.ends_with(&old[edit.span.end as usize..]));
        assert!(edit.span == node.span(), "{}: {:?}", path.display(), node.raw());
        let place = node.path();
        // A path leads only to the last of duplicate names.
        if place.resolve(document.root()) == Some(*node) {
            let changed = place.resolve(after.root()).unwrap();
            assert_eq!(changed.as_str().as_deref(), Some(new), "{}: {place}", path.display());
        }
        let count = |document: &Document| document.root().descendants().count();
        assert_eq!(count(document), count(&after), "{}: {place}", path.display());
    }
    if every {
        assert!(Scope::of(document).is_ok(), "{}", path.display());
    }
    chosen.len()
}
