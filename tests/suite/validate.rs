//! `validate` as programs see it: its formats, what it is told by files and options, and inputs that are no good.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use envtool::config::Config;
use envtool::lint::{Checker, Location, Selection, Severity, Surroundings, unparsable, unreadable};
use envtool::report::Mask;
use envtool::report::findings::{CheckedFile, Excerpts, Located, github, gitlab, human, json, junit, sarif};
use envtool::syntax::{Document, Syntax};
use envtool::term::Painter;
use envtool::text::{Encoding, Source};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof, proptest};
use serde_json::{Value, json};

use crate::support::program::{Place, Run};
use crate::support::{fixtures, schema};

const FORMATS: [&str; 6] = ["human", "json", "sarif", "github", "gitlab", "junit"];

/// An environment whose one finding stands behind characters of two, three and four bytes.
const BEHIND_EMOJI: &str =
    r#"{"name": "é", "values": [{"description": "日😀", "key": "a ", "value": "x", "enabled": true}]}"#;

fn place(files: &[(&str, &str)]) -> Place {
    let place = Place::with(&[]);
    for (name, text) in files {
        let path = place.file(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    place
}

fn parsed(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
}

/// The rules of what was found, in order, by file.
fn rules(run: &Run) -> Vec<String> {
    let report = parsed(run);
    let files = report["files"].as_array().unwrap().iter();
    files
        .flat_map(|file| file["findings"].as_array().unwrap())
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

fn environment(rows: &str) -> String {
    format!(r#"{{"name": "n", "values": [{rows}], "_postman_variable_scope": "environment"}}"#)
}

fn row(key: &str) -> String {
    format!(r#"{{"key": "{key}", "value": "x", "type": "default", "enabled": true}}"#)
}

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
fn sarif_counts_columns_as_it_says() {
    let place = place(&[("Größe 1.json", BEHIND_EMOJI)]);
    let mut command = place.command("validate --format sarif --select ENV005");
    let mut log: Value =
        serde_json::from_slice(&command.arg("Größe 1.json").output().unwrap().stdout).unwrap();
    // Counted in units of UTF-16 it would be 56, in bytes 61.
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

/// What code scanning asks of a log, and all that its official schema does, if `SARIF_SCHEMA` names a file with that.
#[test]
fn sarif_of_every_rule_is_valid() {
    let place = place(&[("Größe 1.json", BEHIND_EMOJI)]);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
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
        None => eprintln!("skipped: SARIF_SCHEMA does not name the official schema"),
    }
}

#[test]
fn json_is_as_its_schema_says() {
    let place = Place::with(&["Box.postman_environment.json"]);
    let known =
        schema::Schema::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.schema.json"));
    fs::write(place.file("broken.postman_environment.json"), "{").unwrap();
    fs::write(place.file("warning.json"), environment(&row("a "))).unwrap();
    let found = parsed(&place.run("validate --format json"));
    assert_eq!(found["summary"]["files"], 3, "{found}");
    known.check(&found);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    let all = place.command("validate --format json").arg(fixtures).output().unwrap();
    known.check(&serde_json::from_slice(&all.stdout).unwrap());
}

#[test]
fn what_programs_read_is_nothing_else() {
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
fn defaults_come_from_the_nearest_file_above() {
    let fine = environment(&row("a"));
    let padded = environment(&row("a "));
    let place = place(&[
        (".envtool.toml", "paths = ['shop']\nignore = ['ENV005']\n"),
        ("shop/a.json", &padded),
        ("other/b.json", &fine),
        ("other/.envtool.toml", "fail-on = 'warning'\n[severity]\nENV005 = 'error'\n"),
    ]);
    let files = |run: &Run| -> Vec<String> {
        let report = parsed(run);
        report["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().into()).collect()
    };
    let run = place.run("validate --json");
    assert_eq!((files(&run), run.code), (vec!["shop/a.json".to_owned()], 0));
    let mut below = place.command("validate --json --fail-on warning");
    let run = Run::from(below.current_dir(place.file("shop")).output().unwrap());
    assert_eq!((files(&run), run.code), (vec!["../shop/a.json".to_owned()], 0), "{}", run.err);
    // What is selected on the command line is wanted, whatever the file leaves out.
    for (words, found) in [
        ("--select ENV005", 1),
        ("--select ENV", 1),
        ("--select ENV --ignore ENV005", 0),
        ("--ignore DOC", 0),
    ] {
        let run = place.run(&format!("validate --json {words}"));
        assert_eq!(rules(&run).len(), found, "{words}: {}", run.out);
    }
    let mut nearer = place.command("validate --json ../shop/a.json");
    let run = Run::from(nearer.current_dir(place.file("other")).output().unwrap());
    assert_eq!((rules(&run), run.code), (vec!["ENV005".to_owned()], 1));

    fs::write(place.file(".envtool.toml"), "ingore = []\n").unwrap();
    let run = place.run("validate shop");
    assert_eq!(run.code, 2);
    assert!(run.err.contains(".envtool.toml") && run.err.contains("unknown field `ingore`"), "{}", run.err);
}

#[test]
fn the_file_holds_what_options_say_and_gives_way_to_them() {
    let template = environment(&[row("a"), row("b")].join(","));
    let own = "paths = ['.']\nagainst = 'template.json'\nbaseline = 'known.json'\nfail-on = 'info'\nprofile = 'none'\n";
    let place = place(&[
        ("shop/.envtool.toml", own),
        ("shop/template.json", &template),
        ("shop/a.json", &environment(&row("a"))),
        ("shop/b/c.json", &template),
    ]);
    let run = |words: &str| {
        Run::from(
            place.command(&format!("validate {words}")).current_dir(place.file("shop/b")).output().unwrap(),
        )
    };
    // What is not there yet is no baseline.
    assert_eq!(run("--json").code, 2, "{}", run("--json").err);
    let known = run("--update-baseline");
    assert_eq!((known.code, known.err.as_str()), (0, "1 finding is now known (../known.json)\n"));
    assert_eq!((run("").out.as_str(), run("").code), ("no findings in 3 files\n", 0));
    let others = place.run("validate --json --against shop/a.json --profile auto shop");
    assert_eq!(rules(&others), ["ENV021", "ENV021"]);
    let none = place.run("validate --update-baseline shop");
    assert!(none.code == 2 && none.err.contains("`baseline` in .envtool.toml"), "{}", none.err);

    let collection = fs::read_to_string("fixtures/rules/COL010/bad.json").unwrap();
    let place = self::place(&[
        (".envtool.toml", "select = ['COL010']\nenvironment = ['e/one.json']\nglobals = ['e/two.json']\n"),
        ("e/one.json", &environment(&row("acess_token"))),
        ("e/two.json", &environment(&row("parcel"))),
        ("c.json", &collection),
    ]);
    assert_eq!(rules(&place.run("validate --json c.json")), [""; 0]);
    assert_eq!(rules(&place.run("validate --json -e e/two.json c.json")), ["COL010"]);
}

#[test]
fn the_page_and_the_schema_know_every_key_of_the_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/validate.md")).unwrap();
    let text = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let place = place(&[(".envtool.toml", text)]);
    Config::find(&place.file("")).unwrap();
    let shown: Value = toml::from_str(text).unwrap();
    let path = root.join("docs/config.schema.json");
    schema::Schema::read(&path).check(&shown);
    let properties: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&shown), keys(&properties["properties"]));
    fs::write(place.file(".envtool.toml"), "no-such-key = 1\n").unwrap();
    let error = Config::find(&place.file("")).unwrap_err().to_string();
    for key in keys(&shown) {
        assert!(error.contains(&format!("`{key}`")), "{key}: {error}");
    }
}

#[test]
fn options_say_what_is_held_against_what() {
    let template = environment(&[row("a"), row("b")].join(","));
    let other = environment(&[row("a"), row("c")].join(","));
    let place = place(&[("template.json", &template), ("envs/one.json", &other)]);
    let run = place.run("validate --json --against template.json envs");
    assert_eq!((rules(&run), run.code), (vec!["ENV020".to_owned(), "ENV021".to_owned()], 1));
    assert_eq!(place.run("validate --against missing.json envs").code, 2);

    let boxed = ["BOX102".to_owned()];
    assert_eq!(rules(&place.run("validate --json --select BOX102 --profile box envs")), boxed);
    assert!(rules(&place.run("validate --json --select BOX envs")).is_empty());

    assert_eq!(
        place.run("validate --against template.json --baseline known.json --update-baseline envs").code,
        0
    );
    let run = place.run("validate --json --against template.json --baseline known.json envs");
    assert_eq!((rules(&run), run.code), (vec![], 0));
    fs::write(place.file("envs/two.json"), environment(&row("a"))).unwrap();
    let run = place.run("validate --json --against template.json --baseline known.json envs");
    assert_eq!((rules(&run), run.code), (vec!["ENV020".to_owned()], 1));
    fs::write(place.file("known.json"), "[]").unwrap();
    let run = place.run("validate --baseline known.json envs");
    assert!(run.code == 2 && run.err.contains("known.json is no baseline"), "{}", run.err);
}

#[test]
fn a_baseline_knows_files_however_they_are_named() {
    let padded = environment(&row("a "));
    let place = place(&[("ci/.keep", ""), ("a.json", &padded), ("sub/b.json", &padded)]);
    let run = place.run("validate --baseline ci/known.json --update-baseline .");
    assert_eq!((run.err.as_str(), run.code), ("2 findings are now known (ci/known.json)\n", 0));
    let known: Value = serde_json::from_str(&place.read("ci/known.json")).unwrap();
    let paths: Vec<_> = known["findings"].as_array().unwrap().iter().map(|it| it["path"].clone()).collect();
    assert_eq!(paths, ["../a.json", "../sub/b.json"]);
    let whole = place.file("a.json").display().to_string();
    for words in ["a.json sub/b.json", "./a.json ./sub/../sub/b.json", &whole, "."] {
        let run = place.run(&format!("validate --fail-on info --baseline ci/known.json {words}"));
        assert_eq!(run.code, 0, "{words}: {}", run.out);
    }
    let mut below = place.command("validate --fail-on info --baseline ../ci/known.json b.json ../a.json");
    let run = Run::from(below.current_dir(place.file("sub")).output().unwrap());
    assert_eq!(run.code, 0, "{}", run.out);

    // What is known of files that are not looked at stays, as long as they are there.
    fs::write(place.file("a.json"), environment(&[row("a "), row("b ")].join(","))).unwrap();
    let run = place.run("validate --baseline ci/known.json --update-baseline a.json");
    assert_eq!(run.err, "3 findings are now known (ci/known.json)\n");
    fs::write(place.file("a.json"), &padded).unwrap();
    let gone = "note: 1 known finding is gone; `--update-baseline` forgets what is gone\n";
    assert_eq!(place.run("validate --baseline ci/known.json .").err, gone);
    assert_eq!(place.run("validate --baseline ci/known.json --select DOC .").err, "");
    assert_eq!(place.run("validate --baseline ci/known.json sub").err, "");
    fs::remove_file(place.file("sub/b.json")).unwrap();
    let run = place.run("validate --baseline ci/known.json --update-baseline a.json --dry-run");
    assert_eq!(run.out, "1 finding would be known (ci/known.json)\n");
    let mut piped = place.command("validate --baseline ci/known.json --update-baseline -");
    piped.stdin(fs::File::open(place.file("a.json")).unwrap());
    assert_eq!(Run::from(piped.output().unwrap()).err, "3 findings are now known (ci/known.json)\n");
    let run = place.run("validate --baseline ci/known.json --update-baseline a.json");
    assert_eq!(run.err, "2 findings are now known (ci/known.json)\n");

    let run = place.run("validate --baseline a.json --update-baseline .");
    assert!(run.code == 2 && run.err.contains("a.json is no baseline"), "{}", run.err);
    assert_eq!(place.read("a.json"), padded);
}

#[test]
fn services_get_the_names_of_files_from_the_top_of_the_repository() {
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
fn a_place_of_several_lines_has_no_columns_for_github() {
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
fn gitlab_tells_findings_apart_wherever_they_stand() {
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
fn what_npm_installs_is_left_out() {
    let fine = environment(&row("a"));
    let place = place(&[("a.json", &fine), ("node_modules/b/c.json", &fine)]);
    assert_eq!(place.run("validate").out, "no findings in 1 file\n");
    assert_eq!(place.run("validate node_modules/b").out, "no findings in 1 file\n");
}

#[test]
fn a_fix_that_cannot_be_written_does_not_end_the_run() {
    let padded = environment(&row("a "));
    let place = place(&[("1.json", &padded), ("2.json", &padded), ("3.json", &padded)]);
    let protected = place.file("2.json");
    let mut permissions = fs::metadata(&protected).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&protected, permissions).unwrap();
    let run = place.run("validate --fix=all --format github");
    let found = "::warning file=2.json,line=1,endLine=1,col=34,endColumn=37,\
                 title=ENV005 white space around the name of a variable::\
                 white space around the name `a `%0A`{{a}}` does not find it\n";
    let said = "not fixed: PLACE is write-protected; make it writable first\n\
                1.json: 1 finding fixed\n3.json: 1 finding fixed\n2 findings fixed in 2 files\n";
    let told = fs::canonicalize(protected).unwrap().display().to_string();
    let said = said.replace("PLACE", &told);
    assert_eq!((run.out.as_str(), run.err, run.code), (found, said, 2));
}

#[cfg(unix)]
#[test]
fn what_a_walk_cannot_read_is_a_finding() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let fine = environment(&row("a"));
    let place = place(&[("a.json", &fine), ("locked/b.json", &fine), ("folder/c.json", &fine)]);
    symlink("a.json", place.file("link.json")).unwrap();
    symlink("folder", place.file("linked.json")).unwrap();
    symlink("nowhere.json", place.file("gone.postman_environment.json")).unwrap();
    symlink("nowhere.json", place.file("gone.json")).unwrap();
    let locked = place.file("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let missing = "error[DOC001]: cannot read it: there is no such file\n \
                   --> gone.postman_environment.json:1:1\n  |\n1 |\n  | ^\n\n";
    // Nothing is locked to the system's administrator.
    let (denied, counts) = if fs::read_dir(&locked).is_ok() {
        ("", "1 error in 5 files\n")
    } else {
        (
            "error[DOC001]: cannot read it: permission denied\n --> locked:1:1\n  |\n1 |\n  | ^\n\n",
            "2 errors in 5 files\n",
        )
    };
    let run = place.run("validate");
    let pattern = place.run("validate *.json --ignore DOC001");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!((run.out, run.code), (format!("{missing}{denied}{counts}"), 1));
    assert_eq!(pattern.code, 0, "{pattern:?}");
}

#[test]
fn patterns_folders_and_standard_input_are_checked() {
    let fine = environment(&row("a"));
    let place = place(&[
        ("a/1.json", &fine),
        ("a/b/2.json", &fine),
        ("a/b/3.txt", "not mine"),
        ("a/ignored/4.json", &fine),
        (".gitignore", "ignored/\n"),
        ("a/unrelated.json", "[1, 2]"),
    ]);
    let checked =
        |words: &str| parsed(&place.run(&format!("validate --json {words}")))["summary"]["files"].clone();
    assert_eq!(checked("a"), 2);
    assert_eq!(checked("a/*.json --ignore DOC003"), 2);
    assert_eq!(checked("a/**/*.json --ignore DOC003"), 3);
    assert_eq!(checked("a/1.json a a/1.json"), 2);
    assert_eq!(place.run("validate a/unrelated.json").code, 1);
    assert_eq!(place.run("validate a/b/*.txt").code, 1);

    let mut piped =
        place.command("validate - --stdin-name dev.json --json").stdin(Stdio::piped()).spawn().unwrap();
    piped.stdin.take().unwrap().write_all(environment(&row("a ")).as_bytes()).unwrap();
    let run = Run::from(piped.wait_with_output().unwrap());
    assert_eq!(parsed(&run)["files"][0]["path"], "dev.json");
    assert_eq!((rules(&run), run.code), (vec!["ENV005".to_owned()], 0));
}

#[test]
fn a_value_that_another_overrides_is_hidden_too() {
    let twice = r#"{"key": "pin", "value": "4711-first", "value": "", "type": "secret", "enabled": true}"#;
    let place = place(&[("a.json", &environment(twice)), ("b.environment.yaml", "")]);
    for words in ["validate a.json", "validate a.json --fix=all --dry-run", "inspect a.json"] {
        let run = place.run(words);
        assert!(!run.out.contains("4711") && !run.err.contains("4711"), "{words}: {}{}", run.out, run.err);
    }
    assert!(place.run("validate a.json").out.contains("DOC004"));
    // An empty file has no first character to point at.
    assert_eq!(place.run("validate b.environment.yaml").code, 1);
}

#[test]
fn no_progress_is_shown_where_nobody_looks() {
    let place = Place::with(&[]);
    for number in 0..200 {
        fs::write(place.file(&format!("{number}.json")), environment(&row("a"))).unwrap();
    }
    let run = place.run("validate");
    assert_eq!((run.out.as_str(), run.err.as_str(), run.code), ("no findings in 200 files\n", "", 0));
}

/// What `validate` makes of a file with these bytes, in every format.
fn reports(name: &str, bytes: &[u8]) -> Vec<CheckedFile> {
    let selection = Selection::default();
    let (source, document, findings, kind) = match Source::decode_or_show(bytes.to_vec()) {
        Err((error, source, span)) => {
            let finding = unreadable(&error.to_string(), span, &selection).unwrap();
            (source, None, vec![finding], None)
        }
        Ok(source) => {
            let syntax = Syntax::of(name, source.text());
            match Document::parse(source, syntax) {
                Err((error, source)) => {
                    let finding = unparsable(&error, &selection).unwrap();
                    (source, None, vec![finding], None)
                }
                Ok(document) => {
                    let checker = Checker::new(&selection, Surroundings::default());
                    let location = Location::default();
                    let facts = checker.facts(&document, &location);
                    let (findings, kind) = (checker.check(&facts), facts.kind);
                    let source = Source::with(document.source().text().to_owned(), Encoding::Utf8);
                    (source, Some(document), findings, Some(kind))
                }
            }
        }
    };
    let excerpts = Excerpts::new(name, &source, document.as_ref(), Mask::Secrets, Painter { color: false });
    let located = findings.iter().map(|finding| {
        let excerpt = Some(excerpts.render(finding));
        Located { excerpt, ..Located::of(finding, &source, document.as_ref()) }
    });
    vec![CheckedFile { path: name.to_owned(), kind, findings: located.collect() }]
}

fn assert_reported(name: &str, bytes: &[u8]) {
    let files = reports(name, bytes);
    let broken = Source::decode(bytes.to_vec())
        .map_or(true, |source| Document::parse(source, Syntax::of(name, "")).is_err());
    assert!(!broken || !files[0].findings.is_empty(), "{name}: nothing is said about it");
    let junit = |files: &[CheckedFile]| junit(files, Severity::Error);
    for format in [human, json, sarif, github, gitlab, junit] {
        let _ = format(&files);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_reported_in_every_format(damage in damage(), pick in any::<prop::sample::Index>()) {
        let files = fixtures(&["box", "postman", "odd", "other", "broken", "collections", "v3", "rules"]);
        let small: Vec<_> = files.iter().filter(|(_, bytes)| bytes.len() < 20_000).collect();
        let (name, bytes) = pick.get(&small);
        let name = Path::new(name).file_name().unwrap().to_str().unwrap();
        assert_reported(name, &damage.done_to(bytes));
    }
}

/// Something that happens to files.
#[derive(Clone, Debug)]
enum Damage {
    CutOff(prop::sample::Index),
    Byte(prop::sample::Index, u8),
    Inserted(prop::sample::Index, &'static str),
    Doubled(prop::sample::Index, prop::sample::Index),
    Nested(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    let texts = vec![
        "\0",
        "\u{feff}",
        "é",
        "😀",
        "{{",
        "}}",
        "{{a}}",
        "\\ud800",
        "1e999999",
        "-0",
        "null",
        "[]",
        "{}",
        "\"\"",
        ",",
        "\"key\": 1, ",
        "\"values\": {}, ",
        "99999999999999999999999999",
        "\r",
        "\u{2028}",
        "-----BEGIN PRIVATE KEY-----",
    ];
    prop_oneof![
        2 => at().prop_map(Damage::CutOff),
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        4 => (at(), prop::sample::select(texts)).prop_map(|(at, text)| Damage::Inserted(at, text)),
        2 => (at(), at()).prop_map(|(from, to)| Damage::Doubled(from, to)),
        1 => prop_oneof![Just(999), Just(1000), Just(1001), Just(100_000)].prop_map(Damage::Nested),
    ]
}

impl Damage {
    fn done_to(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let end = bytes.len() + 1;
        match self {
            Self::CutOff(at) => bytes.truncate(at.index(end)),
            Self::Byte(at, byte) => {
                let at = at.index(end);
                bytes.splice(at..(at + 1).min(bytes.len()), [*byte]);
            }
            Self::Inserted(at, text) => {
                let at = at.index(end);
                bytes.splice(at..at, text.bytes());
            }
            Self::Doubled(from, to) => {
                let (from, to) = (from.index(end), to.index(end));
                let part = bytes[from.min(to)..from.max(to)].to_vec();
                bytes.splice(to..to, part);
            }
            Self::Nested(depth) => {
                bytes.splice(0..0, "[".repeat(*depth).into_bytes());
                bytes.extend("]".repeat(*depth).into_bytes());
            }
        }
        bytes
    }
}
