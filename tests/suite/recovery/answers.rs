//! Tokens in answers that are not what they should be.

use super::{CLASSIC, OLD, Place, entries, entry};
use crate::support::box_server::{Behavior, BoxServer, FIRST_REFRESH};

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

/// An error that only repeats what was sent brings nothing.
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
