//! Questions at a pseudo-terminal, for every command that asks any.

#![cfg(unix)]

mod delete;
mod edit;
mod login;
mod signals;

use std::fs;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{ControlCode, Eof, Expect as _};

use crate::support::PATIENCE;
use crate::support::program::Place;

const DOWN: &str = "\u{1b}[B";
const ESCAPE: &str = "\u{1b}";
const SHOW_CURSOR: &str = "\u{1b}[?25h";

/// Starts programs in a pseudo-terminal.
trait Terminal {
    /// envtool with these words.
    fn envtool(&self, words: &[&str]) -> OsSession {
        self.shell("exec \"$0\" \"$@\"", words)
    }

    /// A shell that runs `script`, in which `"$0" "$@"` is envtool with these `words`.
    fn shell(&self, script: &str, words: &[&str]) -> OsSession;
}

impl Terminal for Place {
    fn shell(&self, script: &str, words: &[&str]) -> OsSession {
        // Unlike people's terminals, these start without an echo.
        let mut command = self.program("sh");
        command.args(["-c", &format!("stty echo; {script}"), env!("CARGO_BIN_EXE_envtool")]).args(words);
        command.env("TERM", "xterm").env("BROWSER", "true").env("NO_COLOR", "1");
        let mut session = OsSession::spawn(command).unwrap();
        session.set_expect_timeout(Some(PATIENCE));
        session
    }
}

/// A place with environments of these names.
fn place(names: &[&str]) -> Place {
    let place = Place::with(&[]);
    names.iter().for_each(|name| fs::write(place.file(name), ENVIRONMENT).unwrap());
    place
}

const ENVIRONMENT: &str = r#"{"name":"Test","values":[
  {"key":"host","value":"here","enabled":true},
  {"key":"password","value":"swordfish","enabled":true},
  {"key":"hostname","value":"box","enabled":true}
]}"#;
const A: &str = "a.postman_environment.json";
const B: &str = "b.postman_environment.json";

/// Answers `question` with the item `at` places down the list.
fn choose(session: &mut OsSession, question: &str, at: usize) {
    session.expect(question).unwrap();
    for _ in 0..at {
        session.send(DOWN).unwrap();
    }
    session.send("\r").unwrap();
}

/// The rest of the output, and the exit code.
fn end(mut session: OsSession) -> (String, i32) {
    let rest = session.expect(Eof).unwrap();
    let text = String::from_utf8_lossy(rest.as_bytes()).into_owned();
    match session.get_process().wait().unwrap() {
        WaitStatus::Exited(_, code) => (text, code),
        other => panic!("{other:?}: {text}"),
    }
}

#[test]
fn one_of_several_files_can_be_chosen() {
    let place = place(&[A, B]);
    let mut session = place.envtool(&["set", "host", "there"]);
    choose(&mut session, "Which environment", 1);
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert!(place.read(B).contains("there") && !place.read(A).contains("there"), "{text}");
}

#[test]
fn several_files_are_an_error_without_a_question() {
    let place = place(&[A, B]);
    let (text, code) = end(place.envtool(&["inspect", "--no-input"]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("several files here") && text.contains(A) && text.contains(B), "{text}");
}

#[test]
fn a_value_is_typed_without_being_shown() {
    let place = place(&[A]);
    let mut session = place.envtool(&["set", "password"]);
    session.expect("Value of password").unwrap();
    session.send("opensesame\r").unwrap();
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert!(place.read(A).contains("opensesame"));
    assert!(!text.contains("opensesame") && !text.contains("swordfish"), "{text}");
    assert!(text.contains("********"), "{text}");
}

#[test]
fn ctrl_d_cancels_typing_a_value() {
    let place = place(&[A]);
    let mut session = place.envtool(&["set", "host"]);
    session.expect("Value of host").unwrap();
    session.send("half").unwrap();
    session.send(ControlCode::EndOfTransmission).unwrap();
    let (text, code) = end(session);
    assert_eq!((code, text.contains("nothing was changed")), (1, true), "{text:?}");
    assert_eq!(place.read(A), ENVIRONMENT);
}

/// No line of a pasted key goes to the shell.
#[test]
fn a_private_key_is_pasted_whole() {
    let key = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nQUJD\nREVG\n-----END ENCRYPTED PRIVATE KEY-----";
    let place = place(&[A]);
    let mut session = place.envtool(&["set", "password"]);
    session.expect("Value of password").unwrap();
    session.send(format!("{}\r", key.replace('\n', "\r"))).unwrap();
    let (text, code) = end(session);
    assert_eq!((code, text.contains("QUJD")), (0, false), "{text}");
    let wanted = ENVIRONMENT.replace("swordfish", &key.replace('\n', "\\n"));
    assert_eq!(place.read(A), wanted, "{text}");
}

#[test]
fn get_prints_no_control_characters_to_a_terminal() {
    let place = place(&[]);
    let evil = "{\"values\":[{\"key\":\"evil\",\"value\":\"\\u001b[2Jx\u{9b}31m\"}]}";
    fs::write(place.file(A), evil).unwrap();
    let (text, code) = end(place.envtool(&["get", "evil"]));
    assert_eq!((code, text.trim_end()), (0, "\\u001b[2Jx\\u009b31m"));
}
