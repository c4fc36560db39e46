//! Every rule of `validate` has fixtures, a row in the documentation, and stable output.
//!
//! A rule must report the files and folders of `fixtures/rules/<ID>/` whose names start with `bad`, and none of those
//! that start with `good`. `bad.txt` contains what people see. `ENVTOOL_BLESS=1 cargo test --test suite rules` rewrites
//! `bad.txt` and `docs/rules.md`; read the changes before you commit them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use envtool::lint::{ALL, Rule};
use envtool::report::findings::rules_markdown;

use crate::support::program::{NOW, outside};
use crate::support::{copy, root, shared, skipped};

#[test]
fn every_rule_finds_its_bad_fixture_and_leaves_the_good_one_alone() {
    // In a folder that git does not track.
    let work = tempfile::tempdir().unwrap();
    for rule in ALL {
        let folder = root().join("fixtures/rules").join(rule.id);
        assert!(folder.is_dir(), "{} has no fixtures", rule.id);
        for name in fixtures(rule.id, "good") {
            let good = validate(work.path(), rule.id, &name);
            assert_eq!(good.status.code(), Some(0), "{}/{name}: {}", rule.id, text(&good.stdout));
        }
        let mut shown = String::new();
        for name in fixtures(rule.id, "bad") {
            let bad = validate(work.path(), rule.id, &name);
            assert_eq!(
                bad.status.code(),
                Some(1),
                "{}/{name}: nothing found\n{}",
                rule.id,
                text(&bad.stderr)
            );
            shown.push_str(&text(&bad.stdout));
        }
        compare(&folder.join("bad.txt"), &shown);
    }
}

/// The fixtures of the rule `id` whose names start with `word`, JSON first.
fn fixtures(id: &str, word: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join("fixtures/rules").join(id)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.starts_with(word) && !name.ends_with(".txt")).collect();
    assert!(!names.is_empty(), "{id} has no {word} fixture");
    names.sort_by_key(|name| (!name.ends_with(".json"), name.clone()));
    names
}

#[test]
fn every_fixture_belongs_to_a_rule() {
    for entry in fs::read_dir(root().join("fixtures/rules")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let helper = ["template.json", "with.json"].contains(&name.as_str());
        assert!(helper || ALL.iter().any(|rule| rule.id == name), "{name} is not a rule");
    }
}

