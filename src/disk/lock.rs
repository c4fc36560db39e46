use std::fs::{File, TryLockError};
use std::io;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::DiskError;

const PAUSE: Duration = Duration::from_millis(10);

/// The right to change one file, held by one envtool process on this machine at a time. Released when dropped, and when
/// the process ends.
#[derive(Debug)]
pub struct Lock {
    file: Locked,
}

/// A file that stays locked until this is dropped, exclusively or shared with other readers.
#[derive(Debug)]
pub(super) struct Locked(File);

impl Lock {
    /// Waits at most `patience` for the lock of the existing file `target`, a path with its links resolved.
    ///
    /// # Errors
    /// [`DiskError::Locked`] when another process holds it, [`DiskError::Io`] when the file cannot be opened.
    pub fn acquire(target: &Path, patience: Duration) -> Result<Self, DiskError> {
        let deadline = Instant::now() + patience;
        let place = place_of(target)?;
        loop {
            let file = lockable(&place)?;
            match file.try_lock() {
                // The previous holder has replaced the file since it was opened: lock the new one.
                Ok(()) if place.exists() && !leads_to(&place, &file) => continue,
                Ok(()) => return Ok(Self { file: Locked(file) }),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(DiskError::Locked(target.to_owned())),
                Err(TryLockError::Error(error)) => return Err(DiskError::io("lock", target)(error)),
            }
        }
    }

    /// Whether another process holds the lock of the existing file `target` right now. Creates no file.
    #[must_use]
    pub fn is_taken(target: &Path) -> bool {
        place_of(target).is_ok_and(|place| place.exists())
            && matches!(Self::acquire(target, Duration::ZERO), Err(DiskError::Locked(_)))
    }

    /// Whether this is the lock of what is at `target`.
    pub(super) fn is_of(&self, target: &Path) -> bool {
        place_of(target).is_ok_and(|place| leads_to(&place, &self.file))
    }

    /// The locked file, open for reading where the lock is on the file itself.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.file
    }
}

impl Locked {
    /// Keeps `file`, which was just created, from those who [ask](Self::unless_kept). On a file system without locks it
    /// keeps out nobody.
    pub(super) fn keep(file: File) -> Self {
        // Waiting is fine: those who ask hold it only while they read.
        let _ = file.lock();
        Self(file)
    }

    /// `file`, locked, unless a running process [keeps](Self::keep) it; then it is handed back as the error.
    pub(super) fn unless_kept(file: File) -> Result<Self, File> {
        Self::once_let_go(file, Duration::ZERO)
    }

    /// The same, but waits at most `patience` for the process that keeps it.
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
    /// Closing the file is not enough: a child process that is just being started has it open too, for a moment.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Opens the file or folder at `path` to lock it: for writing where possible, since NFS grants an exclusive lock only
/// on a file that is open for writing.
pub(super) fn open_to_lock(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).open(path).or_else(|_| File::open(path))
}

/// The file that carries the lock of `target`. On Unix that is `target` itself: no second file is needed, and the lock
/// works across users.
#[cfg(unix)]
fn place_of(target: &Path) -> Result<PathBuf, DiskError> {
    Ok(target.to_owned())
}

/// Elsewhere others cannot even read a locked file, so the lock is on a file in envtool's own folder.
#[cfg(not(unix))]
fn place_of(target: &Path) -> Result<PathBuf, DiskError> {
    Ok(super::state_folder()?.join("locks").join(super::state::name_of(target)))
}

#[cfg(unix)]
fn lockable(place: &Path) -> Result<File, DiskError> {
    open_to_lock(place).map_err(DiskError::io("read", place))
}

#[cfg(not(unix))]
fn lockable(place: &Path) -> Result<File, DiskError> {
    let folder = place.parent().unwrap_or(place);
    std::fs::create_dir_all(folder).map_err(DiskError::io("create", folder))?;
    let file = File::options().create(true).truncate(false).write(true).open(place);
    file.map_err(DiskError::io("write", place))
}

/// Whether `path` still leads to the open file `file`.
#[cfg(unix)]
pub(super) fn leads_to(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    let (own, there) = (file.metadata().ok().map(identity), std::fs::metadata(path).ok().map(identity));
    own.is_some() && own == there
}

#[cfg(not(unix))]
pub(super) fn leads_to(path: &Path, file: &File) -> bool {
    use same_file::Handle;
    let (own, there) = (file.try_clone().and_then(Handle::from_file).ok(), Handle::from_path(path).ok());
    own.is_some() && own == there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_the_open_file_until_that_is_moved() {
        let folder = tempfile::tempdir().expect("a folder");
        let [path, other] = ["file", "other"].map(|name| folder.path().join(name));
        let file = File::create(&path).expect("made");
        assert!(leads_to(&path, &file) && !leads_to(&other, &file));
        std::fs::rename(&path, &other).expect("moved");
        assert!(!leads_to(&path, &file));
        File::create(&path).expect("another in its place");
        assert!(!leads_to(&path, &file));
    }

    #[test]
    fn a_file_is_kept_until_its_keeper_lets_go_even_if_others_have_it_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let file = File::create(&path).expect("made");
        // A program that is being started inherits it.
        let inherited = file.try_clone().expect("another");
        let kept = Locked::keep(file);
        let ask = || Locked::unless_kept(File::open(&path).expect("open"));
        assert!(ask().is_err());
        drop(kept);
        assert!(ask().is_ok() && ask().is_ok());
        drop(inherited);
    }
}
