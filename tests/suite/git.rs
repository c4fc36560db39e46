//! envtool as the diff and merge driver of a real git repository.

mod hook;
mod native;

use std::fs;
use std::path::Path;

use envtool::model::Scope;
use envtool::syntax::Document;

use crate::support::program::{CLASSIC, outside};
use crate::support::repository::Repository;
use crate::support::root;

#[test]
fn git_merges_two_branches_by_meaning() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-theirs") else { return };
    assert!(repository.git(&["merge", "-q", "-m", "merged", "theirs"]));
    let document = Document::json(&repository.read(CLASSIC)).unwrap();
    let scope = Scope::of(&document).unwrap();
    let text = |key: &str| scope.target(key).map(|variable| variable.text().to_owned());
    assert_eq!(text("folder_id").as_deref(), Some("163422716106"));
    assert_eq!(text("user_id").as_deref(), Some("42"));
    assert_eq!(text("expires_at").as_deref(), Some("1795179600000"));
}

#[test]
fn a_conflict_stays_unmerged_in_git_and_leaves_valid_json() {
    let Some(repository) = Repository::with("team", "staging", "production") else { return };
    let merge = repository.git_output(&["merge", "theirs"]);
    assert!(!merge.status.success());
    let said = String::from_utf8_lossy(&merge.stdout).into_owned() + &String::from_utf8_lossy(&merge.stderr);
    assert!(said.contains("conflict name"), "{said}");
    assert!(!said.contains("EEEEffffGGGG"), "{said}");
    let unmerged = repository.run("git", &["diff", "--name-only", "--diff-filter=U"]);
    assert_eq!(String::from_utf8_lossy(&unmerged.stdout).trim(), CLASSIC);
    let document = Document::json(&repository.read(CLASSIC)).unwrap();
    assert!(Scope::of(&document).unwrap().target("region").is_some());
}

#[test]
fn git_diff_shows_changes_but_no_secret() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-theirs") else { return };
    let diff = repository.said(&["diff", "main", "theirs"]);
    let lines: Vec<_> = diff.lines().filter(|line| line.starts_with(['+', '-'])).collect();
    let [gone, come] = ["-", "+"].map(|sign| {
        let token =
            lines.iter().find_map(|line| line.strip_prefix(&format!("{sign}  access_token: "))).unwrap();
        token.strip_prefix("******** #").unwrap()
    });
    assert!(gone != come && gone.len() == 6, "different secrets have different markers: {diff}");
    assert!(lines.contains(&"+  expires_at: \"1795179600000\""), "{diff}");
    assert!(lines.contains(&"-  folder_id: \"163422716106\""), "{diff}");
    assert_eq!(diff, repository.said(&["diff", "main", "theirs"]), "the same text each time");
}

#[test]
fn the_history_of_a_file_that_was_once_broken_can_be_read() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-theirs") else { return };
    let good = repository.read(CLASSIC);
    repository.commit(CLASSIC, good.replace("\"values\": [", "\"values\": [\n<<<<<<< ours"));
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).skip(1).collect();
    repository.commit(CLASSIC, utf16);
    repository.commit(CLASSIC, "[1, {\"client_secret\": \"EXAMPLEvalue\"}]");
    repository.commit(CLASSIC, "");
    repository.commit(CLASSIC, &good);
    let log = repository.said(&["log", "-p", "--format=%s"]);
    assert_eq!(log.matches("state\n").count(), 7);
    assert!(log.contains("+<<<<<<< ********") && log.contains("-environment\n"), "{log}");
    let scope = Document::json(&good).unwrap();
    let scope = Scope::of(&scope).unwrap();
    for secret in ["client_secret", "access_token", "refresh_token"] {
        let secret = scope.target(secret).unwrap().text().to_owned();
        assert!(!log.contains(&secret), "{log}");
    }
    assert!(!log.contains("EXAMPLEvalue"), "{log}");
}

