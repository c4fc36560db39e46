//! envtool next to other processes, and on machines that are at their limit.

#[cfg(unix)]
mod faults;
mod streams;

use std::fs;

use crate::support::program::{CLASSIC, Place, Run};

#[test]
fn several_processes_never_overwrite_each_other() {
    let place = Place::with(&[CLASSIC]);
    let before = place.read(CLASSIC);
    let children: Vec<_> = (0..12)
        .map(|at| (at, place.command(&format!("set process_{at} {at} --create --json")).spawn().unwrap()))
        .collect();
    let mut made = 0;
    for (at, child) in children {
        let run: Run = child.wait_with_output().unwrap().into();
        let value = place.run(&format!("get process_{at}"));
        match run.code {
            0 => {
                assert_eq!(value.out, format!("{at}\n"));
                made += 1;
            }
            6 => assert_eq!(value.code, 1, "{run:?}"),
            _ => panic!("{run:?}"),
        }
    }
    assert!(made > 0);
    for _ in 0..made {
        assert_eq!(place.run("undo").code, 0);
    }
    assert_eq!(place.read(CLASSIC), before);
}

/// The second change builds on the first.
#[cfg(unix)]
#[test]
fn a_file_with_two_names_is_changed_once() {
    let place = Place::with(&[CLASSIC]);
    let before = place.read(CLASSIC);
    std::os::unix::fs::symlink(CLASSIC, place.file("link.json")).unwrap();
    let set = place.run(&format!("set a=1 --create -e {CLASSIC} -e link.json"));
    assert_eq!(set.code, 0, "{set:?}");
    assert_eq!(place.read(CLASSIC).matches("\"a\"").count(), 1);
    assert_eq!(place.run("undo").code, 0);
    assert_eq!(place.read(CLASSIC), before);
}

#[test]
fn nothing_is_written_if_the_journal_cannot_be() {
    let place = Place::with(&[CLASSIC]);
    let before = place.read(CLASSIC);
    // A file is in the place of the state folder.
    fs::write(place.state(), "").unwrap();
    let refused = place.run("set expires_at 0");
    assert_eq!(refused.code, 2);
    let message = refused.err;
    // On Windows the folder for locks comes first, and nothing is written without it.
    if cfg!(unix) {
        assert!(
            message.contains("cannot keep what is needed to undo this") && message.contains("--no-backup"),
            "{message}"
        );
    }
    assert!(message.contains("state"), "{message}");
    assert_eq!(place.read(CLASSIC), before);
    assert_eq!(place.run("set expires_at 0 --no-backup").code == 0, cfg!(unix));
    assert_eq!(place.read(CLASSIC) != before, cfg!(unix));
}

#[test]
fn an_invalid_time_is_refused() {
    let place = Place::with(&[CLASSIC]);
    for (now, code) in [("noon", 2), ("9223372036854775807", 2), ("", 0), ("0", 0)] {
        let run: Run = place.command("inspect").env("ENVTOOL_NOW", now).output().unwrap().into();
        assert_eq!((run.code, run.err.contains("ENVTOOL_NOW")), (code, code == 2), "{now:?}");
    }
}

/// As on a machine that is at its limit. A request is not left in doubt either.
#[cfg(target_os = "linux")]
#[test]
fn one_thread_does_all_the_work_if_no_other_can_start() {
    use std::os::unix::fs::{PermissionsExt as _, chown};

    use crate::support::box_server::{Behavior, BoxServer};
    use crate::support::skipped;

    const USER: u32 = 4323;
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    let run = |words: &str| {
        let mut command = place.program("setpriv");
        command.arg(format!("--reuid={USER}")).args([&format!("--regid={USER}"), "--clear-groups"]);
        command.args(["prlimit", "--nproc=0", env!("CARGO_BIN_EXE_envtool")]).args(words.split(' ')).output()
    };
    let is_theirs = [place.home().to_owned(), place.work(), place.file(CLASSIC)].iter().all(|path| {
        let all = fs::Permissions::from_mode(0o777);
        chown(path, Some(USER), Some(USER)).and_then(|()| fs::set_permissions(path, all)).is_ok()
    });
    if !is_theirs || !run("inspect").is_ok_and(|output| output.status.success()) {
        skipped("the superuser, `setpriv`, `prlimit` and a program that everyone can run");
        return;
    }
    let text = place.read(CLASSIC);
    let row =
        |number| format!("{{\"key\":\"k{number}\",\"value\":\"{}\",\"enabled\":true}},", "v".repeat(100));
    let rows: String = (0..3000).map(row).collect();
    fs::write(place.file("large.json"), text.replace("\"values\": [", &format!("\"values\": [{rows}")))
        .unwrap();
    for number in 0..50 {
        fs::write(place.file(&format!("{number}.json")), &text).unwrap();
    }
    let refresh = format!("refresh {CLASSIC} {}", server.token_url_option());
    for words in ["validate large.json", "validate .", &refresh] {
        let output = run(words).unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.code().is_some_and(|code| code < 2) && !error.contains("panicked"),
            "{words:?}: {output:?}"
        );
    }
    assert!(place.read(CLASSIC).contains(&server.pair().1));
}
