//! A real repository: two branches, a merge, and what git makes of a conflict.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use envtool::model::Scope;
use envtool::syntax::Document;

const FILE: &str = "Box.postman_environment.json";

fn run(folder: &Path, program: &str, words: &[&str]) -> Output {
    let own = Path::new(env!("CARGO_BIN_EXE_envtool")).parent().unwrap();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(own.to_owned()).chain(std::env::split_paths(&others))).unwrap();
    let mut command = Command::new(program);
    command
        .args(words)
        .current_dir(folder)
        .env_clear()
        .env("PATH", path)
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("ENVTOOL_STATE_DIR", folder.join(".git"));
    command.output().unwrap()
}

fn git(folder: &Path, words: &[&str]) -> bool {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    run(folder, "git", &[&identity[..], words].concat()).status.success()
}

/// A repository with the fixtures `base` on the main branch, `theirs` on another and `ours` checked out.
fn repository(base: &str, ours: &str, theirs: &str) -> Option<tempfile::TempDir> {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: there is no git");
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
    let text = |key: &str| scope.target(key).map(|variable| variable.text().into_owned());
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
