//! `merge --conflicts` shows and resolves what git could not merge, from git's own record of it.

use std::fs;

use serde_json::Value;

use crate::support::program::CLASSIC;
use crate::support::repository::Repository;

/// The output and the exit code of `envtool merge --conflicts` with `words`.
fn conflicts(repository: &Repository, words: &[&str]) -> (String, i32) {
    let output = repository.run("envtool", &[&["merge", "--conflicts"], words].concat());
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.code().unwrap())
}

fn report(repository: &Repository) -> Value {
    serde_json::from_str(&conflicts(repository, &["--json"]).0).unwrap()
}

/// The side whose value the first file has, for each of its conflicts.
fn standing(repository: &Repository) -> Vec<Value> {
    let report = report(repository);
    report["files"][0]["conflicts"].as_array().unwrap().iter().map(|it| it["stands"].clone()).collect()
}

/// An environment with the values of `a`, `b` and `c`.
fn environment([a, b, c]: [&str; 3]) -> String {
    let row = |key: &str, value: &str| format!("    {{\"key\": \"{key}\", \"value\": \"{value}\"}}");
    let rows = [row("a", a), row("b", b), row("c", c)].join(",\n");
    format!("{{\n  \"name\": \"E\",\n  \"values\": [\n{rows}\n  ]\n}}\n")
}

/// A repository in which `git` with `words` has just left conflicts in `a` and `b`, and merged `c`.
fn in_conflict(words: &[&str]) -> Option<Repository> {
    let repository = Repository::with("team", "staging", "production")?;
    repository.commit("one.environment.json", environment(["1", "2", "3"]));
    assert!(repository.git(&["branch", "-f", "theirs"]));
    repository.commit("one.environment.json", environment(["mine", "own", "3"]));
    assert!(repository.git(&["checkout", "-q", "theirs"]));
    repository.commit("one.environment.json", environment(["yours", "other", "new"]));
    assert!(repository.git(&["checkout", "-q", "main"]));
    assert!(!repository.git(words));
    Some(repository)
}

#[test]
fn conflicts_are_shown_and_resolved_from_any_folder() {
    let Some(repository) = in_conflict(&["merge", "theirs"]) else { return };
    let deeper = repository.at("deeper");
    fs::create_dir(deeper.path()).unwrap();
    let (text, code) = conflicts(&deeper, &[]);
    assert_eq!(code, 6);
    let lines: Vec<_> = text.lines().skip(2).collect();
    assert_eq!(
        lines,
        [
            "../one.environment.json: conflict a > value: ours kept",
            "    ours: mine",
            "    theirs: yours",
            "../one.environment.json: conflict b > value: ours kept",
            "    ours: own",
            "    theirs: other",
            "2 conflicts in 1 file; run `git add` on what is decided",
        ]
    );
    assert_eq!(report(&deeper)["operation"], "merge");

    let file = repository.path().join("one.environment.json");
    let left = fs::read_to_string(&file).unwrap();
    assert_eq!(left, environment(["mine", "own", "new"]));
    assert_eq!(conflicts(&deeper, &["--prefer", "theirs", "--dry-run"]).1, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), left);
    assert_eq!(conflicts(&deeper, &["--prefer", "theirs"]).1, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), environment(["yours", "other", "new"]));
    assert_eq!(standing(&deeper), ["theirs", "theirs"]);
    assert!(deeper.run("envtool", &["undo", "../one.environment.json"]).status.success());
    assert_eq!(fs::read_to_string(&file).unwrap(), left);

    assert!(repository.git(&["add", "-A"]));
    assert_eq!(conflicts(&deeper, &[]), ("no conflict\n".to_owned(), 0));
}

#[test]
fn a_submodule_and_a_link_are_left_to_git() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-ours") else { return };
    let folder = repository.path();
    assert!(repository.git(&["branch", "-f", "theirs"]));
    for (branch, target) in [("main", "1"), ("theirs", "2")] {
        assert!(repository.git(&["checkout", "-q", branch]));
        fs::write(folder.join("target"), target).unwrap();
        let link = repository.run("git", &["hash-object", "-w", "target"]).stdout;
        fs::remove_file(folder.join("target")).unwrap();
        let link = format!("120000,{},link", String::from_utf8_lossy(&link).trim());
        let commit = format!("160000,{},sub", target.repeat(40));
        for entry in [link, commit] {
            assert!(repository.git(&["update-index", "--add", "--cacheinfo", &entry]));
        }
        assert!(repository.git(&["commit", "-q", "-m", branch]));
        assert!(repository.git(&["checkout", "-q", "-f", branch]));
    }
    assert!(repository.git(&["checkout", "-q", "main"]));
    assert!(!repository.git(&["merge", "theirs"]));
    let (text, code) = conflicts(&repository, &["--prefer", "ours"]);
    assert!(
        text.contains("link: conflict: this is a link")
            && text.contains("sub: conflict: this is a submodule"),
        "{text}"
    );
    assert_eq!(code, 6);
}

