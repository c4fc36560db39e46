use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lock::{Locked, leads_to};
use super::{DiskError, Lock, Operations, Readers, operations};

/// How many bytes an entry takes up before there is anything to keep, so that a disk that fills up in the meantime has
/// room for it: more than any answer with tokens.
const ROOM: usize = 16 * 1024;

/// Where something is kept that exists nowhere else until it is in its file: what comes in exchange for what cannot be
/// used again. An entry is made before it can come, says what for, and stays when envtool is killed. For the owner's
/// eyes only.
#[derive(Clone, Debug)]
pub struct Recovery {
    folder: PathBuf,
}

/// An entry that nobody is working on.
#[derive(Debug)]
pub struct Remains {
    /// Where it is.
    pub path: PathBuf,
    /// What it was made for.
    pub purpose: Vec<u8>,
    /// What has come, perhaps not all of it; nothing when nothing has.
    pub content: Vec<u8>,
}

/// An entry that somebody living is working on.
#[derive(Debug)]
pub struct UnderWay {
    path: PathBuf,
    file: File,
    /// What it was made for.
    pub purpose: Vec<u8>,
}

impl Recovery {
    /// The one in the folder `state`, which need not be there yet.
    #[must_use]
    pub fn in_folder(state: &Path) -> Self {
        Self { folder: state.join("recovery") }
    }

    /// Whether there is no entry at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match fs::read_dir(&self.folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) => error.kind() == ErrorKind::NotFound,
        }
    }

    /// Every entry that nobody is working on, the oldest first, or why it, or all of them, cannot be read.
    #[must_use]
    pub fn remains(&self) -> Vec<Result<Remains, DiskError>> {
        match self.paths() {
            Ok(paths) => paths.into_iter().filter_map(|path| Remains::read(path).transpose()).collect(),
            Err(error) => vec![Err(error)],
        }
    }

    /// Every entry that somebody living is working on, the oldest first, where the system lets others read what is locked.
    #[must_use]
    pub fn under_way(&self) -> Vec<UnderWay> {
        self.paths().unwrap_or_default().into_iter().filter_map(UnderWay::at).collect()
    }

    fn paths(&self) -> Result<Vec<PathBuf>, DiskError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(DiskError::io("read", &self.folder)(error)),
        };
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        Ok(paths)
    }

    /// Waits at most `patience` for those who look at what is [under way](Self::under_way) before they make an entry, and
    /// keeps others from it until this is dropped. None where folders cannot be locked.
    #[must_use]
    pub fn turn(&self, patience: Duration) -> Option<Lock> {
        operations::private_folder(&self.folder).ok()?;
        Lock::acquire(&self.folder, patience).ok()
    }

    /// Makes an entry for `purpose`, which is one line, at `time` in milliseconds since 1970: with room for what comes,
    /// and on the medium when this returns.
    ///
    /// # Errors
    /// As the system says; there is then no entry.
    pub fn reserve(&self, disk: &dyn Operations, time: i64, purpose: &[u8]) -> Result<Reserved, DiskError> {
        operations::private_folder(&self.folder).map_err(DiskError::io("create", &self.folder))?;
        let mut taken = 0;
        let (path, file) = loop {
            let path = self.folder.join(format!("{time:013}-{taken}"));
            match disk.create(&path, Readers::Owner) {
                Ok(file) => break (path, file),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => taken += 1,
                Err(error) => return Err(DiskError::io("write", path)(error)),
            }
        };
        // Where files cannot be locked, others see an entry that is still waited for.
        let mut file = Locked::keep(file);
        let bytes = [purpose, b"\n", &[b' '; ROOM], b"\n"].concat();
        let written = disk.write(&mut file, &bytes).and_then(|()| disk.flush(&file));
        let reserved = Reserved { recovery: self.clone(), time, purpose: purpose.to_owned(), path, file };
        match written.map_err(DiskError::io("write", &reserved.path)) {
            Ok(()) => Ok(reserved),
            Err(error) => {
                let _ = reserved.forget(disk);
                Err(error)
            }
        }
    }
}

impl Remains {
    /// What is at `path`; none when somebody is working on it, or nothing was ever waited for.
    fn read(path: PathBuf) -> Result<Option<Self>, DiskError> {
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(DiskError::io("read", path)(error)),
        };
        match Locked::unless_kept(file) {
            Ok(mut file) => Self::of(path, &mut file),
            Err(_) => Ok(None),
        }
    }

    /// What `file`, which was at `path`, holds; none when nothing was ever waited for.
    fn of(path: PathBuf, file: &mut File) -> Result<Option<Self>, DiskError> {
        let mut purpose = Vec::new();
        let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut purpose));
        read.map_err(DiskError::io("read", &path))?;
        let Some(end) = purpose.iter().position(|&byte| byte == b'\n') else { return Ok(None) };
        let content = purpose.split_off(end).trim_ascii().to_vec();
        Ok(Some(Self { path, purpose, content }))
    }

    /// Forgets it.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn forget(&self, disk: &dyn Operations) -> Result<(), DiskError> {
        disk.remove(&self.path).map_err(DiskError::io("remove", &self.path))
    }
}

impl UnderWay {
    fn at(path: PathBuf) -> Option<Self> {
        let mut file = Locked::unless_kept(File::open(&path).ok()?).err()?;
        let Remains { path, purpose, .. } = Remains::of(path, &mut file).ok()??;
        Some(Self { path, file, purpose })
    }

    /// Waits at most `patience` for its end. What has come is there also when the entry is forgotten by then.
    ///
    /// # Errors
    /// It takes longer, or cannot be read.
    pub fn wait(self, patience: Duration) -> Result<Option<Remains>, DiskError> {
        match Locked::once_let_go(self.file, patience) {
            Ok(mut file) => Remains::of(self.path, &mut file),
            Err(_) => Err(DiskError::Locked(self.path)),
        }
    }
}

/// An entry that is made and can be filled at once. Nobody else sees it until this is dropped.
#[derive(Debug)]
pub struct Reserved {
    recovery: Recovery,
    time: i64,
    purpose: Vec<u8>,
    path: PathBuf,
    file: Locked,
}

impl Reserved {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps `content`, one line, on the medium when this returns. Where somebody has removed the entry, it is made anew.
    ///
    /// # Errors
    /// As the system says.
    pub fn keep(&mut self, disk: &dyn Operations, content: &[u8]) -> Result<(), DiskError> {
        if !leads_to(&self.path, &self.file) {
            *self = self.recovery.reserve(disk, self.time, &self.purpose)?;
        }
        let line = [content, b"\n"].concat();
        let there = self.file.seek(SeekFrom::Start(self.purpose.len() as u64 + 1));
        let kept =
            there.and_then(|_| disk.write(&mut self.file, &line)).and_then(|()| disk.flush(&self.file));
        kept.map_err(DiskError::io("write", &self.path))?;
        if leads_to(&self.path, &self.file) { Ok(()) } else { Err(DiskError::Changed(self.path.clone())) }
    }

    /// Forgets it.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn forget(self, disk: &dyn Operations) -> Result<(), DiskError> {
        disk.remove(&self.path).map_err(DiskError::io("remove", &self.path))
    }
}
