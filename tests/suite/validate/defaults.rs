//! Settings in `.envtool.toml`, baselines and templates.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use envtool::config::Config;
use envtool::disk::Tree;
use serde_json::Value;

use super::{environment, parsed, place, row, rules};
use crate::support::program::{Run, outside};
use crate::support::repository::has_git;
use crate::support::{root, schema};

/// PowerShell and older editors write such files.
#[test]
fn settings_that_are_not_utf_8_are_read_or_refused_but_never_guessed() {
    let place = place(&[("caf\u{e9}.json", &environment(&row("a ")))]);
    let text = "exclude = ['caf\u{e9}.json']\n";
    let units = [0xfeff].into_iter().chain(text.encode_utf16());
    fs::write(place.file(".envtool.toml"), units.flat_map(u16::to_le_bytes).collect::<Vec<_>>()).unwrap();
    let run = place.run("validate .");
    assert_eq!(run.code, 3, "{run:?}");
    fs::write(place.file(".envtool.toml"), b"exclude = ['caf\xe9.json']\n").unwrap();
    let run = place.run("validate .");
    assert_eq!((run.code, run.err.contains("invalid UTF-8 at byte 15")), (2, true), "{run:?}");
    fs::remove_file(place.file(".envtool.toml")).unwrap();
    fs::write(place.file("known"), b"{\"caf\xe9.json\": []}").unwrap();
    for words in ["validate . --baseline known", "validate . --baseline known --update-baseline"] {
        let run = place.run(words);
        assert_eq!((run.code, run.err.contains("invalid UTF-8 at byte 5")), (2, true), "{run:?}");
    }
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
    // Rules selected on the command line apply even if the settings ignore them.
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
fn the_settings_work_like_options_which_take_precedence() {
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
    // A baseline that does not exist yet is an error.
    assert_eq!(run("--json").code, 2, "{}", run("--json").err);
    let known = run("--update-baseline");
    let file = Path::new("..").join("known.json");
    assert_eq!((known.code, known.err), (0, format!("1 finding is now known ({})\n", file.display())));
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
    let root = root();
    let page = fs::read_to_string(root.join("docs/validate.md")).unwrap();
    let text = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let place = place(&[(".envtool.toml", text)]);
    Config::find(&place.file(""), &Tree::Work).unwrap();
    let shown: Value = toml::from_str(text).unwrap();
    let path = root.join("docs/config.schema.json");
    schema::Schema::read(&path).check(&shown);
    let properties: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&shown), keys(&properties["properties"]));
    fs::write(place.file(".envtool.toml"), "no-such-key = 1\n").unwrap();
    let error = Config::find(&place.file(""), &Tree::Work).unwrap_err().to_string();
    for key in keys(&shown) {
        assert!(error.contains(&format!("`{key}`")), "{key}: {error}");
    }
}

#[test]
fn options_choose_what_files_are_compared_with() {
    let template = environment(&[row("a"), row("b")].join(","));
    let other = environment(&[row("a"), row("c")].join(","));
    let place = place(&[("template.json", &template), ("envs/one.json", &other)]);
    let run = place.run("validate --json --against template.json envs");
    assert_eq!((rules(&run), run.code), (vec!["ENV020".to_owned(), "ENV021".to_owned()], 1));
    assert_eq!(place.run("validate --against missing.json envs").code, 2);
    let collection = r#"{"info": {"name": "Shop"}, "item": [], "variable": [{"key": "a", "value": "1"}]}"#;
    fs::write(place.file("shop.json"), collection).unwrap();
    for option in ["--against", "--environment"] {
        let run = place.run(&format!("validate {option} shop.json envs"));
        assert!(run.code == 2 && run.err.contains("not an environment or globals file"), "{}", run.err);
    }

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
    assert!(run.code == 2 && run.err.contains("known.json is not a baseline"), "{}", run.err);
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

    // Known findings in files that are not checked stay as long as the files exist.
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
    assert!(run.code == 2 && run.err.contains("a.json is not a baseline"), "{}", run.err);
    assert_eq!(place.read("a.json"), padded);
}

