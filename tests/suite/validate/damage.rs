//! Whatever damage a file has, every format can report it.

use std::path::Path;

use envtool::lint::{Checker, Location, Selection, Severity, Surroundings, unparsable, unreadable};
use envtool::report::Mask;
use envtool::report::findings::{CheckedFile, Excerpts, Located, github, gitlab, human, json, junit, sarif};
use envtool::syntax::{Document, Syntax};
use envtool::term::Painter;
use envtool::text::{Encoding, Source};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof, proptest};

use crate::support::fixtures;

/// The findings of `validate` in a file with these bytes.
fn reports(name: &str, bytes: &[u8]) -> Vec<CheckedFile> {
    let selection = Selection::default();
    let (source, document, findings, kind) = match Source::decode_or_show(bytes.to_vec()) {
        Err((error, source, span)) => {
            let finding = unreadable(&error.to_string(), span, &selection).unwrap();
            (source, None, vec![finding], None)
        }
        Ok(source) => {
            let syntax = Syntax::of(name, source.text());
            match Document::parse(source, syntax) {
                Err((error, source)) => {
                    let finding = unparsable(&error, &selection).unwrap();
                    (source, None, vec![finding], None)
                }
                Ok(document) => {
                    let checker = Checker::new(&selection, Surroundings::default());
                    let location = Location::default();
                    let facts = checker.facts(&document, &location);
                    let (findings, kind) = (checker.check(&facts), facts.kind);
                    let source = Source::with(document.source().text().to_owned(), Encoding::Utf8);
                    (source, Some(document), findings, Some(kind))
                }
            }
        }
    };
    let excerpts = Excerpts::new(name, &source, document.as_ref(), Mask::Secrets, Painter { color: false });
    let located = findings.iter().map(|finding| {
        let excerpt = Some(excerpts.render(finding));
        Located { excerpt, ..Located::of(finding, &source, document.as_ref()) }
    });
    vec![CheckedFile { path: name.to_owned(), kind, findings: located.collect() }]
}

fn assert_reported(name: &str, bytes: &[u8]) {
    let files = reports(name, bytes);
    let broken = Source::decode(bytes.to_vec())
        .map_or(true, |source| Document::parse(source, Syntax::of(name, "")).is_err());
    assert!(!broken || !files[0].findings.is_empty(), "{name}: no finding");
    let junit = |files: &[CheckedFile]| junit(files, Severity::Error);
    for format in [human, json, sarif, github, gitlab, junit] {
        let _ = format(&files);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_reported_in_every_format(damage in damage(), pick in any::<prop::sample::Index>()) {
        let files = fixtures(&["box", "postman", "odd", "other", "broken", "collections", "v3", "rules"]);
        let small: Vec<_> = files.iter().filter(|(_, bytes)| bytes.len() < 20_000).collect();
        let (name, bytes) = pick.get(&small);
        let name = Path::new(name).file_name().unwrap().to_str().unwrap();
        assert_reported(name, &damage.done_to(bytes));
    }
}

/// A way in which files are damaged.
#[derive(Clone, Debug)]
enum Damage {
    CutOff(prop::sample::Index),
    Byte(prop::sample::Index, u8),
    Inserted(prop::sample::Index, &'static str),
    Doubled(prop::sample::Index, prop::sample::Index),
    Nested(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    let texts = vec![
        "\0",
        "\u{feff}",
        "é",
        "😀",
        "{{",
        "}}",
        "{{a}}",
        "\\ud800",
        "1e999999",
        "-0",
        "null",
        "[]",
        "{}",
        "\"\"",
        ",",
        "\"key\": 1, ",
        "\"values\": {}, ",
        "99999999999999999999999999",
        "\r",
        "\u{2028}",
        "-----BEGIN PRIVATE KEY-----",
    ];
    prop_oneof![
        2 => at().prop_map(Damage::CutOff),
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        4 => (at(), prop::sample::select(texts)).prop_map(|(at, text)| Damage::Inserted(at, text)),
        2 => (at(), at()).prop_map(|(from, to)| Damage::Doubled(from, to)),
        1 => prop_oneof![Just(999), Just(1000), Just(1001), Just(100_000)].prop_map(Damage::Nested),
    ]
}

impl Damage {
    fn done_to(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let end = bytes.len() + 1;
        match self {
            Self::CutOff(at) => bytes.truncate(at.index(end)),
            Self::Byte(at, byte) => {
                let at = at.index(end);
                bytes.splice(at..(at + 1).min(bytes.len()), [*byte]);
            }
            Self::Inserted(at, text) => {
                let at = at.index(end);
                bytes.splice(at..at, text.bytes());
            }
            Self::Doubled(from, to) => {
                let (from, to) = (from.index(end), to.index(end));
                let part = bytes[from.min(to)..from.max(to)].to_vec();
                bytes.splice(to..to, part);
            }
            Self::Nested(depth) => {
                bytes.splice(0..0, "[".repeat(*depth).into_bytes());
                bytes.extend("]".repeat(*depth).into_bytes());
            }
        }
        bytes
    }
}
