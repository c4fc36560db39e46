//! No command shows a secret, except where the person asked for it.

use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use envtool::lint::{self, Selection};
use envtool::model::{Scope, credentials_in, mask_value};
use envtool::report::Mask;
use envtool::report::findings::Excerpts;
use envtool::secret::mask_unreadable;
use envtool::syntax::{Document, Node, Syntax, Value};
use envtool::term::Painter;
use envtool::text::{Source, Span};

use crate::support::box_server::{Behavior, BoxServer, CODE};
use crate::support::program::{CLASSIC, Place, Run};
use crate::support::{SCOPES, document, files_in, fixtures};

const JWT: &str = "Box-JWT.postman_environment.json";

/// Texts that must not appear. Every token that the server issues starts like one of the first two.
const SECRETS: [&str; 6] = [
    "ExampleAccessTokenNotReal",
    "ExampleRefreshTokenNotReal",
    "ExampleClientSecretNotReal",
    "example-passphrase",
    "RXhhbXBsZSBrZXks",
    CODE,
];

/// Commands whose purpose is to print values.
const TELLERS: [&str; 3] = ["token", "convert", "exec"];

fn assert_no_secret_shown(words: &str, run: &Run, with_output: bool) {
    for secret in SECRETS {
        assert!(!run.err.contains(secret), "`{words}` says {secret}: {run:?}");
        assert!(!with_output || !run.out.contains(secret), "`{words}` prints {secret}: {run:?}");
    }
    assert!(!run.err.contains("panicked"), "`{words}`: {run:?}");
}

/// The arguments of a command: the file, and whatever else it needs.
fn rest(command: &str, server: &BoxServer, file: &str) -> String {
    let (token, revoke) = (server.token_url_option(), server.url("/oauth2/revoke"));
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
    let server = BoxServer::start(Behavior::Good);
    let echo = r#"{"error":"invalid_grant","error_description":"you sent ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000001 and ExampleClientSecretNotReal000001"}"#;
    let behaviors = [
        Behavior::Good,
        Behavior::Says(400, "", echo.to_owned()),
        Behavior::Says(500, "", echo.to_owned()),
        Behavior::Says(200, "", echo.replace("error", "message")),
        Behavior::CutOff(120),
    ];
    for command in envtool::commands::all() {
        let name = command.name;
        let asks_box = ["refresh", "token", "login", "logout", "check"].contains(&name);
        for behavior in behaviors.iter().take(if asks_box { behaviors.len() } else { 1 }) {
            for file in [CLASSIC, JWT] {
                for option in ["-v", "-v --json", "-v --dry-run"] {
                    let place = Place::with(&[CLASSIC, JWT]);
                    fs::write(place.file("other.json"), place.read(CLASSIC).replace("0001", "0007")).unwrap();
                    server.behave(behavior.clone());
                    let words = format!("{name} {option} {}", rest(name, &server, file));
                    let mut child = place.command(&words).stdin(Stdio::piped()).spawn().unwrap();
                    let _ = child.stdin.take().unwrap().write_all(format!("{CODE}\n").as_bytes());
                    let run: Run = child.wait_with_output().unwrap().into();
                    assert_no_secret_shown(&words, &run, !TELLERS.contains(&name));
                }
            }
        }
    }
}

/// The line that an error quotes is masked too, although it could not be parsed.
#[test]
fn no_excerpt_shows_a_secret() {
    let place = Place::with(&[CLASSIC]);
    for broken in [
        place.read(CLASSIC).replace("0001\",", "0001\" x,"),
        place.read(CLASSIC).replace(['\n', '\t'], "").replace("\"default\"", "default"),
    ] {
        fs::write(place.file("broken.json"), broken).unwrap();
        for command in ["inspect", "refresh", "set a=b", "validate", "validate --format sarif", "textconv"] {
            let run = place.run(&format!("{command} broken.json"));
            let code = if command.starts_with("validate") { 1 } else { 2 };
            assert!(run.code == code || command == "textconv", "{run:?}");
            assert_no_secret_shown(command, &run, true);
        }
    }
}

