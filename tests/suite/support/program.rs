//! Runs the program in a folder of its own, at a fixed time.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use super::root;

/// Half an hour after the access tokens of the fixtures have expired: 2026-11-20 11:30 UTC.
pub(crate) const NOW: i64 = 1_795_174_200_000;

/// The fixture of an environment for Box's classic collection.
pub(crate) const CLASSIC: &str = "Box.postman_environment.json";

/// A folder with environments and a state folder beside it.
pub(crate) struct Place {
    folder: TempDir,
}

/// The output and the exit code of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

impl Place {
    /// A place with copies of these fixtures of Box environments.
    pub(crate) fn with(fixtures: &[&str]) -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(place.work()).unwrap();
        for name in fixtures {
            let fixture = root().join("fixtures/box").join(name);
            fs::copy(fixture, place.file(name)).unwrap();
        }
        place
    }

    /// The folder that contains the environments' folder and the state.
    pub(crate) fn home(&self) -> &Path {
        self.folder.path()
    }

    /// The folder with the environments.
    pub(crate) fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// Where envtool keeps its state.
    pub(crate) fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.work().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    /// Replaces text in a file.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from}");
        fs::write(self.file(name), text.replace(from, to)).unwrap();
    }

    /// Replaces an environment with its YAML. Returns the new name.
    pub(crate) fn to_yaml(&self, name: &str) -> String {
        let yaml = "Box.environment.yaml".to_owned();
        let run = self.run(&format!("convert --to yaml -o {yaml} {name}"));
        assert_eq!(run.code, 0, "{run:?}");
        fs::remove_file(self.file(name)).unwrap();
        yaml
    }

    /// A command that runs `program` in the folder, with only the `PATH` and envtool's own variables in its
    /// environment.
    pub(crate) fn program(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.work())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("ENVTOOL_STATE_DIR", self.state())
            .env("ENVTOOL_NOW", NOW.to_string());
        command
    }

    /// A command that runs envtool with these words, split at blanks, and without a `PATH`.
    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = self.program(env!("CARGO_BIN_EXE_envtool"));
        command
            .args(words.split_whitespace())
            .env_remove("PATH")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs envtool with these words.
    pub(crate) fn run(&self, words: &str) -> Run {
        self.command(words).output().unwrap().into()
    }
}

/// Whether the tests, and so the programs they start, ignore this signal: `nohup` and shells without job control start
/// programs that way. Reports the test as skipped if so.
#[cfg(unix)]
pub(crate) fn is_ignored(number: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    let is_ignored = mask >> (number - 1) & 1 == 1;
    if is_ignored {
        super::skipped(&format!("signal {number}, which is ignored here"));
    }
    is_ignored
}

/// A command that runs `program` without the variables of a git hook in which these tests may run.
pub(crate) fn outside(program: &str) -> Command {
    let mut command = Command::new(program);
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    command
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// The URL that `child` tells the person to open. The rest of its standard error is lost.
pub(crate) fn address_in(child: &mut Child) -> String {
    let mut lines = BufReader::new(child.stderr.as_mut().unwrap()).lines().map_while(Result::ok);
    lines.find_map(|line| line.trim().starts_with("http").then(|| line.trim().to_owned())).unwrap()
}

/// Requests `url` like a browser. Returns the status and the page.
pub(crate) fn visit(url: &str) -> (u16, String) {
    page(ask(url))
}

/// Requests `url` without waiting for the [`page`].
pub(crate) fn ask(url: &str) -> TcpStream {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1")).unwrap();
    stream.write_all(format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).unwrap();
    stream
}

/// Reads the answer to a request: the status and the page.
pub(crate) fn page(mut asked: TcpStream) -> (u16, String) {
    let mut answer = String::new();
    asked.read_to_string(&mut answer).unwrap();
    let (head, page) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), page.to_owned())
}
