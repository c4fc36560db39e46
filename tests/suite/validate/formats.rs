//! The formats of `validate`, as programs read them.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{environment, parsed, place, row};
use crate::support::program::{Place, Run};
use crate::support::{root, schema, skipped};

const FORMATS: [&str; 6] = ["human", "json", "sarif", "github", "gitlab", "junit"];

/// An environment whose only finding comes after characters of two, three and four bytes.
const BEHIND_EMOJI: &str =
    r#"{"name": "é", "values": [{"description": "日😀", "key": "a ", "value": "x", "enabled": true}]}"#;

#[test]
fn the_exit_code_is_the_same_in_every_format() {
    let texts = [
        ("none.json", environment(&row("a"))),
        ("warning.json", environment(&row("a "))),
        ("error.json", r#"{"name": 1, "values": []}"#.to_owned()),
        ("broken.json", "{".to_owned()),
    ];
    let texts: Vec<_> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let place = place(&texts);
    for (words, code) in [
        ("none.json", 0),
        ("warning.json", 0),
        ("warning.json --fail-on warning", 1),
        ("error.json", 1),
        ("broken.json", 1),
        ("missing.json", 1),
        ("none.json broken.json", 1),
        ("nowhere/*.json", 3),
        ("--select NONE1 none.json", 2),
    ] {
        for format in FORMATS {
            let run = place.run(&format!("validate --format {format} {words}"));
            assert_eq!(run.code, code, "{words} as {format}: {}{}", run.out, run.err);
        }
    }
}

#[test]
fn sarif_counts_columns_in_code_points() {
    let place = place(&[("Größe 1.json", BEHIND_EMOJI)]);
    let mut command = place.command("validate --format sarif --select ENV005");
    let mut log: Value =
        serde_json::from_slice(&command.arg("Größe 1.json").output().unwrap().stdout).unwrap();
    // In UTF-16 code units it would be 56, in bytes 61.
    let column = 1 + BEHIND_EMOJI.split("\"a \"").next().unwrap().chars().count();
    assert_eq!(column, 55);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].take();
    let index = rules.as_array().unwrap().iter().position(|rule| rule["id"] == "ENV005").unwrap();
    assert_eq!(
        rules[index]["shortDescription"],
        json!({"text": "white space around the name of a variable"})
    );
    assert_eq!(
        log,
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "envtool",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": null,
                }},
                "columnKind": "unicodeCodePoints",
                "results": [{
                    "ruleId": "ENV005",
                    "ruleIndex": index,
                    "level": "warning",
                    "message": {"text": "white space around the name `a `; `{{a}}` does not find it"},
                    "locations": [{"physicalLocation": {
                        "artifactLocation": {"uri": "Gr%C3%B6%C3%9Fe%201.json", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 1, "startColumn": 55, "endLine": 1, "endColumn": 59},
                    }}],
                }],
            }],
        })
    );
}

/// By the requirements of code scanning and, if `SARIF_SCHEMA` names a file with it, by the official schema.
#[test]
fn sarif_of_every_rule_is_valid() {
    let place = place(&[("Größe 1.json", BEHIND_EMOJI)]);
    let fixtures = root().join("fixtures");
    let run = place.command("validate --format sarif .").arg(fixtures).output().unwrap();
    let log: Value = serde_json::from_slice(&run.stdout).unwrap();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let rules = list(&log["runs"][0]["tool"]["driver"]["rules"]);
    let results = list(&log["runs"][0]["results"]);
    assert!(results.len() > 100, "{}", results.len());
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].map(Value::from).contains(&result["level"]), "{result}");
        assert_ne!(result["message"]["text"], "");
        let place = &result["locations"][0]["physicalLocation"];
        let number = |name: &str| place["region"][name].as_u64().unwrap();
        let (start, end) =
            ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
        assert!(start.0 > 0 && start.1 > 0 && start <= end, "{result}");
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.contains([' ', '"', '\\']), "{uri}");
    }
    match std::env::var_os("SARIF_SCHEMA") {
        Some(path) => schema::Schema::read(Path::new(&path)).check(&log),
        None => skipped("the official schema, which SARIF_SCHEMA names"),
    }
}

