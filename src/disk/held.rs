use std::path::{Path, PathBuf};
use std::time::Duration;

use super::save::{check_writable, resolve};
use super::{DiskError, Lock, read};

/// A file that no other envtool changes until this is dropped, and what it held when it was taken.
#[derive(Debug)]
pub struct Held {
    pub(super) target: PathBuf,
    pub(super) content: Vec<u8>,
    _lock: Lock,
}

impl Held {
    /// Waits at most `patience` for the file at `path`, and reads it.
    ///
    /// # Errors
    /// It cannot be read or written, or another envtool keeps it.
    pub fn take(path: &Path, patience: Duration) -> Result<Self, DiskError> {
        let target = resolve(path)?;
        check_writable(&target)?;
        let lock = Lock::acquire(&target, patience)?;
        Ok(Self { content: read(&target)?, target, _lock: lock })
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

    /// Reads it again, since the lock binds envtools alone.
    ///
    /// # Errors
    /// As the system says.
    pub fn read_again(&mut self) -> Result<(), DiskError> {
        self.content = read(&self.target)?;
        Ok(())
    }
}
