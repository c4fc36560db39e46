//! A real repository: two branches, a merge, and what git makes of a conflict.

mod hook;
mod native;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use envtool::model::Scope;
use envtool::syntax::Document;

use crate::support::program::outside;

pub(super) const FILE: &str = "Box.postman_environment.json";

pub(super) fn run(folder: &Path, program: &str, words: &[&str]) -> Output {
    run_with(Path::new(env!("CARGO_BIN_EXE_envtool")).parent(), folder, program, words)
}

/// Runs `program` where envtool is in the folder `own`, or nowhere.
fn run_with(own: Option<&Path>, folder: &Path, program: &str, words: &[&str]) -> Output {
    let others = std::env::var_os("PATH").unwrap_or_default();
    let others = std::env::split_paths(&others).filter(|folder| !folder.join("envtool").is_file());
    let path = std::env::join_paths(own.map(Path::to_owned).into_iter().chain(others)).unwrap();
    let mut command = Command::new(program);
    command
        .args(words)
        .current_dir(folder)
        .env_clear()
        .env("PATH", path)
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("ENVTOOL_STATE_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/git-state"));
    command.output().unwrap()
}

pub(super) fn git(folder: &Path, words: &[&str]) -> bool {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    run(folder, "git", &[&identity[..], words].concat()).status.success()
}

/// Whether there is git; says so where there is none.
pub(super) fn is_installed() -> bool {
    let installed = Command::new("git").arg("--version").output().is_ok();
    if !installed {
        eprintln!("skipped: there is no git");
    }
    installed
}

