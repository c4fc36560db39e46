//! No token is lost, whatever is killed, undone, moved or broken when: what came is found again, or is said to be gone.

#[cfg(unix)]
mod meanwhile;
#[cfg(unix)]
mod signals;

use std::fs;

use crate::support::box_server::{Behaviour, BoxServer, FIRST_REFRESH};
use crate::support::program::{CLASSIC, NOW, Place, Run};

const OLD: &str = "ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000000";
const TOOK: &str = "Box.postman_environment.json: took the tokens that were kept for it; the access token is valid for 1 \
                    hour (until 2026-11-20 12:30:46 UTC)\n";

/// Where the first thing is kept.
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
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    assert_eq!(place.run("set mine x --create").code, 0);
    let before = place.read(CLASSIC);
    let token = place.run(&format!("token {}", server.token_url()));
    let after = place.read(CLASSIC);
    let undone = place.run("undo");
    assert_eq!((undone.code, place.read(CLASSIC)), (0, before.clone()), "{undone:?}");
    assert_eq!(
        undone.err,
        "note: Box does not take the refresh token that is back any more; the tokens of `token` are kept, and the next \
         `envtool refresh` or `token` puts them in again\n"
    );
    let status = place.run("status");
    let waits = format!(
        "newer tokens of 2026-11-20 11:30:00 UTC wait in {}; `envtool refresh` puts them in",
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
    // A second undo takes back the change before, and the tokens still follow.
    assert_eq!(place.run("undo").code, 0);
    let again = place.run(&format!("token {}", server.token_url()));
    assert_eq!((again.out, again.err), (token.out, String::new()));
    assert_eq!((place.run("undo").code, place.run("set mine x --create").code), (0, 0));
    assert_eq!(place.run(&format!("refresh {}", server.token_url())).out, TOOK);
    assert_eq!((place.read(CLASSIC), entries(&place)), (after, 0));
    assert_eq!(server.requests("/oauth2/token").len(), 1);
}

#[test]
fn kept_tokens_are_found_by_what_they_replace_wherever_the_file_is() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    assert_eq!(place.run(&format!("refresh {}", server.token_url())).code, 0);
    assert_eq!(place.run("undo").code, 0);
    fs::rename(place.file(CLASSIC), place.file("moved.json")).unwrap();
    let run = place.run(&format!("refresh moved.json {}", server.token_url()));
    assert_eq!((run.code, run.out.contains("took the tokens that were kept for it")), (0, true), "{run:?}");
    assert!(place.read("moved.json").contains(&server.pair().1));
}

/// The file got other tokens in the meantime: neither pair is thrown away.
#[test]
fn tokens_that_another_program_writes_while_box_answers_stay() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Held));
    let child = place.command(&format!("refresh {}", server.token_url())).spawn().unwrap();
    server.wait_for(1);
    place.edit(CLASSIC, FIRST_REFRESH, OLD);
    let theirs = place.read(CLASSIC);
    server.release();
    let run: Run = child.wait_with_output().unwrap().into();
    assert_eq!(
        (run.code, run.err),
        (
            6,
            format!(
                "error: {CLASSIC}: new tokens came, but could not be written: it has other tokens by now, which another \
                 program has put there; they are in {}, and `envtool refresh` takes them when Box refuses those\n",
                entry(&place)
            )
        )
    );
    assert_eq!(place.read(CLASSIC), theirs);
    let spare = format!(
        "other tokens of 2026-11-20 11:30:00 UTC are in {}; `envtool refresh` takes them when Box refuses those in the file",
        entry(&place)
    );
    assert_eq!(row(&place.run("status"), "kept"), Some(spare.clone()));
    // Box refuses the other program's, so ours are taken.
    server.behave(Behaviour::Good);
    let run = place.run(&format!("refresh {}", server.token_url()));
    assert_eq!((run.code, run.out.as_str(), run.err), (0, TOOK, format!("note: {CLASSIC}: {spare}\n")));
    assert!(place.read(CLASSIC).contains(&server.pair().1));
    assert_eq!((server.requests("/oauth2/token").len(), entries(&place)), (2, 0));
}

#[test]
fn a_refresh_token_in_an_incomplete_answer_is_used_next_time() {
    for expires_in in ["-5", "1e300", "null", "\"soon\""] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
        place.edit(CLASSIC, FIRST_REFRESH, OLD);
        let before = place.read(CLASSIC);
        let body =
            format!(r#"{{"access_token":"a","refresh_token":"{FIRST_REFRESH}","expires_in":{expires_in}}}"#);
        server.behave(Behaviour::Says(200, "", body));
        let run = place.run(&format!("refresh {}", server.token_url()));
        assert_eq!(
            (run.code, run.err),
            (
                5,
                format!(
                    "error: {CLASSIC}: the answer lacks a usable `expires_in`, but it brings a refresh \
                     token, which is kept in {}: run `envtool refresh` once more\n",
                    entry(&place)
                )
            )
        );
        assert_eq!(place.read(CLASSIC), before);
        server.behave(Behaviour::Good);
        let run = place.run(&format!("refresh {}", server.token_url()));
        assert_eq!((run.code, run.out.contains(": refreshed,")), (0, true), "{run:?}");
        assert!(place.read(CLASSIC).contains(&server.pair().1));
        assert_eq!(entries(&place), 0);
    }
}

