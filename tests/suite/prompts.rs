//! Questions at a terminal: every command that asks, in a pseudo-terminal.

#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use expectrl::process::unix::{Signal, WaitStatus};
use expectrl::session::OsSession;
use expectrl::{ControlCode, Eof, Expect as _, Regex};
use nix::sys::termios::{InputFlags, LocalFlags, Termios, tcgetattr};

use crate::support::program::is_ignored;
use crate::support::{PATIENCE, until};

const DOWN: &str = "\u{1b}[B";
const SHOW_CURSOR: &str = "\u{1b}[?25h";

/// A folder with environments, and a terminal in it.
struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    fn new(names: &[&str]) -> Self {
        let room = Self { folder: tempfile::tempdir().unwrap() };
        for name in names {
            fs::write(room.file(name), ENVIRONMENT).unwrap();
        }
        room
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn content(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    fn envtool(&self, words: &[&str]) -> OsSession {
        self.shell("exec \"$0\" \"$@\"", words)
    }

    /// A shell that does `script`, in which `"$0" "$@"` is envtool with these `words`.
    fn shell(&self, script: &str, words: &[&str]) -> OsSession {
        // Pseudo-terminals start without an echo here; people's terminals have one.
        let mut command = Command::new("sh");
        command.args(["-c", &format!("stty echo; {script}"), env!("CARGO_BIN_EXE_envtool")]).args(words);
        command.current_dir(self.folder.path()).env_remove("ENVTOOL_FILE");
        command
            .env("ENVTOOL_STATE_DIR", self.folder.path().join("state"))
            .env("TERM", "xterm")
            .env("BROWSER", "true")
            .env("NO_COLOR", "1");
        let mut session = OsSession::spawn(command).unwrap();
        session.set_expect_timeout(Some(PATIENCE));
        session
    }
}

const ENVIRONMENT: &str = r#"{"name":"Test","values":[
  {"key":"host","value":"here","enabled":true},
  {"key":"password","value":"swordfish","enabled":true},
  {"key":"hostname","value":"box","enabled":true}
]}"#;
const A: &str = "a.postman_environment.json";
const B: &str = "b.postman_environment.json";

/// Chooses the answer that is `at` places down the list.
fn choose(session: &mut OsSession, question: &str, at: usize) {
    session.expect(question).unwrap();
    for _ in 0..at {
        session.send(DOWN).unwrap();
    }
    session.send("\r").unwrap();
}

/// Adds `!` to the value of `host`, the first variable, in the walk of `edit`.
fn append_to_host(session: &mut OsSession) {
    // done, add, host
    choose(session, "Which variable", 2);
    choose(session, "What about host", 0);
    session.expect("Value of host").unwrap();
    session.send("!\r").unwrap();
}

/// What else is printed, and the exit code.
fn end(mut session: OsSession) -> (String, i32) {
    let rest = session.expect(Eof).unwrap();
    let text = String::from_utf8_lossy(rest.as_bytes()).into_owned();
    match session.get_process().wait().unwrap() {
        WaitStatus::Exited(_, code) => (text, code),
        other => panic!("{other:?}: {text}"),
    }
}

#[test]
fn one_of_several_files_is_chosen() {
    let room = Room::new(&[A, B]);
    let mut session = room.envtool(&["set", "host", "there"]);
    choose(&mut session, "Which environment", 1);
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert!(room.content(B).contains("there") && !room.content(A).contains("there"), "{text}");
}

const ID: &str = "abcdefghijklmnopqrstuvwxyz012345";
const SECRET: &str = "ExampleClientSecretNotReal000001";

