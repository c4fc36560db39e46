//! Properties of every document: fixtures, generated ones, and damaged ones.
//!
//! `PROPTEST_CASES` sets the number of generated documents, `PROPTEST_RNG_SEED` selects others, and `ENVTOOL_MUTATIONS`
//! sets the number of damaged ones.

mod generated;

use std::fs;

use envtool::disk::Journal;
use envtool::edit::{self, Assignment, EditError, FormatOptions, Plan, SetOptions};
use envtool::model::Scope;
use envtool::syntax::{Document, Kind, Node, Syntax, Value};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde::de::IgnoredAny;

use self::generated::{environments, verbs};
use crate::support::{self, SCOPES, TakeBack as _, TestDisk, assert_one_span_changes, document, fixtures};

#[test]
fn reading_and_writing_back_is_identity() {
    for (path, bytes) in fixtures(&[&SCOPES[..], &["other"]].concat()) {
        let document = document(&path, &bytes);
        assert_eq!(document.to_bytes(), bytes, "{}", path);
        if document.syntax() == Syntax::Json {
            assert_tree_is_sound(&document);
        }
    }
}

/// All fixtures with variables except the one that envtool refuses to change because of its YAML anchors.
fn changeable() -> impl Iterator<Item = (String, Vec<u8>)> {
    fixtures(&SCOPES).into_iter().filter(|(path, _)| !path.ends_with("anchors.environment.yaml"))
}

#[test]
fn a_change_of_one_value_changes_only_its_span() {
    for (path, bytes) in changeable() {
        assert_one_span_changes(&path, &bytes);
    }
}

#[test]
fn adding_and_removing_a_variable_is_identity() {
    for (path, bytes) in changeable() {
        let document = document(&path, &bytes);
        if Scope::of(&document).unwrap().array().is_some_and(|list| list.items().next().is_some()) {
            assert_adding_and_removing_is_identity(&path, &document);
        }
    }
}

fn assert_adding_and_removing_is_identity(name: &str, before: &Document) {
    let wish = Assignment { key: "added here".to_owned(), value: Value::string("x") };
    let options = SetOptions { create: true, ..SetOptions::default() };
    let added = changed(before, |scope| edit::set(scope, &[wish], &options)).unwrap();
    let removed = changed(&added, |scope| edit::unset(scope, &["added here".to_owned()])).unwrap();
    assert_eq!(removed.source().text(), before.source().text(), "{name}");
}

#[test]
fn formatting_changes_no_value_and_is_idempotent() {
    for (path, bytes) in fixtures(&["box", "postman", "odd", "collections"]) {
        let before = document(&path, &bytes);
        if before.syntax() != Syntax::Json {
            continue;
        }
        let format = |scope: &Scope<'_>| edit::format(scope, FormatOptions::default());
        let after = changed(&before, format).unwrap();
        assert_eq!(sorted(before.root()), sorted(after.root()), "{path}");
        assert!(format(&Scope::of(&after).unwrap()).unwrap().edits.is_empty(), "{path}");
    }
}

/// The spellings of all names and values, with members in order of their names.
fn sorted(node: Node<'_>) -> String {
    match node.kind() {
        Kind::Object => {
            let spell =
                |member: envtool::syntax::Member<'_>| member.name.raw().to_owned() + &sorted(member.value);
            let mut members: Vec<_> = node.members().map(spell).collect();
            // This loses the order of duplicate members, which formatting keeps.
            members.sort();
            format!("{{{}}}", members.join(","))
        }
        Kind::Array => format!("[{}]", node.items().map(sorted).collect::<Vec<_>>().join(",")),
        _ => node.raw().to_owned(),
    }
}

#[test]
fn redacting_leaves_no_secret_and_is_idempotent() {
    let redaction = edit::Redaction::default();
    for (path, bytes) in fixtures(&["box", "postman", "odd", "v3", "collections"]) {
        let before = document(&path, &bytes);
        let plan = edit::redact(&before, &redaction).unwrap();
        let Ok(after) = before.edited(&plan.edits) else {
            assert!(path.ends_with("anchors.environment.yaml"), "{path}");
            continue;
        };
        for found in envtool::model::credentials(before.root()) {
            let secret = before.source().slice(found.span);
            let is_line = secret.starts_with("-----") || secret.starts_with("\"-----");
            assert!(is_line || !after.source().text().contains(secret), "{path}: {secret}");
        }
        assert!(edit::redact(&after, &redaction).unwrap().edits.is_empty(), "{path}");
        assert_eq!(shape(before.root()), shape(after.root()), "{path}");
    }
}

