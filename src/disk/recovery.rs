use std::fs::File;
use std::path::{Path, PathBuf};

use super::{DiskError, Operations, Readers, operations, state};

/// Where something is kept that exists nowhere else until it is in its file: what came for one file in exchange for what
/// cannot be used again. For the owner's eyes only.
#[derive(Debug)]
pub struct Recovery {
    path: PathBuf,
}

impl Recovery {
    /// The place in the folder `state` for the file `target`, whose links are resolved.
    #[must_use]
    pub fn of(state: &Path, target: &Path) -> Self {
        Self { path: state.join("recovery").join(state::name_of(target)) }
    }

    /// A place in the system's folder for such things, for when the state folder has failed. Nobody looks there again.
    #[must_use]
    pub fn elsewhere() -> Self {
        Self { path: std::env::temp_dir().join(format!("envtool-{}", std::process::id())).join("recovery") }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is kept; none when there is nothing, or nothing yet.
    #[must_use]
    pub fn read(&self) -> Option<Vec<u8>> {
        std::fs::read(&self.path).ok().filter(|bytes| !bytes.is_empty())
    }

    /// Makes the place, empty, before there is anything to keep.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn reserve(&self, disk: &dyn Operations) -> Result<Reserved<'_>, DiskError> {
        if let Some(folder) = self.path.parent() {
            operations::private_folder(folder).map_err(DiskError::io("create", folder))?;
        }
        self.clear(disk)?;
        let file = disk.create(&self.path, Readers::Owner).map_err(DiskError::io("write", &self.path))?;
        Ok(Reserved { recovery: self, file })
    }

    /// Forgets what is kept.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn clear(&self, disk: &dyn Operations) -> Result<(), DiskError> {
        if self.path.symlink_metadata().is_err() {
            return Ok(());
        }
        disk.remove(&self.path).map_err(DiskError::io("remove", &self.path))
    }
}

/// A place that is made and can be filled at once.
#[derive(Debug)]
pub struct Reserved<'r> {
    recovery: &'r Recovery,
    file: File,
}

impl Reserved<'_> {
    /// Keeps `bytes`, on the medium when this returns.
    ///
    /// # Errors
    /// As the system says.
    pub fn keep(mut self, disk: &dyn Operations, bytes: &[u8]) -> Result<(), DiskError> {
        let kept = disk.write(&mut self.file, bytes).and_then(|()| disk.flush(&self.file));
        kept.map_err(DiskError::io("write", &self.recovery.path))
    }
}
