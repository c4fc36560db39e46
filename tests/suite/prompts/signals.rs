//! Signals while a question waits leave the terminal and the files as they were.

use std::fs;
use std::process::Command;

use expectrl::process::unix::{Signal, WaitStatus};
use expectrl::session::OsSession;
use expectrl::{ControlCode, Eof, Expect as _, Regex};
use nix::sys::termios::{InputFlags, LocalFlags, Termios, tcgetattr};

use super::{A, B, ENVIRONMENT, SHOW_CURSOR, Terminal as _, end, place};
use crate::support::program::{Place, is_ignored};
use crate::support::{root, wait_for};

#[test]
fn ctrl_c_leaves_everything_as_it_was() {
    let place = place(&[A, B]);
    let prompts: [(&[&str], &str); 4] = [
        (&["inspect"], "Which environment"),
        (&["delete", A], "Delete "),
        (&["set", "host", "-e", A], "Value of host"),
        (&["edit", A], "Which variable"),
    ];
    for (words, question) in prompts {
        let mut session = place.envtool(words);
        session.expect(question).unwrap();
        if question.starts_with("Value") {
            session.send("half").unwrap();
        }
        session.send(ControlCode::EndOfText).unwrap();
        let rest = session.expect(Eof).unwrap();
        assert!(session.get_process().get_echo().unwrap(), "{words:?}: the echo is still off");
        let text = String::from_utf8_lossy(rest.as_bytes()).into_owned();
        let ended = session.get_process().wait().unwrap();
        let interrupted = |ended: &WaitStatus| match ended {
            WaitStatus::Signaled(_, by, _) => *by == Signal::SIGINT,
            ended => is_ignored(Signal::SIGINT as i32) && matches!(ended, WaitStatus::Exited(_, 130)),
        };
        assert!(interrupted(&ended), "{words:?}: {ended:?} {text:?}");
        assert!(text.contains(SHOW_CURSOR), "{words:?}: {text:?}");
        assert!(!text.contains("error"), "{words:?}: {text:?}");
        assert_eq!(place.read(A), ENVIRONMENT, "{words:?}");
    }
}

/// Every kind of question, and what is printed while it waits.
const QUESTIONS: [(&[&str], &str); 6] = [
    (&["inspect"], "Which environment"),
    (&["delete", A], "Delete "),
    (&["set", "host", "-e", A], "Value of host"),
    (&["edit", A], "Which variable"),
    (&["undo", "--clear", "--all"], "Forget "),
    (&["login", "--paste", "--authorize-url", "http://127.0.0.1:1/", "-e", "box.json"], "Address or code"),
];

fn questions() -> Place {
    let place = place(&[A, B]);
    let fixture = root().join("fixtures/box/Box.postman_environment.json");
    fs::copy(fixture, place.file("box.json")).unwrap();
    place
}

fn mode(session: &OsSession) -> Termios {
    tcgetattr(session.get_process().get_raw_handle().unwrap()).unwrap()
}

/// Waits until the question has switched the terminal to reading keys. From then on it only waits.
fn wait_until_a_key_is_read(session: &OsSession) {
    wait_for("the question", || (!mode(session).input_flags.contains(InputFlags::ICRNL)).then_some(()));
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    let place = questions();
    let signals = [
        (Signal::SIGTERM, "TERM"),
        (Signal::SIGHUP, "HUP"),
        (Signal::SIGINT, "INT"),
        (Signal::SIGQUIT, "QUIT"),
    ];
    for (signal, name) in signals.into_iter().filter(|(signal, _)| !is_ignored(*signal as i32)) {
        for (words, question) in QUESTIONS {
            let mut session = place.envtool(words);
            session.expect(question).unwrap();
            wait_until_a_key_is_read(&session);
            let line = format!("kill -{name} {}", session.get_process().pid());
            assert!(Command::new("sh").args(["-c", &line]).status().unwrap().success());
            let rest = session.expect(Eof).unwrap();
            let text = String::from_utf8_lossy(rest.as_bytes()).into_owned();
            assert!(session.get_process().get_echo().unwrap(), "{words:?} {name}: the echo is still off");
            assert!(text.contains(SHOW_CURSOR), "{words:?} {name}: {text:?}");
            let ended = session.get_process().wait().unwrap();
            assert!(matches!(ended, WaitStatus::Signaled(_, by, _) if by == signal), "{words:?}: {ended:?}");
        }
    }
    assert_eq!(place.read(A), ENVIRONMENT);
}

#[test]
fn a_suspended_question_restores_the_terminal_and_resumes() {
    const SCRIPT: &str =
        r#"set -m; sh -c 'echo "process $$"; exec "$0" "$@"' "$0" "$@"; echo "halted"; read line; fg"#;
    if is_ignored(Signal::SIGTSTP as i32) {
        return;
    }
    let answers: [(&[&str], &str, &str, &str); 3] = [
        (&["set", "host", "-e", A], "Value of host", "there\r", "(a.postman_environment.json)"),
        (&["edit", A], "Which variable", "\r", "nothing to change"),
        (&["delete", A], "Delete ", "y\r", "deleted"),
    ];
    let place = questions();
    for (words, question, answer, said) in answers {
        let mut session = place.shell(SCRIPT, words);
        let process = session.expect(Regex("process ([0-9]+)\r")).unwrap();
        let process = String::from_utf8_lossy(process.get(1).unwrap()).into_owned();
        session.expect(question).unwrap();
        wait_until_a_key_is_read(&session);
        assert!(
            Command::new("sh").args(["-c", &format!("kill -TSTP {process}")]).status().unwrap().success()
        );
        session.expect("halted").unwrap();
        let lines = LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG;
        assert!(mode(&session).local_flags.contains(lines), "{words:?}");
        session.send("\n").unwrap();
        session.expect(question).unwrap();
        session.send(answer).unwrap();
        let (text, code) = end(session);
        assert_eq!((code, text.contains(said)), (0, true), "{words:?}: {text:?}");
    }
}
