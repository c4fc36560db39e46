//! `new`, `login`, `logout` and `check` against a stand-in for Box. The tests play the browser; `browser.rs` has a real
//! one.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Child, Stdio};

use crate::support::box_server::{Behavior, BoxServer, CODE, FIRST_REFRESH, field};
use crate::support::program::{CLASSIC, NOW, Place, Run, address_in, ask, page, visit};

/// Starts a login that waits for its browser on any free port. Returns the process and the URL to open.
fn start(place: &Place, server: &BoxServer) -> (Child, String) {
    let words =
        format!("login --port 0 --authorize-url {} {}", server.url("/authorize"), server.token_url_option());
    let mut child = place.command(&words).env("BROWSER", "true").spawn().unwrap();
    let address = address_in(&mut child);
    (child, address)
}

/// The URL of a link on the page that Box shows.
fn link(address: &str, id: &str) -> String {
    let (status, page) = visit(address);
    assert_eq!(status, 200, "{page}");
    let from = page.split(&format!("id={id} href=\"")).nth(1).unwrap();
    from.split('"').next().unwrap().replace("&amp;", "&")
}

fn end(child: Child) -> Run {
    child.wait_with_output().unwrap().into()
}

#[test]
fn a_login_replaces_the_tokens_and_nothing_else() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    place.edit(
        CLASSIC,
        "\"values\": [",
        "\"values\": [\n\t\t{\"key\": \"mine\", \"value\": \"kept\", \"odd\": 1.50},",
    );
    let before = place.read(CLASSIC);
    let (child, address) = start(&place, &server);
    let sent = |name: &str| field(address.split_once('?').unwrap().1, name).unwrap();
    assert_eq!(sent("state").len(), 32);
    let callback = sent("redirect_uri");
    assert!(callback.starts_with("http://localhost:") && callback.ends_with("/callback"), "{callback}");
    let grant = link(&address, "grant");
    assert!(grant.starts_with(&format!("{callback}?")), "{grant}");
    let (status, page) = visit(&grant);
    assert_eq!(status, 200);
    assert!(page.contains("You are logged in") && !page.contains(CODE), "{page}");
    assert!(!page.contains("<script") && !page.contains("http"), "self-contained: {page}");
    let run = end(child);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(
        run.out,
        "Box.postman_environment.json: logged in, the access token is valid for 1 hour (until 2026-11-20 12:30:46 UTC)\n"
    );
    assert_eq!(place.read(CLASSIC), server.with_new_tokens(&before));
    let [body] = &server.requests("/oauth2/token")[..] else { panic!("one request") };
    assert_eq!(field(body, "redirect_uri").unwrap(), callback);
    let undone = place.run("undo");
    assert_eq!((undone.code, place.read(CLASSIC)), (0, before), "{undone:?}");
}

#[test]
fn login_and_logout_change_the_tokens_of_a_yaml_environment() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let name = place.to_yaml(CLASSIC);
    place.edit(&name, "values:\n", "# by hand\nvalues:\n");
    let before = place.read(&name);
    let (child, address) = start(&place, &server);
    assert_eq!(visit(&link(&address, "grant")).0, 200);
    let run = end(child);
    assert_eq!(run.code, 0, "{run:?}");
    let (access, wanted) = (server.pair().0, server.with_new_tokens(&before));
    assert_eq!(place.read(&name), wanted);
    let run = place.run(&format!("check --api-url {}", server.url("")));
    assert_eq!((run.code, run.out.contains("Kim Example")), (0, true), "{run:?}");
    let run = place.run(&format!("logout --revoke-url {}", server.url("/oauth2/revoke")));
    assert_eq!(run.code, 0, "{run:?}");
    let after = place.read(&name);
    assert!(after.starts_with(before.split("values").next().unwrap()) && !after.contains(&access), "{after}");
    assert_eq!((place.run("undo").code, place.read(&name)), (0, wanted));
}

