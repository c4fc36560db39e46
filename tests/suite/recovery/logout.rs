//! `logout` revokes kept tokens too, and says which it could not revoke.

use super::{CLASSIC, Place, entries, entry};
use crate::support::box_server::{Behavior, BoxServer, FIRST_REFRESH};

#[test]
fn a_logout_revokes_kept_tokens_too() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
    assert_eq!(place.run("undo").code, 0);
    let left = format!(
        "note: tokens of 2026-11-20 11:30:00 UTC stay in {}: `envtool logout` has Box revoke them, or remove that file\n",
        entry(&place)
    );
    assert_eq!(place.run("undo --clear --all -y").err, left);
    assert_eq!(place.run("reset -n").err, left);
    assert_eq!(place.run("delete -n").err, left);
    let run = place.run(&format!("logout --revoke-url {}", server.url("/oauth2/revoke")));
    assert_eq!(
        (run.code, run.err.as_str()),
        (0, "note: the tokens were no longer valid\nnote: Box has revoked the other tokens that were kept\n"),
        "{run:?}"
    );
    assert_eq!((server.pair().1.as_str(), entries(&place)), ("", 0));
}

/// A token that Box does not revoke does not prevent the revocation of others, and each message is true.
#[test]
fn a_failed_logout_says_which_tokens_were_revoked() {
    for (requests, option, code, said) in [
        (2, "", 5, ["note: the tokens were no longer valid", "error: Box.postman_environment.json: "]),
        (
            2,
            " --on-revoke-failure clear",
            0,
            [
                "note: the tokens were no longer valid",
                "note: the other tokens that were kept may still be valid: ",
            ],
        ),
        (
            1,
            " --on-revoke-failure clear",
            0,
            [
                "note: the tokens may still be valid: ",
                "note: the other tokens that were kept may still be valid: ",
            ],
        ),
        (1, "", 5, ["error: Box.postman_environment.json: ", ""]),
    ] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Until(requests)));
        assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
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
fn a_logout_without_credentials_leaves_the_file_alone() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    place.edit(CLASSIC, "abcdefghijklmnopqrstuvwxyz012345", "");
    let (before, url) = (place.read(CLASSIC), format!("--revoke-url {}", server.url("/oauth2/revoke")));
    let run = place.run(&format!("logout {url}"));
    assert_eq!(
        (run.code, run.err.as_str(), place.read(CLASSIC)),
        (
            4,
            "error: Box.postman_environment.json: client_id or client_secret is missing, so Box cannot be asked to \
             revoke the tokens; add them with `envtool set`, or clear the tokens anyway: envtool logout \
             --on-revoke-failure clear\n",
            before
        )
    );
    let run = place.run(&format!("logout --on-revoke-failure clear {url}"));
    assert_eq!((run.code, place.read(CLASSIC).contains(FIRST_REFRESH)), (0, false), "{run:?}");
    assert!(server.requests("/oauth2/revoke").is_empty());
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