/// The names and kinds of everything in `node`.
fn shape(node: Node<'_>) -> String {
    let inside: Vec<_> = match node.kind() {
        Kind::Object => {
            node.members().map(|member| member.name.raw().to_owned() + &shape(member.value)).collect()
        }
        _ => node.items().map(shape).collect(),
    };
    format!("{}({})", node.kind().name(), inside.join(","))
}

fn changed(
    document: &Document,
    verb: impl FnOnce(&Scope<'_>) -> Result<Plan, EditError>,
) -> Result<Document, EditError> {
    let plan = verb(&Scope::of(document).unwrap())?;
    Ok(document.edited(&plan.edits).expect("an edit that breaks the file"))
}

/// Checks that spans nest and follow each other with only layout between them, and that `serde_json` reads the same
/// values.
fn assert_tree_is_sound(document: &Document) {
    let text = document.source().text();
    let mut open = vec![document.root()];
    while let Some(node) = open.pop() {
        let own = node.span();
        let mut end = own.start + u32::from(matches!(node.kind(), Kind::Object | Kind::Array));
        let inside = node.members().flat_map(|member| [member.name, member.value]).chain(node.items());
        for child in inside {
            let span = child.span();
            assert!(end <= span.start && span.start < span.end && span.end < own.end);
            let gap = &text[end as usize..span.start as usize];
            assert!(gap.trim_matches([' ', '\t', '\r', '\n']).chars().all(|c| ",:".contains(c)), "{gap:?}");
            end = span.end;
            open.push(child);
        }
    }
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text) {
        assert!(says_the_same(document.root(), &value), "{text}");
    }
}

/// `serde_json` keeps the last of duplicate members.
fn says_the_same(node: Node<'_>, value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => node.is_null(),
        serde_json::Value::Bool(on) => node.as_bool() == Some(*on),
        serde_json::Value::Number(_) => node.kind() == Kind::Number,
        serde_json::Value::String(text) => node.is_str(text),
        serde_json::Value::Array(items) => {
            node.items().count() == items.len()
                && node.items().zip(items).all(|(item, value)| says_the_same(item, value))
        }
        serde_json::Value::Object(members) => {
            members.iter().all(|(name, value)| node.get(name).is_some_and(|node| says_the_same(node, value)))
                && node.members().all(|member| members.contains_key(&*member.name.as_str().unwrap()))
        }
    }
}

proptest! {
    #![proptest_config(support::reproducible())]

    #[test]
    fn generated_documents_round_trip_and_change_one_span_at_a_time(text in environments()) {
        let document = support::document("x.json", text.as_bytes());
        prop_assert_eq!(document.to_bytes(), text.as_bytes());
        assert_tree_is_sound(&document);
        assert_one_span_changes("x.json", text.as_bytes());
        if !Scope::of(&document).unwrap().variables().is_empty() {
            assert_adding_and_removing_is_identity(&text, &document);
        }
    }

    #[test]
    fn undo_reverts_any_sequence_of_changes(text in environments(), verbs in prop::collection::vec(verbs(), 1..8)) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.postman_environment.json");
        let journal = Journal::at(folder.path().join("state"));
        let disk = TestDisk::default();
        let save = disk.save(Some(&journal));
        fs::write(&file, &text).unwrap();
        let mut before = Vec::new();
        for verb in verbs {
            let bytes = fs::read(&file).unwrap();
            let document = document("x.json", &bytes);
            let Ok(after) = changed(&document, |scope| verb.plan(scope)) else { continue };
            if after.to_bytes() != bytes {
                save.replace(&file, &bytes, &after.to_bytes()).unwrap();
                before.push(bytes);
            }
        }
        for bytes in before.into_iter().rev() {
            disk.save(None).undo(&file, &journal).unwrap();
            prop_assert_eq!(fs::read(&file).unwrap(), bytes);
        }
        prop_assert!(save.undo(&file, &journal).is_err());
    }

    #[test]
    fn naming_a_variable_twice_is_naming_it_once(text in environments()) {
        let document = document("x.json", text.as_bytes());
        let scope = Scope::of(&document).unwrap();
        let outcome = |plan: Result<Plan, EditError>| {
            plan.map(|plan| (document.edited(&plan.edits).unwrap().to_bytes().to_vec(), plan.changes, plan.notes))
        };
        for variable in scope.variables() {
            for name in [variable.key().to_owned(), variable.node().path().to_string()] {
                let (once, twice) = ([name.clone()], [name.clone(), name]);
                prop_assert_eq!(outcome(edit::enable(&scope, &twice)), outcome(edit::enable(&scope, &once)));
                prop_assert_eq!(outcome(edit::disable(&scope, &twice)), outcome(edit::disable(&scope, &once)));
                prop_assert_eq!(outcome(edit::unset(&scope, &twice)), outcome(edit::unset(&scope, &once)));
                let reset = |keys: &[String]| outcome(edit::reset(&scope, &edit::Reset::Keys(keys.to_vec()), &[]));
                prop_assert_eq!(reset(&twice), reset(&once));
                let redact = |also: &[String]| {
                    let wish = edit::Redaction { also: also.to_vec(), keep: Vec::new() };
                    outcome(edit::redact(&document, &wish))
                };
                prop_assert_eq!(redact(&twice), redact(&once));
            }
        }
    }

    #[test]
    fn envtool_and_serde_json_agree_on_what_is_json(text in any::<String>()) {
        assert_same_validity(&text);
    }
}

