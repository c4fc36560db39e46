//! The files of a git-native collection, which git alone would merge line by line.

use std::fs;

use envtool::compare::Version;
use envtool::syntax::Document;

use crate::support::repository::Repository;

const REQUEST: &str = "Shop/List parcels.request.yaml";
const DEFINITION: &str = "Shop/.resources/definition.yaml";

const BASE: &str = r#"$kind: http-request
url: "{{host}}/parcels?page=1"   # of ten each
method: GET
headers:
  Accept: application/json
  X-Shop: "7"
queryParams:
  page: "1"
scripts:
  - type: afterResponse
    code: |-
      // it answers
      pm.test("ok", () => pm.response.to.have.status(200));
    language: text/javascript
order: 1000
"#;

/// `BASE` after these replacements, each of which must apply.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(BASE.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    })
}

/// A repository with a definition and `BASE`, which became `ours` on the main branch and `theirs` on another.
fn with_request(ours: &str, theirs: &str) -> Option<Repository> {
    let repository = Repository::with("box-base", "box-ours", "box-ours")?;
    let folder = repository.path();
    fs::create_dir_all(folder.join("Shop/.resources")).unwrap();
    repository.commit(DEFINITION, "$kind: collection\nvariables:\n  host: https://a\n  size: '1'\n");
    repository.commit(REQUEST, BASE);
    assert!(repository.git(&["branch", "-f", "theirs"]));
    repository.commit(REQUEST, ours);
    assert!(repository.git(&["checkout", "-q", "theirs"]));
    repository.commit(REQUEST, theirs);
    repository.commit(DEFINITION, "$kind: collection\nvariables:\n  host: https://a\n  size: '2'\n");
    assert!(repository.git(&["checkout", "-q", "main"]));
    repository.commit(DEFINITION, "$kind: collection\nvariables:\n  host: https://b\n  size: '1'\n");
    Some(repository)
}

/// Whether git merges the lines of the request without a conflict.
fn merges_as_text(repository: &Repository, ours: &str, theirs: &str) -> bool {
    let files = [("ours", ours), ("base", BASE), ("theirs", theirs)];
    files.iter().for_each(|(name, text)| fs::write(repository.path().join(name), text).unwrap());
    let merged = repository.run("git", &["merge-file", "-p", "ours", "base", "theirs"]).status.success();
    files.iter().for_each(|(name, _)| fs::remove_file(repository.path().join(name)).unwrap());
    merged
}

#[test]
fn changes_to_different_parts_of_a_request_are_merged() {
    let ours = [
        ("parcels?page=1", "v2/parcels?page=1"),
        ("  Accept: application/json\n", "  Accept: text/plain   # for people\n"),
        ("// it answers\n", "// it answers at all\n"),
    ];
    let theirs = [
        ("page=1\"", "page=1&size=5\""),
        ("  X-Shop: \"7\"\n", "  X-Shop: \"8\"\n  X-Trace: \"1\"\n"),
        ("  page: \"1\"\n", "  page: \"1\"\n  size: \"5\"\n"),
        ("status(200));\n", "status(200));\n      // fast, too\n"),
    ];
    let (own, other) = (changed(&ours), changed(&theirs));
    let Some(repository) = with_request(&own, &other) else { return };
    assert!(!merges_as_text(&repository, &own, &other), "git cannot merge the lines");
    assert!(repository.git(&["merge", "-q", "-m", "merged", "theirs"]));
    let both = changed(&[
        ("parcels?page=1\"", "v2/parcels?page=1&size=5\""),
        ("  Accept: application/json\n", "  Accept: text/plain   # for people\n"),
        ("  X-Shop: \"7\"\n", "  X-Shop: \"8\"\n  X-Trace: \"1\"\n"),
        ("  page: \"1\"\n", "  page: \"1\"\n  size: \"5\"\n"),
        ("// it answers\n", "// it answers at all\n"),
        ("status(200));\n", "status(200));\n      // fast, too\n"),
    ]);
    assert_eq!(repository.read(REQUEST), both);
    assert_eq!(
        repository.read(DEFINITION),
        "$kind: collection\nvariables:\n  host: https://b\n  size: '2'\n"
    );
}