/// What git prints.
pub(super) fn said(folder: &Path, words: &[&str]) -> String {
    let output = run(folder, "git", words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A repository with the fixtures `base` on the main branch, `theirs` on another and `ours` checked out.
pub(super) fn repository(base: &str, ours: &str, theirs: &str) -> Option<tempfile::TempDir> {
    if !is_installed() {
        return None;
    }
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    assert!(git(folder, &["init", "-q", "-b", "main"]));
    assert!(run(folder, "envtool", &["git-setup"]).status.success());
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compare");
    let put = |name: &str| {
        let name = format!("{name}.postman_environment.json");
        fs::write(folder.join(FILE), fs::read(fixtures.join(name)).unwrap()).unwrap();
        assert!(git(folder, &["add", "-A"]) && git(folder, &["commit", "-q", "-m", "state"]));
    };
    put(base);
    assert!(git(folder, &["checkout", "-q", "-b", "theirs"]));
    put(theirs);
    assert!(git(folder, &["checkout", "-q", "main"]));
    put(ours);
    Some(home)
}

#[test]
fn git_merges_two_branches_by_meaning() {
    let Some(home) = repository("box-base", "box-ours", "box-theirs") else { return };
    assert!(git(home.path(), &["merge", "-q", "-m", "merged", "theirs"]));
    let document = Document::json(&fs::read_to_string(home.path().join(FILE)).unwrap()).unwrap();
    let scope = Scope::of(&document).unwrap();
    let text = |key: &str| scope.target(key).map(|variable| variable.text().to_owned());
    assert_eq!(text("folder_id").as_deref(), Some("163422716106"));
    assert_eq!(text("user_id").as_deref(), Some("42"));
    assert_eq!(text("expires_at").as_deref(), Some("1795179600000"));
}

#[test]
fn a_conflict_stays_one_for_git_and_leaves_valid_json() {
    let Some(home) = repository("team", "staging", "production") else { return };
    let merge =
        run(home.path(), "git", &["-c", "user.name=A", "-c", "user.email=a@example.com", "merge", "theirs"]);
    assert!(!merge.status.success());
    let said = String::from_utf8_lossy(&merge.stdout).into_owned() + &String::from_utf8_lossy(&merge.stderr);
    assert!(said.contains("conflict name"), "{said}");
    assert!(!said.contains("EEEEffffGGGG"), "{said}");
    let unmerged = run(home.path(), "git", &["diff", "--name-only", "--diff-filter=U"]);
    assert_eq!(String::from_utf8_lossy(&unmerged.stdout).trim(), FILE);
    let document = Document::json(&fs::read_to_string(home.path().join(FILE)).unwrap()).unwrap();
    assert!(Scope::of(&document).unwrap().target("region").is_some());
}

/// Commits `content` as the file `name`.
pub(super) fn commit(folder: &Path, name: &str, content: impl AsRef<[u8]>) {
    fs::write(folder.join(name), content).unwrap();
    assert!(git(folder, &["add", "-A"]) && git(folder, &["commit", "-q", "-m", "state"]));
}

#[test]
fn git_diff_shows_what_changed_and_no_secret() {
    let Some(home) = repository("box-base", "box-ours", "box-theirs") else { return };
    let diff = said(home.path(), &["diff", "main", "theirs"]);
    let lines: Vec<_> = diff.lines().filter(|line| line.starts_with(['+', '-'])).collect();
    let [gone, come] = ["-", "+"].map(|sign| {
        let token =
            lines.iter().find_map(|line| line.strip_prefix(&format!("{sign}  access_token: "))).unwrap();
        token.strip_prefix("******** #").unwrap()
    });
    assert!(gone != come && gone.len() == 6, "another secret is marked as another: {diff}");
    assert!(lines.contains(&"+  expires_at: \"1795179600000\""), "{diff}");
    assert!(lines.contains(&"-  folder_id: \"163422716106\""), "{diff}");
    assert_eq!(diff, said(home.path(), &["diff", "main", "theirs"]), "the same text each time");
}

#[test]
fn the_history_of_a_file_that_was_broken_can_be_read() {
    let Some(home) = repository("box-base", "box-ours", "box-theirs") else { return };
    let good = fs::read_to_string(home.path().join(FILE)).unwrap();
    commit(home.path(), FILE, good.replace("\"values\": [", "\"values\": [\n<<<<<<< ours"));
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).skip(1).collect();
    commit(home.path(), FILE, utf16);
    commit(home.path(), FILE, "[1, {\"client_secret\": \"EXAMPLEvalue\"}]");
    commit(home.path(), FILE, "");
    commit(home.path(), FILE, &good);
    let log = said(home.path(), &["log", "-p", "--format=%s"]);
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
fn a_change_in_a_collection_stands_under_its_request() {
    let Some(home) = repository("box-base", "box-ours", "box-theirs") else { return };
    let name = "shop.postman_collection.json";
    let shop =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/collections").join(name));
    let shop = shop.unwrap();
    commit(home.path(), name, &shop);
    let noise = shop.replace("\"_postman_id\": \"", "\"_postman_id\": \"f").replace("\n", "\r\n");
    assert_ne!(noise, shop);
    commit(home.path(), name, noise);
    assert!(!said(home.path(), &["diff", "HEAD~1"]).contains("@@"), "ids and line ends are no change");
    commit(
        home.path(),
        name,
        shop.replace("\"grant_type\", \"value\": \"password\"", "\"grant_type\", \"value\": \"other\""),
    );
    let diff = said(home.path(), &["diff", "HEAD~1"]);
    assert!(diff.contains(" @@ Sign in\n") || diff.contains(" Sign in\n"), "{diff}");
    assert!(diff.contains("-        grant_type: password\n+        grant_type: other\n"), "{diff}");
}

#[test]
fn yaml_environments_merge_in_git_too() {
    let Some(home) = repository("box-base", "box-ours", "box-theirs") else { return };
    let name = "dev.environment.yaml";
    let base = "# ours to keep\nname: Dev\nvalues:\n  - key: host\n    value: \"h\" # here\n  - key: user\n    value: ann\n";
    commit(home.path(), name, base);
    assert!(git(home.path(), &["checkout", "-q", "-b", "news"]));
    commit(
        home.path(),
        name,
        base.replace("  - key: user", "  - key: port\n    value: '8080'\n  - key: user")
            .replace("ann", "bob"),
    );
    assert!(git(home.path(), &["checkout", "-q", "main"]));
    commit(home.path(), name, base.replace("\"h\"", "\"mine\""));
    assert!(git(home.path(), &["merge", "-q", "-m", "merged", "news"]));
    assert_eq!(
        fs::read_to_string(home.path().join(name)).unwrap(),
        "# ours to keep\nname: Dev\nvalues:\n  - key: host\n    value: \"mine\" # here\n  - key: port\n    value: '8080'\n  - key: user\n    value: bob\n"
    );
}

#[test]
fn what_cannot_be_merged_by_meaning_is_merged_as_text() {
    let Some(home) = repository("box-base", "box-ours", "box-theirs") else { return };
    let name = "app.environment.json";
    let base = "{\n  \"one\": 1,\n  \"two\": 2,\n  \"three\": 3\n}\n";
    let attributes = fs::read_to_string(home.path().join(".gitattributes")).unwrap();
    commit(home.path(), ".gitattributes", attributes + "*.json conflict-marker-size=9\n");
    commit(home.path(), name, base);
    assert!(git(home.path(), &["checkout", "-q", "-b", "news"]));
    commit(home.path(), name, base.replace("3\n", "30\n"));
    assert!(git(home.path(), &["checkout", "-q", "main"]));
    commit(home.path(), name, base.replace("1,", "10,"));
    assert!(git(home.path(), &["merge", "-q", "-m", "merged", "news"]), "this is nothing of Postman's");
    let both = base.replace("1,", "10,").replace("3\n", "30\n");
    assert_eq!(fs::read_to_string(home.path().join(name)).unwrap(), both);

    assert!(git(home.path(), &["checkout", "-q", "news"]));
    commit(home.path(), name, both.replace("10,", "11,"));
    assert!(git(home.path(), &["checkout", "-q", "main"]));
    commit(home.path(), name, both.replace("10,", "12"));
    assert!(!git(home.path(), &["merge", "news"]));
    let text = fs::read_to_string(home.path().join(name)).unwrap();
    assert!(text.contains("\n<<<<<<<<< ") && text.contains("\n>>>>>>>>> "), "{text}");
    assert!(
        !text.contains(".merge_file") && !text.contains('%'),
        "the marks say what git calls the sides: {text}"
    );
}

#[test]
fn what_git_does_not_merge_as_text_is_not_said_to_be_merged() {
    let Some(home) = repository("box-base", "box-ours", "box-theirs") else { return };
    let binary = |end: &[u8]| [b"\0\xff\0", end].concat();
    for (name, end) in [("base", b"1"), ("ours", b"2"), ("theirs", b"3")] {
        fs::write(home.path().join(name), binary(end)).unwrap();
    }
    let words = ["merge", "--driver", "--", "base", "ours", "theirs", "7", FILE];
    let merged = run(home.path(), "envtool", &words);
    let said = String::from_utf8_lossy(&merged.stderr);
    assert_eq!(merged.status.code(), Some(6), "{said}");
    assert!(said.contains("; not merged as text either: Cannot merge binary files"), "{said}");
    assert_eq!(fs::read(home.path().join("ours")).unwrap(), binary(b"2"));
}

#[test]
fn the_driver_says_which_file_it_merges() {
    let Some(home) = repository("team", "staging", "production") else { return };
    commit(home.path(), "list.environment.json", "[]\n");
    assert!(git(home.path(), &["checkout", "-q", "theirs"]));
    commit(home.path(), "list.environment.json", "[1]\n");
    assert!(git(home.path(), &["checkout", "-q", "main"]));
    let merge = ["-c", "user.name=A", "-c", "user.email=a@example.com", "merge", "theirs"];
    let merge = run(home.path(), "git", &merge);
    let said = String::from_utf8_lossy(&merge.stderr);
    let lines: Vec<_> = said.lines().filter(|line| !line.starts_with(' ')).collect();
    let ours = lines.iter().all(|line| line.starts_with(FILE) || line.starts_with("list.environment.json: "));
    assert!(
        ours && said.contains("list.environment.json: this is") && !said.contains(".merge_file"),
        "{said}"
    );
}

#[test]
fn git_does_without_a_program_that_it_cannot_find() {
    let Some(home) = repository("team", "staging", "production") else { return };
    let said = |words: &[&str]| {
        let output = run_with(None, home.path(), "git", words);
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (fine, diff) = said(&["diff", "main", "theirs"]);
    assert!(fine && diff.contains("\n-") && diff.contains("\"key\""), "{diff}");
    let (fine, log) = said(&["log", "-p"]);
    assert!(fine && log.contains("\"key\""), "{log}");
    let (merged, _) = said(&["-c", "user.name=A", "-c", "user.email=a@example.com", "merge", "theirs"]);
    let text = fs::read_to_string(home.path().join(FILE)).unwrap();
    assert!(!merged && text.contains("<<<<<<< ours") && text.contains(">>>>>>> theirs"), "{text}");
}

#[test]
fn what_was_set_up_can_be_removed() {
    let Some(home) = repository("box-base", "box-ours", "box-theirs") else { return };
    let attributes = home.path().join(".gitattributes");
    fs::write(&attributes, format!("* text=auto\n{}", fs::read_to_string(&attributes).unwrap())).unwrap();
    let removed = run(home.path(), "envtool", &["git-setup", "--remove"]);
    assert!(removed.status.success());
    assert_eq!(fs::read_to_string(&attributes).unwrap(), "* text=auto\n");
    let settings = run(home.path(), "git", &["config", "--get-regexp", "envtool"]);
    assert_eq!(String::from_utf8_lossy(&settings.stdout), "");
    assert!(said(home.path(), &["diff", "main", "theirs"]).contains("\"key\""));

    // A file in which there was nothing else goes too, and comes back.
    fs::remove_file(&attributes).unwrap();
    for (words, is_there) in
        [("git-setup", true), ("git-setup --remove", false), ("undo .gitattributes", true)]
    {
        let words: Vec<_> = words.split(' ').collect();
        assert!(run(home.path(), "envtool", &words).status.success());
        assert_eq!(attributes.exists(), is_there, "{words:?}");
    }
}

#[test]
fn without_a_program_on_the_path_it_is_said() {
    let Some(home) = repository("box-base", "box-ours", "box-theirs") else { return };
    let mut command = outside(env!("CARGO_BIN_EXE_envtool"));
    command.arg("git-setup").current_dir(home.path()).env("ENVTOOL_STATE_DIR", home.path().join(".git"));
    let output = command.output().unwrap();
    let own = Path::new(env!("CARGO_BIN_EXE_envtool")).parent().unwrap();
    let known = std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join("envtool").is_file() || folder == own)
    });
    let said = String::from_utf8_lossy(&output.stderr).contains("git will not find `envtool`");
    assert!(output.status.success() && said != known);
}
