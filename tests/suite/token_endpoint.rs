//! Every answer to a request for tokens: how a refresh handles it, and that only a complete success changes the file.

use std::fs;
use std::path::PathBuf;

use crate::support::box_server::{Behavior, BoxServer};
use crate::support::program::{CLASSIC, Place};
use crate::support::{files_in, root};

const CCG: &str = "Box-CCG.postman_environment.json";

/// The exit code and the message of a refresh of a classic environment, for each answer in `fixtures/token-endpoint`.
const ANSWERS: [(&str, i32, &str); 25] = [
    ("200-authorization-code.json", 0, "the access token is valid for 1 hour"),
    ("200-refresh-token.json", 0, "the access token is valid for 1 hour"),
    ("200-client-credentials.json", 5, "the answer lacks a usable `refresh_token`"),
    ("200-client-credentials-documented.json", 5, "the answer lacks a usable `refresh_token`"),
    ("200-token-exchange.json", 5, "the answer lacks a usable `refresh_token`"),
    ("200-empty.txt", 5, "the answer (200) is empty"),
    ("400-app-not-authorized.json", 4, "ask an admin to authorize it in the admin console"),
    ("400-assertion-expired.json", 5, "correct this machine's clock"),
    ("400-assertion-repeated.json", 5, "Box has seen this assertion before"),
    ("400-assertion-too-long.json", 5, "correct this machine's clock"),
    ("400-client-invalid.json", 4, "compare client_id and client_secret"),
    ("400-client-not-valid.json", 4, "compare client_id and client_secret"),
    ("400-code-expired.json", 4, "the code is over 30 seconds old"),
    ("400-code-unknown.json", 4, "the code has been used or belongs to another app"),
    ("400-grant-credentials-invalid.json", 4, "check client_id, client_secret and box_subject_id"),
    ("400-grant-missing.json", 5, "the request arrived without its body"),
    ("400-grant-not-allowed.json", 4, "choose the matching authentication method"),
    ("400-key-unknown.json", 4, "check key_id and private_key_encrypted"),
    ("400-refresh-expired.json", 4, "the refresh token has been used or is over 60 days old"),
    ("400-refresh-invalid.json", 4, "Box does not know the refresh token"),
    ("400-subject-unknown.json", 4, "check box_subject_type and box_subject_id"),
    ("400-token-invalid.json", 4, "the token is no longer valid"),
    ("400-user-not-allowed.json", 4, "turn on app users or managed users"),
    ("429-rate-limit.json", 5, "try again in 17 seconds"),
    ("502-bad-gateway.html", 5, "Box has an internal problem (502)"),
];

fn answer(name: &str) -> Behavior {
    let status = name.split('-').next().unwrap().parse().unwrap();
    let headers = if status == 429 { "Retry-After: 17\r\n" } else { "" };
    Behavior::Says(status, headers, body(name))
}

fn body(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

fn folder() -> PathBuf {
    root().join("fixtures/token-endpoint")
}

#[test]
fn every_known_answer_is_recognized() {
    assert_eq!(files_in(&folder()).len(), ANSWERS.len(), "every file has a row");
    let server = BoxServer::start(Behavior::Good);
    for (name, code, says) in ANSWERS {
        if code == 0 {
            assert_stored(&server, CLASSIC, name, says);
        } else {
            assert_refused(&server, answer(name), code, says);
        }
    }
    // A grant without refresh tokens does not need one in the answer.
    for (name, _, _) in ANSWERS.iter().filter(|(name, ..)| body(name).contains("access_token")) {
        assert_stored(&server, CCG, name, "the access token is valid for 1 hour");
    }
}

#[test]
fn answers_that_box_never_gives_are_refused() {
    let server = BoxServer::start(Behavior::Good);
    let complete = body("200-refresh-token.json");
    let lifeless = complete.replace("\"expires_in\":4175,", "");
    for (behavior, code, says) in [
        (Behavior::Says(401, "", body("400-client-invalid.json")), 4, "compare client_id and client_secret"),
        (Behavior::Says(200, "", body("502-bad-gateway.html")), 5, "is not Box's"),
        (Behavior::Says(200, "", lifeless), 5, "lacks a usable `expires_in`"),
        (Behavior::Says(302, "Location: http://127.0.0.1:1/\r\n", String::new()), 5, "redirects (302)"),
        (Behavior::Noise, 5, "is not HTTP"),
        (Behavior::Silent, 5, "did not answer in time"),
    ] {
        assert_refused(&server, behavior, code, says);
    }
}

#[test]
fn answers_that_break_off_are_refused() {
    for (length, says) in [
        (0, "it is not known whether Box received the request"),
        (40, "it is not known whether Box received the request"),
        (150, "the answer (200) is not complete"),
        // Only the type of the tokens is missing.
        (270, "it brings a refresh token, which is kept in"),
    ] {
        assert_refused(&BoxServer::start(Behavior::Good), Behavior::CutOff(length), 5, says);
    }
}

/// Checks that a refresh of `file` succeeds and stores the new access token.
fn assert_stored(server: &BoxServer, file: &str, name: &str, says: &str) {
    let place = Place::with(&[file]);
    server.behave(answer(name));
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!((run.code, run.out.contains(says)), (0, true), "{name}: {run:?}");
    let body = body(name);
    let token = body.split('"').nth(3).unwrap();
    assert!(place.read(file).contains(token), "{name}: {}", place.read(file));
}

/// Checks that a refresh fails, and changes nothing.
fn assert_refused(server: &BoxServer, behavior: Behavior, code: i32, says: &str) {
    let place = Place::with(&[CLASSIC]);
    let before = place.read(CLASSIC);
    // Long enough to reach the server on any machine.
    let timeout = if matches!(behavior, Behavior::Silent) { "--timeout 5s" } else { "" };
    server.behave(behavior.clone());
    let asked = server.requests("/oauth2/token").len();
    let run = place.run(&format!("refresh {timeout} {}", server.token_url_option()));
    assert_eq!((run.code, run.err.contains(says)), (code, true), "{behavior:?}: {run:?}");
    assert_eq!(place.read(CLASSIC), before, "{behavior:?}");
    server.wait_for_requests(asked + 1);
    assert_eq!(server.requests("/oauth2/token").len(), asked + 1, "{behavior:?}: no blind resend");
    // Only a refusal of the token, a request in doubt, and tokens that arrived are remembered.
    let kept = fs::read_dir(place.state().join("recovery")).unwrap().count();
    let remembered = run.err.contains("may be spent") || run.err.contains("is kept in");
    let remembered = remembered || (code == 4 && run.err.contains("Box says `invalid_grant"));
    assert_eq!(kept, usize::from(remembered), "{behavior:?}: {run:?}");
    assert_eq!(place.run("undo").code, 1, "{behavior:?}: there is nothing to undo");
}
