use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// The steps of which every change to a disk consists. Tests put a disk here that fails, or stops for good, at any one.
pub trait Operations {
    /// Creates the file at `path`, which must not exist, readable by its owner only.
    ///
    /// # Errors
    /// As the system says.
    fn create(&self, path: &Path) -> io::Result<File>;

    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// As the system says.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;

    /// Gives `file` the mode and the owner of `like`.
    ///
    /// # Errors
    /// As the system says.
    fn imitate(&self, file: &File, like: &File) -> io::Result<()>;

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
    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    #[cfg(unix)]
    fn imitate(&self, file: &File, like: &File) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let (own, wanted) = (file.metadata()?, like.metadata()?);
        if (own.uid(), own.gid()) != (wanted.uid(), wanted.gid()) {
            fchown(file, Some(wanted.uid()), Some(wanted.gid()))?;
        }
        file.set_permissions(wanted.permissions())
    }

    #[cfg(not(unix))]
    fn imitate(&self, file: &File, like: &File) -> io::Result<()> {
        file.set_permissions(like.metadata()?.permissions())
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