/// The secret values in `text`, in pieces of eight bytes: even a part of one must not appear.
fn pieces(text: &str) -> Vec<String> {
    let document = Document::parse(Source::decode(text.to_owned()).unwrap(), Syntax::of("", text)).unwrap();
    let scope = Scope::of(&document).unwrap();
    let secrets = scope.variables().iter().filter(|variable| variable.is_secret()).map(|it| it.text());
    let secrets = secrets.flat_map(|secret| secret.lines().map(str::to_owned).collect::<Vec<_>>());
    // The first and the last line of a key are not secret.
    let secrets: Vec<_> = secrets.filter(|line| !line.starts_with("-----")).collect();
    let windows = |secret: &String| -> Vec<_> {
        (8..=secret.len()).map(|end| secret[end - 8..end].to_owned()).collect()
    };
    let is_name = |piece: &String| scope.variables().iter().any(|variable| variable.key().contains(piece));
    secrets.iter().flat_map(windows).filter(|piece| !is_name(piece)).collect()
}

/// Everything that is shown of `text` if it cannot be parsed.
fn shown(text: &str) -> Option<String> {
    let source = Source::decode(text.to_owned()).unwrap();
    let (error, source) = Document::parse(source, Syntax::of("", text)).err()?;
    let finding = lint::unparsable(&error, &Selection::default()).unwrap();
    let painter = Painter { color: false };
    let excerpt = Excerpts::new("x", &source, None, Mask::Secrets, painter).render(&finding);
    Some([excerpt, finding.message, finding.label, error.to_string(), mask_unreadable(text)].join("\n"))
}

/// Not even one inside a value that is not itself a secret.
#[test]
fn a_dry_run_of_exec_shows_no_secret() {
    let place = Place::with(&[]);
    let rows = r#"{"key":"json","value":"{\"password\":\"Sup3rSecret\"}"},{"key":"url","value":"https://h/?token=Sup3rSecret"},{"key":"plain","value":"Sup3rSecret","type":"secret"}"#;
    fs::write(place.file("e.json"), format!("{{\"name\":\"x\",\"values\":[{rows}]}}")).unwrap();
    for words in ["exec --dry-run e.json -- x", "exec --dry-run --json e.json -- x"] {
        let run = place.run(words);
        assert!(run.code == 0 && run.out.contains("url") && !run.out.contains("Sup3r"), "{run:?}");
    }
}

#[test]
fn a_damaged_file_shows_no_secret() {
    const YAML: &str = "name: x\nvalues:\n  - key: access_token\n    value: Sup3rSecretTokenValue1234567890ab\n  - key: \
                        pass_key_secret\n    value: 'c0rrect: horse'\n    enabled: true\n";
    const LINE: &str = r#"{"name":"x","values":[{"key":"access_token","value":"Sup3rSecretTokenValue1234567890ab"},{"key":"client_secret","value":"p4ss:w0rd, {x} y"}]}"#;
    let place = Place::with(&[CLASSIC, JWT]);
    for text in [&place.read(CLASSIC), &place.read(JWT), YAML, LINE] {
        let pieces = pieces(text);
        assert!(pieces.len() > 20, "{text}");
        let mut damaged: Vec<String> = (1..text.len()).map(|end| text[..end].to_owned()).collect();
        for (at, mark) in text.match_indices(['"', '\'', ',', ':', '{', '}', '[', ']', '\\', '\n', '-']) {
            let (before, after) = (&text[..at], &text[at + mark.len()..]);
            for other in ["", "\"", "{{", " x "] {
                damaged.push([before, other, after].concat());
            }
        }
        let mut unreadable = 0;
        for shown in damaged.iter().filter_map(|text| shown(text)) {
            let found = pieces.iter().find(|piece| shown.contains(*piece));
            assert_eq!(found, None, "{shown}");
            unreadable += 1;
        }
        assert!(unreadable > 20);
    }
}

#[test]
fn the_state_folder_is_for_its_owner_only() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
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

/// A value without the shape of a secret, which only its name makes one.
const NAMED: &str = "Zq7x-4kk9";

/// Names of secrets in environments.
const NAMES: [&str; 18] = [
    "basic_auth",
    "ssh_key",
    "storage_key",
    "license_key",
    "connectionString",
    "client_assertion",
    "code_verifier",
    "hmac",
    "pin",
    "pat",
    "mnemonic",
    "seed",
    "salt",
    "passwort",
    "contraseña",
    "senha",
    "mot_de_passe",
    "dbPw",
];

