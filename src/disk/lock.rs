use std::fs::{File, TryLockError};
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::time::{Duration, Instant};

use super::DiskError;

const PAUSE: Duration = Duration::from_millis(10);

/// The right to change one file, among all envtools of the machine. Given back when dropped, or when the process ends.
#[derive(Debug)]
pub struct Lock {
    file: Locked,
}

/// A file that is locked, perhaps together with others who read it, until this is dropped.
#[derive(Debug)]
pub(super) struct Locked(File);

impl Lock {
    /// Waits at most `patience` for the lock of the existing file `target`, whose links are resolved.
    ///
    /// # Errors
    /// [`DiskError::Locked`] when another process keeps it, [`DiskError::Io`] when the file cannot be opened.
    pub fn acquire(target: &Path, patience: Duration) -> Result<Self, DiskError> {
        let deadline = Instant::now() + patience;
        loop {
            let file = lockable(target)?;
            match file.try_lock() {
                // Whoever had the lock has put another file in its place since: that one is to be locked.
                Ok(()) if target.exists() && !leads_to(target, &file) => continue,
                Ok(()) => return Ok(Self { file: Locked(file) }),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(DiskError::Locked(target.to_owned())),
                Err(TryLockError::Error(error)) => return Err(DiskError::io("lock", target)(error)),
            }
        }
    }

    /// Whether another process has the lock of the existing file `target` right now. Leaves nothing behind.
    #[must_use]
    pub fn is_taken(target: &Path) -> bool {
        was_ever_locked(target) && matches!(Self::acquire(target, Duration::ZERO), Err(DiskError::Locked(_)))
    }

    /// Whether what is at `target` is what is locked.
    pub(super) fn is_of(&self, target: &Path) -> bool {
        leads_to(target, &self.file)
    }

    /// The locked file, open for reading where the lock is on the file itself.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.file
    }
}

impl Locked {
    /// Keeps `file`, which was just made, from those who [ask](Self::unless_kept). Where files cannot be locked, nobody
    /// is kept from anything.
    pub(super) fn keep(file: File) -> Self {
        // Not an attempt: one who asks has it for no longer than reading takes.
        let _ = file.lock();
        Self(file)
    }

    /// `file`, unless somebody living [keeps](Self::keep) it; else as it was.
    pub(super) fn unless_kept(file: File) -> Result<Self, File> {
        Self::once_let_go(file, Duration::ZERO)
    }

    /// The same, where whoever keeps it is waited for, at most `patience`.
    pub(super) fn once_let_go(file: File, patience: Duration) -> Result<Self, File> {
        let deadline = Instant::now() + patience;
        while matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
            if Instant::now() >= deadline {
                return Err(file);
            }
            std::thread::sleep(PAUSE);
        }
        Ok(Self(file))
    }
}

impl Deref for Locked {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for Locked {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

impl Drop for Locked {
    /// A program that is being started still has the file open for a moment, so closing it would not do.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

#[cfg(unix)]
fn was_ever_locked(_target: &Path) -> bool {
    true
}

#[cfg(not(unix))]
fn was_ever_locked(target: &Path) -> bool {
    lock_of(target).is_ok_and(|path| path.exists())
}

/// On Unix the lock is on the file itself, so that it needs no second file and holds for all users.
#[cfg(unix)]
fn lockable(target: &Path) -> Result<File, DiskError> {
    File::open(target).map_err(DiskError::io("read", target))
}

/// Whether `file` is what is at `path`.
#[cfg(unix)]
pub(super) fn leads_to(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    let (own, there) = (file.metadata().ok().map(identity), std::fs::metadata(path).ok().map(identity));
    own.is_some() && own == there
}

/// Elsewhere a locked file cannot be read by anyone else, so the lock is on a file in envtool's own folder.
#[cfg(not(unix))]
fn lockable(target: &Path) -> Result<File, DiskError> {
    let path = lock_of(target)?;
    let folder = path.parent().unwrap_or(&path);
    std::fs::create_dir_all(folder).map_err(DiskError::io("create", folder))?;
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    file.map_err(DiskError::io("write", path))
}

#[cfg(not(unix))]
fn lock_of(target: &Path) -> Result<std::path::PathBuf, DiskError> {
    Ok(super::state_folder()?.join("locks").join(super::state::name_of(target)))
}

/// Elsewhere what is open cannot be removed or replaced.
#[cfg(not(unix))]
pub(super) fn leads_to(_path: &Path, _file: &File) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_until_its_keeper_is_done_though_others_have_it_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let file = File::create(&path).expect("made");
        // As a program that is being started has it.
        let inherited = file.try_clone().expect("another");
        let kept = Locked::keep(file);
        let ask = || Locked::unless_kept(File::open(&path).expect("open"));
        assert!(ask().is_err());
        drop(kept);
        assert!(ask().is_ok() && ask().is_ok());
        drop(inherited);
    }
}
