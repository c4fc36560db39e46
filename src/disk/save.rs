use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::drafts::draft_of;
use super::journal::Step;
use super::load::holds;
use super::resolve::{folder_of, resolve, resolve_new};
use super::writable::{check_writable, expect_replaceable, is_guarded, is_mounted};
use super::{Access, Changed, DiskError, Held, Journal, Lock, Operations, Readers};

/// How much larger than rehearsed a file may get, in bytes.
const ROOM: usize = 4096;

/// The one way to change users' files.
pub struct Save<'s> {
    /// The disk.
    pub disk: &'s dyn Operations,
    /// Where undo entries are written; none for `--no-backup`.
    pub journal: Option<&'s Journal>,
    /// The command, for the journal.
    pub command: &'s str,
    /// The time, for the journal, in milliseconds since 1970.
    pub now: i64,
    /// How long to wait for another envtool that is changing the same file.
    pub patience: Duration,
    /// Takes note of the files that are changed.
    pub changed: &'s Changed,
}

/// The path of a file that was changed, links resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved(pub PathBuf);

impl Save<'_> {
    /// Replaces the content of the file at `path`, which must still be `before`, with `after`. Links stay links; owner
    /// and permissions stay as they are.
    ///
    /// # Errors
    /// [`DiskError`]; the file is then as it was.
    pub fn replace(&self, path: &Path, before: &[u8], after: &[u8]) -> Result<Saved, DiskError> {
        let target = resolve(path)?;
        check_writable(&target)?;
        let _lock = Lock::acquire(&target, self.patience)?;
        self.replace_locked(&target, before, after)?;
        Ok(Saved(target))
    }

    /// Replaces the content of the file at `path` with what `plan` makes of it, while no other envtool can change it.
    /// The file stays as it is when `plan` returns none.
    ///
    /// # Errors
    /// `plan`'s, or [`DiskError`]; the file is then as it was.
    pub fn rewrite<'c, E: From<DiskError>>(
        &self,
        path: &Path,
        plan: impl FnOnce(&[u8]) -> Result<Option<Cow<'c, [u8]>>, E>,
    ) -> Result<(), E> {
        let held = Held::take(path, self.patience)?;
        match plan(held.content())? {
            Some(after) => Ok(self.replace_held(&held, &after)?),
            None => Ok(()),
        }
    }

    /// Replaces the content of the file that `held` holds, which must still be what was read, with `after`.
    ///
    /// # Errors
    /// [`DiskError`]; the file is then as it was.
    pub fn replace_held(&self, held: &Held, after: &[u8]) -> Result<(), DiskError> {
        self.replace_locked(&held.target, &held.content, after)
    }

    fn replace_locked(&self, target: &Path, before: &[u8], after: &[u8]) -> Result<(), DiskError> {
        // Only envtool heeds the lock. A link that was put here meanwhile must stay one.
        if target.is_symlink() || !holds(target, before)? {
            return Err(DiskError::Changed(target.to_owned()));
        }
        let entry = self.record(&self.step(target, Some(before), Some(after)))?;
        self.put(target, after, Place::Taken).inspect_err(|_| self.forget(entry.as_deref()))
    }

    /// Goes through every step of replacing the content of the file that `held` holds with something like `after`, but
    /// does not replace it: for callers about to do something that cannot be taken back.
    ///
    /// # Errors
    /// What would make [`replace_held`](Self::replace_held) fail.
    pub fn rehearse(&self, held: &Held, after: &[u8]) -> Result<(), DiskError> {
        expect_replaceable(&held.target)?;
        let entry = self.record(&self.step(&held.target, Some(&held.content), Some(&[])))?;
        self.forget(entry.as_deref());
        let draft = self.draft(&held.target, &[after, &[b' '; ROOM]].concat(), Place::Taken)?;
        self.disk.remove(&draft).map_err(DiskError::io("remove", draft))
    }

    /// Creates a file that must not exist yet, readable by `readers`.
    ///
    /// # Errors
    /// [`DiskError`]; there is then no such file.
    pub fn create(&self, path: &Path, content: &[u8], readers: Readers) -> Result<Saved, DiskError> {
        let target = resolve_new(path)?;
        let _lock = Lock::acquire(folder_of(&target), self.patience)?;
        if target.symlink_metadata().is_ok() {
            return Err(DiskError::Exists(path.to_owned()));
        }
        let entry = self.record(&self.step(&target, None, Some(content)))?;
        self.put(&target, content, Place::Free(readers)).inspect_err(|_| self.forget(entry.as_deref()))?;
        Ok(Saved(target))
    }

    /// Removes the file at `path`, which must still be `before`.
    ///
    /// # Errors
    /// [`DiskError`]; the file is then still there.
    pub fn delete(&self, path: &Path, before: &[u8]) -> Result<Saved, DiskError> {
        if path.is_symlink() {
            return Err(DiskError::Link(path.to_owned()));
        }
        let target = resolve(path)?;
        check_writable(&target)?;
        let lock = Lock::acquire(&target, self.patience)?;
        if !holds(&target, before)? {
            return Err(DiskError::Changed(target));
        }
        let access = Access::of(lock.file()).map_err(DiskError::io("read", &target))?;
        let step = Step { access: Some(&access), ..self.step(&target, Some(before), None) };
        let entry = self.record(&step)?;
        if let Err(error) = self.disk.remove(&target) {
            self.forget(entry.as_deref());
            return Err(DiskError::io("delete", target)(error));
        }
        self.made(&target);
        Ok(Saved(target))
    }

    /// Writes `content` beside `target` and renames it into place.
    pub(super) fn put(&self, target: &Path, content: &[u8], place: Place<'_>) -> Result<(), DiskError> {
        let draft = self.draft(target, content, place)?;
        let placed = match place {
            Place::Taken => self.disk.rename(&draft, target),
            Place::Free(_) | Place::Left(_) => self.disk.publish(&draft, target),
        };
        if let Err(error) = placed {
            let _ = self.disk.remove(&draft);
            return Err(match error.kind() {
                io::ErrorKind::ResourceBusy if is_mounted(target) => DiskError::Mounted(target.to_owned()),
                io::ErrorKind::PermissionDenied if is_guarded(target) => {
                    DiskError::Guarded(target.to_owned(), folder_of(target).to_owned())
                }
                _ => DiskError::io("write", target)(error),
            });
        }
        self.made(target);
        Ok(())
    }

    /// Writes `content` beside `target`. Returns where.
    fn draft(&self, target: &Path, content: &[u8], place: Place<'_>) -> Result<PathBuf, DiskError> {
        let draft = draft_of(target);
        // Left by an envtool that was killed: while we hold the lock, no running one can be writing it.
        if draft.symlink_metadata().is_ok() {
            self.disk.remove(&draft).map_err(DiskError::io("remove", &draft))?;
        }
        let access = match place {
            Place::Taken => File::open(target).and_then(|file| Access::of(&file)).map(Some),
            Place::Left(access) => Ok(Some(access.clone())),
            Place::Free(_) => Ok(None),
        };
        let access = access.map_err(DiskError::io("read", target))?;
        let readers = if let Place::Free(readers) = place { readers } else { Readers::Owner };
        let mut file = self.disk.create(&draft, readers).map_err(|error| match (error.kind(), place) {
            // It is the folder that refuses: the file itself was found writable before.
            (io::ErrorKind::PermissionDenied, Place::Taken) => {
                DiskError::Folder(target.to_owned(), folder_of(target).to_owned())
            }
            _ => DiskError::io("write", target)(error),
        })?;
        let written =
            self.disk.write(&mut file, content).map_err(DiskError::io("write", target)).and_then(|()| {
                let given = access.map_or(Ok(()), |access| self.disk.give(&file, &access));
                given.map_err(DiskError::io("keep the owner and the permissions of", target))?;
                self.disk.flush(&file).map_err(DiskError::io("write", target))
            });
        match written {
            Ok(()) => Ok(draft),
            Err(error) => {
                let _ = self.disk.remove(&draft);
                Err(error)
            }
        }
    }

    /// Notes that `target` has changed. A failing flush of its folder does not undo that, so it is no error.
    pub(super) fn made(&self, target: &Path) {
        self.changed.note(target);
        let _ = self.disk.flush_folder(folder_of(target));
    }

    /// The change of the file at `path` from `before` to `after`, where none means no file.
    pub(super) fn step<'a>(
        &'a self,
        path: &'a Path,
        before: Option<&'a [u8]>,
        after: Option<&'a [u8]>,
    ) -> Step<'a> {
        Step { path, command: self.command, time: self.now, before, after, access: None, together: None }
    }

    /// Writes the undo entry of `step`, if there is a journal. Returns the path of the entry.
    pub(super) fn record(&self, step: &Step<'_>) -> Result<Option<PathBuf>, DiskError> {
        let Some(journal) = self.journal else { return Ok(None) };
        journal.record(self.disk, step).map(Some).map_err(|error| DiskError::Journal(Box::new(error)))
    }

    pub(super) fn forget(&self, entry: Option<&Path>) {
        if let Some(entry) = entry {
            let _ = self.disk.remove(entry);
        }
    }
}

/// What is at the place where a file is to be put.
#[derive(Clone, Copy)]
pub(super) enum Place<'p> {
    /// A file to be replaced; it is locked.
    Taken,
    /// Nothing: the new file is for these readers. The folder is locked.
    Free(Readers),
    /// Nothing: a file with this access was deleted from here. The folder is locked.
    Left(&'p Access),
}