#[test]
fn json_conforms_to_its_schema() {
    let place = Place::with(&["Box.postman_environment.json"]);
    let known = schema::Schema::read(&root().join("docs/findings.schema.json"));
    fs::write(place.file("broken.postman_environment.json"), "{").unwrap();
    fs::write(place.file("warning.json"), environment(&row("a "))).unwrap();
    let found = parsed(&place.run("validate --format json"));
    assert_eq!(found["summary"]["files"], 3, "{found}");
    known.check(&found);
    let fixtures = root().join("fixtures/rules");
    let all = place.command("validate --format json").arg(fixtures).output().unwrap();
    known.check(&serde_json::from_slice(&all.stdout).unwrap());
}

#[test]
fn machine_readable_formats_contain_nothing_else() {
    let place = Place::with(&["Box.postman_environment.json"]);
    place.edit("Box.postman_environment.json", "\"client_id\"", "\"client_id \"");
    let before = place.read("Box.postman_environment.json");
    for format in ["json", "sarif"] {
        let run = place.run(&format!("validate --fix=all --dry-run --format {format}"));
        parsed(&run);
        assert!(run.err.contains("would be fixed"), "{}", run.err);
    }
    assert_eq!(place.read("Box.postman_environment.json"), before);
}

#[test]
fn services_get_paths_from_the_top_of_the_repository() {
    let place = place(&[(".git/HEAD", ""), ("sub/a.json", &environment(&row("a "))), ("sub/b/.keep", "")]);
    let run = |format: &str| {
        let words = format!("validate --select ENV005 --format {format} ../a.json");
        Run::from(place.command(&words).current_dir(place.file("sub/b")).output().unwrap())
    };
    let sarif = parsed(&run("sarif"));
    let file = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(*file, json!({"uri": "sub/a.json", "uriBaseId": "%SRCROOT%"}));
    assert!(run("github").out.starts_with("::warning file=sub/a.json,line=1,"), "{}", run("github").out);
    assert!(run("human").out.contains("--> ../a.json:1:"), "{}", run("human").out);
}

#[test]
fn a_finding_of_several_lines_has_no_columns_for_github() {
    let text = "$kind: http-request\nurl: https://a.example\nmethod: GET\nauth:\n  type: bearer\n  credentials:\n    \
                token: |\n      Qa1Ws2Ed3Rf4Tg5Yh6\n      Uj7Ik8Ol9Pz0\norder: 1\n";
    let place = place(&[("A.request.yaml", text)]);
    let run = |format: &str| place.run(&format!("validate --select SEC --format {format} A.request.yaml"));
    assert!(run("github").out.contains("line=7,endLine=9,title="), "{}", run("github").out);
    let sarif = parsed(&run("sarif"));
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(*region, json!({"startLine": 7, "startColumn": 12, "endLine": 9, "endColumn": 19}));
}

#[test]
fn gitlab_fingerprints_are_distinct_and_survive_moves() {
    let rows = [row("a "), row("a "), row("b ")];
    let one = place(&[("a.json", &environment(&rows.join(",")))]);
    let moved = place(&[("a.json", &environment(&rows.join(",\n")).replace('{', "{\n"))]);
    let issues = |place: &Place| parsed(&place.run("validate --select ENV005 --format gitlab a.json"));
    let prints = |report: &Value| -> Vec<String> {
        report.as_array().unwrap().iter().map(|issue| issue["fingerprint"].to_string()).collect()
    };
    let report = issues(&one);
    let mut found = prints(&report);
    assert_eq!(found, prints(&issues(&moved)));
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 3);
    let mut first = report[0].clone();
    first["fingerprint"].take();
    assert_eq!(
        first,
        json!({
            "description": "white space around the name `a `; `{{a}}` does not find it",
            "check_name": "ENV005",
            "fingerprint": null,
            "severity": "minor",
            "location": {"path": "a.json", "lines": {"begin": 1, "end": 1}},
        })
    );
}

#[test]
fn github_annotations_contain_no_control_characters() {
    let place = place(&[("a.json", &environment(&row("a\\u001b[2J ")))]);
    let run = place.run("validate a.json --format github");
    assert!(run.out.contains("ENV005") && !run.out.contains('\u{1b}'), "{}", run.out);
}
