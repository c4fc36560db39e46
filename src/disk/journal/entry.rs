use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::Step;
use crate::disk::DiskError;
use crate::disk::access::Access;
use crate::disk::fingerprint::Fingerprint;
use crate::disk::stored_path;
use crate::disk::together::Together;

/// The size up to which the content before a change is kept whole.
const WHOLE: usize = 64 * 1024;

/// One change that can be undone: of a file's content, or of its existence.
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
    before: Option<Fingerprint>,
    /// The content after; none when there is no file any more.
    after: Option<Fingerprint>,
    /// The access of a file that was deleted.
    access: Option<Access>,
    /// The change of several files that this is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    together: Option<Together>,
    /// Where the changed bytes are in the new content, and how many there are.
    at: usize,
    taken: usize,
    /// The bytes that were there before. In the entry's file they follow the first line.
    #[serde(skip)]
    old: Vec<u8>,
    #[serde(skip)]
    file: PathBuf,
}

impl Entry {
    /// The bytes of the entry for `step`: a line of JSON, then the old content; of a large file only the part that
    /// differs from the new one.
    pub(in crate::disk) fn bytes_of(step: &Step<'_>) -> io::Result<Vec<u8>> {
        let (before, after) = (step.before.unwrap_or_default(), step.after.unwrap_or_default());
        let (head, tail) = if before.len() <= WHOLE {
            (0, 0)
        } else {
            let head = same_at_start(before, after);
            (head, same_at_end(&before[head..], &after[head..]))
        };
        let entry = Self {
            version: 1,
            path: step.path.to_owned(),
            command: step.command.to_owned(),
            time: step.time,
            before: step.before.map(Fingerprint::of),
            after: step.after.map(Fingerprint::of),
            access: step.access.cloned(),
            together: step.together.cloned(),
            at: head,
            taken: after.len() - head - tail,
            old: Vec::new(),
            file: PathBuf::new(),
        };
        let line = serde_json::to_vec(&entry)?;
        Ok([&line, &b"\n"[..], &before[head..before.len() - tail]].concat())
    }

    /// The entry in `file`.
    ///
    /// # Errors
    /// It cannot be read, or is damaged.
    pub(in crate::disk) fn read(file: &Path) -> Result<Self, DiskError> {
        let bytes = fs::read(file).map_err(DiskError::io("read", file))?;
        Self::parse(&bytes, file).ok_or_else(|| DiskError::DamagedEntry(file.to_owned()))
    }

    fn parse(bytes: &[u8], file: &Path) -> Option<Self> {
        let end = bytes.iter().position(|&byte| byte == b'\n')?;
        let mut entry: Self = serde_json::from_slice(&bytes[..end]).ok()?;
        entry.old = bytes[end + 1..].to_vec();
        entry.file = file.to_owned();
        (entry.version == 1).then_some(entry)
    }

    /// Where the entry lies.
    pub(in crate::disk) fn file(&self) -> &Path {
        &self.file
    }

    /// Whether the change was prepared but never made: the file is still as before.
    pub(in crate::disk) fn is_void(&self, current: Option<&[u8]>) -> bool {
        self.before != self.after && current.map(Fingerprint::of) == self.before
    }

    /// Whether the file is as the change left it.
    pub(in crate::disk) fn applies_to(&self, current: Option<&[u8]>) -> bool {
        current.map(Fingerprint::of) == self.after
    }

    /// The content before the change, worked out from `current`, the content after it. The outer none means that the
    /// two do not fit.
    pub(in crate::disk) fn restored(&self, current: Option<&[u8]>) -> Option<Option<Vec<u8>>> {
        let Some(before) = &self.before else { return Some(None) };
        if let Some(old) = self.whole() {
            return Some(Some(old.to_vec()));
        }
        let current = current.unwrap_or_default();
        let (head, tail) = (current.get(..self.at)?, current.get(self.at.checked_add(self.taken)?..)?);
        let bytes = [head, &self.old, tail].concat();
        (Fingerprint::of(&bytes) == *before).then_some(Some(bytes))
    }

    /// The whole content before the change, if the entry has it: then it can be restored whatever the file holds by
    /// now.
    pub(in crate::disk) fn whole(&self) -> Option<&[u8]> {
        (Some(Fingerprint::of(&self.old)) == self.before).then_some(&self.old)
    }

    /// The change of several files that this is a part of.
    pub(in crate::disk) fn together(&self) -> Option<&Together> {
        self.together.as_ref()
    }

    /// The other files that were changed with this one.
    pub fn others(&self) -> impl Iterator<Item = &Path> {
        let paths = self.together.iter().flat_map(|together| &together.paths);
        paths.filter(|path| **path != self.path).map(PathBuf::as_path)
    }

    /// Whether the change deleted the file.
    pub(in crate::disk) fn is_deletion(&self) -> bool {
        self.after.is_none()
    }

    /// The access of the file that was deleted.
    pub(in crate::disk) fn access(&self) -> Option<&Access> {
        self.access.as_ref()
    }
}

/// How many bytes are compared at once.
const STRIDE: usize = 64;

/// How many bytes `left` and `right` have in common at the start.
fn same_at_start(left: &[u8], right: &[u8]) -> usize {
    let strides = left.as_chunks::<STRIDE>().0.iter().zip(right.as_chunks().0);
    let whole = STRIDE * strides.take_while(|(left, right)| left == right).count();
    whole + left[whole..].iter().zip(&right[whole..]).take_while(|(left, right)| left == right).count()
}

/// How many bytes `left` and `right` have in common at the end.
fn same_at_end(left: &[u8], right: &[u8]) -> usize {
    let strides = left.as_rchunks::<STRIDE>().1.iter().rev().zip(right.as_rchunks().1.iter().rev());
    let whole = STRIDE * strides.take_while(|(left, right)| left == right).count();
    let (left, right) = (&left[..left.len() - whole], &right[..right.len() - whole]);
    whole + left.iter().rev().zip(right.iter().rev()).take_while(|(left, right)| left == right).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_start_and_end_are_found_at_every_length() {
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