#[test]
fn a_pair_of_tokens_in_an_error_is_used_next_time() {
    for status in [400, 503] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
        place.edit(CLASSIC, FIRST_REFRESH, OLD);
        let body = format!(r#"{{"access_token":"a","refresh_token":"{FIRST_REFRESH}","expires_in":3600}}"#);
        server.behave(Behaviour::Says(status, "", body));
        let run = place.run(&format!("refresh {}", server.token_url()));
        let said = format!(
            "an error and tokens at once, but it brings a refresh token, which is kept in {}",
            entry(&place)
        );
        assert_eq!((run.code, run.err.contains(&said)), (5, true), "{run:?}");
        server.behave(Behaviour::Good);
        assert_eq!(place.run(&format!("refresh {}", server.token_url())).code, 0);
        assert!(place.read(CLASSIC).contains(&server.pair().1));
    }
}

/// An error that only repeats what was sent brings nothing.
#[test]
fn a_refusal_that_repeats_the_refresh_token_is_one() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    let body = format!(
        r#"{{"error":"invalid_grant","error_description":"Invalid refresh token","refresh_token":"{FIRST_REFRESH}"}}"#
    );
    server.behave(Behaviour::Says(400, "", body));
    let run = place.run(&format!("refresh {}", server.token_url()));
    assert_eq!((run.code, run.err.contains("kept in")), (4, false), "{run:?}");
    assert_eq!(place.run("status").code, 4);
}

#[test]
fn what_cannot_take_the_tokens_is_refused_before_anything_is_sent() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    let name = place.to_yaml(CLASSIC);
    place.edit(&name, &format!("value: {FIRST_REFRESH}"), &format!("value: &shared {FIRST_REFRESH}"));
    for words in ["refresh", "refresh -n", "token", "token -n", "login --paste"] {
        let run = place.run(&format!("{words} {}", server.token_url()));
        assert_eq!(
            (run.code, run.err.contains("&shared") || run.err.contains("anchor")),
            (2, true),
            "{words}: {run:?}"
        );
    }
    assert!(server.requests("/oauth2/token").is_empty());
}

#[test]
fn copies_of_a_file_share_the_tokens_that_one_gets() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    fs::copy(place.file(CLASSIC), place.file("copy.json")).unwrap();
    let run = place.run(&format!("refresh {CLASSIC} copy.json {}", server.token_url()));
    assert_eq!(
        (run.code, run.out.as_str()),
        (
            0,
            "Box.postman_environment.json: refreshed, the access token is valid for 1 hour (until 2026-11-20 12:30:46 UTC)\n\
             copy.json: took the tokens that a copy of it has just got; the access token is valid for 1 hour (until \
             2026-11-20 12:30:46 UTC)\n"
        ),
        "{run:?}"
    );
    assert_eq!(place.read(CLASSIC), place.read("copy.json"));
    assert_eq!(server.requests("/oauth2/token").len(), 1);
}

#[test]
fn a_token_that_cannot_last_as_long_as_asked_is_got_once() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    for _ in 0..3 {
        let run = place.run(&format!("token --min-ttl 2h {}", server.token_url()));
        assert_eq!((run.code, run.out.trim_end()), (1, &*server.pair().0), "{run:?}");
        assert_eq!(
            run.err,
            "note: Box gives no access token that surely lasts as long as `--min-ttl` asks for; this one is as new as they \
             come\n"
        );
    }
    assert_eq!(place.run(&format!("token --min-ttl 50m {}", server.token_url())).code, 0);
    assert_eq!(server.requests("/oauth2/token").len(), 1);
}

#[test]
fn a_logout_takes_back_what_is_kept_too() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    assert_eq!(place.run(&format!("refresh {}", server.token_url())).code, 0);
    assert_eq!(place.run("undo").code, 0);
    let left = format!(
        "note: tokens of 2026-11-20 11:30:00 UTC stay in {}: `envtool logout` has Box take them back, or remove that file\n",
        entry(&place)
    );
    assert_eq!(place.run("undo --clear -y").err, left);
    assert_eq!(place.run("reset -n").err, left);
    assert_eq!(place.run("delete -n").err, left);
    let run = place.run(&format!("logout --revoke-url {}", server.url("/oauth2/revoke")));
    assert_eq!(
        (run.code, run.err.as_str()),
        (
            0,
            "note: the tokens were not valid any more\nnote: Box has taken the tokens that were kept besides back\n"
        ),
        "{run:?}"
    );
    assert_eq!((server.pair().1.as_str(), entries(&place)), ("", 0));
}

