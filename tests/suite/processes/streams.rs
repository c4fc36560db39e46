//! Output to terminals and pipes: it does no harm, and a reader who leaves is not an error.

use std::fs;
use std::io::Read as _;

use crate::support::fixtures;
use crate::support::program::{CLASSIC, Place, Run};

#[test]
fn a_closed_pipe_is_not_an_error() {
    let place = Place::with(&[CLASSIC]);
    let variables: Vec<_> =
        (0..20_000).map(|at| format!("{{\"key\":\"key{at}\",\"value\":\"{at}\"}}")).collect();
    fs::write(place.file(CLASSIC), format!("{{\"name\":\"big\",\"values\":[{}]}}", variables.join(",")))
        .unwrap();
    for words in ["inspect --json", "get $.values[*].key", "set a b -o -"] {
        let mut child = place.command(words).spawn().unwrap();
        // The reader leaves after one byte.
        let mut reader = child.stdout.take().unwrap();
        reader.read_exact(&mut [0]).unwrap();
        drop(reader);
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert!(child.wait().unwrap().success(), "{words:?}: {errors}");
        assert!(!errors.contains("error") && !errors.contains("panic"), "{words:?}: {errors}");
    }
}

#[cfg(unix)]
#[test]
fn a_failure_of_standard_output_is_reported() {
    let place = Place::with(&[CLASSIC]);
    let full = fs::File::options().write(true).open("/dev/full");
    if full.is_err() {
        crate::support::skipped("/dev/full");
    }
    // Open, but not for writing.
    let streams = full.into_iter().chain([fs::File::open(place.file(CLASSIC)).unwrap()]);
    for stream in streams {
        for words in ["inspect", "get client_id", "--help", "--version"] {
            let run = place.command(words).stdout(stream.try_clone().unwrap()).output().unwrap();
            let Run { code, err, .. } = run.into();
            let is_told = err.starts_with("error: cannot write to standard output");
            assert_eq!((code, is_told), (2, true), "{words:?}: {err}");
        }
    }
}

/// A script that sees only the exit code would think that nothing has changed.
#[cfg(target_os = "linux")]
#[test]
fn a_change_is_reported_on_standard_error_if_standard_output_fails() {
    let Ok(full) = fs::File::options().write(true).open("/dev/full") else {
        crate::support::skipped("/dev/full");
        return;
    };
    let place = Place::with(&[CLASSIC]);
    let before = place.read(CLASSIC);
    let run = |words: &str| -> Run {
        place.command(words).stdout(full.try_clone().unwrap()).output().unwrap().into()
    };
    let told = |name: &str| {
        format!(
            "error: cannot write to standard output: No space left on device (os error 28); these files were changed anyway:\n  {name}\n"
        )
    };
    for words in [
        "set other new",
        "undo",
        "delete --yes Box.postman_environment.json",
        "undo Box.postman_environment.json",
    ] {
        let run = run(words);
        assert_eq!((run.code, run.err), (2, told(CLASSIC)), "{words}");
    }
    assert_eq!(place.read(CLASSIC), before);
    let made = run("new -o made.json");
    assert_eq!(
        (made.code, made.err.ends_with("these files were changed anyway:\n  made.json\n")),
        (2, true),
        "{made:?}"
    );
    let same = run("set -n other new");
    assert_eq!((same.code, same.err.contains("changed")), (2, false), "{same:?}");
    // Neither of two errors hides the other.
    let other = place.file("other.json");
    fs::write(&other, &before).unwrap();
    let mut locked = fs::metadata(&other).unwrap().permissions();
    locked.set_readonly(true);
    fs::set_permissions(&other, locked).unwrap();
    let both = run(&format!("set other new -e {CLASSIC} -e other.json"));
    assert!(both.code == 2 && both.err.contains("other.json is write-protected"), "{both:?}");
    assert!(both.err.ends_with(&told(CLASSIC)), "{both:?}");
}

/// Whether they come from the content or the name of a file or from the command line. Only `get` prints values raw, for
/// other programs.
#[test]
fn control_characters_never_reach_the_output_raw() {
    let place = Place::with(&[CLASSIC]);
    let active = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || c == '\u{2028}'
    };
    let bytes =
        fixtures(&["odd"]).into_iter().find(|(path, _)| path.contains("control-characters")).unwrap().1;
    let names =
        if cfg!(unix) { vec![CLASSIC, "evil \u{1b}[31m\u{9b}32m\u{202e}.json"] } else { vec![CLASSIC] };
    for name in names {
        let path = place.file(name);
        for content in [
            bytes.clone(),
            b"{\"\x1b[2J\xc2\x9b\": \x1b".to_vec(),
            b"{\"\xe2\x80\xae\": \xe2\x80\xae".to_vec(),
            br#"{"name": "E", "values": [{"key": "bell\u0007", "value": 1, "enabled": true}]}"#.to_vec(),
        ] {
            for words in [
                "inspect",
                "inspect --json",
                "inspect --verbose --show-secrets",
                "get none",
                "get \u{1b}[31m",
                "set bell\u{7} \u{1b}[31m -n",
                "set bell x",
                "set \u{1b} \u{9b}x --create -n",
                "rename turned bell\u{7}",
                "rename turned \u{1b}[0m -n",
                "validate",
                "validate --fix=all -n",
                "validate --fix=all",
                "validate --baseline \u{1b}[31m --update-baseline",
                "auto-refresh status",
                "reset",
                "reset --all -n --json",
                "delete",
                "undo",
                "undo --list",
                "\u{1b}[31m",
                "inspect --\u{1b}[31m",
                "man \u{1b}[31m",
            ] {
                fs::write(&path, &content).unwrap();
                let run: Run = place.command(words).env("ENVTOOL_FILE", &path).output().unwrap().into();
                let shown = run.out + &run.err;
                assert!(!shown.contains(active), "{name:?} {words:?}: {shown:?}");
            }
        }
    }
}
