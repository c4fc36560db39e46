//! Nothing is lost: whatever fails, and whenever envtool is killed, a file has its old or its new content, and the next
//! run works.

#[cfg(unix)]
mod access;
mod faults;
mod folders;
mod journal;
mod together;
#[cfg(unix)]
mod unix;

use std::fs;
use std::path::PathBuf;

use envtool::disk::{DiskError, Journal, Lock, Readers, Save, Undo};
use envtool::error::{Error, ExitCode};

use crate::support::{TakeBack as _, TestDisk};

const OLD: &[u8] = b"{\"values\": [{\"key\": \"a\", \"value\": \"old\"}]}";
const NEW: &[u8] = b"{\"values\": [{\"key\": \"a\", \"value\": \"new and longer\"}]}";
const THIRD: &[u8] = b"{\"values\": []}";

/// A file in a folder of its own, with a journal beside that folder.
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

/// The tokens that an undo removes are kept first, so it must not remove others than those that were looked at.
#[test]
fn undo_reverts_the_change_that_was_looked_up_and_nothing_newer() {
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
