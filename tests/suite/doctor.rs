//! `doctor` finds problems, says what to do about them, and changes nothing.

use std::fs;
use std::time::Duration;

use envtool::disk::{Held, Journal, Lock, Replacement};

use crate::support::box_server::{Behavior, BoxServer};
use crate::support::program::{CLASSIC, NOW, Place, Run};
use crate::support::{Fault, TestDisk};

const CCG: &str = "Box-CCG.postman_environment.json";

/// What `run` says about `subject`, with the advice on the line below.
fn says(run: &Run, subject: &str) -> Vec<String> {
    let mut lines = run.out.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let mut rest = line.split_whitespace();
        let (health, check) = (rest.next().unwrap_or_default(), rest.next().unwrap_or_default());
        if check == subject {
            let message = line[line.find(subject).unwrap() + subject.len()..].trim();
            let next = lines.next_if(|next| next.trim().starts_with("next: "));
            let next = next.map(|next| format!(" / {}", next.trim())).unwrap_or_default();
            found.push(format!("{health}: {message}{next}"));
        }
    }
    found
}

fn doctor(place: &Place) -> Run {
    place.run("doctor")
}

/// Changes both environments as one change that is killed before the second file.
fn kill_between(place: &Place) {
    let journal = Journal::at(place.state().join("undo"));
    let files = [CLASSIC, CCG].map(|name| place.file(name));
    let before = files.each_ref().map(|file| fs::read(file).unwrap());
    for at in 0.. {
        let disk = TestDisk { fault: Some((at, Fault::Killed)), ..TestDisk::default() };
        let save = disk.save(Some(&journal));
        let held = Held::take_all(&files, save.patience).unwrap();
        let after = |held: &Held| [held.content(), b"\n"].concat();
        let all: Vec<_> = held.iter().map(|held| Replacement { held, after: after(held).into() }).collect();
        let _ = save.replace_all(&all);
        let same = [0, 1].map(|at| fs::read(&files[at]).unwrap() == before[at]);
        if same == [false, true] {
            return;
        }
        drop(held);
        journal.clear(None).unwrap();
        assert!(same[1], "the second came before the first");
    }
}

#[test]
fn a_healthy_setup_passes_every_check() {
    let place = Place::with(&[CLASSIC]);
    let run: Run = place.command("doctor").env_remove("ENVTOOL_NOW").output().unwrap().into();
    let lines: Vec<_> = run.out.lines().filter(|line| !line.contains("  clock ")).collect();
    let own = format!("ok       program  envtool {}, ", env!("CARGO_PKG_VERSION"));
    assert!(lines[0].starts_with(&own) && lines[0].ends_with("which is not on the PATH"), "{run:?}");
    let state = format!("ok       state    {}, which the first change makes", place.state().display());
    assert_eq!(
        lines[1..],
        [
            state.as_str(),
            "ok       undo     nothing to take back",
            "ok       file     Box.postman_environment.json, the only environment in this folder",
            "ok       config   no .envtool.toml at or above this folder",
            "ok       git      there is no git",
            "ok       network  requests go straight to Box; certificates are the system's",
            "nothing is wrong",
        ]
    );
    assert_eq!(run.code, 0);
    let quiet: Run = place.command("doctor -q").env_remove("ENVTOOL_NOW").output().unwrap().into();
    assert_eq!((quiet.out.as_str(), quiet.code), ("", 0));
    assert!(!place.state().exists());
}

#[test]
fn a_stopped_clock_is_reported() {
    let run = doctor(&Place::with(&[]));
    let stopped = "warning: ENVTOOL_NOW stops the clock at 2026-11-20 11:30:00 UTC, and tokens are judged by it / next: \
                   unset ENVTOOL_NOW";
    assert_eq!((says(&run, "clock"), run.code), (vec![stopped.to_owned()], 1));
}

#[test]
fn waiting_tokens_are_reported_whether_or_not_their_file_is_there() {
    let (place, server) = (Place::with(&[CLASSIC]), BoxServer::start(Behavior::Good));
    assert_eq!(place.run(&format!("refresh {}", server.token_url_option())).code, 0);
    assert_eq!(place.run("undo").code, 0);
    let (at, kept) = ("2026-11-20 11:30:00 UTC", place.state().join("recovery").join(format!("{NOW}-0")));
    let kept = kept.display();
    let run = doctor(&place);
    assert_eq!(
        says(&run, "tokens"),
        [format!(
            "warning: {CLASSIC}: newer tokens from {at} are in {kept}; `envtool refresh` puts them into the \
             file / next: envtool refresh -e {CLASSIC}"
        )]
    );
    let pair = server.pair();
    assert!(!run.out.contains(&pair.0) && !run.out.contains(&pair.1));
    fs::rename(place.file(CLASSIC), place.file("moved.json")).unwrap();
    assert_eq!(
        says(&doctor(&place), "tokens"),
        [format!(
            "warning: {CLASSIC}: other tokens from {at} are in {kept}; `envtool refresh` uses them if Box refuses those in \
             the file / next: bring {CLASSIC} back, then envtool refresh -e {CLASSIC}"
        )]
    );
}

