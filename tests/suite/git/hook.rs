//! The hook that `git-setup --pre-commit` installs, and `validate --staged`, which it calls.

use std::fs;
use std::path::PathBuf;

use crate::support::program::CLASSIC;
use crate::support::repository::Repository;
use crate::support::root;

const GOOD: &str = r#"{"name": "Team", "values": [{"key": "host", "value": "h", "enabled": true}]}"#;
const BROKEN: &str = "{\"values\": [";

/// A repository with the hook, and the hook's path.
fn hooked() -> Option<(Repository, PathBuf)> {
    let repository = Repository::with("team", "staging", "production")?;
    let output = repository.run("envtool", &["git-setup", "--pre-commit"]);
    assert!(output.status.success(), "{output:?}");
    let hook = repository.path().join(".git/hooks/pre-commit");
    assert!(hook.is_file());
    assert!(repository.git(&["config", "user.name", "A"]));
    assert!(repository.git(&["config", "user.email", "a@example.com"]));
    Some((repository, hook))
}

fn stage(repository: &Repository, name: &str, content: &str) {
    fs::create_dir_all(repository.path().join(name).parent().unwrap()).unwrap();
    fs::write(repository.path().join(name), content).unwrap();
    assert!(repository.git(&["add", name]));
}

/// The exit code and the output of `envtool` in `repository`.
fn envtool(repository: &Repository, words: &[&str]) -> (Option<i32>, String) {
    let output = repository.run("envtool", words);
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn the_hook_checks_the_index_and_not_the_work_tree() {
    let Some((repository, _)) = hooked() else { return };
    let folder = repository.path();
    stage(&repository, "sub/my 'own\" é.postman_environment.json", BROKEN);
    let refused = repository.run("git", &["commit", "-m", "refused"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("sub/my 'own\" é.postman_environment.json:1:"),
        "{said}"
    );
    assert!(said.contains("--no-verify"), "{said}");
    assert!(repository.git(&["rm", "-rqf", "--cached", "sub"]));

    // The hook shows only the findings that refuse the commit.
    let both = r#"{"name": "E", "values": [{"key": " a", "value": "1"}, {"key": "b"}, {"value": "2"}, 7]}"#;
    stage(&repository, "both.environment.json", both);
    let (_, said) = envtool(&repository, &["validate", "--staged"]);
    assert!(said.contains("warning[") && said.contains("error["), "{said}");
    let refused = repository.run("git", &["commit", "-m", "refused"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("error[") && !said.contains("warning["), "{said}");
    let (_, said) = envtool(&repository, &["validate", "--staged", "--quiet", "--fail-on", "warning"]);
    assert!(said.contains("warning["), "{said}");
    assert!(repository.git(&["rm", "-qf", "both.environment.json"]));

    stage(&repository, CLASSIC, GOOD);
    fs::write(folder.join(CLASSIC), BROKEN).unwrap();
    assert!(repository.git(&["commit", "-q", "-m", "the index is fine"]));
    // `-a` commits the work tree through a temporary index.
    assert!(!repository.git(&["commit", "-q", "-a", "-m", "refused"]));
    assert!(repository.git(&["commit", "-q", "-a", "--no-verify", "-m", "wanted"]));
    assert!(repository.git(&["rm", "-q", CLASSIC]) && repository.git(&["commit", "-q", "-m", "gone"]));
}

#[test]
fn staged_files_are_named_and_selected_from_the_current_folder() {
    let Some((repository, _)) = hooked() else { return };
    let folder = repository.path();
    let none = (Some(0), "no Postman file is staged\n".to_owned());
    assert_eq!(envtool(&repository, &["validate", "--staged"]), none);
    stage(&repository, "sub/a.postman_environment.json", BROKEN);
    stage(&repository, "notes.txt", BROKEN);
    fs::remove_file(folder.join("sub/a.postman_environment.json")).unwrap();
    let finds = |below: &str, words: &[&str]| {
        let (code, said) = envtool(&repository.at(below), &[&["validate", "--staged"], words].concat());
        (code == Some(1)).then(|| said.lines().nth(1).unwrap_or_default().trim().to_owned())
    };
    let place = |path: &str| Some(format!("--> {path}:1:13"));
    for words in
        [&[][..], &["."], &["sub"], &["./sub/../sub"], &["**/*.json"], &["sub/a.postman_environment.json"]]
    {
        assert_eq!(finds("", words), place("sub/a.postman_environment.json"), "{words:?}");
    }
    assert_eq!(finds("sub", &[]), place("a.postman_environment.json"));
    fs::create_dir(folder.join("other")).unwrap();
    assert_eq!(finds("other", &[]), None);
    assert_eq!(finds("other", &[".."]), place("../sub/a.postman_environment.json"));
    fs::write(folder.join(".envtool.toml"), "exclude = [\"sub/**\"]\n").unwrap();
    assert_eq!(finds("", &[]), None);
    assert_eq!(envtool(&repository, &["validate", "--staged", "notes.txt"]).0, Some(1), "it was named");
}

#[test]
fn a_staged_secret_is_an_error() {
    let Some((repository, _)) = hooked() else { return };
    let fixture = root().join("fixtures/box/Box.postman_environment.json");
    stage(&repository, "Box-2.postman_environment.json", &fs::read_to_string(fixture).unwrap());
    let (code, said) = envtool(&repository, &["validate", "--staged", "--select", "SEC001"]);
    assert!(code == Some(1) && said.contains("error[SEC001]"), "{said}");
}

#[test]
fn neighboring_files_are_read_from_the_index() {
    let Some((repository, _)) = hooked() else { return };
    let folder = repository.path();
    let definition = "shop/.resources/definition.yaml";
    stage(
        &repository,
        "shop/Ping.request.yaml",
        "$kind: http-request\nurl: 'https://{{shop_host}}'\nmethod: GET\n",
    );
    stage(&repository, definition, "$kind: collection\nvariables:\n  shop_host: shop.example\n");
    fs::write(folder.join(definition), "$kind: collection\n").unwrap();
    let finds = |below: &str| {
        let words = ["validate", "--staged", "--select", "COL010,GIT009", "--fail-on", "warning", "-e"];
        let environment = folder.join(CLASSIC).display().to_string();
        envtool(&repository.at(below), &[&words[..], &[environment.as_str()]].concat())
    };
    for below in ["", "shop"] {
        let (code, said) = finds(below);
        assert_eq!(code, Some(0), "the index has it: {said}");
    }
    assert!(repository.git(&["add", definition]));
    let (code, said) = finds("");
    assert!(code == Some(1) && said.contains("nothing defines `shop_host`"), "{said}");
    assert!(repository.git(&["commit", "-q", "--no-verify", "-m", "shop"]));

    let list = "workspace:\n  id: a\nlocalResources:\n  environments: [../env/Dev.environment.yaml]\n  collections: [../shop]\n";
    stage(&repository, ".postman/resources.yaml", list);
    stage(&repository, "env/Dev.environment.yaml", "name: Dev\nvalues: []\n");
    fs::remove_dir_all(folder.join("env")).unwrap();
    assert_eq!(finds("").0, Some(0), "the index has it, though it is not in the folder");
    fs::create_dir(folder.join("env")).unwrap();
    assert!(repository.git(&["rm", "-q", "--cached", "env/Dev.environment.yaml"]));
    fs::write(folder.join("env/Dev.environment.yaml"), "name: Dev\nvalues: []\n").unwrap();
    let (code, said) = finds("");
    assert!(
        code == Some(1) && said.contains("there is no file or folder `../env/Dev.environment.yaml`"),
        "{said}"
    );
}

#[test]
fn files_that_options_name_are_read_from_the_index() {
    let Some((repository, _)) = hooked() else { return };
    let folder = repository.path();
    let environment = |key: &str| {
        format!(
            r#"{{"name":"Dev","values":[{{"key":"{key}","value":"1","enabled":true}}],"_postman_variable_scope":"environment"}}"#
        )
    };
    let collection = r#"{"info":{"name":"Shop","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item":[{"name":"Ping","request":{"method":"GET","url":"https://{{host}}/{{part}}/{{own}}"}}]}"#;
    let files = [
        ("Shop.postman_collection.json", collection.to_owned()),
        ("Dev.postman_environment.json", environment("host")),
        ("parts.csv", "part\n1\n".to_owned()),
    ];
    for (name, content) in &files {
        stage(&repository, name, content);
    }
    // A file that git does not know is read from the work tree.
    fs::write(folder.join("mine.postman_environment.json"), environment("own")).unwrap();
    let words = "validate --staged --select COL010,ENV020 --fail-on warning -e Dev.postman_environment.json \
                 -e mine.postman_environment.json -d parts.csv --against Dev.postman_environment.json";
    let words: Vec<_> = words.split_whitespace().collect();
    assert_eq!(envtool(&repository, &words).0, Some(0));
    for (name, content) in
        [("Dev.postman_environment.json", environment("other")), ("parts.csv", "x\n".to_owned())]
    {
        fs::write(folder.join(name), content).unwrap();
    }
    let (code, said) = envtool(&repository, &words);
    assert_eq!(code, Some(0), "the index has them: {said}");
    assert!(repository.git(&["add", "."]));
    let (code, said) = envtool(&repository, &words);
    assert!(
        code == Some(1) && said.contains("nothing defines `host`") && said.contains("nothing defines `part`"),
        "{said}"
    );
}

#[test]
fn settings_are_read_from_the_index() {
    let Some((repository, _)) = hooked() else { return };
    let folder = repository.path();
    stage(&repository, "a.postman_environment.json", BROKEN);
    stage(&repository, ".envtool.toml", "ignore = [\"DOC002\"]\nbaseline = \"known.json\"\n");
    stage(&repository, "known.json", "{\"version\": 1, \"findings\": []}");
    fs::create_dir(folder.join("sub")).unwrap();
    for gone in [".envtool.toml", "known.json"] {
        fs::remove_file(folder.join(gone)).unwrap();
    }
    let checks = |below: &str| envtool(&repository.at(below), &["validate", "--staged", ".."]);
    let (code, said) = checks("sub");
    assert_eq!(code, Some(0), "the index has them: {said}");
    fs::write(folder.join(".envtool.toml"), "what = 1\n").unwrap();
    assert_eq!(checks("sub").0, Some(0));
    assert!(repository.git(&["rm", "-qf", "--cached", ".envtool.toml", "known.json"]));
    let (code, said) = checks("sub");
    assert!(code == Some(2) && said.contains("../.envtool.toml: "), "git does not know it: {said}");
}

#[test]
fn a_known_finding_that_becomes_worse_is_not_gone() {
    let Some((repository, _)) = hooked() else { return };
    let token = r#"{"name": "E", "values": [{"key": "token", "value": "k0x9-77", "type": "secret", "enabled": true}],
        "_postman_variable_scope": "environment"}"#;
    let file = "a.postman_environment.json";
    fs::write(repository.path().join(file), token).unwrap();
    let (code, said) =
        envtool(&repository, &["validate", "--baseline", "known.json", "--update-baseline", file]);
    assert_eq!((code, said.as_str()), (Some(0), "1 finding is now known (known.json)\n"));
    stage(&repository, file, token);
    let (code, said) = envtool(&repository, &["validate", "--staged", "--baseline", "known.json", file]);
    assert!(code == Some(0) && said.contains("warning[SEC001]") && !said.contains("gone"), "{said}");
}

#[test]
fn staged_content_is_checked_through_gits_filters() {
    let Some((repository, _)) = hooked() else { return };
    let folder = repository.path();
    let attributes = repository.read(".gitattributes");
    fs::write(folder.join(".gitattributes"), format!("{attributes}{CLASSIC} filter=swap\n")).unwrap();
    assert!(repository.git(&["config", "filter.swap.clean", "tr '{}' '()'"]));
    assert!(repository.git(&["config", "filter.swap.smudge", "tr '()' '{}'"]));
    stage(&repository, CLASSIC, GOOD);
    assert!(repository.git(&["commit", "-q", "-m", "filtered"]));

    // A file that cannot be read does not hide the others.
    stage(&repository, CLASSIC, BROKEN);
    stage(&repository, "x.postman_environment.json", BROKEN);
    assert!(repository.git(&["config", "filter.swap.smudge", "false"]));
    assert!(repository.git(&["config", "filter.swap.required", "true"]));
    let (code, said) = envtool(&repository, &["validate", "--staged"]);
    let both = said.contains("does the filter that .gitattributes names")
        && said.contains("--> x.postman_environment.json:1:13");
    assert!(code == Some(1) && both, "{said}");
}

#[test]
fn a_commit_goes_ahead_if_git_cannot_find_envtool() {
    let Some((repository, _)) = hooked() else { return };
    stage(&repository, CLASSIC, BROKEN);
    let output = repository.run_without_envtool("git", &["commit", "-m", "state"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.starts_with("note: git finds no `envtool`"), "{said}");
}

#[test]
fn a_hook_of_the_users_own_is_left_alone() {
    let Some((repository, hook)) = hooked() else { return };
    let own = "#!/bin/sh\nexit 0\n";
    fs::write(&hook, own).unwrap();
    let (code, said) = envtool(&repository, &["git-setup", "--pre-commit", "--quiet"]);
    assert_eq!(code, Some(1));
    let line = said.lines().nth(1).unwrap().trim();
    assert!(line.starts_with("if command -v envtool"), "{said}");
    assert_eq!(fs::read_to_string(&hook).unwrap(), own);

    // With the suggested line in it there is nothing left to do, and it works.
    fs::write(&hook, format!("#!/bin/sh\n{line}\n")).unwrap();
    assert_eq!(envtool(&repository, &["git-setup", "--pre-commit"]).0, Some(0));
    stage(&repository, CLASSIC, BROKEN);
    assert!(!repository.git(&["commit", "-m", "refused"]));
    let (code, said) = envtool(&repository, &["git-setup", "--remove"]);
    assert!(code == Some(0) && said.contains("is yours"), "{said}");
    assert!(hook.is_file());
}

#[test]
#[cfg(unix)]
fn a_hook_that_is_not_executable_is_reported() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some((repository, hook)) = hooked() else { return };
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o644)).unwrap();
    let (code, said) = envtool(&repository, &["git-setup", "--pre-commit"]);
    assert!(code == Some(1) && said.contains("is not executable, so git does not run it"), "{said}");
    let (code, said) = envtool(&repository, &["validate", "--staged", "nowhere.json"]);
    assert!(code == Some(3) && said.contains("no file matches nowhere.json"), "{said}");
}

