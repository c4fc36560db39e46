//! A git repository in which git finds envtool by its name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::rc::Rc;

use tempfile::TempDir;

use super::program::CLASSIC;
use super::{root, skipped};

/// A repository with a state folder beside it. Programs run in it know of no others.
pub(crate) struct Repository {
    home: Rc<TempDir>,
    folder: PathBuf,
}

/// Whether git is there. Reports the test as skipped if it is not.
pub(crate) fn has_git() -> bool {
    let is_there = Command::new("git").arg("--version").output().is_ok();
    if !is_there {
        skipped("git");
    }
    is_there
}

impl Repository {
    /// A repository in which the fixture `base` became `ours` on the main branch, which is checked out, and `theirs` on
    /// the branch of that name. `None` without git.
    pub(crate) fn with(base: &str, ours: &str, theirs: &str) -> Option<Self> {
        if !has_git() {
            return None;
        }
        let home = tempfile::tempdir().unwrap();
        let repository = Self { folder: home.path().join("work"), home: Rc::new(home) };
        fs::create_dir(repository.path()).unwrap();
        assert!(repository.git(&["init", "-q", "-b", "main"]));
        assert!(repository.run("envtool", &["git-setup"]).status.success());
        let fixtures = root().join("fixtures/compare");
        let put = |name: &str| {
            let fixture = fixtures.join(format!("{name}.postman_environment.json"));
            repository.commit(CLASSIC, fs::read(fixture).unwrap());
        };
        put(base);
        assert!(repository.git(&["checkout", "-q", "-b", "theirs"]));
        put(theirs);
        assert!(repository.git(&["checkout", "-q", "main"]));
        put(ours);
        Some(repository)
    }

    /// The same repository, with programs run in another folder.
    pub(crate) fn at(&self, folder: impl AsRef<Path>) -> Self {
        Self { home: self.home.clone(), folder: self.folder.join(folder) }
    }

    /// The folder in which everything is run.
    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// Where envtool keeps its state.
    pub(crate) fn state(&self) -> PathBuf {
        self.home.path().join("state")
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }

    /// Runs `program`.
    pub(crate) fn run(&self, program: &str, words: &[&str]) -> Output {
        self.run_with(Path::new(env!("CARGO_BIN_EXE_envtool")).parent(), program, words)
    }

    /// Runs `program` without envtool on the `PATH`.
    pub(crate) fn run_without_envtool(&self, program: &str, words: &[&str]) -> Output {
        self.run_with(None, program, words)
    }

    /// Runs `program` with envtool from the folder `own` on the `PATH`, or without any.
    fn run_with(&self, own: Option<&Path>, program: &str, words: &[&str]) -> Output {
        let others = std::env::var_os("PATH").unwrap_or_default();
        let others = std::env::split_paths(&others).filter(|folder| !folder.join("envtool").is_file());
        let path = std::env::join_paths(own.map(Path::to_owned).into_iter().chain(others)).unwrap();
        let mut command = Command::new(program);
        command.args(words).current_dir(&self.folder).env_clear().env("PATH", path);
        command.env("HOME", self.home.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("ENVTOOL_STATE_DIR", self.state()).output().unwrap()
    }

    /// Runs git under an identity that can commit. Returns whether it succeeded.
    pub(crate) fn git(&self, words: &[&str]) -> bool {
        self.git_output(words).status.success()
    }

    /// The same, with what git prints.
    pub(crate) fn git_output(&self, words: &[&str]) -> Output {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        self.run("git", &[&identity[..], words].concat())
    }

    /// What git prints when it succeeds, as it must.
    pub(crate) fn said(&self, words: &[&str]) -> String {
        let output = self.run("git", words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Commits `content` as the file `name`.
    pub(crate) fn commit(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.folder.join(name), content).unwrap();
        assert!(self.git(&["add", "-A"]) && self.git(&["commit", "-q", "-m", "state"]));
    }
}
