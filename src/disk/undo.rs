use std::path::Path;

use super::folder::content_below;
use super::resolve::{folder_of, resolve_missing};
use super::save::{Place, Save};
use super::writable::check_writable;
use super::{DiskError, Entry, Journal, Lock, Readers, read};

/// A change that can be undone, and what that would make of its file. The content of a folder is everything below it.
pub struct Undo {
    /// The change.
    pub entry: Entry,
    /// What the file holds; none when there is no file.
    pub current: Option<Vec<u8>>,
    /// What it would hold; none when there would be no file.
    pub restored: Option<Vec<u8>>,
    /// Newer changes that were prepared but never made, because envtool was killed in between.
    void: Vec<Entry>,
}

/// A change that was made.
pub struct Change {
    /// Its entry.
    pub entry: Entry,
    /// What it made of its file; none if the file is no longer as it left it.
    pub contents: Option<Contents>,
}

/// What a file held before and after a change; none where there was no file.
pub struct Contents {
    /// Before.
    pub before: Option<Vec<u8>>,
    /// After.
    pub after: Option<Vec<u8>>,
}

impl Undo {
    /// The newest change of the file at `path` that was made.
    ///
    /// # Errors
    /// Nothing to undo, or the file is no longer as that change left it.
    pub fn of(path: &Path, journal: &Journal) -> Result<Self, DiskError> {
        let undo = Self::regardless(path, journal)?;
        // Where there is no file, none is lost.
        if undo.current.is_none() || undo.entry.applies_to(undo.current.as_deref()) {
            return Ok(undo);
        }
        Err(DiskError::ChangedSince(undo.entry.path))
    }

    /// The same, whatever the file holds by now: for those who leave it as it is.
    ///
    /// # Errors
    /// Nothing to undo, or what the file held cannot be told.
    pub fn regardless(path: &Path, journal: &Journal) -> Result<Self, DiskError> {
        let target = resolve_missing(path);
        let mut entries = journal.entries(&target);
        // Without entries, the content of what may be a large folder is not needed.
        let current = if entries.is_empty() { None } else { content(&target)? };
        let newest = newest(&entries, current.as_deref());
        let applies = newest.is_some_and(|newest| entries[newest].applies_to(current.as_deref()));
        if !applies {
            journal.expect_readable(&target)?;
        }
        let Some(newest) = newest else { return Err(DiskError::NothingToUndo(path.to_owned())) };
        let entry = entries.swap_remove(newest);
        entries.truncate(newest);
        match entry.restored(current.as_deref()) {
            Some(restored) => Ok(Self { entry, current, restored, void: entries }),
            None if !applies => Err(DiskError::KeptInPart(target)),
            None => Err(DiskError::DamagedJournal { path: target, what: "an entry does not fit the file" }),
        }
    }

    /// The changes of the file at `path` that were made, newest first.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn changes(path: &Path, journal: &Journal) -> Result<Vec<Change>, DiskError> {
        let target = resolve_missing(path);
        let entries = journal.entries(&target);
        if entries.is_empty() {
            journal.expect_readable(&target)?;
        }
        // Without entries, the content of what may be a large folder is not needed.
        let mut current = if entries.is_empty() { None } else { Some(content(&target)?) };
        let mut changes = Vec::new();
        for entry in entries {
            let known = current.as_ref().map(Option::as_deref);
            if known.is_some_and(|after| !entry.applies_to(after) && entry.is_void(after)) {
                continue;
            }
            let before =
                known.filter(|after| entry.applies_to(*after)).and_then(|after| entry.restored(after));
            let after = std::mem::replace(&mut current, before.clone());
            let contents = after.zip(before).map(|(after, before)| Contents { before, after });
            changes.push(Change { entry, contents });
        }
        Ok(changes)
    }
}

impl PartialEq for Undo {
    /// Whether both undo the same change of the same content.
    fn eq(&self, other: &Self) -> bool {
        self.entry.file() == other.entry.file() && self.current == other.current
    }
}

impl Entry {
    /// Whether the change was made, or only prepared because envtool was killed. It goes by what the file holds, or
    /// held before later changes. None where that does not tell.
    pub(super) fn is_made(&self, journal: &Journal) -> Option<bool> {
        let judge = |content: Option<Vec<u8>>| match content.as_deref() {
            content if self.applies_to(content) => Some(true),
            content if self.is_void(content) => Some(false),
            _ => None,
        };
        judge(content(&self.path).ok()?).or_else(|| {
            let changes = Undo::changes(&self.path, journal).ok()?;
            changes.into_iter().map_while(|change| Some(change.contents?.before)).find_map(judge)
        })
    }
}

/// What `target` holds, a folder everything below it; none when there is nothing.
fn content(target: &Path) -> Result<Option<Vec<u8>>, DiskError> {
    match target.exists() {
        true if target.is_dir() => content_below(target).map(Some),
        true => read(target).map(Some),
        false => Ok(None),
    }
}

/// Which of `entries`, newest first, is the newest that was made, where the file holds `current`.
fn newest(entries: &[Entry], current: Option<&[u8]>) -> Option<usize> {
    entries.iter().position(|entry| entry.applies_to(current) || !entry.is_void(current))
}

impl Save<'_> {
    /// Makes `undos`: the newest change of a file, [by itself](Undo::of) or with its parts in
    /// [other files](Undo::together).
    ///
    /// # Errors
    /// One of the files has changed since `undos` were found. The files are then as they were.
    pub fn take_back(&self, undos: &[Undo], journal: &Journal) -> Result<(), DiskError> {
        match undos {
            [undo] => self.take_back_alone(undo, journal),
            _ => self.take_back_together(undos, journal),
        }
    }

    fn take_back_alone(&self, undo: &Undo, journal: &Journal) -> Result<(), DiskError> {
        let target = &undo.entry.path;
        let folder = folder_of(target);
        if !folder.exists() {
            return Err(DiskError::NoFolder(target.clone(), folder.to_owned()));
        }
        let is_file = target.exists() && !target.is_dir();
        if is_file {
            check_writable(target)?;
        }
        let _lock = Lock::acquire(if is_file { target } else { folder }, self.patience)?;
        if Undo::of(target, journal)? != *undo {
            return Err(DiskError::Changed(target.clone()));
        }
        match undo.restored.as_deref() {
            Some(content) if undo.current.is_some() => self.put(target, content, Place::Taken)?,
            Some(content) => {
                let place = undo.entry.access().map_or(Place::Free(Readers::Owner), Place::Left);
                self.put(target, content, place)?;
            }
            None if target.is_dir() => self.remove_folder(target)?,
            None => {
                self.disk.remove(target).map_err(DiskError::io("delete", target))?;
                self.made(target);
            }
        }
        self.forget_undone(undo);
        Ok(())
    }

    pub(super) fn forget_undone(&self, undo: &Undo) {
        for entry in undo.void.iter().chain([&undo.entry]) {
            self.forget(Some(entry.file()));
        }
    }
}
