//! Nothing is lost: whatever fails, and whenever envtool is killed, a file is the old one or the new one, and the next
//! run works.

#[cfg(unix)]
mod access;
mod folders;
mod together;
#[cfg(unix)]
mod unix;

use std::fs;
use std::path::PathBuf;

use envtool::disk::{DiskError, Journal, Lock, Readers, Save, Saved, Undo};
use envtool::error::{Error, ExitCode};

use crate::support::{Fault, TakeBack as _, TestDisk};

const OLD: &[u8] = b"{\"values\": [{\"key\": \"a\", \"value\": \"old\"}]}";
const NEW: &[u8] = b"{\"values\": [{\"key\": \"a\", \"value\": \"new and longer\"}]}";
/// More than what is kept whole.
const LARGE: usize = 70_000;
const THIRD: &[u8] = b"{\"values\": []}";

/// A file in a folder of its own, and a journal beside that.
struct SavedFile {
    folder: tempfile::TempDir,
}

impl SavedFile {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("work")).unwrap();
        Self { folder }
    }

    fn with(content: &[u8]) -> Self {
        let saved = Self::new();
        fs::write(saved.file(), content).unwrap();
        saved
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("work").join("Box.postman_environment.json")
    }

    fn journal(&self) -> Journal {
        Journal::at(self.folder.path().join("state").join("undo"))
    }

    fn content(&self) -> Option<Vec<u8>> {
        fs::read(self.file()).ok()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join("work")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

type Done = Result<(), DiskError>;

/// A change, what makes the file ready for it, and what is there before and after.
struct Scenario {
    name: &'static str,
    prepare: fn(&SavedFile, &Save<'_>),
    act: fn(&SavedFile, &Save<'_>, &Journal) -> Done,
    before: Option<&'static [u8]>,
    after: Option<&'static [u8]>,
}

fn done(saved: Result<Saved, DiskError>) -> Done {
    saved.map(|_| ())
}

const SCENARIOS: [Scenario; 6] = [
    Scenario {
        name: "replace",
        prepare: |saved, _| fs::write(saved.file(), OLD).unwrap(),
        act: |saved, save, _| done(save.replace(&saved.file(), OLD, NEW)),
        before: Some(OLD),
        after: Some(NEW),
    },
    Scenario {
        name: "create",
        prepare: |_, _| (),
        act: |saved, save, _| done(save.create(&saved.file(), NEW, Readers::Owner)),
        before: None,
        after: Some(NEW),
    },
    Scenario {
        name: "delete",
        prepare: |saved, _| fs::write(saved.file(), OLD).unwrap(),
        act: |saved, save, _| done(save.delete(&saved.file(), OLD)),
        before: Some(OLD),
        after: None,
    },
    Scenario {
        name: "undo of replace",
        prepare: |saved, save| {
            fs::write(saved.file(), OLD).unwrap();
            save.replace(&saved.file(), OLD, NEW).unwrap();
        },
        act: |saved, save, journal| save.undo(&saved.file(), journal).map(|_| ()),
        before: Some(NEW),
        after: Some(OLD),
    },
    Scenario {
        name: "undo of create",
        prepare: |saved, save| drop(save.create(&saved.file(), NEW, Readers::Owner).unwrap()),
        act: |saved, save, journal| save.undo(&saved.file(), journal).map(|_| ()),
        before: Some(NEW),
        after: None,
    },
    Scenario {
        name: "undo of delete",
        prepare: |saved, save| {
            fs::write(saved.file(), OLD).unwrap();
            save.delete(&saved.file(), OLD).unwrap();
        },
        act: |saved, save, journal| save.undo(&saved.file(), journal).map(|_| ()),
        before: None,
        after: Some(OLD),
    },
];

#[test]
fn whatever_fails_the_file_is_the_old_or_the_new_one() {
    for fault in [Fault::Fails, Fault::Killed] {
        for scenario in &SCENARIOS {
            let mut at = 0;
            while fails_at(scenario, at, fault, true) {
                at += 1;
            }
            assert!(at > 0, "{}: no operation at all", scenario.name);
        }
    }
}

#[test]
fn without_a_journal_too() {
    for fault in [Fault::Fails, Fault::Killed] {
        for scenario in &SCENARIOS[..3] {
            let mut at = 0;
            while fails_at(scenario, at, fault, false) {
                at += 1;
            }
            assert!(at > 0, "{}: no operation at all", scenario.name);
        }
    }
}

/// Runs `scenario` with a fault before operation `at`; false when it has fewer.
fn fails_at(scenario: &Scenario, at: usize, fault: Fault, with_journal: bool) -> bool {
    let (saved, sound) = (SavedFile::new(), TestDisk::default());
    let journal = saved.journal();
    (scenario.prepare)(&saved, &sound.save(Some(&journal)));

    let faulty = TestDisk { fault: Some((at, fault)), ..TestDisk::default() };
    let outcome = (scenario.act)(&saved, &faulty.save(with_journal.then_some(&journal)), &journal);

    let what = format!("{}, {fault:?} at {at}: {outcome:?}", scenario.name);
    let (before, after) = (scenario.before.map(<[u8]>::to_vec), scenario.after.map(<[u8]>::to_vec));
    let now = saved.content();
    match (&outcome, fault) {
        (Ok(()), _) => assert_eq!(now, after, "{what}"),
        (Err(_), Fault::Fails) => {
            assert_eq!(now, before, "{what}");
            assert!(saved.names().len() <= 1, "{what}: {:?}", saved.names());
        }
        (Err(_), Fault::Killed) => assert!(now == before || now == after, "{what}"),
    }
    assert_next_run_works(&saved, &journal, &what);
    faulty.has_failed()
}

/// Another change can be made and taken back, and nothing is left lying about.
fn assert_next_run_works(saved: &SavedFile, journal: &Journal, what: &str) {
    let sound = TestDisk::default();
    let save = sound.save(Some(journal));
    let now = saved.content();
    match &now {
        Some(bytes) => done(save.replace(&saved.file(), bytes, THIRD)).expect(what),
        None => done(save.create(&saved.file(), THIRD, Readers::Owner)).expect(what),
    }
    assert_eq!(saved.names(), ["Box.postman_environment.json"], "{what}");
    save.undo(&saved.file(), journal).expect(what);
    assert_eq!(saved.content(), now, "{what}");
    // Down to the beginning: each step leads to something that was there.
    loop {
        let listed = Undo::changes(&saved.file(), journal).expect(what).len();
        let undone = save.undo(&saved.file(), journal);
        assert_eq!(undone.is_ok(), listed > 0, "{what}: what is listed can be taken back");
        if undone.is_err() {
            break;
        }
        let content = saved.content();
        assert!(content.is_none_or(|bytes| bytes == OLD || bytes == NEW), "{what}");
    }
}

#[test]
fn a_change_underneath_is_a_conflict() {
    let (saved, disk) = (SavedFile::with(NEW), TestDisk::default());
    let journal = saved.journal();
    for refused in [
        disk.save(Some(&journal)).replace(&saved.file(), OLD, THIRD),
        disk.save(None).delete(&saved.file(), OLD),
    ] {
        let error = refused.unwrap_err();
        assert!(matches!(error, DiskError::Changed(_)), "{error}");
        assert_eq!(Error::from(error).exit_code(), ExitCode::Conflict);
    }
    assert_eq!(saved.content().unwrap(), NEW);
    assert!(journal.entries(&saved.file()).is_empty());
    let error = disk.save(None).create(&saved.file(), OLD, Readers::Owner).unwrap_err();
    assert!(matches!(error, DiskError::Exists(_)), "{error}");
}

#[test]
fn undo_refuses_what_would_lose_newer_content() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    let journal = saved.journal();
    let save = disk.save(Some(&journal));
    save.replace(&saved.file(), OLD, NEW).unwrap();
    fs::write(saved.file(), THIRD).unwrap();
    let error = save.undo(&saved.file(), &journal).unwrap_err();
    assert!(matches!(error, DiskError::ChangedSince(_)), "{error}");
    assert_eq!(Error::from(error).exit_code(), ExitCode::Conflict);
    assert_eq!(saved.content().unwrap(), THIRD);
}

/// What is kept of what an undo takes out of a file is looked at before: it must not take out something else then.
#[test]
fn undo_takes_back_what_was_looked_at_and_nothing_newer() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    let journal = saved.journal();
    let save = disk.save(Some(&journal));
    save.replace(&saved.file(), OLD, NEW).unwrap();
    let seen = [Undo::of(&saved.file(), &journal).unwrap()];
    save.replace(&saved.file(), NEW, THIRD).unwrap();
    let error = save.take_back(&seen, &journal).unwrap_err();
    assert!(matches!(error, DiskError::Changed(_)), "{error}");
    assert_eq!(saved.content().unwrap(), THIRD);
    save.undo(&saved.file(), &journal).unwrap();
    save.take_back(&seen, &journal).unwrap();
    assert_eq!(saved.content().unwrap(), OLD);
}

#[test]
fn a_lock_that_is_held_is_a_conflict() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    let held = Lock::acquire(&saved.file(), std::time::Duration::ZERO).unwrap();
    let impatient = Save { patience: std::time::Duration::ZERO, ..disk.save(None) };
    let error = impatient.replace(&saved.file(), OLD, NEW).unwrap_err();
    assert!(matches!(error, DiskError::Locked(_)), "{error}");
    assert_eq!(Error::from(error).exit_code(), ExitCode::Conflict);
    drop(held);
    disk.save(None).replace(&saved.file(), OLD, NEW).unwrap();
}

