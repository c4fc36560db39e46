//! Changes that another program makes between envtool's reading and writing of a file stay.

#![cfg(unix)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::process::{Command, Stdio};

use nix::libc::O_NONBLOCK;

use crate::support::program::{CLASSIC, Place, Run};
use crate::support::wait_for;

/// Runs envtool with `words`, whose last file is `pipe`. Once it has read everything before, `meanwhile` runs; then
/// `rest` comes out of the pipe.
fn run_while(place: &Place, words: &str, meanwhile: impl FnOnce(), rest: &str) -> Run {
    assert!(Command::new("mkfifo").arg(place.file("pipe")).status().unwrap().success());
    let mut child = place.command(words).spawn().unwrap();
    let mut options = fs::File::options();
    options.write(true).custom_flags(O_NONBLOCK);
    let mut pipe = wait_for("the program to open the other end", || {
        // Checked first, so that a program that opens the pipe and ends in between is not missed.
        let ended = child.try_wait().unwrap();
        let pipe = options.open(place.file("pipe")).ok();
        assert!(pipe.is_some() || ended.is_none(), "{words}: over before the pipe was read");
        pipe
    });
    meanwhile();
    pipe.write_all(rest.as_bytes()).unwrap();
    drop(pipe);
    fs::remove_file(place.file("pipe")).unwrap();
    child.wait_with_output().unwrap().into()
}

/// The same with standard input as the last file of `words`, for commands that would change a pipe.
fn run_while_input(place: &Place, words: &str, meanwhile: impl FnOnce(), rest: &str) -> Run {
    let mut child = place.command(words).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    // More than a pipe can buffer, so the program has begun to read once all is written.
    input.write_all(&vec![b' '; 256 * 1024]).unwrap();
    meanwhile();
    input.write_all(rest.as_bytes()).unwrap();
    drop(input);
    child.wait_with_output().unwrap().into()
}

fn environment(rows: &[(&str, &str)]) -> String {
    let row = |(key, value): &(&str, &str)| format!("\n  {{\"key\": \"{key}\", \"value\": \"{value}\"}}");
    let rows: Vec<_> = rows.iter().map(row).collect();
    format!("{{\"name\": \"E\", \"values\": [{}\n]}}\n", rows.join(","))
}

fn collection(url: &str) -> String {
    format!(
        "{{\"info\": {{\"name\": \"C\"}}, \"item\": [{{\"name\": \"a\", \"request\": {{\"url\": \"{url}\"}}}}]}}\n"
    )
}

#[test]
fn merge_builds_on_what_ours_contains_when_it_is_written() {
    let place = Place::with(&[]);
    let base = [("a", "1"), ("b", "1"), ("c", "1")];
    for name in ["base", "ours"] {
        fs::write(place.file(name), environment(&base)).unwrap();
    }
    let meanwhile = || fs::write(place.file("ours"), environment(&[("a", "2"), base[1], base[2]])).unwrap();
    let run =
        run_while(&place, "merge base ours pipe", meanwhile, &environment(&[base[0], ("b", "3"), base[2]]));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert_eq!(place.read("ours"), environment(&[("a", "2"), ("b", "3"), base[2]]));
    assert_eq!(place.run("undo ours").code, 0);
    assert_eq!(place.read("ours"), environment(&[("a", "2"), base[1], base[2]]));
}

#[test]
fn merge_into_its_base_builds_on_what_the_base_contains_when_it_is_written() {
    let place = Place::with(&[]);
    fs::write(place.file("base"), environment(&[("a", "1")])).unwrap();
    fs::write(place.file("ours"), environment(&[("a", "1")])).unwrap();
    // The change in theirs is no longer new.
    let meanwhile = || fs::write(place.file("base"), environment(&[("a", "2")])).unwrap();
    let run = run_while(&place, "merge base ours pipe -o base", meanwhile, &environment(&[("a", "2")]));
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(place.read("base"), environment(&[("a", "1")]));
    assert_eq!(place.run("undo base").code, 0);
    assert_eq!(place.read("base"), environment(&[("a", "2")]));
}

#[test]
fn rename_changes_what_the_files_contain_when_they_are_written() {
    let place = Place::with(&[]);
    fs::write(place.file("env"), environment(&[("host", "x")])).unwrap();
    fs::write(place.file("shop"), collection("{{host}}/a")).unwrap();
    let meanwhile = || {
        fs::write(place.file("env"), environment(&[("new", "y"), ("host", "x")])).unwrap();
        fs::write(place.file("shop"), collection("{{host}}/b?c={{host}}")).unwrap();
    };
    let words = "rename host server -e env --in shop -";
    let run = run_while_input(&place, words, meanwhile, &collection("d"));
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(place.read("env"), environment(&[("new", "y"), ("server", "x")]));
    assert_eq!(place.read("shop"), collection("{{server}}/b?c={{server}}"));
    assert!(run.err.contains("host: renamed") && run.err.contains("2 uses of `host`"), "{}", run.err);
    assert_eq!(place.run("undo shop").code, 0);
    assert_eq!(place.read("env"), environment(&[("new", "y"), ("host", "x")]));
}

#[test]
fn a_file_with_several_names_is_renamed_in_once() {
    let place = Place::with(&[]);
    fs::write(place.file("env"), environment(&[("host", "x")])).unwrap();
    fs::write(place.file("shop"), collection("{{host}}")).unwrap();
    std::os::unix::fs::symlink("shop", place.file("link")).unwrap();
    let run = place.run("rename host server -e env -e ./env --in shop link ./shop");
    assert_eq!((run.code, run.out.lines().count()), (0, 2), "{run:?}");
    assert_eq!(place.read("shop"), collection("{{server}}"));
    assert_eq!(place.run("undo link").code, 0);
    assert_eq!(
        (place.read("shop"), place.read("env")),
        (collection("{{host}}"), environment(&[("host", "x")]))
    );
    assert_eq!(place.run("undo shop").code, 1);
}

/// `--output` may name the file itself.
#[test]
fn output_onto_the_input_is_a_change_in_place() {
    let place = Place::with(&[CLASSIC]);
    let before = place.read(CLASSIC);
    for words in
        [format!("set client_id x -e {CLASSIC} -o ./{CLASSIC}"), format!("redact {CLASSIC} -o ./{CLASSIC}")]
    {
        let run = place.run(&words);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(place.read(CLASSIC) != before && !run.err.contains("overwritten"), "{run:?}");
        assert_eq!(place.run(&format!("undo {CLASSIC}")).code, 0);
        assert_eq!(place.read(CLASSIC), before);
    }
}