#[test]
fn git_diff_shows_a_change_in_a_collection_under_its_request() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-theirs") else { return };
    let name = "shop.postman_collection.json";
    let shop = fs::read_to_string(root().join("fixtures/collections").join(name));
    let shop = shop.unwrap();
    repository.commit(name, &shop);
    let noise = shop.replace("\"_postman_id\": \"", "\"_postman_id\": \"f").replace("\n", "\r\n");
    assert_ne!(noise, shop);
    repository.commit(name, noise);
    assert!(!repository.said(&["diff", "HEAD~1"]).contains("@@"), "ids and line ends are not changes");
    repository.commit(
        name,
        shop.replace("\"grant_type\", \"value\": \"password\"", "\"grant_type\", \"value\": \"other\""),
    );
    let diff = repository.said(&["diff", "HEAD~1"]);
    assert!(diff.contains(" @@ Sign in\n") || diff.contains(" Sign in\n"), "{diff}");
    assert!(diff.contains("-        grant_type: password\n+        grant_type: other\n"), "{diff}");
}

#[test]
fn yaml_environments_merge_in_git_too() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-theirs") else { return };
    let name = "dev.environment.yaml";
    let base = "# ours to keep\nname: Dev\nvalues:\n  - key: host\n    value: \"h\" # here\n  - key: user\n    value: ann\n";
    repository.commit(name, base);
    assert!(repository.git(&["checkout", "-q", "-b", "news"]));
    repository.commit(
        name,
        base.replace("  - key: user", "  - key: port\n    value: '8080'\n  - key: user")
            .replace("ann", "bob"),
    );
    assert!(repository.git(&["checkout", "-q", "main"]));
    repository.commit(name, base.replace("\"h\"", "\"mine\""));
    assert!(repository.git(&["merge", "-q", "-m", "merged", "news"]));
    assert_eq!(
        repository.read(name),
        "# ours to keep\nname: Dev\nvalues:\n  - key: host\n    value: \"mine\" # here\n  - key: port\n    value: '8080'\n  - key: user\n    value: bob\n"
    );
}

#[test]
fn a_file_that_is_not_postmans_is_merged_as_text() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-theirs") else { return };
    let name = "app.environment.json";
    let base = "{\n  \"one\": 1,\n  \"two\": 2,\n  \"three\": 3\n}\n";
    let attributes = repository.read(".gitattributes");
    repository.commit(".gitattributes", attributes + "*.json conflict-marker-size=9\n");
    repository.commit(name, base);
    assert!(repository.git(&["checkout", "-q", "-b", "news"]));
    repository.commit(name, base.replace("3\n", "30\n"));
    assert!(repository.git(&["checkout", "-q", "main"]));
    repository.commit(name, base.replace("1,", "10,"));
    assert!(repository.git(&["merge", "-q", "-m", "merged", "news"]), "this is not a Postman file");
    let both = base.replace("1,", "10,").replace("3\n", "30\n");
    assert_eq!(repository.read(name), both);

    assert!(repository.git(&["checkout", "-q", "news"]));
    repository.commit(name, both.replace("10,", "11,"));
    assert!(repository.git(&["checkout", "-q", "main"]));
    repository.commit(name, both.replace("10,", "12"));
    assert!(!repository.git(&["merge", "news"]));
    let text = repository.read(name);
    assert!(text.contains("\n<<<<<<<<< ") && text.contains("\n>>>>>>>>> "), "{text}");
    assert!(
        !text.contains(".merge_file") && !text.contains('%'),
        "the markers carry git's names of the sides: {text}"
    );
}

#[test]
fn a_binary_file_is_not_reported_as_merged() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-theirs") else { return };
    let binary = |end: &[u8]| [b"\0\xff\0", end].concat();
    for (name, end) in [("base", b"1"), ("ours", b"2"), ("theirs", b"3")] {
        fs::write(repository.path().join(name), binary(end)).unwrap();
    }
    let words = ["merge", "--driver", "--", "base", "ours", "theirs", "7", CLASSIC];
    let merged = repository.run("envtool", &words);
    let said = String::from_utf8_lossy(&merged.stderr);
    assert_eq!(merged.status.code(), Some(6), "{said}");
    assert!(said.contains("; not merged as text either: Cannot merge binary files"), "{said}");
    assert_eq!(fs::read(repository.path().join("ours")).unwrap(), binary(b"2"));
}