#[test]
fn only_the_callback_of_this_login_is_accepted() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let before = place.read(CLASSIC);
    let (child, address) = start(&place, &server);
    let grant = link(&address, "grant");
    let (callback, _) = grant.split_once('?').unwrap();
    for query in ["?code=Stolen&state=wrong", "?code=Stolen", ""] {
        let (status, page) = visit(&format!("{callback}{query}"));
        assert!(status == 400 && !page.contains("Stolen"), "{query}: {page}");
    }
    assert_eq!(visit(&callback.replace("/callback", "/favicon.ico")).0, 404);
    let (status, page) = visit(&link(&address, "deny"));
    assert!(status == 200 && page.contains("Access was not granted"), "{page}");
    let run = end(child);
    assert_eq!((run.code, run.err.contains("access was denied")), (4, true), "{run:?}");
    assert_eq!(place.read(CLASSIC), before);
    assert!(server.requests("/oauth2/token").is_empty());
}

#[test]
fn a_second_callback_is_refused_and_its_code_is_not_sent() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let (child, address) = start(&place, &server);
    let grant = link(&address, "grant");
    server.behave(Behavior::Held);
    let first = ask(&grant);
    // The request for the login page, and the one for the tokens.
    server.wait_for_requests(2);
    let second = ask(&grant.replace(CODE, "Second"));
    server.release();
    assert!(page(first).1.contains("You are logged in"));
    let (status, text) = page(second);
    assert!(status == 409 && text.contains("This login is over") && !text.contains("Second"), "{text}");
    let run = end(child);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(server.requests("/oauth2/token").len(), 1);
    assert!(place.read(CLASSIC).contains(&server.pair().1));
}

#[test]
fn a_code_that_box_refuses_changes_nothing() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let before = place.read(CLASSIC);
    let (child, address) = start(&place, &server);
    let grant = link(&address, "grant").replace(CODE, "NotTheCode");
    let (_, page) = visit(&grant);
    assert!(page.contains("The login did not work"), "{page}");
    let run = end(child);
    assert_eq!((run.code, run.err.contains("the code has been used")), (4, true), "{run:?}");
    assert_eq!(place.read(CLASSIC), before);
}

fn with_input(place: &Place, words: &str, input: &str) -> Run {
    let mut child = place.command(words).stdin(Stdio::piped()).spawn().unwrap();
    // A command that fails at once may have ended before this is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap().into()
}

#[test]
fn a_new_environment_is_filled_from_standard_input_and_a_pasted_code() {
    let (place, server) = (Place::with(&[]), BoxServer::start(Behavior::Good));
    assert_eq!(place.run("new --kind oauth --name Mine").code, 0);
    let file = "Mine.postman_environment.json";
    let words = format!("login --paste --credentials-stdin {}", server.token_url_option());
    let input = format!("abcdefghijklmnopqrstuvwxyz012345\nExampleClientSecretNotReal000001\n{CODE}\n");
    let run = with_input(&place, &words, &input);
    assert_eq!(run.code, 0, "{run:?}");
    let text = place.read(file);
    let (access, refresh) = server.pair();
    for value in ["abcdefghijklmnopqrstuvwxyz012345", "ExampleClientSecretNotReal000001", &access, &refresh] {
        assert!(text.contains(&format!("\"value\": \"{value}\"")), "{text}");
    }
    // 59 days, as the script of the Advanced collection counts.
    assert!(text.contains(&(NOW + 59 * 24 * 60 * 60 * 1000).to_string()), "{text}");
    let status = place.run("status");
    assert_eq!((status.code, status.out.contains("usable")), (0, true), "{status:?}");
    assert_eq!(place.run("undo").code, 0);
    let text = place.read(file);
    assert!(
        !text.contains(&access) && text.contains("ExampleClientSecretNotReal000001"),
        "only the tokens are undone: {text}"
    );
    assert_eq!(place.run("undo").code, 0);
    assert!(!place.read(file).contains("ExampleClientSecretNotReal000001"));
}