#[test]
fn rule_ids_are_sorted_and_unique() {
    let letters = |rule: &Rule| rule.id.trim_end_matches(|c: char| c.is_ascii_digit());
    let groups: Vec<_> = ALL.chunk_by(|one, other| letters(one) == letters(other)).collect();
    let names: BTreeSet<_> = groups.iter().map(|group| letters(group[0])).collect();
    assert_eq!(names.len(), groups.len(), "the rules of a group are together");
    for pair in groups.iter().flat_map(|group| group.windows(2)) {
        assert!(pair[0].id < pair[1].id, "{} is before {}", pair[0].id, pair[1].id);
    }
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
fn the_page_of_rules_is_up_to_date() {
    compare(&root().join("docs/rules.md"), &rules_markdown());
}

/// The files in the corpus made for the linter of the Postman CLI, with the findings that envtool must have where that
/// linter has some.
const LINT_CASES: [(&str, &[(&str, &str)]); 35] = [
    ("badyaml", &[("DOC002", "error")]),
    ("badyaml2", &[("DOC002", "error")]),
    ("bomy", &[]),
    ("boolval", &[("ENV007", "error")]),
    ("color", &[("ENV008", "error")]),
    ("dup", &[]),
    ("dupdis", &[("RUN002", "warning")]),
    ("duptop", &[("DOC004", "error")]),
    ("empty", &[("DOC002", "error")]),
    ("emptykey", &[("ENV004", "error")]),
    ("emptyname", &[("ENV002", "error")]),
    ("kind", &[("ENV010", "warning")]),
    ("list", &[("DOC003", "error")]),
    ("multi", &[("GIT007", "error")]),
    ("noenabled", &[]),
    ("nokey", &[("ENV003", "error")]),
    ("noname", &[("ENV002", "error")]),
    ("noval", &[]),
    ("novalues", &[]),
    ("nullname", &[("ENV002", "error")]),
    ("nullval", &[("ENV007", "error")]),
    ("numkey", &[("ENV003", "error")]),
    ("numname", &[("ENV002", "error")]),
    ("numval", &[("ENV007", "error")]),
    ("objval", &[("ENV007", "error")]),
    ("oddtype", &[]),
    ("probe", &[("ENV008", "error"), ("ENV010", "warning")]),
    ("scalaritems", &[("ENV003", "error")]),
    ("src", &[]),
    ("src2", &[("ENV008", "error")]),
    ("strenabled", &[("ENV008", "error")]),
    ("typeany", &[]),
    ("typenum", &[("ENV008", "error")]),
    ("unk", &[("ENV010", "warning")]),
    ("valuesmap", &[("ENV001", "error")]),
];

#[test]
fn envtool_finds_what_the_linter_of_the_postman_cli_finds() {
    let Some(folder) = shared("corpus/v3/generated__lint-cases/postman/environments") else { return };
    for (name, expected) in LINT_CASES {
        let mut command = Command::new(env!("CARGO_BIN_EXE_envtool"));
        command
            .arg("validate")
            .arg(folder.join(format!("{name}.environment.yaml")))
            .args(["--format", "json"]);
        let output = text(&command.output().unwrap().stdout);
        let report: serde_json::Value = serde_json::from_str(&output).unwrap();
        let findings = report["files"][0]["findings"].as_array().unwrap();
        for (rule, severity) in expected {
            let is =
                |finding: &serde_json::Value| finding["rule"] == *rule && finding["severity"] == *severity;
            assert!(findings.iter().any(is), "{name}: no {rule} in {output}");
        }
        let fails = findings.iter().any(|finding| finding["severity"] == "error");
        assert_eq!(fails, expected.iter().any(|(_, severity)| *severity == "error"), "{name}: {output}");
    }
}

/// Files written by hand that are invalid: the first two are not YAML, the third has no name.
const WRONG: [&str; 3] = [
    "Health/GET health.request.yaml",
    "Auth/Get Me.request.yaml",
    "kezenekwe+AllenGTD/postman/environments/Local",
];

#[test]
fn git_native_files_that_postman_wrote_have_no_errors() {
    let Some(folder) = shared("corpus/v3") else { return };
    let mut command = Command::new(env!("CARGO_BIN_EXE_envtool"));
    // Credentials are errors whoever wrote the file, and the corpus does not have all files of each repository.
    let output =
        command.arg("validate").arg(&folder).args(["--format", "json", "--ignore", "SEC,GIT009"]).output();
    let report: serde_json::Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    let files = report["files"].as_array().unwrap();
    assert!(files.len() > 600, "{} files", files.len());
    let made_for_errors =
        |path: &str| path.contains("generated__") || WRONG.iter().any(|it| path.contains(it));
    for file in files.iter().filter(|file| !made_for_errors(file["path"].as_str().unwrap())) {
        let findings = file["findings"].as_array().unwrap();
        let error = findings.iter().find(|finding| finding["severity"] == "error");
        assert!(error.is_none(), "{}: {error:?}", file["path"]);
    }
}

#[test]
fn a_credential_in_a_tracked_file_is_an_error() {
    let work = tempfile::tempdir().unwrap();
    let git = |words: &[&str]| outside("git").current_dir(work.path()).args(words).output();
    if !git(&["init", "--quiet"]).is_ok_and(|output| output.status.success()) {
        skipped("git");
        return;
    }
    let untracked = text(&validate(work.path(), "SEC001", "bad.json").stdout);
    assert!(untracked.starts_with("info[SEC001]"), "{untracked}");
    git(&["add", "SEC001/bad.json"]).unwrap();
    let tracked = text(&validate(work.path(), "SEC001", "bad.json").stdout);
    assert!(tracked.starts_with("error[SEC001]") && tracked.contains("git tracks this file"), "{tracked}");
}

/// Runs `validate` with only the rule `id` on one of its fixtures, copied to `work`. Any finding makes it fail.
fn validate(work: &Path, id: &str, name: &str) -> Output {
    let fixtures = root().join("fixtures/rules");
    copy(&fixtures.join(id).join(name), &work.join(id).join(name));
    let work = &work.join(id);
    let mut command = outside(env!("CARGO_BIN_EXE_envtool"));
    command.current_dir(work).env("ENVTOOL_NOW", NOW.to_string()).env("NO_COLOR", "1");
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