/// What was typed is in the file before the browser opens.
#[test]
fn credentials_that_were_typed_survive_a_login_whatever_ends_it() {
    const FILE: &str = "Box.postman_environment.json";
    const WAITS: &str = "grant access";
    type End = fn(&mut OsSession);
    let ends: [(&[&str], End); 3] = [
        (&["--paste"], |session| session.send("http://localhost/callback?code=c&state=other\r").unwrap()),
        (&["--port", "0"], |session| session.send(ControlCode::EndOfText).unwrap()),
        (&["--port", "0"], |session| session.get_process_mut().kill(Signal::SIGKILL).unwrap()),
    ];
    for (options, end) in ends {
        let room = Room::new(&[]);
        assert_eq!(self::end(room.envtool(&["new"])).1, 0);
        let mut session =
            room.envtool(&[&["login", "--authorize-url", "http://127.0.0.1:1/"], options].concat());
        session.expect("Client id").unwrap();
        session.send(format!("{ID}\r")).unwrap();
        session.expect("Client secret").unwrap();
        session.send(format!("{SECRET}\r")).unwrap();
        session.expect(WAITS).unwrap();
        end(&mut session);
        let rest = session.expect(Eof).unwrap();
        let text = String::from_utf8_lossy(rest.as_bytes()).into_owned();
        let content = room.content(FILE);
        assert!(content.contains(ID) && content.contains(SECRET), "{options:?}: {text}");
        assert!(!text.contains(SECRET), "{text}");
    }
}

#[test]
fn an_id_that_is_none_is_refused_before_the_secret_is_asked_for() {
    let room = Room::new(&[]);
    assert_eq!(end(room.envtool(&["new"])).1, 0);
    let mut session = room.envtool(&["login", "--paste"]);
    session.expect("Client id").unwrap();
    session.send("short\r").unwrap();
    let (text, code) = end(session);
    assert_eq!((code, text.contains("client_id is not Box's")), (2, true), "{text}");
    assert!(!text.contains("Client secret"), "{text}");
}

