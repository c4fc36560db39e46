use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lock::{Locked, leads_to};
use super::{DiskError, Lock, Operations, Readers, operations};

/// How many bytes an entry occupies from the start, so that there is room for its content even if the disk fills up in
/// the meantime: more than any answer with tokens needs.
const ROOM: usize = 16 * 1024;

/// Keeps what would otherwise exist only in memory: what a server gives in exchange for something that works once,
/// until it is in its file. An entry is made before the request is sent, says what it is for, and survives when envtool
/// is killed. Only its owner can read it.
#[derive(Clone, Debug)]
pub struct Recovery {
    folder: PathBuf,
}

/// An entry that no running process is working on.
#[derive(Debug)]
pub struct Remains {
    /// Where it is.
    pub path: PathBuf,
    /// What it was made for.
    pub purpose: Vec<u8>,
    /// What has arrived, perhaps only in part; empty if nothing has.
    pub content: Vec<u8>,
}

/// An entry that a running process is working on.
#[derive(Debug)]
pub struct UnderWay {
    path: PathBuf,
    file: File,
    /// What it was made for.
    pub purpose: Vec<u8>,
}

impl Recovery {
    /// The one in the folder `state`, which need not exist yet.
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

    /// Every entry that no running process is working on, oldest first; an error stands for an entry that cannot be
    /// read, or for all of them.
    #[must_use]
    pub fn remains(&self) -> Vec<Result<Remains, DiskError>> {
        match self.paths() {
            Ok(paths) => paths.into_iter().filter_map(|path| Remains::read(path).transpose()).collect(),
            Err(error) => vec![Err(error)],
        }
    }

    /// Every entry that a running process is working on, oldest first. Empty on systems where others cannot read a
    /// locked file.
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

    /// The right to look at what is [under way](Self::under_way) and then make an entry, held by one process at a time
    /// until it is dropped; waits for it at most `patience`. None where folders cannot be locked.
    #[must_use]
    pub fn turn(&self, patience: Duration) -> Option<Lock> {
        operations::private_folder(&self.folder).ok()?;
        Lock::acquire(&self.folder, patience).ok()
    }

    /// Makes an entry for `purpose`, a single line, at `time` in milliseconds since 1970. When this returns, the entry
    /// and the room for its content are on the medium.
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
        // Where files cannot be locked, others see this entry while it is still being waited for.
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
    /// The entry at `path`; none if a running process is working on it, or if it never got as far as a purpose.
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

    /// The entry that `file`, once at `path`, holds; none if it never got as far as a purpose.
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

    /// Waits at most `patience` for the process to finish. What has arrived can be read even if the entry has been
    /// removed by then.
    ///
    /// # Errors
    /// It takes longer, or the entry cannot be read.
    pub fn wait(self, patience: Duration) -> Result<Option<Remains>, DiskError> {
        match Locked::once_let_go(self.file, patience) {
            Ok(mut file) => Remains::of(self.path, &mut file),
            Err(_) => Err(DiskError::Locked(self.path)),
        }
    }
}

/// An entry that is ready to be filled. Others do not see it until this is dropped.
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

    /// Writes `content`, a single line, to the medium. If somebody has removed the entry, it is made again.
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
