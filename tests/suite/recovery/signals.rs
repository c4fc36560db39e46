//! Signals before Box has answered.

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ChildStderr, Command, Stdio};

use super::*;
use crate::support::program::is_ignored;

const WAITING: &str = "waiting for the answer, so that nothing is lost; Ctrl-C once more stops at once";

fn send(signal: &str, child: &Child) {
    let line = format!("kill -{signal} {}", child.id());
    assert!(Command::new("sh").args(["-c", &line]).status().unwrap().success());
}

fn first_line(child: &mut Child) -> (String, BufReader<ChildStderr>) {
    let mut reader = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    (line.trim_end().to_owned(), reader)
}

#[test]
fn a_signal_waits_until_the_tokens_are_in_the_file() {
    let signals = [("INT", 2), ("TERM", 15), ("HUP", 1)];
    for (signal, number) in signals.into_iter().filter(|(_, number)| !is_ignored(*number)) {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Held));
        let mut child = place.command(&format!("refresh {}", server.token_url_option())).spawn().unwrap();
        server.wait_for_requests(1);
        send(signal, &child);
        let (line, _reader) = first_line(&mut child);
        assert_eq!(line, WAITING);
        server.release();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.signal(), Some(number), "{ended:?}");
        assert!(String::from_utf8_lossy(&ended.stdout).contains(": refreshed,"), "{ended:?}");
        assert!(place.read(CLASSIC).contains(&server.pair().1));
        assert_eq!(entries(&place), 0);
    }
}

#[test]
fn a_second_signal_ends_at_once_and_the_request_is_remembered() {
    if is_ignored(2) {
        return;
    }
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Silent));
    let before = place.read(CLASSIC);
    let mut child = place.command(&format!("refresh {}", server.token_url_option())).spawn().unwrap();
    server.wait_for_requests(1);
    send("INT", &child);
    let (line, mut reader) = first_line(&mut child);
    assert_eq!(line, WAITING);
    send("INT", &child);
    assert_eq!(child.wait().unwrap().signal(), Some(2));
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert_eq!(
        rest,
        "Box.postman_environment.json: stopped while waiting for the answer; it is not known whether Box received the \
         request; the file is unchanged, but its refresh token may be spent; if Box refuses it next time, run `envtool login`\n"
    );
    assert_eq!(place.read(CLASSIC), before);
    let doubt = "a request for new tokens at 2026-11-20 11:30:00 UTC had no answer, so the refresh token may be spent";
    assert_eq!(row(&place.run("status"), "in doubt").as_deref(), Some(doubt));
    // It was not spent: this Box has not received the request.
    let server = BoxServer::start(Behavior::Good);
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!(
        (run.code, run.err.lines().next()),
        (0, Some(&*format!("note: {CLASSIC}: {doubt}"))),
        "{run:?}"
    );
    assert_eq!((row(&place.run("status"), "in doubt"), entries(&place)), (None, 0));
}

/// `nohup` and shells without job control start programs that way.
#[test]
fn an_ignored_signal_changes_nothing() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Held));
    let plain = place.command(&format!("refresh {}", server.token_url_option()));
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "trap '' INT; exec \"$0\" \"$@\""]).arg(plain.get_program()).args(plain.get_args());
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(place.file("")).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    server.wait_for_requests(1);
    send("INT", &child);
    send("INT", &child);
    server.release();
    let run: Run = child.wait_with_output().unwrap().into();
    assert_eq!((run.code, run.err.contains("waiting for the answer")), (0, false), "{run:?}");
    assert!(place.read(CLASSIC).contains(&server.pair().1));
}