#[test]
fn the_journal_keeps_a_bounded_number_of_changes() {
    let (saved, disk) = (SavedFile::with(b"0"), TestDisk::default());
    let journal = saved.journal();
    let save = disk.save(Some(&journal));
    for number in 1..=50 {
        let (before, after) = ((number - 1).to_string(), number.to_string());
        save.replace(&saved.file(), before.as_bytes(), after.as_bytes()).unwrap();
    }
    assert_eq!(journal.entries(&saved.file()).len(), 20);
    while save.undo(&saved.file(), &journal).is_ok() {}
    assert_eq!(saved.content().unwrap(), b"30");
}

#[test]
fn a_damaged_journal_is_left_alone_and_told() {
    for size in [0, LARGE] {
        let [old, new] = [OLD, NEW].map(|content| [content, &vec![b' '; size]].concat());
        let (saved, disk) = (SavedFile::with(&old), TestDisk::default());
        let journal = saved.journal();
        let save = disk.save(Some(&journal));
        save.replace(&saved.file(), &old, &new).unwrap();
        let entry = crate::support::files_in(saved.folder.path().join("state").as_path()).remove(0);
        let whole = fs::read(&entry).unwrap();
        let text = String::from_utf8_lossy(&whole);
        let mut damages = vec![
            text[..60].to_owned(),
            text.replace("\"version\":1", "\"version\":2"),
            text[..text.len() - 1].to_owned(),
            String::new(),
        ];
        if size > 0 {
            damages.push(text.replace("\"at\":", "\"at\":9"));
            damages.push(text.replace("\"taken\":", "\"taken\":18446744073709551"));
        }
        for damage in damages {
            fs::write(&entry, &damage).unwrap();
            let error = save.undo(&saved.file(), &journal).unwrap_err();
            let is_told =
                matches!(error, DiskError::UnreadableJournal { .. } | DiskError::DamagedJournal { .. });
            assert!(is_told, "{error}: {damage}");
            assert_eq!(saved.content().unwrap(), new);
        }
        // As good as one that may not be read, also for the superuser.
        fs::remove_file(&entry).unwrap();
        fs::create_dir(&entry).unwrap();
        let error = save.undo(&saved.file(), &journal).unwrap_err();
        assert!(error.to_string().contains(&entry.display().to_string()), "{error}");
        fs::remove_dir(&entry).unwrap();
        fs::write(&entry, whole).unwrap();
        save.undo(&saved.file(), &journal).unwrap();
        assert_eq!(saved.content().unwrap(), old);
    }
}

