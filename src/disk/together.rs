use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use super::journal::Step;
use super::load::holds;
use super::save::{Place, Save};
use super::unfinished::Begun;
use super::{DiskError, Entry, Held, Journal, Undo, state, stored_path};

/// A change that spans several files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Together {
    /// Distinguishes it from other changes.
    id: String,
    /// All of the files, links resolved.
    #[serde(with = "stored_path::list")]
    pub(super) paths: Vec<PathBuf>,
}

impl Together {
    /// The change that gives each of `files` its new content at `time`, in milliseconds since 1970.
    pub(super) fn of<'s>(files: impl Iterator<Item = (&'s PathBuf, &'s [u8])>, time: i64) -> Self {
        let (paths, prints): (Vec<_>, Vec<_>) =
            files.map(|(path, after)| (path.clone(), Fingerprint::of(after).hash)).unzip();
        let names = paths.iter().map(|path| state::name_of(path));
        let id = names.chain(prints).chain([time.to_string()]).collect::<String>();
        Self { id: Fingerprint::of(id.as_bytes()).hash, paths }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }
}

/// A file and its new content.
#[derive(Clone, Debug)]
pub struct Replacement<'r> {
    /// The file.
    pub held: &'r Held,
    /// The new content.
    pub after: Cow<'r, [u8]>,
}

impl Save<'_> {
    /// Replaces the contents of several files, each of which must still be as it was when it was taken: all of them or
    /// none. They are also [undone together](Undo::together).
    ///
    /// # Errors
    /// [`DiskError`]; the files are then as they were.
    pub fn replace_all(&self, files: &[Replacement<'_>]) -> Result<(), DiskError> {
        let [_, _, ..] = files else {
            return files.iter().try_for_each(|file| self.replace_held(file.held, &file.after));
        };
        // Only envtool heeds the locks.
        for Held { target, content, .. } in files.iter().map(|file| file.held) {
            if !holds(target, content)? {
                return Err(DiskError::Changed(target.clone()));
            }
        }
        let together = Together::of(files.iter().map(|file| (&file.held.target, &*file.after)), self.now);
        let begin = |journal: &Journal| journal.begin(self.disk, &together, self.command, self.now);
        let begun = self.journal.map(begin).transpose()?;
        let mut entries = Vec::new();
        // All entries come before the first file, so that an unchanged file with an entry shows that envtool was
        // killed.
        let recorded = files.iter().try_for_each(|Replacement { held, after }| {
            let step = self.step(&held.target, Some(&held.content), Some(after));
            let entry = self.record(&Step { together: Some(&together), ..step })?;
            entries.push(entry);
            Ok(())
        });
        let swaps: Vec<_> = files.iter().map(Swap::of_replacement).collect();
        let swapped = match recorded {
            Ok(()) => self.swap_all(&swaps),
            Err(error) => Err(Unswapped { error, is_half: false }),
        };
        self.conclude(swapped, begun, || entries.iter().for_each(|entry| self.forget(entry.as_deref())))
    }

    pub(super) fn take_back_together(&self, undos: &[Undo], journal: &Journal) -> Result<(), DiskError> {
        let Some(Undo { entry: first, .. }) = undos.first() else { return Ok(()) };
        let targets: Vec<_> = undos.iter().map(|undo| undo.entry.path.clone()).collect();
        let _held = Held::take_all(&targets, self.patience)?;
        if Undo::together(&first.path, journal)? != undos {
            return Err(DiskError::Changed(first.path.clone()));
        }
        let begin = |together| journal.begin(self.disk, together, &first.command, first.time);
        let begun = first.together().map(begin).transpose()?;
        let swaps: Vec<_> = undos.iter().map(Swap::of_undo).collect();
        self.conclude(self.swap_all(&swaps), begun, || ())?;
        undos.iter().for_each(|undo| self.forget_undone(undo));
        Ok(())
    }
}

/// A file, its content and its new content.
struct Swap<'s> {
    target: &'s Path,
    before: &'s [u8],
    after: &'s [u8],
}

impl<'s> Swap<'s> {
    fn of_replacement(file: &'s Replacement<'_>) -> Self {
        Self { target: &file.held.target, before: &file.held.content, after: &file.after }
    }

    fn of_undo(undo: &'s Undo) -> Self {
        let [before, after] =
            [&undo.current, &undo.restored].map(|content| content.as_deref().unwrap_or_default());
        Self { target: &undo.entry.path, before, after }
    }
}

/// Why some of several files could not be written.
struct Unswapped {
    error: DiskError,
    /// Whether some of those already written could not be put back.
    is_half: bool,
}

impl Save<'_> {
    /// Makes all of `swaps`, or none.
    fn swap_all(&self, swaps: &[Swap<'_>]) -> Result<(), Unswapped> {
        for (at, swap) in swaps.iter().enumerate() {
            if let Err(error) = self.put(swap.target, swap.after, Place::Taken) {
                let mut is_half = false;
                for Swap { target, before, .. } in &swaps[..at] {
                    match self.put(target, before, Place::Taken) {
                        Ok(()) => self.changed.forget(target),
                        Err(_) => is_half = true,
                    }
                }
                return Err(Unswapped { error, is_half });
            }
        }
        Ok(())
    }

    /// Removes the note of what was `begun`; if the files are as they were, calls `undone` first. The note of a change
    /// that is half made stays.
    fn conclude(
        &self,
        swapped: Result<(), Unswapped>,
        begun: Option<Begun>,
        undone: impl FnOnce(),
    ) -> Result<(), DiskError> {
        match swapped {
            Ok(()) => {
                begun.into_iter().for_each(|begun| begun.end(self.disk));
                Ok(())
            }
            Err(Unswapped { error, is_half }) => {
                if !is_half {
                    undone();
                    begun.into_iter().for_each(|begun| begun.give_up(self.disk));
                }
                Err(error)
            }
        }
    }
}

impl Undo {
    /// The newest change that was made to the file at `path`, followed by its parts in other files.
    ///
    /// # Errors
    /// There is nothing to undo, or one of the files is no longer as that change left it.
    pub fn together(path: &Path, journal: &Journal) -> Result<Vec<Self>, DiskError> {
        let first = Self::of(path, journal)?;
        let mut undos = Vec::new();
        for other in first.entry.others() {
            let is_part = |entry: &Entry| entry.together() == first.entry.together();
            let entries = journal.entries(other);
            // If there is no entry, this part was undone by itself.
            let Some(part) = entries.iter().find(|entry| is_part(entry)) else { continue };
            // Envtool was killed before it changed this file.
            if part.is_made(journal) == Some(false) {
                continue;
            }
            match Self::of(other, journal) {
                Ok(undo) if is_part(&undo.entry) && undo.current.is_some() => undos.push(undo),
                Ok(_) | Err(DiskError::ChangedSince(_) | DiskError::KeptInPart(_)) => {
                    return Err(DiskError::OtherChangedSince {
                        other: other.to_owned(),
                        path: first.entry.path.clone(),
                    });
                }
                Err(error) => return Err(error),
            }
        }
        if !undos.is_empty() && first.current.is_none() {
            return Err(DiskError::ChangedSince(first.entry.path));
        }
        undos.insert(0, first);
        Ok(undos)
    }
}
