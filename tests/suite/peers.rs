//! Postman's own tools on files that envtool writes: its command line program, called `postman`, and newman. The tests
//! of a tool that is missing are skipped.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::mpsc::{Receiver, Sender, channel};

use envtool::compare::{Include, Subject, diff};
use envtool::model::Scope;
use envtool::syntax::Document;
use serde_json::Value;

use crate::support::program::Place;
use crate::support::{copy, root, skipped};

const KIOSK: &str = "fixtures/convert/kiosk.postman_collection.json";
const KIOSK_ENVIRONMENT: &str = "fixtures/convert/Kiosk.postman_environment.json";
const COLLECTIONS: [&str; 4] = [
    KIOSK,
    "fixtures/collections/shop.postman_collection.json",
    "fixtures/compare/parcels-1.json",
    "fixtures/other/collection-v2.1.json",
];
const ENVIRONMENTS: [&str; 3] = [
    KIOSK_ENVIRONMENT,
    "fixtures/convert/Quotes.postman_environment.json",
    "fixtures/box/Box.postman_environment.json",
];
const MANIFESTS: [&str; 7] = [
    "GIT009/bad",
    "GIT009/good",
    "GIT010/bad",
    "GIT010/bad_section",
    "GIT010/good",
    "GIT011/bad",
    "GIT011/good",
];

fn fixture(name: &str) -> PathBuf {
    root().join(name)
}

/// Whether `program` can be started. Reports the test as skipped if not.
fn is_there(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    if !there {
        skipped(program);
    }
    there
}

/// Runs `program` with its own files beside the place.
fn run(program: &str, arguments: &[&str], place: &Place) -> Output {
    let mut command = place.program(program);
    command.args(arguments).env("HOME", place.home());
    command.output().unwrap_or_else(|error| panic!("{program}: {error}"))
}

/// The same for a program that must succeed. Returns its output.
fn succeed(program: &str, arguments: &[&str], place: &Place) -> String {
    let output = run(program, arguments, place);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{program} {arguments:?}: {}\n{out}\n{err}", output.status);
    out
}

fn envtool(arguments: &[&str], place: &Place) -> String {
    succeed(env!("CARGO_BIN_EXE_envtool"), arguments, place)
}

#[test]
fn postmans_linter_accepts_converted_files() {
    if !is_there("postman") {
        return;
    }
    let place = Place::with(&[]);
    for (number, name) in COLLECTIONS.iter().enumerate() {
        let folder = format!("collection-{number}");
        envtool(&["convert", fixture(name).to_str().unwrap(), "--to", "yaml", "-o", &folder], &place);
        succeed("postman", &["collection", "lint", &folder, "-f", "warning"], &place);
    }
    for (number, name) in ENVIRONMENTS.iter().enumerate() {
        let file = format!("{number}.environment.yaml");
        envtool(&["convert", fixture(name).to_str().unwrap(), "--to", "yaml", "-o", &file], &place);
        succeed("postman", &["environment", "lint", &file], &place);
    }
}

#[test]
fn postman_splits_a_collection_in_the_same_way() {
    if !is_there("postman") {
        return;
    }
    let place = Place::with(&[]);
    for (number, name) in COLLECTIONS.iter().enumerate() {
        let (ours, theirs) = (format!("ours-{number}"), format!("theirs-{number}"));
        let original = fixture(name);
        let original = original.to_str().unwrap();
        envtool(&["convert", original, "--to", "yaml", "-o", &ours], &place);
        succeed("postman", &["collection", "migrate", original, "-o", &theirs], &place);
        let [ours, theirs] = [ours, theirs].map(|folder| collection(&folder, &place));
        let (ours, theirs) = (Scope::of(&ours).unwrap(), Scope::of(&theirs).unwrap());
        let mut found = diff(&theirs, &ours, Include::default()).unwrap();
        // Postman drops the descriptions of variables and their being secret.
        found.entries.retain(|entry| entry.subject != Subject::Variable);
        let names: Vec<_> = found.entries.iter().map(|entry| entry.path.join("/")).collect();
        assert_eq!(names, [""; 0], "{name}");
    }
}

#[test]
fn postmans_linter_finds_the_same_in_a_workspace_manifest() {
    if !is_there("postman") {
        return;
    }
    let page = fs::read_to_string(fixture("docs/rules.md")).unwrap();
    for name in MANIFESTS {
        let place = Place::with(&[]);
        copy(&fixture("fixtures/rules").join(name), &place.work());
        let (mut theirs, ours) = (postman_finds(&place, &page), envtool_finds(&place));
        if name == "GIT010/good" {
            // It warns of an empty list, which Postman itself writes.
            assert_eq!(theirs, ["GIT010 warning"]);
            theirs.clear();
        }
        assert_eq!(ours, theirs, "{name}");
        assert_eq!(ours.is_empty(), name.ends_with("good"), "{name}");
    }
}

