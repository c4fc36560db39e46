//! How other programs read converted variables, and those that `exec` gives them.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;

use envtool::syntax::Value;

use crate::support::program::Place;
use crate::support::{copy, root, skipped};

const QUOTES: &str = "Quotes.postman_environment.json";

/// A place with an environment whose values are hard to quote.
fn quotes() -> Place {
    let place = Place::with(&[]);
    let fixtures = root().join("fixtures/convert");
    copy(&fixtures.join(QUOTES), &place.file(QUOTES));
    place
}

/// The values of that file as the app uses them, under names that shells accept, without `PATH`.
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

fn variables(printed_by_env: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8(printed_by_env.to_vec()).unwrap();
    let pairs = text.split('\0').filter_map(|line| line.split_once('='));
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    pairs.filter(|(name, _)| expected().contains_key(name)).collect()
}

/// Prints the environment in a form that can represent any value. Not every system's `env` knows `-0`.
const PRINT: &str = "/usr/bin/env -0 2>/dev/null || echo unable";

#[test]
fn shells_read_back_the_converted_values() {
    let place = quotes();
    for format in ["sh", "dotenv"] {
        let written = place.run(&format!("convert {QUOTES} --to {format} -o out"));
        assert_eq!(written.code, 0, "{written:?}");
        let script = format!("set -a; . ./out; {PRINT}");
        let read = place.program("sh").args(["-c", &script]).output().unwrap();
        if read.stdout == b"unable\n" {
            skipped("an `env` that knows -0");
            return;
        }
        assert_eq!(variables(&read.stdout), expected(), "{format}");
    }
}

/// Values that a shell must not execute or expand.
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
fn no_shell_executes_a_value() {
    let place = Place::with(&[]);
    let row = |(at, value): (usize, &&str)| {
        Value::object([("key", Value::String(format!("v{at:02}"))), ("value", Value::string(*value))])
    };
    let rows = Value::Array(EVIL.iter().enumerate().map(row).collect());
    fs::write(place.file("evil.json"), format!(r#"{{"values": {}}}"#, rows.to_json())).unwrap();
    for (shell, format, read) in [
        ("sh", "sh", ". ./out"),
        ("dash", "sh", ". ./out"),
        ("bash", "sh", ". ./out"),
        ("zsh", "sh", ". ./out"),
        ("fish", "fish", "source ./out"),
        ("sh", "dotenv", "set -a; . ./out"),
        ("bash", "dotenv", "set -a; . ./out"),
    ] {
        let written = place.run(&format!("convert evil.json --to {format} -o out"));
        assert_eq!(written.code, 0, "{written:?}");
        let run = place.program(shell).args(["-c", &format!("{read}; {PRINT}")]).output();
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
        assert!(!place.file("evil").exists(), "{shell}");
    }
}

#[test]
fn a_dotenv_file_round_trips_through_a_private_environment() {
    let place = quotes();
    let dotenv = place.run(&format!("convert {QUOTES} --to dotenv")).out;
    fs::write(place.file("written.env"), &dotenv).unwrap();
    let made = place.run("convert written.env --to json -o made.json");
    assert_eq!(made.code, 0, "{made:?}");
    let mode = fs::metadata(place.file("made.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(place.run("convert made.json --to dotenv").out, dotenv);
}

#[test]
fn exec_passes_the_variables_and_returns_the_exit_status() {
    let place = quotes();
    let exec = |script: &str| {
        let mut envtool = place.program(env!("CARGO_BIN_EXE_envtool"));
        envtool.args(["exec", QUOTES, "--quiet", "--", "sh", "-c", script]).output().unwrap()
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
fn the_last_of_several_files_wins() {
    let place = Place::with(&[]);
    let one = r#"{"values": [{"key": "a", "value": "1"}, {"key": "b", "value": "1"}]}"#;
    fs::write(place.file("one.json"), one).unwrap();
    fs::write(place.file("two.json"), r#"{"values": [{"key": "b", "value": "2"}]}"#).unwrap();
    let mut envtool = place.program(env!("CARGO_BIN_EXE_envtool"));
    envtool.args(["exec", "one.json", "two.json", "--prefix", "X_", "--", "sh", "-c", "echo $X_a$X_b"]);
    assert_eq!(envtool.output().unwrap().stdout, b"12\n");
}
