//! `--dry-run` changes nothing: no file, and nothing that envtool remembers.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use envtool::commands;

use crate::support::files_in;
use crate::support::program::{CLASSIC, Place};

const CCG: &str = "Box-CCG.postman_environment.json";

/// Calls of each command that could change something. Commands that only read have none, nor has `edit`, which asks at
/// a terminal.
const CALLS: [(&str, &[&str]); 34] = [
    ("inspect", &[]),
    ("get", &[]),
    ("status", &[]),
    ("new", &["--name New", "--name New -o other.json"]),
    ("login", &["Box.postman_environment.json"]),
    ("logout", &["Box.postman_environment.json"]),
    ("check", &["Box.postman_environment.json"]),
    ("refresh", &["Box-CCG.postman_environment.json", "--force Box.postman_environment.json"]),
    ("token", &["Box.postman_environment.json"]),
    (
        "set",
        &[
            "expires_at 1 Box.postman_environment.json",
            "new=1 Box.postman_environment.json -o other.json",
            "expires_at 1 Box.postman_environment.json -o Box-CCG.postman_environment.json",
        ],
    ),
    ("unset", &["expires_at -e Box.postman_environment.json"]),
    ("enable", &["expires_at -e Box.postman_environment.json"]),
    ("disable", &["expires_at -e Box.postman_environment.json"]),
    ("rename", &["expires_at other -e Box.postman_environment.json"]),
    ("auto-refresh", &["toggle Box.postman_environment.json"]),
    ("validate", &[". --fix=all", ". --baseline known.json --update-baseline"]),
    ("edit", &[]),
    (
        "reset",
        &[
            "Box.postman_environment.json",
            "--to Box-CCG.postman_environment.json Box.postman_environment.json",
        ],
    ),
    ("delete", &["Box.postman_environment.json", "--key expires_at Box.postman_environment.json"]),
    ("diff", &[]),
    (
        "merge",
        &[
            "Box.postman_environment.json Box-CCG.postman_environment.json",
            "Box.postman_environment.json Box-CCG.postman_environment.json -o other.json",
        ],
    ),
    ("absorb", &["--any run.json Box.postman_environment.json"]),
    ("refs", &[]),
    ("resolve", &[]),
    ("git-setup", &["", "--pre-commit", "--remove"]),
    ("textconv", &[]),
    (
        "undo",
        &[
            "Box.postman_environment.json",
            "--only Box.postman_environment.json",
            "Box.postman_environment.json -o other.json",
            "--clear Box.postman_environment.json",
            "--clear --all",
        ],
    ),
    ("redact", &["--in-place Box.postman_environment.json", "Box.postman_environment.json -o other.json"]),
    (
        "convert",
        &[
            "--to yaml Box.postman_environment.json -o other.yaml",
            "--into Box.postman_environment.json Box-CCG.postman_environment.json",
        ],
    ),
    (
        "exec",
        &[
            "--refresh Box.postman_environment.json -- envtool",
            "Box.postman_environment.json -- envtool set a b Box.postman_environment.json",
        ],
    ),
    ("fmt", &["Box.postman_environment.json", "Box.postman_environment.json -o other.json"]),
    ("doctor", &[""]),
    ("completions", &[]),
    ("man", &[]),
];

#[test]
fn a_dry_run_changes_nothing() {
    let names: BTreeSet<_> = CALLS.iter().map(|(name, _)| *name).collect();
    let all: BTreeSet<_> = commands::all().map(|command| command.name).collect();
    assert_eq!(names, all, "every command must be listed here");

    let place = Place::with(&[CLASSIC, CCG]);
    place.edit(CLASSIC, "\"expires_at\"", "\"expires_at\" ");
    let run = place.read(CLASSIC).replace("ExampleAccessToken", "ExampleOtherToken");
    fs::write(place.file("run.json"), run).unwrap();
    assert_eq!(place.run(&format!("set before 1 {CLASSIC} -q")).code, 0);
    let before = everything(&place);
    for (name, calls) in CALLS {
        for words in calls {
            let run = place.run(&format!("{name} --dry-run --yes {words}"));
            assert!(run.code < 2, "{name} {words}: {run:?}");
            assert!(before == everything(&place), "{name} {words} has changed something: {run:?}");
        }
    }
}

/// The content of every file, including envtool's own.
fn everything(place: &Place) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = [place.file(""), place.state()].into_iter().flat_map(|folder| files_in(&folder));
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}
