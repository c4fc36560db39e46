//! No token is lost, whatever is killed, undone, moved or broken: tokens that arrived are found again, or reported as
//! lost.

mod answers;
mod logout;
#[cfg(unix)]
mod meanwhile;
mod refusals;
#[cfg(unix)]
mod signals;

use std::fs;

use crate::support::box_server::{Behavior, BoxServer, FIRST_REFRESH};
use crate::support::program::{CLASSIC, NOW, Place, Run};

const OLD: &str = "ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000000";
const TOOK: &str = "Box.postman_environment.json: took the tokens that were kept for it; the access token is valid for 1 \
                    hour (until 2026-11-20 12:30:46 UTC)\n";

/// The path of the first kept entry.
fn entry(place: &Place) -> String {
    place.state().join("recovery").join(format!("{NOW}-0")).display().to_string()
}

fn entries(place: &Place) -> usize {
    fs::read_dir(place.state().join("recovery")).map_or(0, |entries| entries.count())
}

fn row(status: &Run, label: &str) -> Option<String> {
    let row = status.out.lines().find_map(|line| line.trim().strip_prefix(label));
    row.map(|text| text.trim().to_owned())
}

#[test]
fn undoing_a_refresh_keeps_its_tokens_for_the_next() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    assert_eq!(place.run("set mine x --create").code, 0);
    let before = place.read(CLASSIC);
    let token = place.run(&format!("token {}", server.token_url_option()));
    let after = place.read(CLASSIC);
    let undone = place.run("undo");
    assert_eq!((undone.code, place.read(CLASSIC)), (0, before.clone()), "{undone:?}");
    assert_eq!(
        undone.err,
        "note: Box no longer accepts the refresh token that is in the file again; the tokens of `token` are kept, and the next \
         `envtool refresh` or `token` puts them in again\n"
    );
    let status = place.run("status");
    let waits = format!(
        "newer tokens from 2026-11-20 11:30:00 UTC are in {}; `envtool refresh` puts them into the file",
        entry(&place)
    );
    assert_eq!(row(&status, "kept"), Some(waits.clone()), "{status:?}");
    assert_eq!(row(&status, "run next").as_deref(), Some("envtool refresh"), "{status:?}");
    assert_eq!(row(&place.run("inspect"), "kept"), Some(waits));
    let json: serde_json::Value = serde_json::from_str(&place.run("status --json").out).unwrap();
    let kept = serde_json::json!([{"state": "waiting", "time": NOW, "place": entry(&place)}]);
    assert_eq!(json["files"][0]["kept"], kept, "{json}");
    let dry = place.run("refresh -n");
    assert_eq!(
        (dry.out.as_str(), dry.err),
        (
            "nothing would be sent\n",
            format!("note: {CLASSIC}: would take the tokens that are kept in {}\n", entry(&place))
        )
    );
    // After a second undo, of the change before, the tokens are still found.
    assert_eq!(place.run("undo").code, 0);
    let again = place.run(&format!("token {}", server.token_url_option()));
    assert_eq!((again.out, again.err), (token.out, String::new()));
    assert_eq!((place.run("undo").code, place.run("set mine x --create").code), (0, 0));
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).out, TOOK);
    assert_eq!((place.read(CLASSIC), entries(&place)), (after, 0));
    assert_eq!(server.requests("/oauth2/token").len(), 1);
}

#[test]
fn kept_tokens_are_found_after_the_file_was_moved() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
    assert_eq!(place.run("undo").code, 0);
    fs::rename(place.file(CLASSIC), place.file("moved.json")).unwrap();
    let run = place.run(&format!("refresh moved.json {}", server.token_url_option()));
    assert_eq!((run.code, run.out.contains("took the tokens that were kept for it")), (0, true), "{run:?}");
    assert!(place.read("moved.json").contains(&server.pair().1));
}

/// Neither pair of tokens is thrown away.
#[test]
fn tokens_that_another_program_writes_while_box_answers_stay() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Held));
    let child = place.command(&format!("refresh {}", server.token_url_option())).spawn().unwrap();
    server.wait_for_requests(1);
    place.edit(CLASSIC, FIRST_REFRESH, OLD);
    let theirs = place.read(CLASSIC);
    server.release();
    let run: Run = child.wait_with_output().unwrap().into();
    assert_eq!(
        (run.code, run.err),
        (
            6,
            format!(
                "error: {CLASSIC}: new tokens arrived but could not be written: another program has put other tokens into it in \
                 the meantime; they are in {}, and `envtool refresh` uses them if Box refuses the others\n",
                entry(&place)
            )
        )
    );
    assert_eq!(place.read(CLASSIC), theirs);
    let spare = format!(
        "other tokens from 2026-11-20 11:30:00 UTC are in {}; `envtool refresh` uses them if Box refuses those in the file",
        entry(&place)
    );
    assert_eq!(row(&place.run("status"), "kept"), Some(spare.clone()));
    // Box refuses the other program's tokens, so ours are used.
    server.behave(Behavior::Good);
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!((run.code, run.out.as_str(), run.err), (0, TOOK, format!("note: {CLASSIC}: {spare}\n")));
    assert!(place.read(CLASSIC).contains(&server.pair().1));
    assert_eq!((server.requests("/oauth2/token").len(), entries(&place)), (2, 0));
}

#[test]
fn copies_of_a_file_share_one_refresh() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    fs::copy(place.file(CLASSIC), place.file("copy.json")).unwrap();
    let run = place.run(&format!("refresh {CLASSIC} copy.json {}", server.token_url_option()));
    assert_eq!(
        (run.code, run.out.as_str()),
        (
            0,
            "Box.postman_environment.json: refreshed, the access token is valid for 1 hour (until 2026-11-20 12:30:46 UTC)\n\
             copy.json: took the tokens that a copy of it has just received; the access token is valid for 1 hour (until \
             2026-11-20 12:30:46 UTC)\n"
        ),
        "{run:?}"
    );
    assert_eq!(place.read(CLASSIC), place.read("copy.json"));
    assert_eq!(server.requests("/oauth2/token").len(), 1);
}

#[test]
fn a_lifetime_that_no_token_has_is_asked_for_only_once() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    for _ in 0..3 {
        let run = place.run(&format!("token --min-ttl 2h {}", server.token_url_option()));
        assert_eq!((run.code, run.out.trim_end()), (1, &*server.pair().0), "{run:?}");
        assert_eq!(
            run.err,
            "note: `--min-ttl` asks for longer than a new access token is sure to last; this one is new\n"
        );
    }
    assert_eq!(place.run(&format!("token --min-ttl 50m {}", server.token_url_option())).code, 0);
    assert_eq!(server.requests("/oauth2/token").len(), 1);
}

#[test]
fn undoing_a_refresh_that_spent_no_token_prints_no_note() {
    let ccg = "Box-CCG.postman_environment.json";
    let (place, server) = (Place::with(&[ccg]), BoxServer::start(Behavior::Good));
    let before = place.read(ccg);
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
    let undone = place.run("undo");
    assert_eq!((undone.code, undone.err.as_str(), place.read(ccg)), (0, "", before), "{undone:?}");
    assert_eq!(entries(&place), 0);
}

#[test]
fn a_refresh_after_a_reset_takes_the_kept_tokens() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
    assert_eq!((place.run("undo").code, place.run("reset").code), (0, 0));
    let status = place.run("status");
    assert!(status.out.ends_with("run next       envtool refresh\n"), "{status:?}");
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert!(run.code == 0 && run.out.contains("took the tokens that were kept for it"), "{run:?}");
    assert_eq!(server.requests("/oauth2/token").len(), 1);
}
