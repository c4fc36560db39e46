//! `refresh` and `token` against a stand-in for Box.

use std::fs;

#[cfg(unix)]
use crate::support::box_server::FIRST_ACCESS;
use crate::support::box_server::{Behavior, BoxServer, FIRST_REFRESH, field};
use crate::support::program::{CLASSIC, Place, Run};
use crate::support::root;

#[test]
fn a_refresh_replaces_exactly_three_values() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let before = place.read(CLASSIC);
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(
        run.out,
        "Box.postman_environment.json: refreshed, the access token is valid for 1 hour (until 2026-11-20 12:30:46 UTC)\n"
    );
    assert_eq!(
        run.err,
        "note: a copy of this environment inside Postman has the old tokens; import the file again\n"
    );
    assert_eq!(place.read(CLASSIC), server.with_new_tokens(&before));
    let requests = server.requests("/oauth2/token");
    assert_eq!(
        requests,
        [format!(
            "client_id=abcdefghijklmnopqrstuvwxyz012345&client_secret=ExampleClientSecretNotReal000001\
             &refresh_token={FIRST_REFRESH}&grant_type=refresh_token"
        )]
    );
    assert!(
        fs::read_dir(place.state().join("recovery")).unwrap().next().is_none(),
        "no entry is left behind"
    );
    let again = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!((again.code, again.out.contains("not refreshed")), (1, true), "{again:?}");
    assert_eq!(place.run(&format!("refresh --if-expired {}", server.token_url_option())).code, 0);
    assert_eq!(place.run(&format!("refresh --min-ttl 59m {}", server.token_url_option())).code, 1);
    assert_eq!(server.requests("/oauth2/token").len(), 1);
    assert_eq!(place.run(&format!("refresh --min-ttl 61m {}", server.token_url_option())).code, 1);
    assert_eq!(server.requests("/oauth2/token").len(), 1, "the token is as new as possible");
    assert_eq!(place.run(&format!("refresh --force {}", server.token_url_option())).code, 0);
    assert_eq!(server.requests("/oauth2/token").len(), 2);
}

#[cfg(unix)]
#[test]
fn exec_gives_a_program_a_new_access_token() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let exec = |words: &str| place.run(&format!("exec {words} --key access_token -- /usr/bin/env"));
    let old = exec("");
    assert_eq!((old.code, old.out.contains(FIRST_ACCESS)), (0, true), "{old:?}");
    assert!(
        old.err.contains("the access token expired 30 minutes ago (`--refresh` gets a new one first)"),
        "{old:?}"
    );
    let new = exec(&format!("--refresh {}", server.token_url_option()));
    let (access, _) = server.pair();
    assert_eq!((new.code, new.out.contains(&access), &*new.err), (0, true, ""), "{new:?}");
    assert!(place.read(CLASSIC).contains(&access));
    assert_eq!(exec(&format!("--refresh {}", server.token_url_option())).code, 0);
    assert_eq!(server.requests("/oauth2/token").len(), 1, "the token is valid now");
}

#[test]
fn a_refresh_of_yaml_changes_three_values_and_keeps_the_rest() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let name = place.to_yaml(CLASSIC);
    place.edit(&name, "values:\n", "# by hand\nvalues:   # all of them\n");
    let before = place.read(&name);
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(place.read(&name), server.with_new_tokens(&before));
    let token = place.run(&format!("token {}", server.token_url_option()));
    assert_eq!((token.code, token.out.trim_end()), (0, &*server.pair().0), "{token:?}");
    assert_eq!(place.run("status").code, 0);
    assert_eq!((place.run("undo").code, place.read(&name)), (0, before));
}

/// Gives the JWT environment `file` a private key that can be decrypted.
fn with_key(place: &Place, file: &str) {
    let key = fs::read_to_string(root().join("fixtures/keys/pbes2-3des-sha1.pem")).unwrap();
    let old = "-----BEGIN ENCRYPTED PRIVATE KEY-----\\nRXhhbXBsZSBrZXksIG5vdCByZWFs\\n-----END ENCRYPTED PRIVATE KEY-----\\n";
    place.edit(file, old, &key.replace('\n', "\\\\n"));
    place.edit(file, "example-passphrase", "not-a-secret");
}