#[test]
fn different_types_of_body_conflict_and_the_file_stays_yaml() {
    // A body and its type are far apart, and yet belong together.
    let long: String = (0..9).map(|at| format!("    line {at}\n")).collect();
    let body = |kind: &str, text: &str| format!("body:\n  type: {kind}\n  content:{text}order: 1000\n");
    let base = |kind: &str, text: &str| changed(&[("order: 1000\n", &body(kind, text))]);
    let form = "\n    a: \"1\"\n    b: \"2\"\n";
    let Some(repository) = with_request(&base("text", &format!(" |-\n{long}")), &base("urlencoded", form))
    else {
        return;
    };
    assert!(!repository.git(&["merge", "theirs"]));
    assert_eq!(repository.said(&["diff", "--name-only", "--diff-filter=U"]).trim(), REQUEST);
    let left = repository.read(REQUEST);
    assert_eq!(left, base("text", &format!(" |-\n{long}")));
    let document = Document::yaml(&left).unwrap();
    assert!(Version::of(&document).is_ok());

    let conflicts = |words: &[&str]| repository.run("envtool", &[&["merge", "--conflicts"], words].concat());
    let shown = String::from_utf8_lossy(&conflicts(&[]).stdout).into_owned();
    assert!(shown.contains(&format!("{REQUEST}: conflict body: ours kept")), "{shown}");
    assert_eq!(conflicts(&["--prefer", "theirs"]).status.code(), Some(0));
    assert_eq!(repository.read(REQUEST), base("urlencoded", form));
    assert_eq!(conflicts(&["--prefer", "ours"]).status.code(), Some(0));
    assert_eq!(repository.read(REQUEST), left);
}

#[test]
fn a_file_with_anchors_is_merged_as_text() {
    let anchored = |url: &str, shop: &str| {
        changed(&[
            ("url: \"{{host}}/parcels?page=1\"", &format!("url: &url {url}")),
            ("application/json", "*url"),
            ("\"7\"", shop),
        ])
    };
    let versions = [anchored("h", "\"7\""), anchored("h", "\"8\""), anchored("g", "\"7\"")];
    let Some((merged, said)) = driven(versions) else { return };
    assert!(said.contains("merged as text"), "{said}");
    assert_eq!(merged, anchored("g", "\"8\""));
}

#[test]
fn a_file_with_several_documents_is_merged_as_text() {
    let second = "---\nnotes: of theirs\n";
    let (ours, theirs) = (changed(&[("\"7\"", "\"8\"")]), BASE.to_owned() + second);
    let Some((merged, said)) = driven([BASE.to_owned(), ours.clone(), theirs]) else { return };
    assert!(said.contains("several YAML documents") && said.contains("merged as text"), "{said}");
    assert_eq!(merged, ours + second);
}

#[test]
fn comments_of_theirs_are_taken_or_reported_as_missing() {
    let ours = changed(&[("\"7\"", "\"8\""), ("method", "# as ours\nmethod")]);
    let theirs = changed(&[("method", "# why\nmethod"), ("1000", "2000 # moved")]);
    let Some((merged, said)) = driven([BASE.to_owned(), ours.clone(), theirs]) else { return };
    assert!(said.contains("1 changed, 1 commented"), "{said}");
    assert!(said.contains("a comment of theirs is not in the result, on line 3 there"), "{said}");
    assert_eq!(merged, ours.replace("1000", "2000 # moved"));
}

/// The result of git's merge driver for base, ours and theirs, without a conflict, and what it prints.
fn driven(versions: [String; 3]) -> Option<(String, String)> {
    let repository = with_request(&versions[1], &versions[2])?;
    let folder = repository.path();
    let names = ["base", "ours", "theirs"];
    names.iter().zip(versions).for_each(|(name, text)| fs::write(folder.join(name), text).unwrap());
    let words = ["merge", "--driver", "--", "base", "ours", "theirs", "7", REQUEST];
    let merged = repository.run("envtool", &words);
    let said = String::from_utf8_lossy(&merged.stderr).into_owned();
    assert!(merged.status.success(), "{said}");
    Some((repository.read("ours"), said))
}

#[test]
fn git_diff_compares_requests_by_meaning() {
    let respelled = changed(&[
        (
            "  Accept: application/json\n  X-Shop: \"7\"\n",
            "  - key: Accept\n    value: application/json\n  - key: X-Shop\n    value: '7'\n",
        ),
        ("method: GET\n", ""),
        ("order: 1000", "order: 4000"),
    ]);
    let Some(repository) = with_request(&respelled, &changed(&[("\"7\"", "\"8\"")])) else { return };
    let diff = |one: &str, other: &str| repository.said(&["diff", one, other, "--", REQUEST]);
    assert!(!diff("main~2", "main").contains("@@"), "spelled in another way");
    let news = diff("main", "theirs");
    assert!(
        news.contains(" request\n") && news.contains("-      X-Shop: \"7\"\n+      X-Shop: \"8\"\n"),
        "{news}"
    );
}