#[test]
fn a_failed_login_leaves_nothing_behind() {
    let says = |status, body: &str| Behavior::Says(status, "", body.to_owned());
    for behavior in [Behavior::CutOff(10), says(200, "<html>"), says(503, "")] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(behavior));
        let before = place.read(CLASSIC);
        let run = with_input(&place, &format!("login --paste {}", server.token_url_option()), CODE);
        assert_eq!((run.code, place.read(CLASSIC)), (5, before), "{run:?}");
        assert_eq!(fs::read_dir(place.state().join("recovery")).unwrap().count(), 0, "{run:?}");
    }
}

#[test]
fn a_login_that_cannot_succeed_is_refused_before_it_starts() {
    let files = [CLASSIC, "Box-CCG.postman_environment.json", "Box-Bearer.postman_environment.json"];
    let place = Place::with(&files);
    let says = |words: &str, input: &str, text: &str| {
        let run = with_input(&place, words, input);
        assert_eq!((run.code, run.err.contains(text)), (2, true), "{words}: {run:?}");
    };
    says(&format!("login {}", files[1]), "", "envtool refresh");
    says(&format!("login {}", files[2]), "", "envtool set access_token");
    says(
        &format!("login --credentials-stdin {CLASSIC}"),
        "short\nExampleClientSecretNotReal000001\n",
        "client_id is not Box's",
    );
    let id = "abcdefghijklmnopqrstuvwxyz012345";
    says(
        &format!("login --credentials-stdin {CLASSIC}"),
        &format!("{id}\nwith blanks\n"),
        "client_secret is not Box's",
    );
    says(&format!("login --paste {CLASSIC}"), "", "the address has no code");
    says(&format!("login --redirect-uri http://example.com/ {CLASSIC}"), "", "https only");
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    says(&format!("login --port {port} {CLASSIC}"), "", "choose another one with `--port`");
    assert_eq!(place.run("new").code, 2, "the file is there already");
    fs::write(place.file("config.json"), r#"{"boxAppSettings":{"clientID":"a"},"enterpriseID":"1"}"#)
        .unwrap();
    says("new --kind jwt --from config.json -o jwt.json", "", "there is no private key (`appAuth`) in it");
    let elsewhere = place.run(&format!("login -n --redirect-uri https://oauth.example.com/cb {CLASSIC}"));
    assert!(elsewhere.out.contains("redirect_uri=https%3A%2F%2Foauth.example.com%2Fcb"), "{elsewhere:?}");
}

#[test]
fn a_login_that_nobody_can_answer_does_not_wait() {
    let place = Place::with(&[CLASSIC]);
    let before = place.read(CLASSIC);
    let run = place.run("login --no-input");
    assert_eq!((run.code, run.err.contains("`--no-input` rules out")), (2, true), "{run:?}");
    let given = "abcdefghijklmnopqrstuvwxyz012345\nExampleClientSecretNotReal000001\n";
    let run = with_input(&place, "login --no-input --credentials-stdin", given);
    assert_eq!((run.code, place.read(CLASSIC)), (2, before.clone()), "{run:?}");
    for failing in ["/nowhere/browser", "false"] {
        let run: Run = place.command("login --port 0").env("BROWSER", failing).output().unwrap().into();
        assert_eq!(
            (run.code, run.err.contains("no browser can be started")),
            (2, true),
            "{failing}: {run:?}"
        );
    }
    // Printing the URL, and a code that a script brings, need nobody.
    assert_eq!(place.run("login --no-input --dry-run").code, 0);
    let server = BoxServer::start(Behavior::Good);
    let run = with_input(&place, &format!("login --no-input --paste {}", server.token_url_option()), CODE);
    assert_eq!((run.code, place.read(CLASSIC) != before), (0, true), "{run:?}");
}

#[test]
fn a_new_environment_is_private_and_has_its_kind() {
    let place = Place::with(&[]);
    for kind in ["classic", "oauth", "ccg", "jwt", "bearer"] {
        let file = format!("{kind}.json");
        assert_eq!(place.run(&format!("new --kind {kind} -o {file}")).code, 0);
        let status = place.run(&format!("status --json {file}"));
        assert!(status.out.contains(&format!("\"kind\": \"{kind}\"")), "{status:?}");
        assert!(place.read(&file).contains("\"_postman_exported_at\": \"2026-11-20T11:30:00.000Z\""));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(place.file(&file)).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let again = place.run(&format!("new --kind {kind} -o {file}"));
        assert_eq!((again.code, again.err.contains("exists already")), (2, true), "{again:?}");
    }
    let settings = r#"{"boxAppSettings": {"clientID": "abcdefghijklmnopqrstuvwxyz012345", "clientSecret": "s", "appAuth": {
        "publicKeyID": "k1", "privateKey": "-----BEGIN\nEND-----\n", "passphrase": "p"}}, "enterpriseID": "0", "userID": "7"}"#;
    fs::write(place.file("settings.json"), settings).unwrap();
    assert_eq!(place.run("new --from settings.json -o mine.json").code, 0);
    for (key, value) in [
        ("box_env_type", "JWT"),
        ("box_subject_type", "user"),
        ("box_subject_id", "7"),
        ("key_id", "k1"),
        ("private_key_encrypted", "-----BEGIN\nEND-----\n"),
        ("private_key_passphrase", "p"),
    ] {
        assert_eq!(place.run(&format!("get {key} mine.json")).out, format!("{value}\n"), "{key}");
    }
    let wrong = place.run("new --from mine.json -o other.json");
    assert_eq!((wrong.code, wrong.err.contains("not Box's app-settings file")), (2, true), "{wrong:?}");
}