/// With the same reason that `refresh` gives before it sends anything.
#[test]
fn status_reports_a_private_key_that_cannot_be_used() {
    const FILE: &str = "Box-JWT.postman_environment.json";
    let place = Place::with(&[FILE]);
    with_key(&place, FILE);
    let run = place.run("status");
    assert!(run.code == 1 && run.out.contains("not usable, can be refreshed"), "{run:?}");
    let [passphrase, private] =
        [("private_key_passphrase", ""), ("private_key_encrypted", " --value-file KEY.pem")];
    for ((key, from), value) in [(passphrase, "wrong"), (private, "garbage")] {
        assert_eq!(place.run(&format!("set -q {key} {value}")).code, 0);
        let (run, refresh) = (place.run("status"), place.run("refresh"));
        let why = refresh.err.trim_end().strip_prefix(&format!("error: {FILE}: ")).unwrap();
        let said = format!("not usable, `{key}` is not valid");
        assert_eq!((run.code, refresh.code), (4, 4), "{refresh:?}");
        assert!(run.out.contains(&said) && run.out.contains(why), "{run:?}");
        assert!(run.out.ends_with(&format!("envtool set {key}{from}\n")), "{run:?}");
        assert!(place.run("inspect").out.contains(why));
    }
    assert_eq!(place.run("set -q expires_at 1795180000000").code, 0);
    assert_eq!(place.run("status").code, 0, "a valid token needs no key");
}

#[test]
fn placeholders_are_not_sent() {
    let kinds =
        ["", "-OAuth", "-CCG", "-JWT", "-Bearer"].map(|kind| format!("Box{kind}.postman_environment.json"));
    let names: Vec<_> = kinds.iter().map(String::as_str).collect();
    let (place, server) = (Place::with(&names), BoxServer::start(Behavior::Good));
    let originals: Vec<_> = names.iter().map(|file| place.read(file)).collect();
    let (token, revoke) =
        (server.token_url_option(), format!("--revoke-url {}", server.url("/oauth2/revoke")));
    let api = format!("--api-url {}", server.url(""));
    for file in &names {
        assert_eq!(place.run(&format!("redact -i {file}")).code, 0);
        assert_eq!(place.run(&format!("set -q expires_at 1795180000000 -e {file}")).code, 0);
        let runs = [
            format!("refresh {token}"),
            format!("token {token}"),
            format!("check {api}"),
            "status".to_owned(),
        ];
        for command in runs {
            let run = place.run(&format!("{command} -e {file}"));
            assert_eq!(run.code, 4, "{command} {file}: {run:?}");
        }
        let run = place.run(&format!("status --json {file}"));
        assert!(run.out.contains(r#""access_token": "placeholder""#), "{run:?}");
        let run = place.run(&format!("logout {revoke} -e {file}"));
        assert!(run.code == 0 && run.err.contains("there is no token"), "{run:?}");
    }
    for path in ["/oauth2/token", "/oauth2/revoke", "/2.0/users/me"] {
        assert_eq!(server.requests(path).len(), 0, "{path}");
    }
    for (file, original) in names.iter().zip(originals) {
        while place.run(&format!("undo -q {file}")).code == 0 {}
        assert_eq!(place.read(file), original);
    }
    let run = place.run(&format!("refresh {token} -e {}", names[0]));
    assert!(
        run.code == 0 && run.out.contains("refreshed, the"),
        "no placeholder was kept as a token: {run:?}"
    );
}

#[test]
fn every_kind_sends_what_its_script_sends() {
    let files = [
        "Box-OAuth.postman_environment.json",
        "Box-CCG.postman_environment.json",
        "Box-JWT.postman_environment.json",
    ];
    let (place, server) = (Place::with(&files), BoxServer::start(Behavior::Good));
    with_key(&place, files[2]);
    for (file, grant, ends) in [
        (files[0], "refresh_token", "1795177816000"),
        (files[1], "client_credentials", "1795178293000"),
        (files[2], "urn:ietf:params:oauth:grant-type:jwt-bearer", "1795178293000"),
    ] {
        let run = place.run(&format!("refresh {file} {}", server.token_url_option()));
        assert_eq!(run.code, 0, "{file}: {run:?}");
        let body = server.requests("/oauth2/token").pop().unwrap();
        assert_eq!(field(&body, "grant_type").as_deref(), Some(grant), "{file}");
        let text = place.read(file);
        assert!(text.contains(&server.pair().0) && text.contains(ends), "{file}: {text}");
        assert_eq!(
            text.contains("1800272100000") || text.contains("1800271800000"),
            file == files[0],
            "{file}: {text}"
        );
    }
}

/// The files refreshed before the failure are reported, and so are those not tried after it.
#[test]
fn a_failure_ends_the_refresh_of_several_files() {
    for json in ["", " --json"] {
        let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
        fs::write(place.file("broken.json"), "{}").unwrap();
        let run = place
            .run(&format!("refresh {}{json} {CLASSIC} broken.json last.json", server.token_url_option()));
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.out.contains(CLASSIC) && !run.out.contains("broken"), "{run:?}");
        assert!(
            run.err
                .contains("note: not refreshed, since an earlier one failed: last.json\nerror: broken.json"),
            "{run:?}"
        );
        assert_eq!(server.requests("/oauth2/token").len(), 1);
    }
}

#[test]
fn ten_processes_send_one_request() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Held));
    let words = format!("refresh {}", server.token_url_option());
    let children: Vec<_> = (0..10).map(|_| place.command(&words).spawn().unwrap()).collect();
    server.wait_for_requests(1);
    // The others are on their way to the lock or wait for it. The order in which they get there must not matter.
    server.release();
    let runs: Vec<Run> = children.into_iter().map(|child| child.wait_with_output().unwrap().into()).collect();
    assert_eq!(server.requests("/oauth2/token").len(), 1, "{runs:?}");
    assert!(place.read(CLASSIC).contains(&server.pair().1));
    let refreshed = runs.iter().filter(|run| run.out.contains(": refreshed, the access token")).count();
    assert_eq!(refreshed, 1, "{runs:?}");
    // A process that started after the first had finished does not refresh, with exit code 1.
    assert!(runs.iter().all(|run| run.code == 0 || run.out.contains("not refreshed")), "{runs:?}");
}

