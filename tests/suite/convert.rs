//! What other programs make of converted variables, and of those that `exec` gives them.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use envtool::syntax::Value;

use crate::support::skipped;

fn quotes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/convert/Quotes.postman_environment.json")
}

/// What the app uses of that file, under the names that shells take; `PATH` is not among them.
fn expected() -> BTreeMap<String, String> {
    let pairs = [
        ("plain", "https://example.com/a?b=1"),
        ("empty", ""),
        ("spaces", " a  b "),
        ("hash", "a #b"),
        ("single", "it's"),
        ("double", "say \"hi\""),
        ("both", "it's \"$HOME\" `ls` \\"),
        ("dollar", "$HOME"),
        ("lines", "one\ntwo\n"),
        ("backslash", "a\\nb"),
        ("unicode", "ü 日本 😀"),
        ("reference", "{{plain}}/x"),
        ("api_box_com", "api.box.com"),
        ("number", "1.5"),
        ("token", "ExampleTokenNotReal0000000000001"),
        ("note", "1"),
        ("unshared", ""),
        ("twice", "second"),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

fn envtool(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_envtool"))
        .args(arguments)
        .current_dir(folder)
        .env("ENVTOOL_STATE_DIR", folder.join("state"))
        .output()
        .unwrap()
}

fn variables(printed_by_env: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8(printed_by_env.to_vec()).unwrap();
    let pairs = text.split('\0').filter_map(|line| line.split_once('='));
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    pairs.filter(|(name, _)| expected().contains_key(name)).collect()
}

/// `env` with its output in a form that holds any value. Not every system has `-0`.
const PRINT: &str = "/usr/bin/env -0 2>/dev/null || echo unable";

#[test]
fn a_shell_reads_what_is_written_for_it() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["sh", "dotenv"] {
        let written =
            envtool(&["convert", quotes().to_str().unwrap(), "--to", format, "-o", "out"], folder.path());
        assert!(written.status.success(), "{written:?}");
        let script = format!("set -a; . ./out; {PRINT}");
        let read = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
        if read.stdout == b"unable\n" {
            skipped("an `env` that knows -0");
            return;
        }
        assert_eq!(variables(&read.stdout), expected(), "{format}");
    }
}

/// Values that a shell must not act on.
const EVIL: [&str; 14] = [
    "$(touch evil)",
    "`touch evil`",
    "'; touch evil; '",
    "\"; touch evil; \"",
    "\\'; touch evil #",
    "a\n touch evil\nb\n\n",
    "~/x",
    "* ? [a]",
    "!! !$ ^a^b",
    "=ls",
    "(touch evil)",
    "a\\",
    "\r\n\t\u{1b}[31m",
    "{a,b} %self < > | & ; #",
];

#[test]
fn no_shell_acts_on_a_value() {
    let folder = tempfile::tempdir().unwrap();
    let row = |(at, value): (usize, &&str)| {
        Value::Object(vec![
            ("key".to_owned(), Value::String(format!("v{at:02}"))),
            ("value".to_owned(), Value::string(*value)),
        ])
    };
    let rows = Value::Array(EVIL.iter().enumerate().map(row).collect());
    fs::write(folder.path().join("evil.json"), format!(r#"{{"values": {}}}"#, rows.to_json())).unwrap();
    for (shell, format, read) in [
        ("sh", "sh", ". ./out"),
        ("dash", "sh", ". ./out"),
        ("bash", "sh", ". ./out"),
        ("zsh", "sh", ". ./out"),
        ("fish", "fish", "source ./out"),
        ("sh", "dotenv", "set -a; . ./out"),
        ("bash", "dotenv", "set -a; . ./out"),
    ] {
        let written = envtool(&["convert", "evil.json", "--to", format, "-o", "out"], folder.path());
        assert!(written.status.success(), "{written:?}");
        let run =
            Command::new(shell).args(["-c", &format!("{read}; {PRINT}")]).current_dir(folder.path()).output();
        let Ok(run) = run else {
            skipped(shell);
            continue;
        };
        if run.stdout == b"unable\n" {
            skipped("an `env` that knows -0");
            return;
        }
        let printed = String::from_utf8(run.stdout).unwrap();
        for (at, value) in EVIL.iter().enumerate() {
            assert!(
                printed.split('\0').any(|line| line == format!("v{at:02}={value}")),
                "{shell}: {value:?}"
            );
        }
        assert!(!folder.path().join("evil").exists(), "{shell}");
    }
}

#[test]
fn a_dotenv_file_becomes_an_environment_of_its_owner_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let dotenv = envtool(&["convert", quotes().to_str().unwrap(), "--to", "dotenv"], folder.path()).stdout;
    fs::write(folder.path().join("written.env"), &dotenv).unwrap();
    let made = envtool(&["convert", "written.env", "--to", "json", "-o", "made.json"], folder.path());
    assert!(made.status.success(), "{made:?}");
    let mode = fs::metadata(folder.path().join("made.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = envtool(&["convert", "made.json", "--to", "dotenv"], folder.path()).stdout;
    assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(dotenv).unwrap());
}

#[test]
fn a_program_gets_the_variables_and_its_exit_is_the_exit() {
    let folder = tempfile::tempdir().unwrap();
    let exec = |script: &str| {
        let file = quotes();
        let arguments = ["exec", file.to_str().unwrap(), "--quiet", "--", "sh", "-c", script];
        envtool(&arguments, folder.path())
    };
    let printed = exec(PRINT);
    if printed.stdout != b"unable\n" {
        assert_eq!(variables(&printed.stdout), expected());
    }
    assert_eq!(exec("echo \"$ENVTOOL_STATE_DIR\"").stdout, b"\n");
    assert_eq!(exec("exit 42").status.code(), Some(42));
    assert_eq!(exec("kill -TERM $$").status.signal(), Some(15));
    assert_eq!(exec("printf '%s' \"$single\"").stdout, b"it's");
}

#[test]
fn of_several_files_the_last_counts() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("one.json"),
        r#"{"values": [{"key": "a", "value": "1"}, {"key": "b", "value": "1"}]}"#,
    )
    .unwrap();
    fs::write(folder.path().join("two.json"), r#"{"values": [{"key": "b", "value": "2"}]}"#).unwrap();
    let arguments = ["exec", "one.json", "two.json", "--prefix", "X_", "--", "sh", "-c", "echo $X_a$X_b"];
    assert_eq!(envtool(&arguments, folder.path()).stdout, b"12\n");
}
