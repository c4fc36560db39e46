//! Failures and kills at every step of a renewal.

use std::cell::{Cell, RefCell};
use std::fs;
use std::io;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::disk::{Changed, Operations, RealDisk};
use crate::model::NewTokens;

const NOW: i64 = 1_795_174_200_000;
const OLD: &str = "ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000001";
const NEW: &str = "ExampleRefreshTokenNotRealButOfTheRightLength0000000000000000002";

/// A disk that fails after `left` more steps: once, or from then on (`for_good`), as after a kill.
struct Failing {
    left: Cell<usize>,
    for_good: bool,
}

impl Operations for Failing {
    fn before(&self) -> io::Result<()> {
        match self.left.get() {
            0 => {
                if !self.for_good {
                    self.left.set(usize::MAX);
                }
                Err(io::Error::other("no more"))
            }
            left => {
                self.left.set(left - 1);
                Ok(())
            }
        }
    }
}

/// An environment with an expired token, and a Box that rotates it once.
struct Scene {
    folder: TempDir,
    rotated: Cell<bool>,
}

impl Scene {
    fn new() -> Self {
        let scene = Self { folder: tempfile::tempdir().expect("a folder"), rotated: Cell::new(false) };
        let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/box/Box.postman_environment.json");
        fs::copy(fixture, scene.path()).expect("a copy");
        scene
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("Box.json")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path()).expect("the file")
    }

    /// Refreshes on `disk`, and runs `meanwhile` before Box answers.
    fn refresh(&self, disk: &dyn Operations, meanwhile: &dyn Fn()) -> Result<Renewed, Error> {
        self.with(disk, meanwhile, |renewal| renewal.renew(&self.path()))
    }

    fn with<T>(&self, disk: &dyn Operations, meanwhile: &dyn Fn(), act: impl FnOnce(&Renewal<'_>) -> T) -> T {
        let state = self.folder.path().join("state");
        let (journal, keep) = (Journal::at(state.join("undo")), Keep::in_folder(&state));
        act(&Renewal {
            save: Save {
                disk,
                journal: Some(&journal),
                command: "refresh",
                now: NOW,
                patience: Duration::from_secs(60),
                changed: &Changed::default(),
            },
            keep: &keep,
            send: Box::new(|grant| {
                meanwhile();
                let spent = self.rotated.replace(true) || !grant.form.encode().contains(OLD);
                let body = match spent {
                    true => {
                        r#"{"error":"invalid_grant","error_description":"Invalid refresh token"}"#.to_owned()
                    }
                    false => {
                        format!(r#"{{"access_token":"A2","expires_in":3600,"refresh_token":"{NEW}"}}"#)
                    }
                };
                Ok(Reply {
                    status: if spent { 400 } else { 200 },
                    body: body.into_bytes(),
                    ..Reply::default()
                })
            }),
            tell: Box::new(|_| ()),
            clock: Box::new(|| NOW),
            min_ttl: 0,
            force: false,
        })
    }
}

/// Fails at each step in turn. Returns the number of steps at which the new tokens were lost.
fn losses(for_good: bool) -> usize {
    let mut lost = 0;
    for steps in 0.. {
        let scene = Scene::new();
        let before = scene.text();
        let outcome = scene.refresh(&Failing { left: Cell::new(steps), for_good }, &|| ());
        let text = scene.text();
        let whole = before
            .replace(OLD, NEW)
            .replace("ExampleAccessTokenNotReal0000001", "A2")
            .replace("1795172400000", "1795177800000");
        assert!(text == before || text == whole, "{steps}: {text}");
        assert!(outcome.is_err() || text == whole, "{steps}: a false success");
        if !scene.rotated.get() {
            assert_eq!(text, before, "{steps}");
            continue;
        }
        if outcome.is_err() && !for_good {
            let token = scene.with(&RealDisk, &|| (), |renewal| renewal.unwritten(&scene.path()));
            assert_eq!(token, Some(("A2".to_owned(), NOW + 3_600_000)), "{steps}");
        }
        // Whatever happened, the next run gets the new tokens without sending the spent one.
        let next = scene.refresh(&RealDisk, &|| ());
        lost += usize::from(next.is_err());
        assert_eq!(next.is_ok(), scene.text() == whole, "{steps}");
        if outcome.is_ok() && steps > 40 {
            return lost;
        }
    }
    lost
}

#[test]
fn a_failure_at_any_step_loses_no_tokens() {
    assert_eq!(losses(false), 0);
}

/// Nothing helps against a kill between the arrival of the answer and its first byte on the disk.
#[test]
fn a_kill_at_any_step_but_one_loses_no_tokens() {
    assert_eq!(losses(true), 1);
}

/// The token of a copy that another process is refreshing is not sent too. The new tokens can be read from the entry
/// even after it has been removed.
#[test]
fn a_refresh_of_a_copy_is_waited_for() {
    let scene = Scene::new();
    let copy = scene.folder.path().join("copy.json");
    fs::copy(scene.path(), &copy).expect("a copy");
    let found = RefCell::new(None);
    let look = || {
        let input = Input::read(&copy).expect("the copy");
        let owner = Owner::of(&copy, &input.scope().expect("variables"));
        scene.with(&RealDisk, &|| (), |renewal| {
            let reserved = renewal.keep.reserve(&RealDisk, &owner, NOW, true);
            assert!(matches!(reserved, Err(Error::UnderWay)));
            found.replace(renewal.keep.under_way(&owner));
        });
    };
    assert!(scene.refresh(&RealDisk, &look).is_ok());
    let under_way = found.take().expect("an entry");
    let remains = under_way.wait(Duration::ZERO).expect("over").expect("an answer");
    assert!(String::from_utf8_lossy(&remains.content).contains(NEW));
}

#[test]
fn tokens_that_are_in_the_file_or_were_replaced_there_are_kept_no_longer() {
    let scene = Scene::new();
    let input = Input::read(&scene.path()).expect("the file");
    let owner = Owner::of(&scene.path(), &input.scope().expect("variables"));
    let tokens = NewTokens { access: "A2".to_owned(), refresh: Some(NEW.to_owned()), lifetime: 3_600_000 };
    scene.with(&RealDisk, &|| (), |renewal| {
        let mut reserved = renewal.keep.reserve(&RealDisk, &owner, NOW, true).expect("room");
        kept::keep(&mut reserved, &RealDisk, NOW, &tokens).expect("kept");
        renewal.keep.spare(&RealDisk, &owner, NOW, vec![OLD.to_owned(), "other".to_owned()]);
        let count = || fs::read_dir(scene.folder.path().join("state/recovery")).expect("a folder").count();
        assert_eq!(count(), 3);
        drop(reserved);
        renewal.keep.tidy(&RealDisk, &owner, &tokens, NOW);
        assert_eq!(count(), 1);
    });
}

#[test]
fn edits_made_by_another_program_meanwhile_stay() {
    let scene = Scene::new();
    let edited = scene.text().replace("\"name\": \"Box\"", "\"name\": \"Mine\"");
    let edit = || fs::write(scene.path(), &edited).expect("written");
    let renewed = scene.refresh(&RealDisk, &edit).map(|renewed| renewed.source);
    assert_eq!(renewed.ok(), Some(Source::Box));
    assert!(scene.text().contains("Mine") && scene.text().contains(NEW));
}
