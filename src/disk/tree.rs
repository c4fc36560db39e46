use std::path::Path;

use super::{DiskError, Staged, files_below, load};
use crate::text::{Bytes, Source};

/// Where the files that are checked, and those they are checked with, are read from.
#[derive(Debug)]
pub enum Tree {
    /// The work tree.
    Work,
    /// Git's index, as the next commit will hold it.
    Index(Staged),
}

impl Tree {
    /// What is staged, if that is what is checked.
    #[must_use]
    pub fn staged(&self) -> Option<&Staged> {
        match self {
            Self::Work => None,
            Self::Index(staged) => Some(staged),
        }
    }

    /// Reads the file at `path`.
    ///
    /// # Errors
    /// It does not exist or cannot be read.
    pub fn read(&self, path: &Path) -> Result<Bytes, DiskError> {
        match self {
            Self::Work => load(path),
            Self::Index(staged) => staged.read(path).map(Bytes::from),
        }
    }

    /// Reads the file at `path`, which belongs to the check without being checked itself, such as a template: from the
    /// work tree if the index does not have it.
    ///
    /// # Errors
    /// It does not exist or cannot be read.
    pub fn read_beside(&self, path: &Path) -> Result<Bytes, DiskError> {
        match self {
            Self::Index(staged) if staged.holds(path) => self.read(path),
            Self::Work | Self::Index(_) => load(path),
        }
    }

    /// The same, as a text.
    ///
    /// # Errors
    /// It does not exist, cannot be read or is not text.
    pub fn read_text_beside(&self, path: &Path) -> Result<Source, DiskError> {
        Source::decode(self.read_beside(path)?)
            .map_err(|source| DiskError::Decode { path: path.to_owned(), source })
    }

    /// Whether there is a file at `path` for [`read_beside`](Self::read_beside).
    #[must_use]
    pub fn has_beside(&self, path: &Path) -> bool {
        self.staged().is_some_and(|staged| staged.holds(path)) || path.is_file()
    }

    /// Whether there is a file or a folder at `path`.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        match self {
            Self::Work => path.exists(),
            Self::Index(staged) => staged.has(path),
        }
    }

    /// The files below `folder` that `wanted` accepts, as paths relative to it with forward slashes, in order.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn files_below(
        &self,
        folder: &Path,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<String>, DiskError> {
        match self {
            Self::Work => files_below(folder, wanted),
            Self::Index(staged) => Ok(staged.files_below(folder, wanted)),
        }
    }
}
