//! No secret is in anything that any command writes, other than where it was asked for or where it belongs.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use crate::support::box_server::{Behaviour, BoxServer, CODE};
use crate::support::files_in;
use crate::support::program::{Place, Run};

const CLASSIC: &str = "Box.postman_environment.json";
const JWT: &str = "Box-JWT.postman_environment.json";

/// Texts of which none may appear. Every token that the server gives out starts like the first two.
const SECRETS: [&str; 6] = [
    "ExampleAccessTokenNotReal",
    "ExampleRefreshTokenNotReal",
    "ExampleClientSecretNotReal",
    "example-passphrase",
    "RXhhbXBsZSBrZXks",
    CODE,
];

/// Commands that print values because that is what they are for.
const TELLERS: [&str; 3] = ["token", "convert", "exec"];

fn assert_silent(words: &str, run: &Run, with_output: bool) {
    for secret in SECRETS {
        assert!(!run.err.contains(secret), "`{words}` says {secret}: {run:?}");
        assert!(!with_output || !run.out.contains(secret), "`{words}` prints {secret}: {run:?}");
    }
    assert!(!run.err.contains("panicked"), "`{words}`: {run:?}");
}

/// What follows the command's word: the file, and what else it needs.
fn rest(command: &str, server: &BoxServer, file: &str) -> String {
    let (token, revoke) = (server.token_url(), server.url("/oauth2/revoke"));
    match command {
        "get" => format!("$.values {file}"),
        "set" => format!("client_secret ExampleClientSecretNotReal000002 {file}"),
        "unset" | "enable" | "disable" => format!("access_token -e {file}"),
        "rename" => format!("access_token token {file}"),
        "auto-refresh" => format!("toggle {file}"),
        "refresh" => format!("--force {token} {file}"),
        "token" => format!("{token} {file}"),
        "login" => format!("--paste {token} {file}"),
        "logout" => format!("--revoke-url {revoke} {file}"),
        "check" => format!("--api-url {} {file}", server.url("")),
        "new" => "-o new.json".to_owned(),
        "delete" => format!("-y {file}"),
        "diff" => format!("{file} other.json"),
        "merge" => format!("{file} {file} other.json"),
        "exec" => format!("{file} -- true"),
        "completions" => "bash".to_owned(),
        "man" => String::new(),
        _ => file.to_owned(),
    }
}

#[test]
fn no_command_shows_a_secret() {
    let server = BoxServer::start(Behaviour::Good);
    let echo = r#"{"error":"invalid_grant","error_description":"you sent ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000001 and ExampleClientSecretNotReal000001"}"#;
    let behaviours = [
        Behaviour::Good,
        Behaviour::Says(400, "", echo.to_owned()),
        Behaviour::Says(500, "", echo.to_owned()),
        Behaviour::Says(200, "", echo.replace("error", "message")),
        Behaviour::CutOff(120),
    ];
    for command in envtool::commands::ALL {
        let name = command.name;
        let asks_box = ["refresh", "token", "login", "logout", "check"].contains(&name);
        for behaviour in behaviours.iter().take(if asks_box { behaviours.len() } else { 1 }) {
            for file in [CLASSIC, JWT] {
                for option in ["-v", "-v --json", "-v --dry-run"] {
                    let place = Place::with(&[CLASSIC, JWT]);
                    fs::write(place.file("other.json"), place.read(CLASSIC).replace("0001", "0007")).unwrap();
                    server.behave(behaviour.clone());
                    let words = format!("{name} {option} {}", rest(name, &server, file));
                    let mut child = place.command(&words).stdin(Stdio::piped()).spawn().unwrap();
                    let _ = child.stdin.take().unwrap().write_all(format!("{CODE}\n").as_bytes());
                    let run: Run = child.wait_with_output().unwrap().into();
                    assert_silent(&words, &run, !TELLERS.contains(&name));
                }
            }
        }
    }
}

/// The line that an error shows is masked too, though nothing there could be read.
#[test]
fn no_excerpt_shows_a_secret() {
    let place = Place::with(&[CLASSIC]);
    for broken in [
        place.read(CLASSIC).replace("0001\",", "0001\" x,"),
        place.read(CLASSIC).replace(['\n', '\t'], "").replace("\"default\"", "default"),
    ] {
        fs::write(place.file("broken.json"), broken).unwrap();
        for command in ["inspect", "refresh", "set a=b"] {
            let run = place.run(&format!("{command} broken.json"));
            assert_eq!(run.code, 2, "{run:?}");
            assert_silent(command, &run, true);
        }
    }
}

#[test]
fn what_is_kept_is_for_the_owner_alone() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behaviour::Good));
    assert_eq!(place.run(&format!("refresh {}", server.token_url())).code, 0);
    for file in files_in(&place.state()) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&file), 0o600, "{}", file.display());
            assert_eq!(mode(file.parent().unwrap()), 0o700, "{}", file.display());
        }
        assert!(!file.file_name().unwrap().to_str().unwrap().contains("Example"));
    }
}