/// The findings of the Postman CLI, by the equivalent rules in the table of `page`, with their severities.
fn postman_finds(place: &Place, page: &str) -> Vec<String> {
    let output = run("postman", &["workspace", "lint", "--meta", "-o", "json"], place).stdout;
    let report: Value = serde_json::from_slice(&output).unwrap();
    // Diagnostics without a range only say that other files are missing.
    let of_manifest = report["diagnostics"].as_array().unwrap().iter().filter(|it| it["range"].is_object());
    let found = |it: &Value| {
        let id = it["ruleId"].as_str().unwrap();
        let row = page.lines().find(|line| line.starts_with("| ") && line.contains(id));
        let rule = row.and_then(|row| row.trim_end_matches([' ', '|']).rsplit(' ').next());
        let rule = rule.unwrap_or_else(|| panic!("{id} is not in docs/rules.md"));
        format!("{rule} {}", it["severity"].as_str().unwrap())
    };
    sorted(of_manifest.map(found).collect())
}

/// The findings of envtool.
fn envtool_finds(place: &Place) -> Vec<String> {
    let words = ["validate", "--select", "GIT009,GIT010,GIT011", "--json", ".postman/resources.yaml"];
    let output = run(env!("CARGO_BIN_EXE_envtool"), &words, place).stdout;
    let report: Value = serde_json::from_slice(&output).unwrap();
    let findings = report["files"][0]["findings"].as_array().unwrap().iter();
    let found = |it: &Value| format!("{} {}", it["rule"].as_str().unwrap(), it["severity"].as_str().unwrap());
    sorted(findings.map(found).collect())
}

fn sorted(mut found: Vec<String>) -> Vec<String> {
    found.sort();
    found
}

/// The collection in `folder`.
fn collection(folder: &str, place: &Place) -> Document {
    Document::json(&envtool(&["convert", folder, "--to", "json"], place)).unwrap()
}

#[test]
fn newman_sends_the_same_requests_after_a_round_trip_through_v3() {
    if !is_there("newman") {
        return;
    }
    let (place, recorder) = (Place::with(&[]), Recorder::start());
    let original = fixture(KIOSK);
    envtool(&["convert", original.to_str().unwrap(), "--to", "yaml", "-o", "folder"], &place);
    envtool(&["convert", "folder", "--to", "json", "-o", "back.json"], &place);
    let before = recorder.sent(original.to_str().unwrap(), &fixture(KIOSK_ENVIRONMENT), &place);
    let after = recorder.sent("back.json", &fixture(KIOSK_ENVIRONMENT), &place);
    assert_eq!(before, after);
    assert_eq!(before.len(), 8, "{before:#?}");
    assert!(before[2].contains("by a script"), "{}", before[2]);
}

#[test]
fn a_newman_safe_file_makes_newman_use_what_the_app_uses() {
    if !is_there("newman") {
        return;
    }
    let (place, recorder) = (Place::with(&[]), Recorder::start());
    let environment = fixture(KIOSK_ENVIRONMENT);
    envtool(&["convert", environment.to_str().unwrap(), "--to", "newman-safe", "-o", "safe.json"], &place);
    let last = |environment: &Path| {
        let sent = recorder.sent(fixture(KIOSK).to_str().unwrap(), environment, &place);
        sent.last().cloned().unwrap_or_default()
    };
    assert!(last(&environment).contains("X-Off: never to be sent"));
    let safe = last(&place.file("safe.json"));
    assert!(safe.contains("X-Off: {{off}}") && safe.contains("X-Secret: example-secret-1"), "{safe}");
}

/// A server that answers every request with an empty object and records it.
struct Recorder {
    address: String,
    requests: Receiver<String>,
}

impl Recorder {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        // The thread ends with the program.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // One request for each connection, so they arrive in newman's order.
                let _ = stream.and_then(|stream| answer(&stream, &sender));
            }
        });
        Self { address, requests }
    }

    /// The requests that newman sends when it runs `collection`.
    fn sent(&self, collection: &str, environment: &Path, place: &Place) -> Vec<String> {
        let host = format!("host={}", self.address);
        let environment = environment.to_str().unwrap();
        let arguments = [
            "run",
            collection,
            "-e",
            environment,
            "--env-var",
            &host,
            "--reporters",
            "cli",
            "--color",
            "off",
        ];
        succeed("newman", &arguments, place);
        self.requests.try_iter().collect()
    }
}

fn answer(stream: &TcpStream, sent: &Sender<String>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut line, mut length) = (String::new(), String::new(), 0);
    while reader.read_line(&mut line)? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        // It is different in each request.
        if !line.to_ascii_lowercase().starts_with("postman-token:") {
            head.push_str(&line);
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let text = format!("{head}\r\n{}", String::from_utf8_lossy(&body));
    let boundary = text.split_once("boundary=").and_then(|(_, rest)| rest.split(['\r', ';']).next());
    let text = boundary.map_or_else(|| text.clone(), |boundary| text.replace(boundary, "BOUNDARY"));
    if !head.is_empty() {
        let _ = sent.send(text);
    }
    let body = if head.starts_with("HEAD ") { "" } else { "{}" };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{body}"
    )
}