/// Where nothing can be lost, what was there before can be had.
#[test]
fn what_a_file_held_is_known_whatever_has_become_of_it() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    let (journal, file) = (saved.journal(), saved.file());
    let save = disk.save(Some(&journal));
    save.replace(&file, OLD, NEW).unwrap();
    fs::write(&file, THIRD).unwrap();
    assert_eq!(Undo::regardless(&file, &journal).unwrap().restored.unwrap(), OLD);
    fs::remove_file(&file).unwrap();
    save.undo(&file, &journal).unwrap();
    assert_eq!(saved.content().unwrap(), OLD);
    save.delete(&file, OLD).unwrap();
    fs::remove_dir(file.parent().unwrap()).unwrap();
    assert_eq!(Undo::regardless(&file, &journal).unwrap().restored.unwrap(), OLD);
    let error = save.undo(&file, &journal).unwrap_err();
    assert!(matches!(error, DiskError::NoFolder(..)), "{error}");
    fs::create_dir(file.parent().unwrap()).unwrap();
    save.undo(&file, &journal).unwrap();
    assert_eq!(saved.content().unwrap(), OLD);
}

#[test]
fn of_a_large_file_only_the_change_is_kept() {
    let [old, new] = [OLD, NEW].map(|content| [content, &[b' '; LARGE]].concat());
    let (saved, disk) = (SavedFile::with(&old), TestDisk::default());
    let (journal, file) = (saved.journal(), saved.file());
    let save = disk.save(Some(&journal));
    save.replace(&file, &old, &new).unwrap();
    let entry = crate::support::files_in(saved.folder.path().join("state").as_path()).remove(0);
    assert!(fs::metadata(entry).unwrap().len() < 2048);
    fs::write(&file, THIRD).unwrap();
    assert!(matches!(Undo::regardless(&file, &journal), Err(DiskError::KeptInPart(_))));
    fs::remove_file(&file).unwrap();
    assert!(matches!(save.undo(&file, &journal), Err(DiskError::KeptInPart(_))));
    fs::write(&file, &new).unwrap();
    save.undo(&file, &journal).unwrap();
    assert_eq!(saved.content().unwrap(), old);
}

#[test]
fn what_changes_made_of_a_file_is_known_while_it_is_as_they_left_it() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    let journal = saved.journal();
    let save = disk.save(Some(&journal));
    save.replace(&saved.file(), OLD, NEW).unwrap();
    save.replace(&saved.file(), NEW, THIRD).unwrap();
    let known = || {
        let changes = Undo::changes(&saved.file(), &journal).unwrap();
        changes.into_iter().map(|change| change.contents.map(|it| (it.before, it.after))).collect::<Vec<_>>()
    };
    let step = |before: &[u8], after: &[u8]| Some((Some(before.to_vec()), Some(after.to_vec())));
    assert_eq!(known(), [step(NEW, THIRD), step(OLD, NEW)]);
    // Another program has put back what was there before the last change.
    fs::write(saved.file(), NEW).unwrap();
    assert_eq!(known(), [step(OLD, NEW)]);
    fs::write(saved.file(), "other").unwrap();
    assert_eq!(known(), [None, None]);
}