#[test]
fn each_conflict_can_be_resolved_for_another_side() {
    let Some(repository) = in_conflict(&["merge", "theirs"]) else { return };
    let file = repository.path().join("one.environment.json");
    let content = || fs::read_to_string(&file).unwrap();
    let (text, code) = conflicts(&repository, &["--prefer", "theirs=nowhere"]);
    assert!(code == 2 && text.contains("no conflict at `nowhere`"), "{text}");
    assert_eq!(conflicts(&repository, &["--prefer", "theirs=b > value"]).1, 6, "one is left");
    assert_eq!(content(), environment(["mine", "other", "new"]));
    assert_eq!(conflicts(&repository, &["--prefer", "theirs", "--prefer", "ours=b"]).1, 0);
    assert_eq!(content(), environment(["yours", "own", "new"]));
    assert_eq!(conflicts(&repository, &["--prefer", "ours=a", "--prefer", "theirs=b"]).1, 0);
    assert_eq!(content(), environment(["mine", "other", "new"]));
}

#[test]
fn edits_made_by_hand_stay() {
    let Some(repository) = in_conflict(&["merge", "theirs"]) else { return };
    let file = repository.path().join("one.environment.json");
    let edited = environment(["mine", "third", "news"]).replace("  ]", "  ] ");
    fs::write(&file, &edited).unwrap();
    assert_eq!(standing(&repository), [Value::from("ours"), Value::Null]);
    assert_eq!(report(&repository)["files"][0]["conflicts"][1]["file"], "third");
    assert_eq!(conflicts(&repository, &["--prefer", "theirs"]).1, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), edited.replace("mine", "yours"));
    assert_eq!(conflicts(&repository, &["--prefer", "ours", "one.environment.json"]).1, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), edited);
}

#[test]
fn in_a_rebase_ours_is_upstream() {
    let Some(repository) = in_conflict(&["rebase", "theirs"]) else { return };
    let report = report(&repository);
    assert_eq!(report["operation"], "rebase");
    let conflict = &report["files"][0]["conflicts"][0];
    assert_eq!((&conflict["ours"], &conflict["theirs"]), (&"yours".into(), &"mine".into()));
    let (text, _) = conflicts(&repository, &[]);
    assert!(text.contains("(upstream: HEAD, onto which your commits are rebased)"), "{text}");
    assert_eq!(conflicts(&repository, &["--prefer", "theirs"]).1, 0);
    let file = repository.path().join("one.environment.json");
    assert_eq!(fs::read_to_string(file).unwrap(), environment(["mine", "own", "new"]));
}

#[test]
fn the_incoming_commit_is_named() {
    for (words, operation) in
        [(&["cherry-pick", "theirs"][..], "cherry-pick"), (&["revert", "HEAD~1"][..], "revert")]
    {
        let Some(repository) = Repository::with("team", "staging", "production") else { return };
        repository.commit("one.environment.json", environment(["1", "2", "3"]));
        assert!(repository.git(&["branch", "-f", "theirs"]));
        repository.commit("one.environment.json", environment(["mine", "own", "3"]));
        repository.commit("one.environment.json", environment(["mine again", "own", "3"]));
        assert!(repository.git(&["checkout", "-q", "theirs"]));
        repository.commit("one.environment.json", environment(["yours", "2", "3"]));
        assert!(repository.git(&["checkout", "-q", "main"]));
        assert!(!repository.git(words), "{words:?}");
        let report = report(&repository);
        assert_eq!(report["operation"], operation);
        assert_eq!(report["theirs"]["subject"], "state");
        assert_eq!(standing(&repository), ["ours"]);
    }
}

#[test]
fn a_file_that_one_side_deleted_or_both_added_is_listed_too() {
    let Some(repository) = Repository::with("team", "staging", "production") else { return };
    let folder = repository.path();
    repository.commit("other.txt", "1");
    assert!(repository.git(&["checkout", "-q", "theirs"]));
    fs::remove_file(folder.join(CLASSIC)).unwrap();
    repository.commit("other.txt", "2");
    repository.commit("one.environment.json", environment(["1", "2", "3"]));
    assert!(repository.git(&["checkout", "-q", "main"]));
    repository.commit(CLASSIC, repository.read(CLASSIC).replace("Staging", "Crew"));
    repository.commit("one.environment.json", environment(["1", "2", "4"]));
    assert!(!repository.git(&["merge", "theirs"]));
    let report = report(&repository);
    let files: Vec<_> = report["files"].as_array().unwrap().iter().map(|file| &file["state"]).collect();
    assert_eq!(files, ["deleted-in-theirs", "merged", "marked"], "{report}");
    assert_eq!(report["files"][1]["conflicts"][0]["path"], serde_json::json!(["c", "value"]));
    assert_eq!(conflicts(&repository, &["--prefer", "theirs"]).1, 6, "git has to resolve the deleted file");
    assert_eq!(conflicts(&repository, &["--prefer", "theirs", "one.environment.json"]).1, 0);
    let after = repository.read("one.environment.json");
    assert_eq!(after, environment(["1", "2", "3"]));
}

