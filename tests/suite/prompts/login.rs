//! The credentials that `login` asks for.

use expectrl::process::unix::Signal;
use expectrl::session::OsSession;
use expectrl::{ControlCode, Eof, Expect as _};

use super::{Terminal as _, end, place};
use crate::support::box_server::{Behavior, BoxServer, CODE};
use crate::support::program::CLASSIC;

const ID: &str = "abcdefghijklmnopqrstuvwxyz012345";
const SECRET: &str = "ExampleClientSecretNotReal000001";

/// They are in the file before the browser opens.
#[test]
fn typed_credentials_survive_a_login_however_it_ends() {
    const WAITS: &str = "grant access";
    type End = fn(&mut OsSession);
    let ends: [(&[&str], End); 3] = [
        (&["--paste"], |session| session.send("http://localhost/callback?code=c&state=other\r").unwrap()),
        (&["--port", "0"], |session| session.send(ControlCode::EndOfText).unwrap()),
        (&["--port", "0"], |session| session.get_process_mut().kill(Signal::SIGKILL).unwrap()),
    ];
    for (options, end) in ends {
        let place = place(&[]);
        assert_eq!(self::end(place.envtool(&["new"])).1, 0);
        let mut session =
            place.envtool(&[&["login", "--authorize-url", "http://127.0.0.1:1/"], options].concat());
        session.expect("Client id").unwrap();
        session.send(format!("{ID}\r")).unwrap();
        session.expect("Client secret").unwrap();
        session.send(format!("{SECRET}\r")).unwrap();
        session.expect(WAITS).unwrap();
        end(&mut session);
        let rest = session.expect(Eof).unwrap();
        let text = String::from_utf8_lossy(rest.as_bytes()).into_owned();
        let content = place.read(CLASSIC);
        assert!(content.contains(ID) && content.contains(SECRET), "{options:?}: {text}");
        assert!(!text.contains(SECRET), "{text}");
    }
}

/// Only the person knows which of the two is wrong. Both are asked for, and Enter keeps a correct one.
#[test]
fn credentials_that_box_refuses_are_asked_for_again() {
    const WRONG: &str = "ExampleClientSecretNotReal000002";
    let refused = r#"{"error":"invalid_client","error_description":"The client credentials are invalid"}"#;
    let server = BoxServer::start(Behavior::Says(400, "", refused.to_owned()));
    let place = place(&[]);
    assert_eq!(end(place.envtool(&["new"])).1, 0);
    let mut session = place.envtool(&["login", "--paste", "--token-url", &server.url("/oauth2/token")]);
    let mut shown = String::new();
    let mut answer = |question: &str, text: &str| {
        let before = session.expect(question).unwrap();
        shown.push_str(&String::from_utf8_lossy(before.before()));
        session.send(format!("{text}\r")).unwrap();
    };
    answer("Client id:", ID);
    answer("Client secret:", WRONG);
    answer("Address or code:", CODE);
    answer("Client id:", "");
    server.behave(Behavior::Good);
    assert!(place.read(CLASSIC).contains(WRONG));
    answer("Client secret (Enter keeps the one in the file):", SECRET);
    answer("Address or code:", CODE);
    let (rest, code) = end(session);
    assert_eq!((code, rest.contains("logged in")), (0, true), "{rest}");
    assert!(shown.contains("Box does not accept the application's credentials"), "{shown}");
    assert!(!shown.contains(WRONG) && !shown.contains(SECRET) && !rest.contains(SECRET), "{shown}{rest}");
    let content = place.read(CLASSIC);
    assert!(content.contains(ID) && content.contains(SECRET) && !content.contains(WRONG), "{content}");
    assert!(content.contains(&server.pair().1), "{content}");
}

#[test]
fn an_invalid_id_is_refused_before_the_secret_is_asked_for() {
    let place = place(&[]);
    assert_eq!(end(place.envtool(&["new"])).1, 0);
    let mut session = place.envtool(&["login", "--paste"]);
    session.expect("Client id").unwrap();
    session.send("short\r").unwrap();
    let (text, code) = end(session);
    assert_eq!((code, text.contains("client_id is not Box's")), (2, true), "{text}");
    assert!(!text.contains("Client secret"), "{text}");
}
