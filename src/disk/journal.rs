mod entry;

pub use entry::Entry;

use std::cmp::Reverse;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::operations::private_folder;
use super::together::Together;
use super::{Access, DiskError, Operations, Readers, state};

/// How many changes of one file can be taken back.
const KEPT: usize = 20;

/// What undo needs: a folder for each file, with a numbered entry for each change, newest last.
///
/// Entries hold the old content of files, secrets included, so only their owner may read them.
#[derive(Debug)]
pub struct Journal {
    root: PathBuf,
}

/// A change about to be made.
pub(super) struct Step<'s> {
    pub(super) path: &'s Path,
    pub(super) command: &'s str,
    pub(super) time: i64,
    pub(super) before: Option<&'s [u8]>,
    pub(super) after: Option<&'s [u8]>,
    pub(super) access: Option<&'s Access>,
    pub(super) together: Option<&'s Together>,
}

impl Journal {
    /// The journal of the current user.
    ///
    /// # Errors
    /// [`DiskError::NoStateFolder`].
    pub fn open() -> Result<Self, DiskError> {
        Ok(Self::at(state::state_folder()?.join("undo")))
    }

    /// The journal in the folder `root`, which need not exist yet.
    #[must_use]
    pub fn at(root: PathBuf) -> Self {
        Self { root }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    fn folder(&self, path: &Path) -> PathBuf {
        self.root.join(state::name_of(path))
    }

    /// Writes the entry for undoing `step`, before that is made. Returns the path of the entry.
    pub(super) fn record(&self, disk: &dyn Operations, step: &Step<'_>) -> Result<PathBuf, DiskError> {
        let folder = self.folder(step.path);
        private_folder(&folder).map_err(DiskError::io("create", &folder))?;
        let numbers = numbers(&folder);
        let file = folder.join(format!("{:08}", numbers.last().map_or(1, |last| last + 1)));
        let bytes = Entry::bytes_of(step).map_err(DiskError::io("write", &file))?;
        // By way of a draft, so that an envtool that is killed never leaves half an entry. The lock keeps others from
        // it.
        let draft = folder.join("draft");
        let _ = disk.remove(&draft);
        let mut opened = disk.create(&draft, Readers::Owner).map_err(DiskError::io("create", &draft))?;
        let written = disk.write(&mut opened, &bytes).and_then(|()| disk.flush(&opened));
        if let Err(error) = written.and_then(|()| disk.rename(&draft, &file)) {
            let _ = disk.remove(&draft);
            return Err(DiskError::io("write", file)(error));
        }
        for number in numbers.iter().rev().skip(KEPT - 1) {
            let _ = disk.remove(&folder.join(format!("{number:08}")));
        }
        Ok(file)
    }

    /// The changes of `path` that can be undone, newest first. Damaged entries are left out.
    #[must_use]
    pub fn entries(&self, path: &Path) -> Vec<Entry> {
        let folder = self.folder(path);
        let numbers = numbers(&folder);
        let read = |number: &u32| Entry::read(&folder.join(format!("{number:08}"))).ok();
        numbers.iter().rev().filter_map(read).collect()
    }

    /// Refuses to go on when an entry of `path` cannot be read, since then the last change is unknown.
    pub(super) fn expect_readable(&self, path: &Path) -> Result<(), DiskError> {
        let folder = self.folder(path);
        let unreadable =
            |error| DiskError::UnreadableJournal { path: path.to_owned(), error: Box::new(error) };
        let listed = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            listed => listed.map(drop),
        };
        listed.map_err(|error| unreadable(DiskError::io("read", &folder)(error)))?;
        let read = |number: &u32| Entry::read(&folder.join(format!("{number:08}"))).map(drop);
        numbers(&folder).iter().rev().try_for_each(read).map_err(unreadable)
    }

    /// The newest change of several files with one below `folder`: its entry for the first of those.
    #[must_use]
    pub fn newest_together_below(&self, folder: &Path) -> Option<Entry> {
        let is_below = |entry: &Entry| entry.together().is_some() && entry.path.starts_with(folder);
        self.newest().filter(is_below).min_by_key(|entry| (Reverse(entry.time), entry.path.clone()))
    }

    /// When the newest change it knows was made, in milliseconds since 1970.
    #[must_use]
    pub fn last_time(&self) -> Option<i64> {
        self.newest().map(|entry| entry.time).max()
    }

    /// The newest change of each file.
    pub(super) fn newest(&self) -> impl Iterator<Item = Entry> {
        let journals = fs::read_dir(&self.root).into_iter().flatten().flatten();
        journals.filter_map(|journal| newest(&journal.path()))
    }

    /// The files directly in `folder` that were deleted and can be restored.
    #[must_use]
    pub fn deleted_in(&self, folder: &Path) -> Vec<PathBuf> {
        let gone = self.newest().filter(|entry| entry.is_deletion() && entry.path.parent() == Some(folder));
        let mut paths: Vec<_> = gone.map(|entry| entry.path).filter(|path| !path.exists()).collect();
        paths.sort();
        paths
    }

    /// How many changes of `path` and all files below it, or of all files, it knows.
    #[must_use]
    pub fn count(&self, path: Option<&Path>) -> usize {
        self.folders(path).iter().map(|folder| numbers(folder).len()).sum()
    }

    /// Forgets every change of `path` and all files below it, or of all files. Returns how many there were.
    ///
    /// # Errors
    /// An entry cannot be removed.
    pub fn clear(&self, path: Option<&Path>) -> Result<usize, DiskError> {
        let mut count = 0;
        for folder in self.folders(path) {
            count += numbers(&folder).len();
            fs::remove_dir_all(&folder).map_err(DiskError::io("remove", folder))?;
        }
        Ok(count)
    }

    /// Where the changes of `path` and all files below it, or of all files, are kept.
    fn folders(&self, path: Option<&Path>) -> Vec<PathBuf> {
        let folders = fs::read_dir(&self.root).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_wanted = |folder: &PathBuf| match path {
            Some(path) => {
                *folder == self.folder(path)
                    || newest(folder).is_some_and(|entry| entry.path.starts_with(path))
            }
            None => true,
        };
        folders.filter(|folder| folder.is_dir() && is_wanted(folder)).collect()
    }
}

/// The newest entry in `folder`, if it can be read.
fn newest(folder: &Path) -> Option<Entry> {
    let last = *numbers(folder).last()?;
    Entry::read(&folder.join(format!("{last:08}"))).ok()
}

/// The numbers of the entries in `folder`, in order.
fn numbers(folder: &Path) -> Vec<u32> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let mut numbers: Vec<u32> = names.filter_map(|name| name.to_str()?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers
}