#[test]
fn a_logout_takes_the_tokens_back_and_empties_them() {
    let server = BoxServer::start(Behavior::Good);
    let url = format!("--revoke-url {}", server.url("/oauth2/revoke"));
    let place = Place::with(&[CLASSIC]);
    let before = place.read(CLASSIC);
    server.behave(Behavior::Says(503, "", String::new()));
    let run = place.run(&format!("logout {url}"));
    assert_eq!((run.code, place.read(CLASSIC)), (5, before.clone()), "{run:?}");
    server.behave(Behavior::Good);
    let run = place.run(&format!("logout {url}"));
    assert_eq!((run.code, run.err.as_str()), (0, "note: Box has revoked the tokens\n"), "{run:?}");
    assert!(run.out.starts_with("access_token: ******** -> \"\""), "{run:?}");
    assert_eq!(server.pair().1, "");
    assert_eq!(place.run("status").code, 4);
    assert_eq!(place.run("undo").code, 0);
    let run = place.run(&format!("logout {url}"));
    assert_eq!((run.code, run.err.contains("no longer valid")), (0, true), "{run:?}");
    let place = Place::with(&[CLASSIC]);
    server.behave(Behavior::Says(503, "", String::new()));
    let run = place.run(&format!("logout --on-revoke-failure clear {url}"));
    assert_eq!((run.code, run.err.contains("may still be valid")), (0, true), "{run:?}");
    assert!(!place.read(CLASSIC).contains(FIRST_REFRESH));
}

#[test]
fn check_says_whose_token_it_is() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let url = format!("--api-url {}", server.url(""));
    let run = place.run(&format!("check {url}"));
    assert_eq!((run.code, run.out.contains("Box does not accept the access token")), (1, true), "{run:?}");
    assert!(run.out.contains("run next       envtool refresh"), "{run:?}");
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
    let run = place.run(&format!("check {url}"));
    let wanted =
        "Box.postman_environment.json: the access token of Kim Example (kim@example.com, id 22240405099)\n";
    assert_eq!((run.code, run.out.as_str()), (0, wanted), "{run:?}");
    server.behave(Behavior::Says(500, "", String::new()));
    assert_eq!(place.run(&format!("check {url}")).code, 5);
}
