use std::path::{Path, PathBuf};
use std::time::Duration;

use super::resolve::resolve;
use super::writable::check_writable;
use super::{DiskError, Lock, read};

/// A file that no other envtool changes until this is dropped, and what it held when it was taken.
#[derive(Debug)]
pub struct Held {
    /// As the user named it.
    path: PathBuf,
    pub(super) target: PathBuf,
    pub(super) content: Vec<u8>,
    lock: Lock,
}

impl Held {
    /// Waits at most `patience` for the file at `path`, and reads it.
    ///
    /// # Errors
    /// It cannot be read or written, or another envtool holds it.
    pub fn take(path: &Path, patience: Duration) -> Result<Self, DiskError> {
        Self::lock(path, writable(path)?, patience)
    }

    /// As [`take`](Self::take), for all of `paths`, no two of which are the same file. They are always taken in the
    /// same order, so that two envtools never wait for each other.
    ///
    /// # Errors
    /// As for [`take`](Self::take).
    pub fn take_all(paths: &[PathBuf], patience: Duration) -> Result<Vec<Self>, DiskError> {
        let targets = paths.iter().map(|path| writable(path)).collect::<Result<Vec<_>, _>>()?;
        let mut targets: Vec<_> = targets.into_iter().enumerate().collect();
        targets.sort_by(|(_, one), (_, other)| one.cmp(other));
        let lock = |(at, target): (usize, _)| Ok((at, Self::lock(&paths[at], target, patience)?));
        let mut held = targets.into_iter().map(lock).collect::<Result<Vec<_>, DiskError>>()?;
        held.sort_by_key(|(at, _)| *at);
        Ok(held.into_iter().map(|(_, held)| held).collect())
    }

    fn lock(path: &Path, target: PathBuf, patience: Duration) -> Result<Self, DiskError> {
        let lock = Lock::acquire(&target, patience)?;
        Ok(Self { path: path.to_owned(), content: read(&target)?, target, lock })
    }

    /// Its path as it was named.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where it is, links resolved.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What it held.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// Finds and reads it again, since only envtool heeds the lock. If its name leads to another file by now, takes
    /// that one, waiting at most `patience`.
    ///
    /// # Errors
    /// It cannot be read or written, or another envtool holds it.
    pub fn read_again(&mut self, patience: Duration) -> Result<(), DiskError> {
        let target = writable(&self.path)?;
        if !self.lock.is_of(&target) {
            *self = Self::lock(&self.path, target, patience)?;
            return Ok(());
        }
        self.content = read(&target)?;
        self.target = target;
        Ok(())
    }

    /// Notes that it holds `content` now.
    pub fn wrote(&mut self, content: Vec<u8>) {
        self.content = content;
    }
}

/// The file at `path`, links resolved, if it can be written.
fn writable(path: &Path) -> Result<PathBuf, DiskError> {
    let target = resolve(path)?;
    check_writable(&target).map(|()| target)
}
