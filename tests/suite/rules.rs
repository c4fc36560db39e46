//! Every rule of `validate` has fixtures, a page, and says the same as ever.
//!
//! `fixtures/rules/<ID>/bad.json` must be found by the rule and `good.json` must not; `bad.txt` is what people are
//! shown. `ENVTOOL_BLESS=1 cargo test --test suite rules` writes `bad.txt` and `docs/rules.md` anew, to be read before
//! they are committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use envtool::lint::ALL;
use envtool::report::findings::rules_markdown;

#[test]
fn every_rule_finds_its_bad_fixture_and_leaves_the_good_one_alone() {
    // In a folder that git does not track.
    let work = tempfile::tempdir().unwrap();
    for rule in ALL {
        let folder = root().join("fixtures/rules").join(rule.id);
        assert!(folder.is_dir(), "{} has no fixtures", rule.id);
        let good = validate(work.path(), rule.id, "good.json");
        assert_eq!(good.status.code(), Some(0), "{}: {}", rule.id, text(&good.stdout));
        let bad = validate(work.path(), rule.id, "bad.json");
        assert_eq!(bad.status.code(), Some(1), "{}: nothing found\n{}", rule.id, text(&bad.stderr));
        compare(&folder.join("bad.txt"), &text(&bad.stdout));
    }
}

#[test]
fn every_fixture_belongs_to_a_rule() {
    for entry in fs::read_dir(root().join("fixtures/rules")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let helper = ["template.json", "with.json"].contains(&name.as_str());
        assert!(helper || ALL.iter().any(|rule| rule.id == name), "{name} is no rule");
    }
}

#[test]
fn ids_are_in_order_and_each_is_there_once() {
    let ids: Vec<_> = ALL.iter().map(|rule| rule.id).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    for rule in ALL {
        let lower = rule
            .title
            .chars()
            .next()
            .is_some_and(|first| !first.is_ascii_uppercase() || rule.title.starts_with("JSON"));
        assert!(lower && !rule.title.ends_with('.'), "{}: {}", rule.id, rule.title);
        assert!(rule.explanation.ends_with('.'), "{}: {}", rule.id, rule.explanation);
    }
}

#[test]
fn the_page_of_rules_is_what_the_rules_say() {
    compare(&root().join("docs/rules.md"), &rules_markdown());
}

#[test]
fn what_git_tracks_makes_a_credential_an_error() {
    let work = tempfile::tempdir().unwrap();
    let git = |words: &[&str]| Command::new("git").current_dir(work.path()).args(words).output();
    if !git(&["init", "--quiet"]).is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: git is not there");
        return;
    }
    let untracked = text(&validate(work.path(), "SEC001", "bad.json").stdout);
    assert!(untracked.starts_with("note[SEC001]"), "{untracked}");
    git(&["add", "bad.json"]).unwrap();
    let tracked = text(&validate(work.path(), "SEC001", "bad.json").stdout);
    assert!(tracked.starts_with("error[SEC001]") && tracked.contains("git tracks this file"), "{tracked}");
}

/// Runs `validate` with only the rule `id` on one of its fixtures, copied to `work`. Every finding fails.
fn validate(work: &Path, id: &str, name: &str) -> Output {
    let fixtures = root().join("fixtures/rules");
    fs::copy(fixtures.join(id).join(name), work.join(name)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_envtool"));
    command.current_dir(work).env("ENVTOOL_NOW", "1795174200000").env("NO_COLOR", "1");
    command.args(["validate", "--select", id, "--fail-on", "info", "--color", "never"]);
    let beside = match id {
        "ENV020" | "ENV021" => Some(("--against", "template.json")),
        "COL010" => Some(("--environment", "with.json")),
        _ => None,
    };
    if let Some((option, file)) = beside {
        fs::copy(fixtures.join(file), work.join(file)).unwrap();
        command.args([option, file]);
    }
    command.arg(name).output().unwrap()
}

fn compare(expected: &Path, found: &str) {
    if std::env::var_os("ENVTOOL_BLESS").is_some() {
        fs::write(expected, found).unwrap();
    }
    let known = fs::read_to_string(expected).unwrap_or_default();
    assert_eq!(known, found, "{} is out of date", expected.display());
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
