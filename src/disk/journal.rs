use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::operations::private_folder;
use super::{DiskError, Operations, Readers, state, stored_path};

/// How many changes of one file can be taken back.
const KEPT: usize = 20;

/// What it takes to undo changes: one folder for each file, one numbered entry for each change, newest last.
///
/// Entries hold what the changed files held, secrets included, so only their owner may read them.
#[derive(Debug)]
pub struct Journal {
    root: PathBuf,
}

/// One change that can be taken back: of a file's content, or of its being there.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    version: u32,
    /// The file, links resolved.
    #[serde(with = "stored_path")]
    pub path: PathBuf,
    /// The command that made the change.
    pub command: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
    /// The content before; none when there was no file.
    before: Option<Print>,
    /// The content after; none when there is no file any more.
    after: Option<Print>,
    /// The permission bits of a file that is gone.
    mode: Option<u32>,
    /// The change of several files that this is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    together: Option<Together>,
    /// Where in the content after the change the other bytes stand, and how many they are.
    at: usize,
    taken: usize,
    /// What stood there before. In the file it follows the first line.
    #[serde(skip)]
    old: Vec<u8>,
    #[serde(skip)]
    file: PathBuf,
}

/// A change of several files that is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Together {
    /// What tells it from other changes.
    id: String,
    /// All of the files, links resolved.
    #[serde(with = "stored_path::list")]
    pub(super) paths: Vec<PathBuf>,
}

impl Together {
    /// The change that gives each of the files some new content at `time`.
    pub(super) fn of<'s>(files: impl Iterator<Item = (&'s PathBuf, &'s [u8])>, time: i64) -> Self {
        let (paths, prints): (Vec<_>, Vec<_>) =
            files.map(|(path, after)| (path.clone(), Print::of(after).hash)).unzip();
        let names = paths.iter().map(|path| state::name_of(path));
        let id = names.chain(prints).chain([time.to_string()]).collect::<String>();
        Self { id: Print::of(id.as_bytes()).hash, paths }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }
}

/// What tells one content from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Print {
    length: usize,
    hash: String,
}

impl Print {
    fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len(), hash: format!("{:032x}", xxh3_128(bytes)) }
    }
}

/// A change about to be made.
pub(super) struct Step<'s> {
    pub(super) path: &'s Path,
    pub(super) command: &'s str,
    pub(super) time: i64,
    pub(super) before: Option<&'s [u8]>,
    pub(super) after: Option<&'s [u8]>,
    pub(super) mode: Option<u32>,
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

    /// The journal in the folder `root`, which need not be there yet.
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

    /// Writes down what it takes to undo `step`, before it is made. Returns the entry's file.
    pub(super) fn record(&self, disk: &dyn Operations, step: &Step<'_>) -> Result<PathBuf, DiskError> {
        let folder = self.folder(step.path);
        private_folder(&folder).map_err(DiskError::io("create", &folder))?;
        let numbers = numbers(&folder);
        let file = folder.join(format!("{:08}", numbers.last().map_or(1, |last| last + 1)));
        let (entry, old) = describe(step);
        let line = serde_json::to_vec(&entry).map_err(std::io::Error::from);
        let mut bytes = line.map_err(DiskError::io("write", &file))?;
        bytes.push(b'\n');
        bytes.extend_from_slice(old);
        let mut opened = disk.create(&file, Readers::Owner).map_err(DiskError::io("create", &file))?;
        if let Err(error) = disk.write(&mut opened, &bytes).and_then(|()| disk.flush(&opened)) {
            let _ = disk.remove(&file);
            return Err(DiskError::io("write", file)(error));
        }
        for number in numbers.iter().rev().skip(KEPT - 1) {
            let _ = disk.remove(&folder.join(format!("{number:08}")));
        }
        Ok(file)
    }

    /// The changes of `path` that can be taken back, newest first. Damaged entries are left out.
    #[must_use]
    pub fn entries(&self, path: &Path) -> Vec<Entry> {
        let folder = self.folder(path);
        let numbers = numbers(&folder);
        numbers.iter().rev().filter_map(|number| Entry::read(&folder.join(format!("{number:08}")))).collect()
    }

    /// The newest change of several files that are below `folder`, as the change of the first of them.
    #[must_use]
    pub fn newest_together_below(&self, folder: &Path) -> Option<Entry> {
        let is_below = |entry: &Entry| entry.together.is_some() && entry.path.starts_with(folder);
        self.newest().filter(is_below).min_by_key(|entry| (Reverse(entry.time), entry.path.clone()))
    }

    /// When the newest change was made that it knows, in milliseconds since 1970.
    #[must_use]
    pub fn last_time(&self) -> Option<i64> {
        self.newest().map(|entry| entry.time).max()
    }

    /// The newest change of each file.
    pub(super) fn newest(&self) -> impl Iterator<Item = Entry> {
        let journals = fs::read_dir(&self.root).into_iter().flatten().flatten();
        journals.filter_map(|journal| {
            let last = *numbers(&journal.path()).last()?;
            Entry::read(&journal.path().join(format!("{last:08}")))
        })
    }

    /// The files directly in `folder` that were deleted and can be brought back.
    #[must_use]
    pub fn deleted_in(&self, folder: &Path) -> Vec<PathBuf> {
        let gone = self.newest().filter(|entry| entry.after.is_none() && entry.path.parent() == Some(folder));
        let mut paths: Vec<_> = gone.map(|entry| entry.path).filter(|path| !path.exists()).collect();
        paths.sort();
        paths
    }

    /// How many changes of `path`, or of all files, it knows.
    #[must_use]
    pub fn count(&self, path: Option<&Path>) -> usize {
        self.folders(path).iter().map(|folder| numbers(folder).len()).sum()
    }

    /// Forgets every change of `path`, or of all files. Returns how many there were.
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

    /// Where the changes of `path`, or of all files, are kept.
    fn folders(&self, path: Option<&Path>) -> Vec<PathBuf> {
        let folders = match path {
            Some(path) => vec![self.folder(path)],
            None => {
                fs::read_dir(&self.root).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
            }
        };
        folders.into_iter().filter(|folder| folder.is_dir()).collect()
    }
}