#[test]
fn the_hook_goes_where_git_looks_for_it_and_can_be_removed() {
    let Some((repository, hook)) = hooked() else { return };
    let folder = repository.path();
    assert_eq!(envtool(&repository, &["undo", ".git/hooks/pre-commit"]).0, Some(0));
    assert!(!hook.exists());

    // From a subfolder, with the project's own folder for hooks.
    fs::create_dir(folder.join("sub")).unwrap();
    assert!(repository.git(&["config", "core.hooksPath", ".hooks/here"]));
    assert_eq!(envtool(&repository.at("sub"), &["git-setup", "--pre-commit"]).0, Some(0));
    let own = folder.join(".hooks/here/pre-commit");
    assert!(own.is_file());
    assert_eq!(envtool(&repository, &["git-setup", "--remove"]).0, Some(0));
    assert!(!own.exists());
    assert_eq!(envtool(&repository, &["undo", ".hooks/here/pre-commit"]).0, Some(0));
    stage(&repository, CLASSIC, BROKEN);
    assert!(!repository.git(&["commit", "-m", "refused"]), "the restored hook is executable");

    // Hooks shared by all repositories are none of this one's business.
    let shared = tempfile::tempdir().unwrap();
    assert!(repository.git(&["config", "core.hooksPath", shared.path().to_str().unwrap()]));
    let (code, said) = envtool(&repository, &["git-setup", "--pre-commit"]);
    assert!(code == Some(1) && said.contains("core.hooksPath"), "{said}");
    assert_eq!(fs::read_dir(shared.path()).unwrap().count(), 0);
}

