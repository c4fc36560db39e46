//! Events while Box has not answered yet.

use std::io::{BufRead as _, BufReader};
use std::process::Child;

use super::*;

/// Runs `refresh`, and `meanwhile` before Box answers.
fn refresh_with(place: &Place, server: &BoxServer, meanwhile: impl FnOnce()) -> Run {
    let child = place.command(&format!("refresh {}", server.token_url_option())).spawn().unwrap();
    server.wait_for_requests(1);
    meanwhile();
    server.release();
    child.wait_with_output().unwrap().into()
}

/// Starts two processes: the first waits for Box, and the second, with a copy of the file, waits for the first.
fn waiting(place: &Place, server: &BoxServer) -> (Child, Child) {
    fs::copy(place.file(CLASSIC), place.file("copy.json")).unwrap();
    let refresh =
        |file: &str| place.command(&format!("refresh {file} {}", server.token_url_option())).spawn().unwrap();
    let first = refresh(CLASSIC);
    server.wait_for_requests(1);
    let mut second = refresh("copy.json");
    let mut line = String::new();
    BufReader::new(second.stderr.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "copy.json: waiting for another envtool, which is refreshing a copy of it\n");
    (first, second)
}

#[test]
fn a_copy_takes_the_tokens_that_another_process_receives() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Held));
    let (first, second) = waiting(&place, &server);
    server.release();
    let ended = [first, second].map(|child| Run::from(child.wait_with_output().unwrap()));
    assert_eq!(ended.each_ref().map(|run| run.code), [0, 0], "{ended:?}");
    assert!(
        ended[1].out.starts_with("copy.json: took the tokens that a copy of it has just received"),
        "{ended:?}"
    );
    assert_eq!(place.read(CLASSIC), place.read("copy.json"));
    assert!(place.read(CLASSIC).contains(&server.pair().1));
    assert_eq!((server.requests("/oauth2/token").len(), entries(&place)), (1, 0));
}

#[test]
fn a_copy_does_not_wait_for_a_killed_process() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Held));
    let (mut first, second) = waiting(&place, &server);
    first.kill().unwrap();
    first.wait().unwrap();
    server.wait_for_requests(2);
    server.release();
    // Box has seen the token before.
    assert_eq!(Run::from(second.wait_with_output().unwrap()).code, 4);
}

#[test]
fn tokens_are_kept_even_if_the_state_folder_was_removed() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Held));
    let content = place.read(CLASSIC);
    let run = refresh_with(&place, &server, || {
        fs::remove_dir_all(place.state()).unwrap();
        fs::remove_file(place.file(CLASSIC)).unwrap();
    });
    let message = format!(
        "there is no such file; they are in {}, and the next `envtool refresh` takes them from there\n",
        entry(&place)
    );
    assert!(run.err.ends_with(&message), "{run:?}");
    fs::write(place.file(CLASSIC), content).unwrap();
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).out, TOOK);
    assert!(place.read(CLASSIC).contains(&server.pair().1));
}

#[test]
fn tokens_follow_a_file_that_was_moved_behind_a_link() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Held));
    let run = refresh_with(&place, &server, || {
        fs::rename(place.file(CLASSIC), place.file("moved.json")).unwrap();
        std::os::unix::fs::symlink("moved.json", place.file(CLASSIC)).unwrap();
    });
    assert_eq!((run.code, run.out.contains(": refreshed,")), (0, true), "{run:?}");
    assert!(place.read("moved.json").contains(&server.pair().1));
    assert!(place.file(CLASSIC).is_symlink());
    assert_eq!(entries(&place), 0);
}

#[test]
fn a_deleted_folder_is_not_mistaken_for_other_tokens() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Held));
    let run = refresh_with(&place, &server, || fs::remove_dir_all(place.file("")).unwrap());
    assert!(run.err.contains("there is no such file; they are in "), "{run:?}");
    assert!(!run.err.contains("other tokens"), "{run:?}");
}

#[test]
fn another_hard_link_to_the_file_is_reported() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    fs::hard_link(place.file(CLASSIC), place.file("other.json")).unwrap();
    let note = "note: the file has another name too (a hard link), which keeps the old content\n";
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert!(run.err.starts_with(note), "{run:?}");
    fs::remove_file(place.file("other.json")).unwrap();
    fs::hard_link(place.file(CLASSIC), place.file("other.json")).unwrap();
    assert_eq!(place.run(&format!("set mine x --create {CLASSIC}")).err, note);
    assert_eq!(place.run(&format!("set mine y {CLASSIC}")).err, "");
    assert_eq!(place.run(&format!("set theirs z --create {CLASSIC} -o theirs.json")).code, 0);
    let elsewhere = format!("set mine y -e theirs.json -o {CLASSIC}");
    for words in [&*format!("merge {CLASSIC} theirs.json"), "undo", "undo --json", &*elsewhere] {
        assert_link_is_reported(&place, words, note);
    }
}

/// Checks that `words`, which change a file with a second hard link, print `note`.
fn assert_link_is_reported(place: &Place, words: &str, note: &str) {
    fs::remove_file(place.file("other.json")).unwrap();
    fs::hard_link(place.file(CLASSIC), place.file("other.json")).unwrap();
    let run = place.run(words);
    assert_eq!(run.code, 0, "{words}: {run:?}");
    let is_reported =
        run.err.contains(note) || run.out.contains(note.trim_start_matches("note: ").trim_end());
    assert!(is_reported, "{words}: {run:?}");
}