/// One token that Box does not take keeps no other from being taken back, and what is said is true of each.
#[test]
fn a_logout_that_fails_says_what_was_taken_back_and_what_was_not() {
    for (requests, option, code, said) in [
        (2, "", 5, ["note: the tokens were not valid any more", "error: Box.postman_environment.json: "]),
        (
            2,
            " --on-revoke-failure clear",
            0,
            [
                "note: the tokens were not valid any more",
                "note: the tokens that were kept besides may still be valid: ",
            ],
        ),
        (
            1,
            " --on-revoke-failure clear",
            0,
            [
                "note: the tokens may still be valid: ",
                "note: the tokens that were kept besides may still be valid: ",
            ],
        ),
        (1, "", 5, ["error: Box.postman_environment.json: ", ""]),
    ] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Until(requests)));
        assert_eq!(place.run(&format!("refresh {}", server.token_url())).code, 0);
        assert_eq!(place.run("undo").code, 0);
        let before = place.read(CLASSIC);
        let run = place.run(&format!("logout{option} --revoke-url {}", server.url("/oauth2/revoke")));
        assert_eq!((run.code, entries(&place)), (code, 1), "{run:?}");
        assert_eq!(place.read(CLASSIC) == before, option.is_empty(), "{run:?}");
        let lines: Vec<_> = run.err.lines().filter(|line| !line.contains("logout` has Box")).collect();
        let begin = said.iter().zip(lines.iter().chain([&""])).all(|(start, line)| line.starts_with(start));
        assert!(begin, "{run:?}");
        let asked = if requests == 1 && option.is_empty() { 1 } else { 2 };
        assert_eq!(server.requests("/oauth2/revoke").len(), asked, "{run:?}");
    }
}

#[test]
fn a_logout_that_cannot_ask_box_leaves_the_file() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    place.edit(CLASSIC, "abcdefghijklmnopqrstuvwxyz012345", "");
    let (before, url) = (place.read(CLASSIC), format!("--revoke-url {}", server.url("/oauth2/revoke")));
    let run = place.run(&format!("logout {url}"));
    assert_eq!(
        (run.code, run.err.as_str(), place.read(CLASSIC)),
        (
            4,
            "error: Box.postman_environment.json: client_id or client_secret is missing, so Box cannot be asked to take the \
             tokens back; put them in with `envtool set`, or empty the tokens all the same: envtool logout \
             --on-revoke-failure clear\n",
            before
        )
    );
    let run = place.run(&format!("logout --on-revoke-failure clear {url}"));
    assert_eq!((run.code, place.read(CLASSIC).contains(FIRST_REFRESH)), (0, false), "{run:?}");
    assert!(server.requests("/oauth2/revoke").is_empty());
}

#[test]
fn undoing_what_spent_nothing_says_nothing_of_spent_tokens() {
    let ccg = "Box-CCG.postman_environment.json";
    let (place, server) = (Place::with(&[ccg]), BoxServer::start(Behaviour::Good));
    let before = place.read(ccg);
    assert_eq!(place.run(&format!("refresh {}", server.token_url())).code, 0);
    let undone = place.run("undo");
    assert_eq!((undone.code, undone.err.as_str(), place.read(ccg)), (0, "", before), "{undone:?}");
    assert_eq!(entries(&place), 0);
}

/// What is kept may be newer than what would be spent.
#[test]
fn nothing_is_sent_where_what_is_kept_cannot_be_read() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    // As good as one that may not be read, also for the superuser.
    fs::create_dir_all(entry(&place)).unwrap();
    let words = format!("refresh {}", server.token_url());
    for words in [words.as_str(), "refresh -n"] {
        let run = place.run(words);
        assert_eq!(
            (run.code, run.err.contains(&format!("cannot read {}", entry(&place)))),
            (2, true),
            "{run:?}"
        );
        assert!(run.err.contains("nothing was sent; make it readable, or remove it"), "{run:?}");
    }
    assert!(server.requests("/oauth2/token").is_empty());
    let doubt = format!(
        "{} cannot be read, and may hold newer tokens; make it readable, or remove it",
        entry(&place)
    );
    assert_eq!(row(&place.run("status"), "in doubt"), Some(doubt.clone()));
    assert!(place.run("doctor").out.contains(&doubt));
    fs::remove_dir(entry(&place)).unwrap();
    assert_eq!(place.run(&words).code, 0);
}

#[test]
fn nothing_is_sent_where_what_comes_could_not_be_kept() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    fs::create_dir(place.state()).unwrap();
    fs::write(place.state().join("recovery"), "").unwrap();
    for words in ["refresh", "refresh --no-backup", "token"] {
        let run = place.run(&format!("{words} {}", server.token_url()));
        assert_eq!((run.code, run.err.contains("--no-backup")), (2, false), "{run:?}");
        assert!(run.err.contains("recovery"), "{run:?}");
    }
    assert!(server.requests("/oauth2/token").is_empty());
}