#[test]
fn a_leftover_draft_is_reported_and_removed_by_the_next_change() {
    let place = Place::with(&[CLASSIC]);
    assert_eq!(place.run(&format!("set expires_at 1 {CLASSIC}")).code, 0);
    fs::create_dir(place.file("other")).unwrap();
    let drafts = [
        place.file(&format!(".{CLASSIC}.envtool-draft")),
        place.file(".gone.json.envtool-draft"),
        place.file("other/.gone.json.envtool-draft"),
    ];
    drafts.iter().for_each(|draft| fs::write(draft, "half").unwrap());
    let left = |name: &str| {
        format!(
            "warning: {name} was left by an envtool that was killed, and may hold secrets / next: remove {name}; the next \
             change of its file does so too"
        )
    };
    let [own, gone] = [format!(".{CLASSIC}.envtool-draft"), ".gone.json.envtool-draft".to_owned()];
    assert_eq!(says(&doctor(&place), "draft"), [left(&own), left(&gone)]);
    // A draft that another envtool is writing is not reported. On Windows locks are in the state folder, and this
    // process uses a different one.
    if cfg!(unix) {
        let _lock = Lock::acquire(&place.file(CLASSIC), Duration::ZERO).unwrap();
        let run = doctor(&place);
        assert_eq!(says(&run, "draft"), [left(&gone)]);
        assert_eq!(
            says(&run, "lock")[0].split(" / ").next().unwrap(),
            format!("warning: another envtool is changing {CLASSIC}")
        );
    }
    assert_eq!(place.run(&format!("set expires_at 2 {CLASSIC}")).code, 0);
    assert!(!drafts[0].exists());
}

#[test]
fn an_unfinished_change_is_reported_by_every_command_on_its_files() {
    let place = Place::with(&[CLASSIC, CCG]);
    kill_between(&place);
    let sentence = format!(
        "`test` of 1970-01-01 00:00:00 UTC was killed halfway: it was made in {CLASSIC}, but not in {CCG}"
    );
    let next = format!("`envtool undo {CLASSIC}` takes it back, running the same command again finishes it");
    let run = doctor(&place);
    assert_eq!(says(&run, "change"), [format!("problem: {sentence} / next: {next}")]);
    let note = format!("note: {sentence}; {next}\n");
    for words in [
        format!("inspect {CLASSIC}"),
        format!("status {CCG}"),
        format!("get expires_at {CCG}"),
        format!("set expires_at 1 {CCG} -n"),
        format!("refresh -e {CCG} -n"),
        format!("token {CLASSIC} -n"),
        format!("merge {CLASSIC} {CCG} -n"),
        format!("diff {CLASSIC} {CCG}"),
        format!("delete {CLASSIC} -n"),
        "validate".to_owned(),
        "validate .".to_owned(),
    ] {
        let run = place.run(&words);
        assert!(run.err.starts_with(&note), "{words}: {}", run.err);
        assert_eq!(run.err.matches("halfway").count(), 1, "{words}");
    }
    for words in [format!("status {CCG} -q"), format!("textconv {CLASSIC}"), "man".to_owned()] {
        assert_eq!(place.run(&words).err, "", "{words}");
    }
    // Later changes prevent an undo, but the change is still reported.
    for file in [CLASSIC, CCG] {
        assert_eq!(place.run(&format!("set expires_at 1 {file}")).code, 0);
    }
    let finish = format!("problem: {sentence} / next: running the same command again finishes it");
    assert_eq!(says(&doctor(&place), "change"), [finish]);
    assert_eq!(place.run(&format!("undo {CLASSIC}")).code, 0);
    assert_eq!(says(&doctor(&place), "change"), [format!("problem: {sentence} / next: {next}")]);
    assert_eq!(place.run(&format!("undo {CLASSIC}")).code, 0);
    assert_eq!(place.run(&format!("inspect {CLASSIC}")).err, "");
    assert_eq!(says(&doctor(&place), "change"), Vec::<String>::new());
}