/// Checks that envtool and `serde_json` agree on whether `text` is JSON, and returns whether it is. `IgnoredAny`
/// follows RFC 8259 to the letter: halves of surrogate pairs, numbers of any length, any depth. Only envtool limits the
/// depth.
fn assert_same_validity(text: &str) -> bool {
    let (own, theirs) = (Document::json(text), serde_json::from_str::<IgnoredAny>(text));
    if let (Ok(document), Ok(_)) = (&own, &theirs) {
        assert_tree_is_sound(document);
        return true;
    }
    let too_deep = own.as_ref().is_err_and(|error| error.problem.contains("levels of nesting"));
    assert!(
        too_deep || (own.is_err() && theirs.is_err()),
        "envtool: {own:?}\nserde_json: {theirs:?}\n{text:?}"
    );
    false
}

#[test]
fn envtool_and_serde_json_agree_on_damaged_documents() {
    const PIECES: [&str; 36] = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\n", "/", "0", "1", "-", "+", ".", "e",
        "E9", "true", "false", "null", "nul", " ", "\n", "\t", "\r", "\u{0}", "\u{1f}", "\u{7f}", "\u{feff}",
        "é", "😀", "\u{a0}", "//", "'",
    ];
    let wanted: usize = std::env::var("ENVTOOL_MUTATIONS").map_or(20_000, |count| count.parse().unwrap());
    let seeds: Vec<String> = fixtures(&["box", "postman", "odd", "other", "broken"])
        .into_iter()
        .filter_map(|(_, bytes)| String::from_utf8(bytes).ok().filter(|text| text.len() < 4000))
        .collect();
    let mut random = TestRng::deterministic_rng(RngAlgorithm::XorShift);
    let mut below = move |end: usize| random.next_u64() as usize % end.max(1);
    let mut valid = 0;
    for _ in 0..wanted {
        let mut text = seeds[below(seeds.len())].clone().into_bytes();
        // Either a small part, in which damage accumulates, or the whole, which may stay valid.
        if below(2) == 0 {
            let from = below(text.len() + 1);
            text = text[from..text.len().min(from + 1 + below(200))].to_vec();
        }
        for _ in 0..1 + below(3) {
            let at = below(text.len() + 1);
            let until = text.len().min(at + below(4));
            text.splice(at..until, PIECES[below(PIECES.len())].bytes());
        }
        let text = String::from_utf8_lossy(&text);
        valid += usize::from(assert_same_validity(&text));
        valid += usize::from(assert_same_validity(&format!(
            "[{}]",
            text.trim_matches([',', '\n', ' ', '\t', '\r'])
        )));
    }
    eprintln!("{} damaged documents, {valid} of them still valid", 2 * wanted);
}
