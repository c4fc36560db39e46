//! What becomes of tokens that come in an odd answer, and of those that Box refuses.

use std::fs;

use crate::support::box_server::{Behavior, BoxServer, FIRST_REFRESH};
use crate::support::program::{CLASSIC, NOW, Place, Run};

const NEW: &str = "ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000009";

const OLD: &str = "ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000000";

/// A complete answer with `access` as its access token.
fn pair(access: &str) -> String {
    format!(r#"{{"access_token":"{access}","expires_in":3646,"refresh_token":"{NEW}"}}"#)
}

/// The notes of a refresh without the one about Postman's own copy.
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
    // It was the other one.
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
        let kept = fs::read_to_string(place.state().join("recovery").join(format!("{NOW}-0"))).unwrap();
        assert!(kept.contains(NEW));
    }
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
    // Another token in the file is another matter.
    place.edit(CLASSIC, FIRST_REFRESH, NEW);
    assert_eq!(place.run("status").code, 1);
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

#[test]
fn a_failed_logout_says_the_file_is_unchanged_only_if_it_is() {
    for (option, emptied) in [("", false), (" --on-revoke-failure clear", true)] {
        let (place, server) =
            (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Says(500, "", String::new())));
        let run = place.run(&format!("logout{option} --revoke-url {}", server.url("/oauth2/revoke")));
        assert_eq!(run.err.contains("the file is unchanged"), !emptied, "{run:?}");
        assert_eq!(place.read(CLASSIC).contains(FIRST_REFRESH), !emptied, "{run:?}");
    }
}

#[test]
fn an_unusable_proxy_is_never_bypassed() {
    let place = Place::with(&[CLASSIC]);
    let mut command = place.command("refresh --token-url https://box.example/oauth2/token");
    let run: Run = command.env("HTTPS_PROXY", "socks5://127.0.0.1:9").output().unwrap().into();
    assert_eq!(run.code, 5, "{run:?}");
    assert!(run.err.contains("nothing was sent: HTTPS_PROXY does not name an HTTP proxy"), "{run:?}");
    assert!(place.run("status").out.contains("can be refreshed"));
}