#[test]
fn doctor_says_which_file_is_used_and_why() {
    let place = Place::with(&[]);
    let none = "ok: no environment in this folder: a file has to be named, or ENVTOOL_FILE set";
    assert_eq!(says(&doctor(&place), "file"), [none]);
    let place = Place::with(&[CLASSIC, CCG]);
    let several = format!("ok: several environments in this folder, one has to be named: {CCG}, {CLASSIC}");
    assert_eq!(says(&doctor(&place), "file"), [several]);
    assert_eq!(
        says(&place.run(&format!("doctor {CCG}")), "file"),
        [format!("ok: {CCG}, the file that was named")]
    );
    fs::remove_file(place.file(CCG)).unwrap();
    fs::write(place.file(CLASSIC), "{\"values\": [").unwrap();
    let broken = format!(
        "problem: the only environment in this folder cannot be used: {CLASSIC}: expected a value, found the end of the file \
         / next: envtool validate {CLASSIC}"
    );
    assert_eq!(says(&doctor(&place), "file"), [broken]);
    let run: Run = place.command("doctor").env("ENVTOOL_FILE", "no.json").output().unwrap().into();
    let missing = "problem: the file that ENVTOOL_FILE names cannot be used: cannot read no.json: there is no such file \
                   / next: name another";
    assert_eq!(says(&run, "file"), [missing]);
}

#[test]
fn the_project_settings_are_checked() {
    let place = Place::with(&[]);
    for (text, said) in [
        ("paths = [\".\"]", "ok: `validate` uses .envtool.toml"),
        ("paths = [\"**/*.json\"]", "ok: `validate` uses .envtool.toml"),
        (
            "paths = [\"gone\"]",
            "warning: `paths` in .envtool.toml names what does not exist: gone / next: correct .envtool.toml",
        ),
    ] {
        fs::write(place.file(".envtool.toml"), text).unwrap();
        assert_eq!(says(&doctor(&place), "config"), [said], "{text}");
    }
    for text in ["path = []", "select = [\"ENV999\"]", "exclude = [\"[\"]", "[severity]\nNO = \"error\""] {
        fs::write(place.file(".envtool.toml"), text).unwrap();
        let said = says(&doctor(&place), "config").concat();
        assert!(said.starts_with("problem: .envtool.toml: "), "{text}: {said}");
    }
}

#[test]
fn json_reports_the_same_checks() {
    let place = Place::with(&[CLASSIC]);
    let json: serde_json::Value = serde_json::from_str(&place.run("doctor --json").out).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["summary"], serde_json::json!({"warnings": 1, "problems": 0}));
    let clock = json["checks"].as_array().unwrap().iter().find(|check| check["check"] == "clock").unwrap();
    assert_eq!((&clock["health"], &clock["next"]), (&"warning".into(), &"unset ENVTOOL_NOW".into()));
    let healthy = json["checks"].as_array().unwrap().iter().filter(|check| check["health"] == "ok");
    assert!(healthy.clone().all(|check| check["next"].is_null()) && healthy.count() > 4);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn allow(path: &std::path::Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_state_folder_that_others_can_read_is_reported() {
        let place = Place::with(&[CLASSIC]);
        assert_eq!(place.run(&format!("set expires_at 1 {CLASSIC}")).code, 0);
        let state = place.state().display().to_string();
        assert_eq!(says(&doctor(&place), "state"), [format!("ok: {state}")]);
        allow(&place.state(), 0o755);
        assert_eq!(says(&doctor(&place), "state"), [format!("ok: {state}")], "its content is private");
        let exposed = format!(
            "warning: others may read or change {state}, where secrets are kept / next: chmod -R go= {state}"
        );
        // Whoever can write there can replace the private folders.
        allow(&place.state(), 0o777);
        assert_eq!(says(&doctor(&place), "state"), [exposed.as_str()]);
        allow(&place.state(), 0o755);
        allow(&place.state().join("undo"), 0o755);
        assert_eq!(says(&doctor(&place), "state"), [exposed]);
    }

    #[test]
    fn a_file_in_place_of_the_state_folder_is_a_problem() {
        let place = Place::with(&[CLASSIC]);
        fs::write(place.state(), "a file").unwrap();
        let said = says(&doctor(&place), "state").concat();
        let state = place.state();
        let start = format!(
            "problem: envtool cannot write to its own folder: {} is not a folder / ",
            state.display()
        );
        assert!(said.starts_with(&start) && said.contains("ENVTOOL_STATE_DIR"), "{said}");
    }

    #[test]
    fn the_proxy_is_reported_without_its_password() {
        let place = Place::with(&[]);
        let run: Run =
            place.command("doctor").env("HTTPS_PROXY", "http://me:hidden@proxy:99").output().unwrap().into();
        assert_eq!(says(&run, "network"), ["ok: requests go through the proxy proxy:99 (HTTPS_PROXY)"]);
        let run: Run =
            place.command("doctor").env("all_proxy", "socks5://hidden:x@y").output().unwrap().into();
        let said = says(&run, "network").concat();
        assert!(
            said.starts_with("problem: all_proxy does not name an HTTP proxy") && !said.contains("hidden"),
            "{said}"
        );
    }
}