impl Entry {
    fn read(file: &Path) -> Option<Self> {
        let bytes = fs::read(file).ok()?;
        let end = bytes.iter().position(|&byte| byte == b'\n')?;
        let mut entry: Self = serde_json::from_slice(&bytes[..end]).ok()?;
        entry.old = bytes[end + 1..].to_vec();
        entry.file = file.to_owned();
        (entry.version == 1).then_some(entry)
    }

    /// Where the entry lies.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Whether the change was prepared but never made: the file is still as before.
    pub(super) fn is_void(&self, current: Option<&[u8]>) -> bool {
        self.before != self.after && current.map(Print::of) == self.before
    }

    /// Whether the file is as the change left it.
    pub(super) fn applies_to(&self, current: Option<&[u8]>) -> bool {
        current.map(Print::of) == self.after
    }

    /// The content before the change, from the content after it; the outer none means a damaged entry.
    pub(super) fn restored(&self, current: Option<&[u8]>) -> Option<Option<Vec<u8>>> {
        let Some(before) = &self.before else { return Some(None) };
        let current = current.unwrap_or_default();
        let (head, tail) = (current.get(..self.at)?, current.get(self.at.checked_add(self.taken)?..)?);
        let bytes = [head, &self.old, tail].concat();
        (Print::of(&bytes) == *before).then_some(Some(bytes))
    }

    /// The change of several files that this is a part of.
    pub(super) fn together(&self) -> Option<&Together> {
        self.together.as_ref()
    }

    /// The other files that were changed with this one.
    pub fn others(&self) -> impl Iterator<Item = &Path> {
        let paths = self.together.iter().flat_map(|together| &together.paths);
        paths.filter(|path| **path != self.path).map(PathBuf::as_path)
    }

    /// The permission bits of the file that was deleted.
    pub(super) fn mode(&self) -> Option<u32> {
        self.mode
    }
}

/// The entry of `step`, and the bytes that only the content before has.
fn describe<'s>(step: &Step<'s>) -> (Entry, &'s [u8]) {
    let (before, after) = (step.before.unwrap_or_default(), step.after.unwrap_or_default());
    let head = same_at_start(before, after);
    let tail = same_at_end(&before[head..], &after[head..]);
    let entry = Entry {
        version: 1,
        path: step.path.to_owned(),
        command: step.command.to_owned(),
        time: step.time,
        before: step.before.map(Print::of),
        after: step.after.map(Print::of),
        mode: step.mode,
        together: step.together.cloned(),
        at: head,
        taken: after.len() - head - tail,
        old: Vec::new(),
        file: PathBuf::new(),
    };
    (entry, &before[head..before.len() - tail])
}

/// How many bytes are compared at once.
const STRIDE: usize = 64;

/// How many bytes `left` and `right` have in common from the start.
fn same_at_start(left: &[u8], right: &[u8]) -> usize {
    let strides = left.as_chunks::<STRIDE>().0.iter().zip(right.as_chunks().0);
    let whole = STRIDE * strides.take_while(|(left, right)| left == right).count();
    whole + left[whole..].iter().zip(&right[whole..]).take_while(|(left, right)| left == right).count()
}

/// How many bytes `left` and `right` have in common from the end.
fn same_at_end(left: &[u8], right: &[u8]) -> usize {
    let strides = left.as_rchunks::<STRIDE>().1.iter().rev().zip(right.as_rchunks().1.iter().rev());
    let whole = STRIDE * strides.take_while(|(left, right)| left == right).count();
    let (left, right) = (&left[..left.len() - whole], &right[..right.len() - whole]);
    whole + left.iter().rev().zip(right.iter().rev()).take_while(|(left, right)| left == right).count()
}

/// The numbers of the entries in `folder`, in order.
fn numbers(folder: &Path) -> Vec<u32> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let mut numbers: Vec<u32> = names.filter_map(|name| name.to_str()?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_at_start_and_end_is_found_at_every_length() {
        let old: Vec<u8> = (0..200).collect();
        for at in 0..old.len() {
            let mut new = old.clone();
            new[at] = 255;
            assert_eq!((same_at_start(&old, &new), same_at_end(&old, &new)), (at, old.len() - at - 1));
            assert_eq!(
                (same_at_start(&old, &old[..at]), same_at_end(&old, &old[at..])),
                (at, old.len() - at)
            );
        }
    }
}
