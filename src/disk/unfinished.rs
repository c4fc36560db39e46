use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::lock::{Locked, open_to_lock};
use super::operations::private_folder;
use super::together::Together;
use super::{DiskError, Entry, Journal, Operations, Readers, Undo};

/// A change of several files that was made in only some of them, because envtool was killed in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The command that made the change.
    pub command: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
    /// The files in which it was made.
    pub made: Vec<PathBuf>,
    /// The others.
    pub missing: Vec<PathBuf>,
    /// A file through which it can be undone; none if every file has changed since.
    pub undo: Option<PathBuf>,
}

/// Written before the first of several files is changed, and removed after the last.
#[derive(Serialize, Deserialize)]
struct Note {
    version: u32,
    command: String,
    time: i64,
    together: Together,
}

/// A change of several files that is being made or undone. Its note stays behind when envtool is killed.
#[derive(Debug)]
pub(super) struct Begun {
    path: PathBuf,
    is_new: bool,
    _lock: Locked,
}

impl Begun {
    /// All of the files are changed, or all are as they were.
    pub(super) fn end(self, disk: &dyn Operations) {
        let _ = disk.remove(&self.path);
    }

    /// The files are as they were before this was begun.
    pub(super) fn give_up(self, disk: &dyn Operations) {
        if self.is_new {
            self.end(disk);
        }
    }
}

impl Journal {
    /// Notes that the files of `together` are about to be changed, or changed back.
    pub(super) fn begin(
        &self,
        disk: &dyn Operations,
        together: &Together,
        command: &str,
        time: i64,
    ) -> Result<Begun, DiskError> {
        let note = Note { version: 1, command: command.to_owned(), time, together: together.clone() };
        self.write_note(disk, &note).map_err(|error| DiskError::Journal(Box::new(error)))
    }

    fn write_note(&self, disk: &dyn Operations, note: &Note) -> Result<Begun, DiskError> {
        let folder = self.notes();
        private_folder(&folder).map_err(DiskError::io("create", &folder))?;
        for (path, note) in read_all(&folder) {
            if self.unfinished_part(&note).is_none() {
                let _ = disk.remove(&path);
            }
        }
        let path = folder.join(note.together.id());
        let written = || {
            if let Ok(there) = open_to_lock(&path) {
                return Ok((Locked::keep(there), false));
            }
            let mut file = Locked::keep(disk.create(&path, Readers::Owner)?);
            disk.write(&mut file, &serde_json::to_vec(note)?)?;
            disk.flush(&file)?;
            Ok((file, true))
        };
        let (file, is_new) = written().map_err(|error| {
            let _ = disk.remove(&path);
            DiskError::io("write", &path)(error)
        })?;
        Ok(Begun { path, is_new, _lock: file })
    }

    /// The changes of several files that were left half made by an envtool that was killed.
    #[must_use]
    pub fn unfinished(&self) -> Vec<Unfinished> {
        read_all(&self.notes()).into_iter().filter_map(|(_, note)| self.unfinished_part(&note)).collect()
    }

    fn notes(&self) -> PathBuf {
        self.root().join("unfinished")
    }

    /// Where the change of `note` was made and where it was not; none unless it is half made.
    fn unfinished_part(&self, note: &Note) -> Option<Unfinished> {
        let (mut made, mut missing, mut undo) = (Vec::new(), Vec::new(), None);
        for path in &note.together.paths {
            let is_part = |entry: &Entry| entry.together() == Some(&note.together);
            // If there is no entry, it was undone, or the entry was discarded.
            let entries = self.entries(path);
            let Some(entry) = entries.iter().find(|entry| is_part(entry)) else { continue };
            let is_made = entry.is_made(self);
            match is_made {
                Some(true) => made.push(path.clone()),
                Some(false) => missing.push(path.clone()),
                None => {}
            }
            let is_last = || Undo::of(path, self).is_ok_and(|undo| is_part(&undo.entry));
            if undo.is_none() && is_made == Some(true) && is_last() {
                undo = Some(path.clone());
            }
        }
        let is_half = !made.is_empty() && !missing.is_empty();
        let (command, time) = (note.command.clone(), note.time);
        is_half.then_some(Unfinished { command, time, made, missing, undo })
    }
}

/// The notes in `folder` that no running envtool is using.
fn read_all(folder: &Path) -> Vec<(PathBuf, Note)> {
    let read = |path: PathBuf| {
        let mut file = Locked::unless_kept(File::open(&path).ok()?).ok()?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).ok()?;
        let note = serde_json::from_slice::<Note>(&text).ok().filter(|note| note.version == 1)?;
        Some((path, note))
    };
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut notes: Vec<_> = files.filter_map(read).collect();
    notes.sort_by_key(|(_, note)| note.time);
    notes
}
