//! If new tokens could not be stored or kept, nothing is sent.

use std::fs;

use super::{CLASSIC, Place, entry, row};
use crate::support::box_server::{Behavior, BoxServer, FIRST_REFRESH};

#[test]
fn a_file_that_cannot_take_the_tokens_is_refused_before_anything_is_sent() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let name = place.to_yaml(CLASSIC);
    place.edit(&name, &format!("value: {FIRST_REFRESH}"), &format!("value: &shared {FIRST_REFRESH}"));
    for words in ["refresh", "refresh -n", "token", "token -n", "login --paste"] {
        let run = place.run(&format!("{words} {}", server.token_url_option()));
        assert_eq!(
            (run.code, run.err.contains("&shared") || run.err.contains("anchor")),
            (2, true),
            "{words}: {run:?}"
        );
    }
    assert!(server.requests("/oauth2/token").is_empty());
}

/// Kept tokens may be newer than the one that would be spent.
#[test]
fn nothing_is_sent_if_kept_tokens_cannot_be_read() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    // Even the superuser cannot read a folder as a file.
    fs::create_dir_all(entry(&place)).unwrap();
    let words = format!("refresh {}", server.token_url_option());
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
        "{} cannot be read and may contain newer tokens; make it readable, or remove it",
        entry(&place)
    );
    assert_eq!(row(&place.run("status"), "in doubt"), Some(doubt.clone()));
    assert!(place.run("doctor").out.contains(&doubt));
    fs::remove_dir(entry(&place)).unwrap();
    assert_eq!(place.run(&words).code, 0);
}

#[test]
fn nothing_is_sent_if_new_tokens_could_not_be_kept() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    fs::create_dir(place.state()).unwrap();
    fs::write(place.state().join("recovery"), "").unwrap();
    for words in ["refresh", "refresh --no-backup", "token"] {
        let run = place.run(&format!("{words} {}", server.token_url_option()));
        assert_eq!((run.code, run.err.contains("--no-backup")), (2, false), "{run:?}");
        assert!(run.err.contains("recovery"), "{run:?}");
    }
    assert!(server.requests("/oauth2/token").is_empty());
}