#[test]
fn a_value_with_the_name_of_a_secret_is_hidden_everywhere() {
    let place = Place::with(&[]);
    let row = |key: &str, value: &str| serde_json::json!({"key": key, "value": value, "enabled": true});
    let mut rows: Vec<_> = NAMES.iter().map(|name| row(name, NAMED)).collect();
    rows.push(row("first", &format!("session={NAMED}; Path=/")));
    rows.push(row("second", &format!("lang=de; session={NAMED}")));
    let environment = serde_json::json!({"name": "E", "values": rows});
    fs::write(place.file("env.json"), environment.to_string()).unwrap();
    let collection = serde_json::json!({
        "info": {"name": "C", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{
            "name": "r",
            "event": [{"listen": "test", "script": {"exec": [format!("// pw: {NAMED}")]}}],
            "request": {
                "method": "POST",
                "url": {
                    "raw": format!("https://a.example/f?sp=r&sig={NAMED}"),
                    "auth": {"user": "u", "password": NAMED},
                    "query": [{"key": "sp", "value": "r"}, {"key": "sig", "value": NAMED}],
                },
                "body": {"mode": "raw", "raw": format!("<x:login><x:Pin t='1'>{NAMED}</x:Pin></x:login>")},
                "certificate": {"name": "c", "passphrase": NAMED},
                "proxy": {"host": "p", "password": NAMED},
            },
            "response": [{
                "name": "e",
                "cookie": [{"name": "sid", "value": NAMED, "path": "/"}],
                "body": format!("{{\"pin\": \"{NAMED}\"}}"),
            }],
        }],
        "variable": [
            {"key": "text", "value": format!("{{\"password\": \"{NAMED}\"}}"), "type": "json"},
            {"key": "object", "value": {"password": NAMED}},
        ],
    });
    fs::write(place.file("col.json"), collection.to_string()).unwrap();
    fs::write(place.file("empty.json"), r#"{"name": "E", "values": []}"#).unwrap();
    fs::write(
        place.file("none.json"),
        serde_json::json!({"info": collection["info"], "item": []}).to_string(),
    )
    .unwrap();
    for words in [
        "inspect env.json",
        "textconv env.json",
        "redact env.json",
        "get $..values env.json",
        "diff env.json empty.json",
        "validate env.json",
        "inspect col.json",
        "textconv col.json",
        "redact col.json",
        "get $..response col.json",
        "diff col.json none.json",
        "validate col.json",
    ] {
        let run = place.run(words);
        assert!(run.code < 2 && !run.out.contains(NAMED) && !run.err.contains(NAMED), "`{words}`: {run:?}");
    }
    // `reset` leaves scripts alone, as code may depend on their content.
    let run = place.run("reset col.json -o -");
    let left = format!("// pw: {NAMED}");
    assert_eq!((run.out.matches(NAMED).count(), run.out.contains(&left)), (1, true), "{run:?}");
}

#[test]
fn a_value_is_masked_where_its_document_has_credentials() {
    for (path, bytes) in fixtures(&[&SCOPES[..], &["other"]].concat()) {
        let document = document(&path, &bytes);
        let found: HashSet<_> =
            credentials_in(document.root()).iter().map(|found| found.node.span()).collect();
        let masked = mask_value(Value::of(document.root()), "", false);
        assert_masked_at(document.root(), &masked, &found, &path);
    }
}

/// Checks that `masked` differs from the scalars in `node` at `found`, and nowhere else.
fn assert_masked_at(node: Node<'_>, masked: &Value, found: &HashSet<Span>, path: &str) {
    match masked {
        Value::Array(items) => {
            node.items().zip(items).for_each(|(node, item)| assert_masked_at(node, item, found, path));
        }
        Value::Object(members) => {
            let members = node.members().zip(members);
            members.for_each(|(member, (_, value))| assert_masked_at(member.value, value, found, path));
        }
        scalar => {
            let differs = *scalar != Value::of(node);
            assert_eq!(differs, found.contains(&node.span()), "{path} {} {}", node.path(), node.raw());
        }
    }
}
