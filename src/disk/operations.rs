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
    /// The same, and they may run it.
    Program,
}

/// The steps of which every change to a disk consists. Tests put a disk here that fails, or stops for good, at any one.
pub trait Operations {
    /// Creates the file at `path`, which must not exist, for `readers`.
    ///
    /// # Errors
    /// As the system says.
    fn create(&self, path: &Path, readers: Readers) -> io::Result<File>;

    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// As the system says.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;

    /// Gives `access` to `file`, which is new. Who may not give files away becomes the owner; when the group is none of the
    /// user's, `file` keeps its own, and neither of the groups has a right that it did not have.
    ///
    /// # Errors
    /// As the system says.
    fn give(&self, file: &File, access: &Access) -> io::Result<()>;

    /// Waits until `file` is on the medium.
    ///
    /// # Errors
    /// As the system says.
    fn flush(&self, file: &File) -> io::Result<()>;

    /// Puts `from` in the place of `to`, in one step.
    ///
    /// # Errors
    /// As the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Puts `from` at `to`, where nothing may be.
    ///
    /// # Errors
    /// As the system says; `AlreadyExists` when something is at `to`.
    fn publish(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes the file at `path`.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Creates the folder at `path` and those it is in, for their owner only.
    ///
    /// # Errors
    /// As the system says.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Removes the folder at `path` and everything in it.
    ///
    /// # Errors
    /// As the system says.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// Waits until the names in `folder` are on the medium.
    ///
    /// # Errors
    /// As the system says.
    fn flush_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The disk of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Operations for RealDisk {
    fn create(&self, path: &Path, readers: Readers) -> io::Result<File> {
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

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn give(&self, file: &File, access: &Access) -> io::Result<()> {
        access.give(file)
    }

    fn flush(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        match std::fs::hard_link(from, to) {
            Ok(()) => {
                // It is published by now. The next change takes away what is left of a draft.
                let _ = std::fs::remove_file(from);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Some file systems have no links; there, a file that appears at this moment would be replaced.
            Err(_) if to.symlink_metadata().is_err() => std::fs::rename(from, to),
            Err(error) => Err(error),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        private_folder(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_dir_all(path)
    }

    #[cfg(unix)]
    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    /// Windows keeps names by itself and opens no folders.
    #[cfg(not(unix))]
    fn flush_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Creates the folder at `path` and those it is in, for their owner only.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
