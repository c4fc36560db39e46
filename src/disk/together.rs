use std::borrow::Cow;
use std::path::Path;

use super::journal::Together;
use super::load::holds;
use super::save::{Place, Save};
use super::{DiskError, Entry, Held, Journal, Undo};

/// A file and what it is to hold.
#[derive(Clone, Debug)]
pub struct Replacement<'r> {
    /// The file.
    pub held: &'r Held,
    /// What it will hold.
    pub after: Cow<'r, [u8]>,
}

impl Save<'_> {
    /// Replaces the contents of several files, each of which must still be as it was when it was taken: all of them, or
    /// none. What one of them [was changed with](Self::undo_together) is taken back with it.
    ///
    /// # Errors
    /// [`DiskError`]; the files are then as they were.
    pub fn replace_all(&self, files: &[Replacement<'_>]) -> Result<(), DiskError> {
        let [_, _, ..] = files else {
            return files.iter().try_for_each(|file| self.replace_held(file.held, &file.after));
        };
        // The locks bind envtools alone.
        for Held { target, content, .. } in files.iter().map(|file| file.held) {
            if !holds(target, content)? {
                return Err(DiskError::Changed(target.clone()));
            }
        }
        let together = Together::of(files.iter().map(|file| (&file.held.target, &*file.after)), self.now);
        let mut entries = Vec::new();
        for Replacement { held: Held { target, content, .. }, after } in files {
            let entry = self.record(target, Some(content), Some(after), None, Some(&together));
            let written = entry.and_then(|entry| {
                let written = self.put(target, after, Place::Taken);
                written.inspect_err(|_| self.forget(entry.as_deref())).map(|()| entries.push(entry))
            });
            if let Err(error) = written {
                for (Replacement { held, .. }, entry) in files.iter().zip(&entries) {
                    if self.put(&held.target, &held.content, Place::Taken).is_ok() {
                        self.forget(entry.as_deref());
                    }
                }
                return Err(error);
            }
        }
        Ok(())
    }

    /// Takes back the newest change of the file at `path` that was made, in all of the files that it changed.
    ///
    /// # Errors
    /// Nothing to undo, or one of the files is no longer as that change left it. The files are then as they were.
    pub fn undo_together(&self, path: &Path, journal: &Journal) -> Result<Vec<Entry>, DiskError> {
        let [_, _, ..] = &Undo::together(path, journal)?[..] else {
            return self.undo(path, journal).map(|entry| vec![entry]);
        };
        let paths = |undos: &[Undo]| undos.iter().map(|undo| undo.entry.path.clone()).collect::<Vec<_>>();
        let targets = paths(&Undo::together(path, journal)?);
        let _held = Held::take_all(&targets, self.patience)?;
        // What was seen before may have changed until the locks were there.
        let undos = Undo::together(path, journal)?;
        if paths(&undos) != targets {
            return Err(DiskError::Changed(path.to_owned()));
        }
        for (at, undo) in undos.iter().enumerate() {
            let content = undo.restored.as_deref().unwrap_or_default();
            if let Err(error) = self.put(&undo.entry.path, content, Place::Taken) {
                for undo in undos.iter().take(at) {
                    let _ =
                        self.put(&undo.entry.path, undo.current.as_deref().unwrap_or_default(), Place::Taken);
                }
                return Err(error);
            }
        }
        undos.iter().for_each(|undo| self.forget_undone(undo));
        Ok(undos.into_iter().map(|undo| undo.entry).collect())
    }
}

impl Undo {
    /// The newest change of the file at `path` that was made, first, and what it did to other files.
    ///
    /// # Errors
    /// Nothing to undo, or one of the files is no longer as that change left it.
    pub fn together(path: &Path, journal: &Journal) -> Result<Vec<Self>, DiskError> {
        let first = Self::of(path, journal)?;
        let mut undos = Vec::new();
        for other in first.entry.others() {
            let is_part = |entry: &Entry| entry.together() == first.entry.together();
            let entries = journal.entries(other);
            // Without an entry it was taken back alone.
            let Some(part) = entries.iter().find(|entry| is_part(entry)) else { continue };
            let current = if other.exists() { Some(super::read(other)?) } else { None };
            // Not made, because envtool was killed in between.
            if part.is_void(current.as_deref()) {
                continue;
            }
            match Self::of(other, journal) {
                Ok(undo) if is_part(&undo.entry) => undos.push(undo),
                Ok(_) | Err(DiskError::ChangedSince(_)) => {
                    return Err(DiskError::OtherChangedSince {
                        other: other.to_owned(),
                        path: first.entry.path.clone(),
                    });
                }
                Err(error) => return Err(error),
            }
        }
        undos.insert(0, first);
        Ok(undos)
    }
}