#[test]
fn exclusions_are_written_as_in_a_gitignore() {
    let padded = environment(&row("a "));
    let place = place(&[("shop/a.json", &padded), ("shop/old/b.json", &padded), ("c.old.json", &padded)]);
    for (patterns, left, code) in [
        ("'old'", vec!["c.old.json", "shop/a.json"], 0),
        ("'shop/old/'", vec!["c.old.json", "shop/a.json"], 0),
        ("'/old'", vec!["c.old.json", "shop/a.json", "shop/old/b.json"], 0),
        ("'*.old.json', 'shop/a.*'", vec!["shop/old/b.json"], 0),
        ("'*.json'", vec![], 3),
    ] {
        fs::write(place.file(".envtool.toml"), format!("exclude = [{patterns}]\n")).unwrap();
        let run = place.run("validate --json");
        let paths: Vec<String> = match code {
            0 => parsed(&run)["files"]
                .as_array()
                .unwrap()
                .iter()
                .map(|file| file["path"].as_str().unwrap().to_owned())
                .collect(),
            _ => Vec::new(),
        };
        assert_eq!(
            (paths, run.code),
            (left.into_iter().map(str::to_owned).collect(), code),
            "{patterns}: {}",
            run.err
        );
    }
}

#[test]
fn a_missing_file_is_reported_with_the_key_that_names_it() {
    let place = place(&[("a.json", &environment(&row("a")))]);
    for key in [
        "baseline = 'nix.json'",
        "against = 'nix.json'",
        "environment = ['nix.json']",
        "globals = ['nix.json']",
    ] {
        fs::write(place.file(".envtool.toml"), key).unwrap();
        let name = key.split(' ').next().unwrap();
        let run = place.run("validate");
        assert_eq!(
            (run.err, run.code),
            (format!("error: .envtool.toml: `{name}` names nix.json, and there is no such file\n"), 2)
        );
    }
    fs::write(place.file(".envtool.toml"), "baseline = 'nix.json'").unwrap();
    assert_eq!(place.run("validate --update-baseline").code, 0);
}

#[test]
fn files_count_as_tracked_if_git_fails_unless_a_severity_is_set() {
    let token = r#"{"key": "access_token", "value": "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL", "type": "secret", "enabled": true}"#;
    let place = place(&[("a.json", &environment(token)), (".git/config", "[broken")]);
    let run = place.run("validate a.json --json --select SEC001");
    assert_eq!((parsed(&run)["files"][0]["findings"][0]["severity"].as_str(), run.code), (Some("error"), 1));
    assert!(run.err.starts_with("note: git does not say which files of "), "{}", run.err);
    fs::write(place.file(".envtool.toml"), "[severity]\nSEC001 = 'info'\n").unwrap();
    let run = place.run("validate a.json --json --select SEC001");
    assert_eq!((parsed(&run)["files"][0]["findings"][0]["severity"].as_str(), run.code), (Some("info"), 0));
}

#[test]
fn a_template_applies_only_to_environments() {
    let globals = r#"{"name": "g", "values": [{"key": "b", "value": "x", "enabled": true}], "_postman_variable_scope": "globals"}"#;
    let place = place(&[("template.json", &environment(&row("a"))), ("g.postman_globals.json", globals)]);
    assert_eq!(
        rules(
            &place
                .run("validate g.postman_globals.json --against template.json --json --select ENV020,ENV021")
        ),
        [""; 0]
    );
}

#[test]
fn a_finding_that_tracking_makes_worse_is_new_to_a_baseline() {
    let token =
        r#"{"key": "token", "value": "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL", "type": "secret", "enabled": true}"#;
    if !has_git() {
        return;
    }
    let place = place(&[("a.json", &environment(token))]);
    let git = |words: &[&str]| {
        outside("git").args(words).current_dir(place.file("")).output().unwrap().status.success()
    };
    assert!(git(&["init", "-q"]));
    let run = |words: &str| place.run(&format!("validate --baseline known.json a.json {words}"));
    assert_eq!(run("--update-baseline").err, "1 finding is now known (known.json)\n");
    assert_eq!(run("--fail-on info").code, 0);
    assert!(git(&["add", "a.json"]));
    assert_eq!(run("").code, 1);
    assert_eq!(run("--update-baseline").err, "1 finding is now known (known.json)\n");
    assert_eq!(run("").code, 0);
    assert!(git(&["rm", "-q", "--cached", "a.json"]));
    assert_eq!(run("--fail-on info").code, 0);
}

#[test]
fn a_broken_file_fails_whatever_rules_are_selected() {
    let place = place(&[("a.postman_environment.json", "{\"id\": broken")]);
    let run = place.run("validate --json --select ENV");
    assert_eq!((rules(&run), run.code), (vec!["DOC002".to_owned()], 1));
}