#[test]
fn work_trees_and_submodules_use_the_hook_of_their_repository() {
    let Some((repository, hook)) = hooked() else { return };
    let folder = repository.path();
    fs::remove_file(&hook).unwrap();
    assert!(repository.git(&["worktree", "add", "-q", "tree"]));
    let tree = repository.at("tree");
    assert_eq!(envtool(&tree, &["git-setup", "--pre-commit"]).0, Some(0));
    assert!(hook.is_file());
    stage(&tree, CLASSIC, BROKEN);
    assert!(!tree.git(&["commit", "-m", "refused"]));

    let url = folder.to_str().unwrap();
    let add = ["-c", "protocol.file.allow=always", "submodule", "add", "-q", url, "module"];
    assert!(repository.git(&add) && repository.git(&["commit", "-q", "-m", "module"]));
    let module = repository.at("module");
    assert_eq!(envtool(&module, &["git-setup", "--pre-commit"]).0, Some(0));
    stage(&module, CLASSIC, BROKEN);
    assert!(!module.git(&["commit", "-m", "refused"]));
}

#[test]
fn validating_staged_files_requires_a_work_tree() {
    let Some((repository, _)) = hooked() else { return };
    let (code, said) = envtool(&repository.at(".git"), &["validate", "--staged"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.starts_with("error: git does not say what is staged: this operation must be run"), "{said}");
}