#[test]
fn without_asking_several_files_are_an_error() {
    let room = Room::new(&[A, B]);
    let (text, code) = end(room.envtool(&["inspect", "--no-input"]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("several files here") && text.contains(A) && text.contains(B), "{text}");
}

#[test]
fn a_value_is_typed_without_being_shown() {
    let room = Room::new(&[A]);
    let mut session = room.envtool(&["set", "password"]);
    session.expect("Value of password").unwrap();
    session.send("opensesame\r").unwrap();
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert!(room.content(A).contains("opensesame"));
    assert!(!text.contains("opensesame") && !text.contains("swordfish"), "{text}");
    assert!(text.contains("********"), "{text}");
}

#[test]
fn delete_asks_first() {
    let room = Room::new(&[A]);
    for (answer, code) in [("n", 1), ("\r", 1), ("y", 0)] {
        let mut session = room.envtool(&["delete"]);
        session.expect(format!("Delete {A}?")).unwrap();
        session.send(answer).unwrap();
        let (text, ended) = end(session);
        assert_eq!(ended, code, "{answer:?}: {text}");
        assert_eq!(room.file(A).exists(), code != 0, "{answer:?}: {text}");
    }
    let (text, code) = end(room.envtool(&["undo"]));
    assert_eq!((code, room.content(A).as_str()), (0, ENVIRONMENT), "{text}");
}

#[test]
fn delete_tells_what_it_has_deleted_before_it_fails() {
    let room = Room::new(&[A, B]);
    let mut session = room.envtool(&["delete", "--json", A, B]);
    session.expect(format!("Delete {A}, {B}?")).unwrap();
    fs::remove_file(room.file(B)).unwrap();
    session.send("y").unwrap();
    let (text, code) = end(session);
    assert_eq!((code, room.file(A).exists()), (2, false), "{text}");
    assert!(text.contains(&format!("\"path\": \"{A}\"")) && text.contains("there is no such file"), "{text}");
}

/// Whoever leaves the second question has not answered the first one for good.
#[test]
fn delete_asks_about_the_manifest_before_anything_is_deleted() {
    let room = Room::new(&[A]);
    let manifest = format!("localResources:\n  environments:\n    - ../{A}\n");
    fs::create_dir(room.file(".postman")).unwrap();
    fs::write(room.file(".postman/resources.yaml"), &manifest).unwrap();
    for (answer, code, is_listed) in [("\u{1b}", 130, true), ("n", 0, true), ("y", 0, false)] {
        let mut session = room.envtool(&["delete"]);
        session.expect(format!("Delete {A}?")).unwrap();
        session.send("y").unwrap();
        session.expect(format!(".postman/resources.yaml lists {A}. Take the line out?")).unwrap();
        session.send(answer).unwrap();
        let (text, ended) = end(session);
        assert_eq!((ended, room.file(A).exists()), (code, code != 0), "{answer:?}: {text}");
        let listed = room.content(".postman/resources.yaml").contains(A);
        assert_eq!((listed, text.contains("still lists")), (is_listed, answer == "n"), "{answer:?}: {text}");
        fs::write(room.file(A), ENVIRONMENT).unwrap();
    }
}

#[test]
fn edit_walks_through_the_variables() {
    let room = Room::new(&[A]);
    fs::hard_link(room.file(A), room.file("other")).unwrap();
    let mut session = room.envtool(&["edit"]);
    append_to_host(&mut session);
    // A name that is taken is told, and the walk goes on.
    choose(&mut session, "Which variable", 2);
    choose(&mut session, "What about host", 2);
    session.expect("New name").unwrap();
    session.send("name\r").unwrap();
    session.expect("there is a variable `hostname` already").unwrap();
    choose(&mut session, "Which variable", 0);
    session.expect(format!("Write {A}?")).unwrap();
    // Enter keeps what was typed.
    session.send("\r").unwrap();
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert_eq!(room.content(A), ENVIRONMENT.replace("here", "here!"));
    assert!(!text.contains("swordfish"), "{text}");
    assert!(
        text.contains("the file has another name too (a hard link), which keeps the old content"),
        "{text}"
    );
}

/// What the person has typed is not lost when the file becomes another while the question waits, or cannot be written.
#[test]
fn edit_puts_its_changes_on_top_of_what_the_file_has_become() {
    let room = Room::new(&[A]);
    let mut session = room.envtool(&["edit"]);
    append_to_host(&mut session);
    choose(&mut session, "Which variable", 0);
    session.expect(format!("Write {A}?")).unwrap();
    fs::write(room.file(A), "{").unwrap();
    session.send("y").unwrap();
    session.expect("not written").unwrap();
    session.expect(format!("Write {A}?")).unwrap();
    fs::write(room.file(A), ENVIRONMENT.replace("box", "crate")).unwrap();
    session.send("y").unwrap();
    session.expect("changed by another program in the meantime; your changes on top of that").unwrap();
    session.expect(format!("Write {A}?")).unwrap();
    assert!(room.content(A).contains("here\""), "nothing is written before the answer");
    session.send("y").unwrap();
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert_eq!(room.content(A), ENVIRONMENT.replace("box", "crate").replace("here", "here!"));
}

#[test]
fn edit_changes_one_value_of_yaml() {
    let room = Room::new(&[]);
    let (name, before) = (
        "Dev.environment.yaml",
        "name: Dev   # mine\nvalues:\n  - key: host\n    value: 'here'\n    enabled: true\n",
    );
    fs::write(room.file(name), before).unwrap();
    let mut session = room.envtool(&["edit"]);
    append_to_host(&mut session);
    choose(&mut session, "Which variable", 0);
    session.expect(format!("Write {name}?")).unwrap();
    session.send("y").unwrap();
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert_eq!(room.content(name), before.replace("here", "here!"));
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let room = Room::new(&[A]);
    let mut session = room.envtool(&["edit"]);
    // done, add, host, password: Enter keeps a secret as it is.
    choose(&mut session, "Which variable", 3);
    choose(&mut session, "What about password", 0);
    session.expect("Enter keeps it").unwrap();
    session.send("\r").unwrap();
    choose(&mut session, "Which variable", 0);
    let (text, code) = end(session);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("nothing to change"), "{text}");
    assert_eq!(room.content(A), ENVIRONMENT);
}

#[test]
fn ctrl_c_leaves_everything_as_it_was() {
    let room = Room::new(&[A, B]);
    let prompts: [(&[&str], &str); 4] = [
        (&["inspect"], "Which environment"),
        (&["delete", A], "Delete "),
        (&["set", "host", "-e", A], "Value of host"),
        (&["edit", A], "Which variable"),
    ];
    for (words, question) in prompts {
        let mut session = room.envtool(words);
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
        assert_eq!(room.content(A), ENVIRONMENT, "{words:?}");
    }
}

