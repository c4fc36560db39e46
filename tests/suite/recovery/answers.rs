//! Tokens in odd, incomplete and contradictory answers, and refusals.

use std::fs;

use super::{CLASSIC, OLD, Place, Run, entries, entry};
use crate::support::box_server::{Behavior, BoxServer, FIRST_REFRESH};

const NEW: &str = "ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000009";

/// A complete answer with `access` as its access token.
fn pair(access: &str) -> String {
    format!(r#"{{"access_token":"{access}","expires_in":3646,"refresh_token":"{NEW}"}}"#)
}

/// What a refresh says on standard error, without the note about the copy inside Postman.
fn notes(run: &Run) -> String {
    let lines = run.err.lines().filter(|line| !line.contains("inside Postman"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_complete_pair_in_an_odd_answer_is_stored() {
    for (status, body, note) in [
        (201, pair("A"), "note: Box's answer has the status 201, not 200"),
        (200, format!("\u{feff}{}", pair("A")), ""),
        (
            200,
            format!("{}\n{{}}", pair("A")),
            "note: Box's answer has more after the tokens, which was ignored",
        ),
        (
            200,
            pair("A").replace("{", r#"{"refresh_token":"other","#),
            "note: Box's answer has several `refresh_token`, of which the last counts",
        ),
    ] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Says(status, "", body)));
        let run = place.run(&format!("refresh {}", server.token_url_option()));
        assert_eq!((run.code, notes(&run)), (0, note.to_owned()), "{run:?}");
        assert!(place.read(CLASSIC).contains(NEW));
    }
}

#[test]
fn all_refresh_tokens_of_an_answer_are_kept() {
    let body = pair("A").replace('{', &format!(r#"{{"refresh_token":"{FIRST_REFRESH}","#));
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Says(200, "", body)));
    place.edit(CLASSIC, FIRST_REFRESH, OLD);
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
    assert!(place.read(CLASSIC).contains(NEW));
    // Box takes only the other one.
    server.behave(Behavior::Good);
    let run = place.run(&format!("refresh --force {}", server.token_url_option()));
    assert!(run.code == 0 && place.read(CLASSIC).contains(&server.pair().1), "{run:?}");
}

#[test]
fn uncertain_tokens_are_kept_outside_the_file() {
    let beside_error = pair("A").replace("{", r#"{"error":"invalid_grant","#);
    for (body, why) in [
        (beside_error, "has both an error and tokens"),
        (pair("A\\n"), "the answer lacks a usable `access_token`"),
        (pair("A\\u001b[31m"), "the answer lacks a usable `access_token`"),
    ] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Says(200, "", body)));
        let before = place.read(CLASSIC);
        let run = place.run(&format!("token {}", server.token_url_option()));
        assert_eq!((run.code, &*run.out), (5, ""), "{run:?}");
        assert!(run.err.contains(why) && run.err.contains("which is kept in"), "{run:?}");
        assert_eq!(place.read(CLASSIC), before);
        let kept = fs::read_to_string(entry(&place)).unwrap();
        assert!(kept.contains(NEW));
    }
}

#[test]
fn a_refresh_token_in_an_incomplete_answer_is_used_next_time() {
    for expires_in in ["-5", "1e300", "null", "\"soon\""] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
        place.edit(CLASSIC, FIRST_REFRESH, OLD);
        let before = place.read(CLASSIC);
        let body =
            format!(r#"{{"access_token":"a","refresh_token":"{FIRST_REFRESH}","expires_in":{expires_in}}}"#);
        server.behave(Behavior::Says(200, "", body));
        let run = place.run(&format!("refresh {}", server.token_url_option()));
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
        server.behave(Behavior::Good);
        let run = place.run(&format!("refresh {}", server.token_url_option()));
        assert_eq!((run.code, run.out.contains(": refreshed,")), (0, true), "{run:?}");
        assert!(place.read(CLASSIC).contains(&server.pair().1));
        assert_eq!(entries(&place), 0);
    }
}

#[test]
fn a_pair_of_tokens_in_an_error_is_used_next_time() {
    for status in [400, 503] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
        place.edit(CLASSIC, FIRST_REFRESH, OLD);
        let body = format!(r#"{{"access_token":"a","refresh_token":"{FIRST_REFRESH}","expires_in":3600}}"#);
        server.behave(Behavior::Says(status, "", body));
        let run = place.run(&format!("refresh {}", server.token_url_option()));
        let said = format!(
            "both an error and tokens, but it brings a refresh token, which is kept in {}",
            entry(&place)
        );
        assert_eq!((run.code, run.err.contains(&said)), (5, true), "{run:?}");
        server.behave(Behavior::Good);
        assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
        assert!(place.read(CLASSIC).contains(&server.pair().1));
    }
}

/// An error that only repeats the request contains no new token.
#[test]
fn a_refusal_that_repeats_the_refresh_token_is_still_a_refusal() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let body = format!(
        r#"{{"error":"invalid_grant","error_description":"Invalid refresh token","refresh_token":"{FIRST_REFRESH}"}}"#
    );
    server.behave(Behavior::Says(400, "", body));
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!((run.code, run.err.contains("kept in")), (4, false), "{run:?}");
    assert_eq!(place.run("status").code, 4);
}

#[test]
fn a_refusal_clears_every_doubt() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let refresh = format!("refresh {}", server.token_url_option());
    server.behave(Behavior::Says(500, "", "{}".to_owned()));
    assert_eq!(place.run(&refresh).code, 5);
    let doubt = place.run("status");
    assert!(doubt.code == 1 && doubt.out.contains("in doubt"), "{doubt:?}");
    let body = r#"{"error":"invalid_grant","error_description":"Refresh token has expired"}"#;
    server.behave(Behavior::Says(400, "", body.to_owned()));
    for _ in 0..2 {
        assert_eq!(place.run(&refresh).code, 4);
        let settled = place.run("status");
        assert_eq!(settled.code, 4, "{settled:?}");
        assert!(settled.out.starts_with(&format!("{CLASSIC}: re-authentication needed\n")), "{settled:?}");
        assert!(settled.out.contains("refresh token  refused by Box\n"), "{settled:?}");
        assert!(settled.out.ends_with("run next       envtool login\n"), "{settled:?}");
        assert!(!settled.out.contains("in doubt"), "{settled:?}");
    }
    assert!(place.run("status --json").out.contains(r#""refresh_token": "refused""#));
    // A different token in the file has not been refused.
    place.edit(CLASSIC, FIRST_REFRESH, NEW);
    assert_eq!(place.run("status").code, 1);
}