#[test]
fn the_merge_driver_names_the_file_it_merges() {
    let Some(repository) = Repository::with("team", "staging", "production") else { return };
    repository.commit("list.environment.json", "[]\n");
    assert!(repository.git(&["checkout", "-q", "theirs"]));
    repository.commit("list.environment.json", "[1]\n");
    assert!(repository.git(&["checkout", "-q", "main"]));
    let merge = repository.git_output(&["merge", "theirs"]);
    let said = String::from_utf8_lossy(&merge.stderr);
    let lines: Vec<_> = said.lines().filter(|line| !line.starts_with(' ')).collect();
    let ours =
        lines.iter().all(|line| line.starts_with(CLASSIC) || line.starts_with("list.environment.json: "));
    assert!(
        ours && said.contains("list.environment.json: this is") && !said.contains(".merge_file"),
        "{said}"
    );
}

#[test]
fn git_falls_back_to_text_if_it_cannot_find_envtool() {
    let Some(repository) = Repository::with("team", "staging", "production") else { return };
    let said = |words: &[&str]| {
        let output = repository.run_without_envtool("git", words);
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (fine, diff) = said(&["diff", "main", "theirs"]);
    assert!(fine && diff.contains("\n-") && diff.contains("\"key\""), "{diff}");
    let (fine, log) = said(&["log", "-p"]);
    assert!(fine && log.contains("\"key\""), "{log}");
    let (merged, _) = said(&["-c", "user.name=A", "-c", "user.email=a@example.com", "merge", "theirs"]);
    let text = repository.read(CLASSIC);
    assert!(!merged && text.contains("<<<<<<< ours") && text.contains(">>>>>>> theirs"), "{text}");
}

#[test]
fn what_was_set_up_can_be_removed() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-theirs") else { return };
    let attributes = repository.path().join(".gitattributes");
    fs::write(&attributes, format!("* text=auto\n{}", fs::read_to_string(&attributes).unwrap())).unwrap();
    let removed = repository.run("envtool", &["git-setup", "--remove"]);
    assert!(removed.status.success());
    assert_eq!(fs::read_to_string(&attributes).unwrap(), "* text=auto\n");
    let settings = repository.run("git", &["config", "--get-regexp", "envtool"]);
    assert_eq!(String::from_utf8_lossy(&settings.stdout), "");
    assert!(repository.said(&["diff", "main", "theirs"]).contains("\"key\""));

    // A file without anything else is removed, and undo brings it back.
    fs::remove_file(&attributes).unwrap();
    for (words, is_there) in
        [("git-setup", true), ("git-setup --remove", false), ("undo .gitattributes", true)]
    {
        let words: Vec<_> = words.split(' ').collect();
        assert!(repository.run("envtool", &words).status.success());
        assert_eq!(attributes.exists(), is_there, "{words:?}");
    }
}

#[test]
fn git_setup_warns_if_git_will_not_find_envtool() {
    let Some(repository) = Repository::with("box-base", "box-ours", "box-theirs") else { return };
    let mut command = outside(env!("CARGO_BIN_EXE_envtool"));
    command.arg("git-setup").current_dir(repository.path()).env("ENVTOOL_STATE_DIR", repository.state());
    let output = command.output().unwrap();
    let own = Path::new(env!("CARGO_BIN_EXE_envtool")).parent().unwrap();
    let known = std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join("envtool").is_file() || folder == own)
    });
    let said = String::from_utf8_lossy(&output.stderr).contains("git will not find `envtool`");
    assert!(output.status.success() && said != known);
}
