use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::Access;

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner only: there may be secrets in it.
    Owner,
    /// Whoever may read the new files of the user's other programs: it is meant to be shared.
    AsUsual,
    /// The same, and executable.
    Program,
}

/// The steps that every change to a disk consists of. Tests use an implementation that fails, or stops for good, at a
/// chosen step.
pub trait Operations {
    /// Called before each step.
    ///
    /// # Errors
    /// The step is then not made, and fails with this error.
    fn before(&self) -> io::Result<()> {
        Ok(())
    }

    /// Creates the file at `path`, which must not exist, for `readers`.
    ///
    /// # Errors
    /// As the system says.
    fn create(&self, path: &Path, readers: Readers) -> io::Result<File> {
        self.before()?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(
            &mut options,
            match readers {
                Readers::Owner => 0o600,
                Readers::AsUsual => 0o666,
                Readers::Program => 0o777,
            },
        );
        #[cfg(not(unix))]
        let _ = readers;
        options.open(path)
    }

    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// As the system says.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.before()?;
        file.write_all(bytes)
    }

    /// Applies `access` to the new file `file`. A user who may not give files away becomes its owner. If the user is
    /// not in the group either, `file` keeps its own group, and neither group gains a right that it did not have.
    ///
    /// # Errors
    /// As the system says.
    fn give(&self, file: &File, access: &Access) -> io::Result<()> {
        self.before()?;
        access.give(file)
    }

    /// Waits until `file` is on the medium.
    ///
    /// # Errors
    /// As the system says.
    fn flush(&self, file: &File) -> io::Result<()> {
        self.before()?;
        file.sync_all()
    }

    /// Replaces `to` with `from`, atomically.
    ///
    /// # Errors
    /// As the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.before()?;
        std::fs::rename(from, to)
    }

    /// Moves `from` to `to`, where nothing may be yet.
    ///
    /// # Errors
    /// As the system says; `AlreadyExists` when something is at `to`.
    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.before()?;
        match std::fs::hard_link(from, to) {
            Ok(()) => {
                // It is published by now. Should the draft stay, the next change removes it.
                let _ = std::fs::remove_file(from);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Some file systems have no hard links. On those, a file that appears at this very moment would be
            // replaced.
            Err(_) if to.symlink_metadata().is_err() => std::fs::rename(from, to),
            Err(error) => Err(error),
        }
    }

    /// Removes the file at `path`.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.before()?;
        std::fs::remove_file(path)
    }

    /// Creates the folder at `path` and its missing parents, for their owner only.
    ///
    /// # Errors
    /// As the system says.
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.before()?;
        private_folder(path)
    }

    /// Removes the folder at `path` and everything in it.
    ///
    /// # Errors
    /// As the system says.
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.before()?;
        std::fs::remove_dir_all(path)
    }

    /// Waits until the names in `folder` are on the medium. Windows takes care of that itself and cannot open folders.
    ///
    /// # Errors
    /// As the system says.
    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        self.before()?;
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }
}

/// The disk of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Operations for RealDisk {}

/// Creates the folder at `path` and its missing parents, for their owner only.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
