//! `validate`: its formats, its settings and options, and broken input.

mod damage;
mod defaults;
mod formats;

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use envtool::lint::{Checker, Location, Selection, Surroundings};
use envtool::secret;
use envtool::syntax::{Document, Syntax};
use envtool::text::Source;
use serde_json::Value;

use crate::support::fixtures;
use crate::support::program::{Place, Run};

fn place(files: &[(&str, &str)]) -> Place {
    let place = Place::with(&[]);
    for (name, text) in files {
        let path = place.file(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    place
}

fn parsed(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
}

/// The rules of the findings, in the order of the files.
fn rules(run: &Run) -> Vec<String> {
    let report = parsed(run);
    let files = report["files"].as_array().unwrap().iter();
    files
        .flat_map(|file| file["findings"].as_array().unwrap())
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

fn environment(rows: &str) -> String {
    format!(r#"{{"name": "n", "values": [{rows}], "_postman_variable_scope": "environment"}}"#)
}

fn row(key: &str) -> String {
    format!(r#"{{"key": "{key}", "value": "x", "type": "default", "enabled": true}}"#)
}

#[test]
fn packages_installed_by_npm_are_left_out() {
    let fine = environment(&row("a"));
    let place = place(&[("a.json", &fine), ("node_modules/b/c.json", &fine)]);
    assert_eq!(place.run("validate").out, "no findings in 1 file\n");
    assert_eq!(place.run("validate node_modules/b").out, "no findings in 1 file\n");
}

#[test]
fn a_fix_that_cannot_be_written_does_not_end_the_run() {
    let padded = environment(&row("a "));
    let place = place(&[("1.json", &padded), ("2.json", &padded), ("3.json", &padded)]);
    let protected = place.file("2.json");
    let mut permissions = fs::metadata(&protected).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&protected, permissions).unwrap();
    let run = place.run("validate --fix=all --format github");
    let found = "::warning file=2.json,line=1,endLine=1,col=34,endColumn=37,\
                 title=ENV005 white space around the name of a variable::\
                 white space around the name `a `%0A`{{a}}` does not find it\n";
    let said = "not fixed: PLACE is write-protected; make it writable first\n\
                1.json: 1 finding fixed\n3.json: 1 finding fixed\n2 findings fixed in 2 files\n";
    let told = dunce::canonicalize(protected).unwrap().display().to_string();
    let said = said.replace("PLACE", &told);
    assert_eq!((run.out.as_str(), run.err, run.code), (found, said, 2));
}

#[cfg(unix)]
#[test]
fn a_file_that_a_walk_cannot_read_is_a_finding() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let fine = environment(&row("a"));
    let place = place(&[("a.json", &fine), ("locked/b.json", &fine), ("folder/c.json", &fine)]);
    symlink("a.json", place.file("link.json")).unwrap();
    symlink("folder", place.file("linked.json")).unwrap();
    symlink("nowhere.json", place.file("gone.postman_environment.json")).unwrap();
    symlink("nowhere.json", place.file("gone.json")).unwrap();
    let locked = place.file("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let missing = "error[DOC001]: cannot read it: there is no such file\n\
                   --> gone.postman_environment.json\n\n";
    // The superuser can read it anyway.
    let (denied, counts) = if fs::read_dir(&locked).is_ok() {
        ("", "1 error in 5 files\n")
    } else {
        ("error[DOC001]: cannot read it: permission denied\n--> locked\n\n", "2 errors in 5 files\n")
    };
    let run = place.run("validate");
    let pattern = place.run("validate *.json --ignore DOC001");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!((run.out, run.code), (format!("{missing}{denied}{counts}"), 1));
    assert_eq!(pattern.code, 0, "{pattern:?}");
}

#[test]
fn patterns_folders_and_standard_input_are_checked() {
    let fine = environment(&row("a"));
    let place = place(&[
        ("a/1.json", &fine),
        ("a/b/2.json", &fine),
        ("a/b/3.txt", "not mine"),
        ("a/ignored/4.json", &fine),
        (".gitignore", "ignored/\n"),
        ("a/unrelated.json", "[1, 2]"),
    ]);
    let checked =
        |words: &str| parsed(&place.run(&format!("validate --json {words}")))["summary"]["files"].clone();
    assert_eq!(checked("a"), 2);
    assert_eq!(checked("a/*.json --ignore DOC003"), 2);
    assert_eq!(checked("a/**/*.json --ignore DOC003"), 3);
    assert_eq!(checked("a/1.json a a/1.json"), 2);
    assert_eq!(place.run("validate a/unrelated.json").code, 1);
    assert_eq!(place.run("validate a/b/*.txt").code, 1);

    let mut piped =
        place.command("validate - --stdin-name dev.json --json").stdin(Stdio::piped()).spawn().unwrap();
    piped.stdin.take().unwrap().write_all(environment(&row("a ")).as_bytes()).unwrap();
    let run = Run::from(piped.wait_with_output().unwrap());
    assert_eq!(parsed(&run)["files"][0]["path"], "dev.json");
    assert_eq!((rules(&run), run.code), (vec!["ENV005".to_owned()], 0));
}

#[test]
fn an_overridden_value_is_hidden_too() {
    let twice = r#"{"key": "pin", "value": "4711-first", "value": "", "type": "secret", "enabled": true}"#;
    let place = place(&[("a.json", &environment(twice)), ("b.environment.yaml", "")]);
    for words in ["validate a.json", "validate a.json --fix=all --dry-run", "inspect a.json"] {
        let run = place.run(words);
        assert!(!run.out.contains("4711") && !run.err.contains("4711"), "{words}: {}{}", run.out, run.err);
    }
    assert!(place.run("validate a.json").out.contains("DOC004"));
    // An empty file has no first character to point at.
    assert_eq!(place.run("validate b.environment.yaml").code, 1);
}

#[test]
fn no_progress_is_shown_outside_a_terminal() {
    let place = Place::with(&[]);
    for number in 0..200 {
        fs::write(place.file(&format!("{number}.json")), environment(&row("a"))).unwrap();
    }
    let run = place.run("validate");
    assert_eq!((run.out.as_str(), run.err.as_str(), run.code), ("no findings in 200 files\n", "", 0));
}

#[test]
fn two_threads_find_what_one_finds() {
    let checker = Checker::new(&Selection::default(), Surroundings::default());
    for (name, bytes) in fixtures(&["box", "postman", "collections", "v3", "rules"]) {
        let Ok(source) = Source::decode(bytes) else { continue };
        let syntax = Syntax::of(&name, source.text());
        let Ok(document) = Document::parse(source, syntax) else { continue };
        let location = Location::default();
        let hints = (syntax == Syntax::Json).then(|| secret::hints(document.source().text()));
        let facts = checker.facts(&document, &location).with_hints(hints);
        let by_two = checker.check_with_two_threads(&facts);
        let by_one = checker.check(&checker.facts(&document, &location));
        assert_eq!(format!("{by_two:?}"), format!("{by_one:?}"), "{name}");
    }
}