/// Every kind of question, and what is printed when it waits.
const QUESTIONS: [(&[&str], &str); 6] = [
    (&["inspect"], "Which environment"),
    (&["delete", A], "Delete "),
    (&["set", "host", "-e", A], "Value of host"),
    (&["edit", A], "Which variable"),
    (&["undo", "--clear"], "Forget "),
    (&["login", "--paste", "--authorize-url", "http://127.0.0.1:1/", "-e", "box.json"], "Address or code"),
];

fn questions() -> Room {
    let room = Room::new(&[A, B]);
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/box/Box.postman_environment.json");
    fs::copy(fixture, room.file("box.json")).unwrap();
    room
}

fn mode(session: &OsSession) -> Termios {
    tcgetattr(session.get_process().get_raw_handle().unwrap()).unwrap()
}

/// Waits until the question has changed the terminal to read a key: from then on it does nothing but wait.
fn until_a_key_is_read(session: &OsSession) {
    until("the question", || (!mode(session).input_flags.contains(InputFlags::ICRNL)).then_some(()));
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    let room = questions();
    let signals = [
        (Signal::SIGTERM, "TERM"),
        (Signal::SIGHUP, "HUP"),
        (Signal::SIGINT, "INT"),
        (Signal::SIGQUIT, "QUIT"),
    ];
    for (signal, name) in signals.into_iter().filter(|(signal, _)| !is_ignored(*signal as i32)) {
        for (words, question) in QUESTIONS {
            let mut session = room.envtool(words);
            session.expect(question).unwrap();
            until_a_key_is_read(&session);
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
    assert_eq!(room.content(A), ENVIRONMENT);
}

#[test]
fn a_halted_question_gives_the_terminal_back_and_goes_on() {
    const SCRIPT: &str =
        r#"set -m; sh -c 'echo "process $$"; exec "$0" "$@"' "$0" "$@"; echo "halted"; read line; fg"#;
    if is_ignored(Signal::SIGTSTP as i32) {
        return;
    }
    let answers: [(&[&str], &str, &str, &str); 3] = [
        (&["set", "host", "-e", A], "Value of host", "there\r", "(a.postman_environment.json)"),
        (&["edit", A], "Which variable", "\r", "nothing to change"),
        (&["delete", A], "Delete ", "y", "deleted"),
    ];
    let room = questions();
    for (words, question, answer, said) in answers {
        let mut session = room.shell(SCRIPT, words);
        let process = session.expect(Regex("process ([0-9]+)\r")).unwrap();
        let process = String::from_utf8_lossy(process.get(1).unwrap()).into_owned();
        session.expect(question).unwrap();
        until_a_key_is_read(&session);
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

#[test]
fn ctrl_d_declines_to_type_a_value() {
    let room = Room::new(&[A]);
    let mut session = room.envtool(&["set", "host"]);
    session.expect("Value of host").unwrap();
    session.send("half").unwrap();
    session.send(ControlCode::EndOfTransmission).unwrap();
    let (text, code) = end(session);
    assert_eq!((code, text.contains("nothing was changed")), (1, true), "{text:?}");
    assert_eq!(room.content(A), ENVIRONMENT);
}

/// Of a key that is pasted nothing goes to the shell.
#[test]
fn a_private_key_is_pasted_whole() {
    let key = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nQUJD\nREVG\n-----END ENCRYPTED PRIVATE KEY-----";
    let room = Room::new(&[A]);
    let mut session = room.envtool(&["set", "password"]);
    session.expect("Value of password").unwrap();
    session.send(format!("{}\r", key.replace('\n', "\r"))).unwrap();
    let (text, code) = end(session);
    assert_eq!((code, text.contains("QUJD")), (0, false), "{text}");
    let wanted = ENVIRONMENT.replace("swordfish", &key.replace('\n', "\\n"));
    assert_eq!(room.content(A), wanted, "{text}");
}

#[test]
fn what_get_prints_does_nothing_to_the_terminal() {
    let room = Room::new(&[]);
    let evil = "{\"values\":[{\"key\":\"evil\",\"value\":\"\\u001b[2Jx\u{9b}31m\"}]}";
    fs::write(room.file(A), evil).unwrap();
    let (text, code) = end(room.envtool(&["get", "evil"]));
    assert_eq!((code, text.trim_end()), (0, "\\u001b[2Jx\\u009b31m"));
}
