//! Named pipes in place of files. A test that never ends means that one was opened.

#![cfg(unix)]

use std::fs;
use std::thread;

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use crate::support::program::{CLASSIC, Place};

const PIPE: &str = "pipe.postman_environment.json";

fn with_pipes(names: &[&str]) -> Place {
    let place = Place::with(&[CLASSIC]);
    names.iter().for_each(|name| mkfifo(&place.file(name), Mode::S_IRWXU).unwrap());
    place
}

#[test]
fn a_pipe_is_read_like_a_file() {
    let place = with_pipes(&["one", "other"]);
    let content = place.read(CLASSIC);
    for (words, code, says) in [
        ("inspect one", 0, "one: environment Box"),
        ("validate one", 0, "1 file"),
        ("status one", 1, "one: not usable"),
        ("get client_id one", 0, "abcdefghijklmnopqrstuvwxyz012345"),
        ("exec -n one -- true", 0, "client_id=abcdefghijklmnopqrstuvwxyz012345"),
        ("set client_id new -e one -o -", 0, "\"value\": \"new\""),
        ("reset one -o copy.json", 0, "refresh_token: ******** -> \"\" (copy.json)"),
        ("diff one other", 1, "name: Box -> Other"),
        ("merge one other -o merged.json", 0, "nothing to take"),
    ] {
        let run = thread::scope(|scope| {
            for name in words.split(' ').filter(|word| ["one", "other"].contains(word)) {
                let content = content.replace("\"Box\"", if name == "one" { "\"Box\"" } else { "\"Other\"" });
                let file = place.file(name);
                scope.spawn(|| fs::write(file, content).unwrap());
            }
            place.run(words)
        });
        assert_eq!((run.code, run.out.contains(says)), (code, true), "{words}: {run:?}");
    }
}

/// A link to a pipe too, which is how a shell names `<(…)`.
#[test]
fn pipes_devices_and_sockets_are_called_what_they_are() {
    let place = with_pipes(&["pipe"]);
    std::os::unix::fs::symlink("pipe", place.file("fd")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(place.file("socket")).unwrap();
    for (name, what) in [("fd", "a pipe"), ("/dev/null", "a device"), ("socket", "a socket")] {
        for words in ["delete --yes", "undo", "refresh", "set a b -e", "logout"] {
            let run = place.run(&format!("{words} {name}"));
            let told = format!("error: {name} is {what}, not a file\n");
            assert_eq!((run.code, run.err), (2, told), "{words}");
        }
        // These read what can be read.
        if what == "a socket" {
            let run = place.run(&format!("inspect {name}"));
            assert_eq!((run.code, &*run.err), (2, "error: socket is a socket, not a file\n"));
        }
    }
}

#[test]
fn a_pipe_in_a_folder_is_not_opened() {
    let place = with_pipes(&[PIPE, "pipe.json"]);
    fs::create_dir(place.file("sub")).unwrap();
    fs::rename(place.file("pipe.json"), place.file("sub/pipe.postman_collection.json")).unwrap();
    for words in ["validate", "validate .", "validate *.json", "validate --fix .", "status", "inspect"] {
        let run = place.run(words);
        assert!(run.code < 2 && !run.out.contains("pipe"), "{words}: {run:?}");
    }
}

#[test]
fn commands_that_change_files_refuse_a_pipe_without_waiting() {
    let place = with_pipes(&[PIPE]);
    let before = place.read(CLASSIC);
    for words in [
        "set a b -e",
        "set -n a b -e",
        "unset client_id -e",
        "disable client_id -e",
        "rename client_id id -e",
        "rename client_id id --in",
        "auto-refresh off",
        "reset",
        "redact --in-place",
        "fmt",
        "delete --yes",
        "undo",
        "login",
        "logout",
        "refresh",
        "token",
        "validate --fix",
        "absorb Box.postman_environment.json",
        "merge PIPE Box.postman_environment.json",
        "exec --refresh PIPE -- true",
    ] {
        let words =
            if words.contains("PIPE") { words.replace("PIPE", PIPE) } else { format!("{words} {PIPE}") };
        let run = place.run(&words);
        let said = run.err.contains(&format!("{PIPE} is a pipe, not a file"));
        assert_eq!((run.code, said, place.read(CLASSIC)), (2, true, before.clone()), "{words}: {run:?}");
    }
}