#[test]
fn ten_processes_print_the_same_token() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let words = format!("token {}", server.token_url_option());
    let children: Vec<_> = (0..10).map(|_| place.command(&words).spawn().unwrap()).collect();
    let runs: Vec<Run> = children.into_iter().map(|child| child.wait_with_output().unwrap().into()).collect();
    let token = format!("{}\n", server.pair().0);
    assert!(runs.iter().all(|run| run.code == 0 && run.out == token), "{runs:?}");
    assert_eq!(server.requests("/oauth2/token").len(), 1);
}

#[test]
fn nothing_is_sent_if_the_file_cannot_be_written_or_the_url_is_not_safe() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    for address in ["http://api.box.com/oauth2/token", "ftp://localhost/", "nonsense"] {
        assert_eq!(place.run(&format!("refresh --token-url {address}")).code, 2, "{address}");
    }
    let piped = place.run(&format!("refresh - {}", server.token_url_option()));
    assert_eq!((piped.code, piped.err.contains("needs a file")), (2, true), "{piped:?}");
    assert_eq!(place.run(&format!("refresh -o other.json {}", server.token_url_option())).code, 2);
    // A file in place of the state folder.
    fs::write(place.state(), "").unwrap();
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!(run.code, 2, "{run:?}");
    fs::remove_file(place.state()).unwrap();
    let mut permissions = fs::metadata(place.file(CLASSIC)).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(place.file(CLASSIC), permissions).unwrap();
    let run = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!((run.code, run.err.contains("write-protected")), (2, true), "{run:?}");
    assert!(server.requests("/oauth2/token").is_empty());
}

#[test]
fn a_failed_connection_leaves_no_doubt() {
    let place = Place::with(&[CLASSIC]);
    // A port that the system never assigns, so that no other test can listen there.
    let run = place.run("refresh --token-url http://127.0.0.1:1/");
    assert_eq!((run.code, run.err.contains("no connection to 127.0.0.1")), (5, true), "{run:?}");
    assert!(!run.err.contains("is not known"), "{run:?}");
}

#[test]
fn a_dry_run_shows_the_request_without_its_secrets() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let run = place.run("refresh --dry-run");
    assert_eq!(
        run.out,
        "Box.postman_environment.json: POST https://api.box.com/oauth2/token\n  \
         client_id=abcdefghijklmnopqrstuvwxyz012345\n  client_secret=********\n  refresh_token=********\n  \
         grant_type=refresh_token\n"
    );
    assert_eq!(run.code, 0);
    assert_eq!(place.run(&format!("token -n {}", server.token_url_option())).code, 0);
    assert!(server.requests("/oauth2/token").is_empty());
}

/// The request has been sent when the process is killed.
#[cfg(unix)]
#[test]
fn a_killed_refresh_leaves_the_file_and_no_lock() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Silent));
    let before = place.read(CLASSIC);
    let mut child = place.command(&format!("refresh {}", server.token_url_option())).spawn().unwrap();
    server.wait_for_requests(1);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(place.read(CLASSIC), before);
    // This Box has rotated the token, as a real one may have.
    server.behave(Behavior::Good);
    let next = place.run(&format!("refresh {}", server.token_url_option()));
    assert_eq!(next.code, 4, "{next:?}");
    assert_eq!(place.read(CLASSIC), before);
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
