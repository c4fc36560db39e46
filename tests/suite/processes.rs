//! The program as others meet it: closed pipes, full disks, other processes, kills, and what reaches the terminal.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::{fixtures, skipped};

/// A folder with one environment, and the state of envtool beside it.
struct Home {
    folder: tempfile::TempDir,
}

const FILE: &str = "Box.postman_environment.json";

/// What each environment is at first.
fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/box").join(FILE)
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("work")).unwrap();
        let home = Self { folder };
        fs::copy(fixture(), home.file()).unwrap();
        home
    }

    fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    fn file(&self) -> PathBuf {
        self.work().join(FILE)
    }

    fn content(&self) -> Vec<u8> {
        fs::read(self.file()).unwrap()
    }

    /// `program`, in the folder of the environment and with nothing inherited that envtool listens to.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.work()).stdin(Stdio::null());
        for name in ["ENVTOOL_FILE", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
            .env("ENVTOOL_STATE_DIR", self.folder.path().join("state"))
            .env("ENVTOOL_NOW", "1795174200000");
        command
    }

    fn envtool(&self, words: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_envtool"));
        command.args(words);
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.envtool(words).output().unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_closed_pipe_is_no_error() {
    let home = Home::new();
    let variables: Vec<_> =
        (0..20_000).map(|at| format!("{{\"key\":\"key{at}\",\"value\":\"{at}\"}}")).collect();
    fs::write(home.file(), format!("{{\"name\":\"big\",\"values\":[{}]}}", variables.join(","))).unwrap();
    for words in [&["inspect", "--json"][..], &["get", "$.values[*].key"], &["set", "a", "b", "-o", "-"]] {
        let mut child = home.envtool(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // One byte is read, then nobody reads any more.
        let mut reader = child.stdout.take().unwrap();
        reader.read_exact(&mut [0]).unwrap();
        drop(reader);
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert!(child.wait().unwrap().success(), "{words:?}: {errors}");
        assert!(!errors.contains("error") && !errors.contains("panic"), "{words:?}: {errors}");
    }
}

#[test]
fn several_processes_never_overwrite_each_other() {
    let home = Home::new();
    let children: Vec<_> = (0..12)
        .map(|at| {
            let value = at.to_string();
            let mut command = home.envtool(&["set", &format!("process_{at}"), &value, "--create", "--json"]);
            (at, command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
        })
        .collect();
    let mut made = 0;
    for (at, child) in children {
        let output = child.wait_with_output().unwrap();
        let value = home.run(&["get", &format!("process_{at}")]);
        match output.status.code() {
            Some(0) => {
                assert_eq!(text(&value.stdout), format!("{at}\n"));
                made += 1;
            }
            Some(6) => assert_eq!(value.status.code(), Some(1), "{}", text(&output.stderr)),
            other => panic!("exit {other:?}: {}", text(&output.stderr)),
        }
    }
    assert!(made > 0);
    for _ in 0..made {
        assert!(home.run(&["undo"]).status.success());
    }
    assert_eq!(home.content(), fs::read(fixture()).unwrap());
}

/// The second change finds what the first has made of the file.
#[cfg(unix)]
#[test]
fn a_file_with_two_names_is_changed_once() {
    let home = Home::new();
    std::os::unix::fs::symlink(FILE, home.work().join("link.json")).unwrap();
    let set = home.run(&["set", "a=1", "--create", "-e", FILE, "-e", "link.json"]);
    assert!(set.status.success(), "{}", text(&set.stderr));
    assert_eq!(text(&home.content()).matches("\"a\"").count(), 1);
    assert!(home.run(&["undo"]).status.success());
    assert_eq!(home.content(), fs::read(fixture()).unwrap());
}

#[test]
fn without_a_place_for_the_journal_nothing_is_written() {
    let home = Home::new();
    let before = home.content();
    // A file stands where the state folder should be.
    let state = home.folder.path().join("state");
    fs::write(&state, "").unwrap();
    let refused = home.run(&["set", "expires_at", "0"]);
    assert_eq!(refused.status.code(), Some(2));
    let message = text(&refused.stderr);
    // Elsewhere the folder for locks comes first, and nothing is written without it.
    if cfg!(unix) {
        assert!(
            message.contains("cannot keep what is needed to undo this") && message.contains("--no-backup"),
            "{message}"
        );
    }
    assert!(message.contains("state"), "{message}");
    assert_eq!(home.content(), before);
    assert_eq!(home.run(&["set", "expires_at", "0", "--no-backup"]).status.success(), cfg!(unix));
    assert_eq!(home.content() != before, cfg!(unix));
}

#[test]
fn a_time_that_is_none_is_refused() {
    let home = Home::new();
    for (now, code) in [("noon", 2), ("", 0), ("0", 0)] {
        let output = home.envtool(&["inspect"]).env("ENVTOOL_NOW", now).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{now:?}");
        assert_eq!(text(&output.stderr).contains("ENVTOOL_NOW"), code == 2, "{now:?}");
    }
}

/// Whoever wrote the file, named it, or typed the words. What `get` prints for a program is the value itself.
#[test]
fn control_characters_never_reach_the_output_raw() {
    let home = Home::new();
    let active = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || c == '\u{2028}'
    };
    let bytes =
        fixtures(&["odd"]).into_iter().find(|(path, _)| path.contains("control-characters")).unwrap().1;
    let names = if cfg!(unix) { vec![FILE, "evil \u{1b}[31m\u{9b}32m\u{202e}.json"] } else { vec![FILE] };
    for name in names {
        let path = home.work().join(name);
        for content in [
            bytes.clone(),
            b"{\"\x1b[2J\xc2\x9b\": \x1b".to_vec(),
            b"{\"\xe2\x80\xae\": \xe2\x80\xae".to_vec(),
        ] {
            for words in [
                &["inspect"][..],
                &["inspect", "--json"],
                &["inspect", "--verbose", "--show-secrets"],
                &["get", "none"],
                &["get", "\u{1b}[31m"],
                &["set", "bell\u{7}", "\u{1b}[31m", "-n"],
                &["set", "bell", "x"],
                &["set", "\u{1b}", "\u{9b}x", "--create", "-n"],
                &["rename", "turned", "bell\u{7}"],
                &["rename", "turned", "\u{1b}[0m", "-n"],
                &["auto-refresh", "status"],
                &["reset"],
                &["reset", "--all", "-n", "--json"],
                &["delete"],
                &["undo"],
                &["undo", "--list"],
                &["\u{1b}[31m"],
                &["inspect", "--\u{1b}[31m"],
                &["man", "\u{1b}[31m"],
            ] {
                fs::write(&path, &content).unwrap();
                let output = home.envtool(words).env("ENVTOOL_FILE", &path).output().unwrap();
                let shown = text(&output.stdout) + &text(&output.stderr);
                assert!(!shown.contains(active), "{name:?} {words:?}: {shown:?}");
            }
        }
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use crate::support::files_in;

    /// A shell in which no file can grow over 1024 bytes, so that writes fail halfway, as on a full disk.
    fn on_a_full_disk(home: &Home, first: &str, words: &str) -> Output {
        let script = format!("{first} ulimit -f 1; exec '{}' {words}", env!("CARGO_BIN_EXE_envtool"));
        home.command("bash").args(["-c", &script]).output().unwrap()
    }

    /// Whether strace is there and may trace; tells when it is not.
    fn can_trace(home: &Home) -> bool {
        let traced = home.command("strace").args(["-o", "/dev/null", "true"]).output();
        let can = traced.is_ok_and(|output| output.status.success());
        if !can {
            skipped("an strace that may trace");
        }
        can
    }

    #[test]
    fn a_full_disk_leaves_the_file_as_it_was() {
        if Command::new("bash").arg("--version").output().is_err() {
            skipped("bash");
            return;
        }
        let home = Home::new();
        let padding = "x".repeat(5000);
        fs::write(home.file(), format!("{{\"values\":[{{\"key\":\"a\",\"value\":\"{padding}\"}}]}}"))
            .unwrap();
        let before = home.content();
        // With the signal ignored the write fails; without, the process is killed by it in the middle of the write.
        for (first, words) in [
            ("trap '' XFSZ;", "set b c"),
            ("trap '' XFSZ;", "set b c --no-backup"),
            ("", "set b c --no-backup"),
        ] {
            let output = on_a_full_disk(&home, first, words);
            assert!(!output.status.success());
            assert_eq!(home.content(), before, "{}", text(&output.stderr));
        }
        assert!(home.run(&["set", "b", "c"]).status.success());
        assert!(home.run(&["undo"]).status.success());
        assert_eq!(home.content(), before);
        assert_eq!(files_in(&home.work()), [home.file()]);
    }

    #[test]
    fn standard_output_that_fails_is_told() {
        let home = Home::new();
        let full = fs::File::options().write(true).open("/dev/full");
        if full.is_err() {
            skipped("/dev/full");
        }
        // Open, but not for writing.
        let streams = full.into_iter().chain([fs::File::open(home.file()).unwrap()]);
        for stream in streams {
            for words in [&["inspect"][..], &["get", "client_id"], &["--help"], &["--version"]] {
                let output = home.envtool(words).stdout(stream.try_clone().unwrap()).output().unwrap();
                assert_eq!(output.status.code(), Some(2), "{words:?}");
                let error = text(&output.stderr);
                assert!(error.starts_with("error: cannot write to standard output"), "{words:?}: {error}");
            }
        }
    }

    /// What a killed change of several files leaves can be taken back, and finished.
    #[test]
    fn killed_between_two_files_a_change_can_be_taken_back_or_finished() {
        let home = Home::new();
        if !can_trace(&home) {
            return;
        }
        let (shop, before) = (home.work().join("shop.json"), home.content());
        let uses = r#"{"info": {"name": "C"}, "item": [{"name": "a", "request": {"url": "{{client_id}}"}}]}"#;
        fs::write(&shop, uses).unwrap();
        let words = ["rename", "client_id", "client", "-e", FILE, "--in", "shop.json"];
        for finish in [false, true] {
            let mut traced = home.command("strace");
            // Two entries of the journal and a file come before it.
            let inject = "inject=/^rename:signal=KILL:when=4";
            traced.args(["-f", "-o", "/dev/null", "-e", "trace=/^rename", "-e", inject]);
            traced.arg(env!("CARGO_BIN_EXE_envtool")).args(words).output().unwrap();
            assert!(home.content() != before && fs::read_to_string(&shop).unwrap() == uses);
            if finish {
                assert!(home.run(&words).status.success());
                assert_eq!(fs::read_to_string(&shop).unwrap(), uses.replace("client_id", "client"));
                assert!(home.run(&["undo", "shop.json"]).status.success());
            }
            assert!(home.run(&["undo", FILE]).status.success());
            assert_eq!(
                (home.content(), fs::read_to_string(&shop).unwrap()),
                (before.clone(), uses.to_owned())
            );
        }
    }

    /// Killed before, and failing at, every system call that changes something on the disk.
    #[test]
    fn killed_at_any_system_call_the_file_is_the_old_or_the_new_one() {
        let home = Home::new();
        if !can_trace(&home) {
            return;
        }
        let old = home.content();
        assert!(home.run(&["set", "expires_at", "0"]).status.success());
        let new = home.content();
        let (mut runs, mut kept) = (0, 0);
        // By a pattern what is called `renameat` and the like on some machines.
        for call in ["write", "fchmod", "fsync", "/^rename", "/^unlink", "flock"] {
            for fault in ["signal=KILL", "error=ENOSPC"] {
                for at in 1.. {
                    fs::write(home.file(), &old).unwrap();
                    let inject = format!("inject={call}:{fault}:when={at}");
                    let mut traced = home.command("strace");
                    traced.args(["-f", "-o", "trace.txt", "-e", &format!("trace={call}"), "-e", &inject]);
                    traced.arg(env!("CARGO_BIN_EXE_envtool")).args(["set", "expires_at", "0"]);
                    let output = traced.output().unwrap();
                    let trace = fs::read_to_string(home.work().join("trace.txt")).unwrap();
                    if !trace.contains("(INJECTED)") && !trace.contains("SIGKILL") {
                        assert!(output.status.success(), "{inject}: {}", text(&output.stderr));
                        break;
                    }
                    runs += 1;
                    let now = home.content();
                    kept += usize::from(now == old);
                    assert!(now == old || now == new, "{inject}");
                    assert!(!output.status.success() || now == new, "{inject}");
                    let next = home.run(&["set", "client_id", "x"]);
                    assert!(next.status.success(), "{inject}: {}", text(&next.stderr));
                    assert!(home.run(&["undo"]).status.success(), "{inject}");
                    assert_eq!(home.content(), now, "{inject}");
                }
            }
        }
        assert!(runs > 10, "{runs}");
        eprintln!("{runs} faults, {kept} of them before the file was the new one");
    }
}

/// As on a machine that is at its limit: one thread does what several would, and a request is not left in doubt.
#[cfg(target_os = "linux")]
#[test]
fn where_no_thread_can_be_started_one_does_all() {
    use std::os::unix::fs::{PermissionsExt as _, chown};

    use crate::support::box_server::{Behaviour, BoxServer};

    const USER: u32 = 4323;
    let (home, server) = (Home::new(), BoxServer::start(Behaviour::Good));
    let run = |words: &[&str]| {
        let mut command = home.command("setpriv");
        command.arg(format!("--reuid={USER}")).args([&format!("--regid={USER}"), "--clear-groups"]);
        command.args(["prlimit", "--nproc=0", env!("CARGO_BIN_EXE_envtool")]).args(words).output()
    };
    let is_theirs = [home.folder.path().to_owned(), home.work(), home.file()].iter().all(|path| {
        let all = fs::Permissions::from_mode(0o777);
        chown(path, Some(USER), Some(USER)).and_then(|()| fs::set_permissions(path, all)).is_ok()
    });
    if !is_theirs || !run(&["inspect"]).is_ok_and(|output| output.status.success()) {
        skipped("the superuser, `setpriv`, `prlimit` and a program that everybody may run");
        return;
    }
    let text = String::from_utf8(home.content()).unwrap();
    let row =
        |number| format!("{{\"key\":\"k{number}\",\"value\":\"{}\",\"enabled\":true}},", "v".repeat(100));
    let rows: String = (0..3000).map(row).collect();
    fs::write(home.work().join("large.json"), text.replace("\"values\": [", &format!("\"values\": [{rows}")))
        .unwrap();
    for number in 0..50 {
        fs::write(home.work().join(format!("{number}.json")), &text).unwrap();
    }
    let token_url = server.url("/oauth2/token");
    for words in
        [&["validate", "large.json"][..], &["validate", "."], &["refresh", FILE, "--token-url", &token_url]]
    {
        let output = run(words).unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.code().is_some_and(|code| code < 2) && !error.contains("panicked"),
            "{words:?}: {output:?}"
        );
    }
    assert!(String::from_utf8(home.content()).unwrap().contains(&server.pair().1));
}