#[test]
fn a_conflict_in_a_git_native_file_is_resolved_like_any_other() {
    const PART: &str = "Shop/Ping.request.yaml";
    let Some(repository) = Repository::with("box-base", "box-ours", "box-ours") else { return };
    let folder = repository.path();
    fs::create_dir(folder.join("Shop")).unwrap();
    let request = |address: &str| format!("$kind: http-request\nurl: {address}   # there\nmethod: GET\n");
    repository.commit(PART, request("https://one.example"));
    assert!(repository.git(&["checkout", "-q", "theirs"]));
    fs::create_dir_all(folder.join("Shop")).unwrap();
    repository.commit(PART, request("https://two.example"));
    assert!(repository.git(&["checkout", "-q", "main"]));
    assert!(!repository.git(&["merge", "theirs"]));
    assert_eq!(standing(&repository), ["ours"]);
    assert_eq!(conflicts(&repository, &["--prefer", "theirs"]).1, 0);
    assert_eq!(repository.read(PART), request("https://two.example"));
    assert_eq!(standing(&repository), ["theirs"]);
}

#[test]
fn a_file_with_conflict_markers_is_merged_by_meaning_after_all() {
    let Some(repository) = in_conflict(&["merge", "theirs"]) else { return };
    let file = repository.path().join("one.environment.json");
    let marked = "<<<<<<< ours\n".to_owned() + &environment(["mine", "own", "new"]);
    fs::write(&file, marked).unwrap();
    assert_eq!(standing(&repository), [Value::Null, Value::Null]);
    assert_eq!(report(&repository)["files"][0]["state"], "marked");
    assert_eq!(conflicts(&repository, &["--prefer", "ours"]).1, 0);
    assert_eq!(fs::read_to_string(file).unwrap(), environment(["mine", "own", "new"]));
}

#[test]
fn files_that_merge_only_as_text_stay_in_conflict_whatever_is_preferred() {
    let array = |word: &str| format!("[\n  \"{word}\"\n]\n");
    let yaml = |value: &str, more: &str| format!("name: E\nvalues:\n  - key: a\n    value: {value}\n{more}");
    let (empty, collection) = (String::new(), "{\"info\": {}, \"item\": []}\n".to_owned());
    for (name, versions, why) in [
        (CLASSIC, ["{\n  \"name\":\n".to_owned(), environment(["1", "2", "3"])], "a version of it is broken"),
        (CLASSIC, [empty, environment(["1", "2", "3"])], "a version of it is broken"),
        (CLASSIC, [collection, environment(["1", "2", "3"])], "its versions are files of different kinds"),
        (
            "notes.postman_collection.json",
            [array("mine"), array("yours")],
            "a version of it is not a Postman file",
        ),
        ("notes.md", ["mine\n".to_owned(), "yours\n".to_owned()], "a version of it is broken"),
        (
            "e.environment.yaml",
            [yaml("&one mine", ""), yaml("yours", "color: 1\n")],
            "a version of it uses YAML anchors (`&name`)",
        ),
        (
            "e.environment.yaml",
            [yaml("mine", "---\nmore: 1\n"), yaml("yours", "")],
            "a version of it uses several YAML documents in one file",
        ),
    ] {
        let Some(repository) = Repository::with("team", "staging", "production") else { return };
        let [mine, yours] = versions;
        repository.commit(name, mine);
        assert!(repository.git(&["checkout", "-q", "theirs"]));
        repository.commit(name, yours);
        assert!(repository.git(&["checkout", "-q", "main"]));
        assert!(!repository.git(&["merge", "theirs"]));
        let marked = repository.read(name);
        assert!(marked.contains("<<<<<<<"), "{marked}");
        for words in [&[][..], &[name], &["--prefer", "theirs"], &["--prefer", "ours", name]] {
            let (text, code) = conflicts(&repository, words);
            let line = format!(
                "{name}: conflict: {why}, so it was merged as text; decide between the conflict markers"
            );
            assert!(code == 6 && text.contains(&line), "{words:?}: {text}");
        }
        let report = report(&repository);
        let mut files = report["files"].as_array().unwrap().iter();
        assert!(files.any(|file| file["path"] == name && file["state"] == "marked"), "{report}");
        assert_eq!(repository.read(name), marked);
    }
}

#[test]
fn a_missing_file_or_repository_has_no_conflicts_to_show() {
    let Some(repository) = Repository::with("team", "staging", "production") else { return };
    let (text, code) = conflicts(&repository, &["nope.json"]);
    assert_eq!((text.as_str(), code), ("error: cannot read nope.json: there is no such file\n", 2));
    assert_eq!(conflicts(&repository, &[CLASSIC]), ("no conflict\n".to_owned(), 0));
    let outside = tempfile::tempdir().unwrap();
    let (text, code) = conflicts(&repository.at(outside.path()), &[]);
    let said = "error: cannot ask git which files are unmerged: not a git repository";
    assert!(text.starts_with(said) && text.lines().count() == 1 && code == 2, "{text}");
}
