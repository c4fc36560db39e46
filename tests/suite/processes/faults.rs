//! Full disks, and kills at any time.

use std::fs;
use std::process::Command;

use crate::support::program::{CLASSIC, Place, Run};
use crate::support::{files_in, skipped};

/// Runs envtool in a shell in which no file can exceed 1024 bytes, so that writes fail halfway, as on a full disk.
fn on_a_full_disk(place: &Place, first: &str, words: &str) -> Run {
    let script = format!("{first} ulimit -f 1; exec '{}' {words}", env!("CARGO_BIN_EXE_envtool"));
    place.program("bash").args(["-c", &script]).output().unwrap().into()
}

/// Whether strace is there and can trace. Reports the test as skipped if not.
fn can_trace(place: &Place) -> bool {
    let traced = place.program("strace").args(["-o", "/dev/null", "true"]).output();
    let can = traced.is_ok_and(|output| output.status.success());
    if !can {
        skipped("an strace that can trace");
    }
    can
}

#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    if Command::new("bash").arg("--version").output().is_err() {
        skipped("bash");
        return;
    }
    let place = Place::with(&[CLASSIC]);
    let padding = "x".repeat(5000);
    fs::write(place.file(CLASSIC), format!("{{\"values\":[{{\"key\":\"a\",\"value\":\"{padding}\"}}]}}"))
        .unwrap();
    let before = place.read(CLASSIC);
    // With the signal ignored the write fails; otherwise it kills the process in the middle of the write.
    for (first, words) in
        [("trap '' XFSZ;", "set b c"), ("trap '' XFSZ;", "set b c --no-backup"), ("", "set b c --no-backup")]
    {
        let run = on_a_full_disk(&place, first, words);
        assert_ne!(run.code, 0);
        assert_eq!(place.read(CLASSIC), before, "{run:?}");
    }
    assert_eq!(place.run("set b c").code, 0);
    assert_eq!(place.run("undo").code, 0);
    assert_eq!(place.read(CLASSIC), before);
    assert_eq!(files_in(&place.work()), [place.file(CLASSIC)]);
}

#[test]
fn a_change_killed_between_two_files_can_be_undone_or_finished() {
    let place = Place::with(&[CLASSIC]);
    if !can_trace(&place) {
        return;
    }
    let before = place.read(CLASSIC);
    let uses = r#"{"info": {"name": "C"}, "item": [{"name": "a", "request": {"url": "{{client_id}}"}}]}"#;
    fs::write(place.file("shop.json"), uses).unwrap();
    let words = format!("rename client_id client -e {CLASSIC} --in shop.json");
    for finish in [false, true] {
        let mut traced = place.program("strace");
        // Two entries of the journal and the first file are renamed before.
        let inject = "inject=/^rename:signal=KILL:when=4";
        traced.args(["-f", "-o", "/dev/null", "-e", "trace=/^rename", "-e", inject]);
        traced.arg(env!("CARGO_BIN_EXE_envtool")).args(words.split(' ')).output().unwrap();
        assert!(place.read(CLASSIC) != before && place.read("shop.json") == uses);
        if finish {
            assert_eq!(place.run(&words).code, 0);
            assert_eq!(place.read("shop.json"), uses.replace("client_id", "client"));
            assert_eq!(place.run("undo shop.json").code, 0);
        }
        assert_eq!(place.run(&format!("undo {CLASSIC}")).code, 0);
        assert_eq!((place.read(CLASSIC), place.read("shop.json")), (before.clone(), uses.to_owned()));
    }
}

/// Each system call that changes the disk is killed before it runs, and made to fail.
#[test]
fn a_fault_at_any_system_call_leaves_the_old_or_the_new_file() {
    let place = Place::with(&[CLASSIC]);
    if !can_trace(&place) {
        return;
    }
    let old = place.read(CLASSIC);
    assert_eq!(place.run("set expires_at 0").code, 0);
    let new = place.read(CLASSIC);
    let (mut runs, mut kept) = (0, 0);
    // Patterns match the calls that some machines have instead, such as `renameat`.
    for call in ["write", "fchmod", "fsync", "/^rename", "/^unlink", "flock"] {
        for fault in ["signal=KILL", "error=ENOSPC"] {
            for at in 1.. {
                fs::write(place.file(CLASSIC), &old).unwrap();
                let inject = format!("inject={call}:{fault}:when={at}");
                let mut traced = place.program("strace");
                traced.args(["-f", "-o", "trace.txt", "-e", &format!("trace={call}"), "-e", &inject]);
                traced.arg(env!("CARGO_BIN_EXE_envtool")).args(["set", "expires_at", "0"]);
                let run: Run = traced.output().unwrap().into();
                let trace = place.read("trace.txt");
                if !trace.contains("(INJECTED)") && !trace.contains("SIGKILL") {
                    assert_eq!(run.code, 0, "{inject}: {run:?}");
                    break;
                }
                runs += 1;
                let now = place.read(CLASSIC);
                kept += usize::from(now == old);
                assert!(now == old || now == new, "{inject}");
                assert!(run.code != 0 || now == new, "{inject}");
                let next = place.run("set client_id x");
                assert_eq!(next.code, 0, "{inject}: {next:?}");
                assert_eq!(place.run("undo").code, 0, "{inject}");
                assert_eq!(place.read(CLASSIC), now, "{inject}");
            }
        }
    }
    assert!(runs > 10, "{runs}");
    eprintln!("{runs} faults, {kept} of them before the file was the new one");
}
