use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use super::drafts::name_of_draft;
use super::journal::{Step, Together};
use super::load::holds;
use super::{DiskError, Held, Journal, Lock, Operations, Readers};

/// By how many bytes a file may grow after a rehearsal.
const ROOM: usize = 4096;

/// The one way to change users' files.
pub struct Save<'s> {
    /// The disk.
    pub disk: &'s dyn Operations,
    /// Where to write down what it takes to undo; none for `--no-backup`.
    pub journal: Option<&'s Journal>,
    /// The command, for the journal.
    pub command: &'s str,
    /// The time, for the journal, in milliseconds since 1970.
    pub now: i64,
    /// How long to wait for another envtool that is changing the same file.
    pub patience: Duration,
}

/// A file that was changed, with its links resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved(pub PathBuf);

impl Save<'_> {
    /// Replaces the content of the file at `path`, which must still be `before`, by `after`. Links stay links; mode and
    /// owner stay.
    ///
    /// # Errors
    /// [`DiskError`]; the file is then as it was.
    pub fn replace(&self, path: &Path, before: &[u8], after: &[u8]) -> Result<Saved, DiskError> {
        let target = resolve(path)?;
        check_writable(&target)?;
        let _lock = Lock::acquire(&target, self.patience)?;
        self.replace_locked(&target, before, after)?;
        Ok(Saved(target))
    }

    /// Replaces the content of the file at `path` by what `plan` makes of it while no other envtool can change it; by
    /// nothing else when that is none.
    ///
    /// # Errors
    /// `plan`'s, or [`DiskError`]; the file is then as it was.
    pub fn rewrite<'c, E: From<DiskError>>(
        &self,
        path: &Path,
        plan: impl FnOnce(&[u8]) -> Result<Option<Cow<'c, [u8]>>, E>,
    ) -> Result<(), E> {
        let held = Held::take(path, self.patience)?;
        match plan(held.content())? {
            Some(after) => Ok(self.replace_held(&held, &after)?),
            None => Ok(()),
        }
    }

    /// Replaces the content of the file that `held` holds, which must still be what was read, by `after`.
    ///
    /// # Errors
    /// [`DiskError`]; the file is then as it was.
    pub fn replace_held(&self, held: &Held, after: &[u8]) -> Result<(), DiskError> {
        self.replace_locked(&held.target, &held.content, after)
    }

    fn replace_locked(&self, target: &Path, before: &[u8], after: &[u8]) -> Result<(), DiskError> {
        // The lock binds envtools alone.
        if !holds(target, before)? {
            return Err(DiskError::Changed(target.to_owned()));
        }
        let entry = self.record(target, Some(before), Some(after), None, None)?;
        self.put(target, after, Place::Taken).inspect_err(|_| self.forget(entry.as_deref()))
    }

    /// Does everything that replacing the content of the file that `held` holds by one like `after` takes, except
    /// replacing it: for those who cannot take back what they do in between.
    ///
    /// # Errors
    /// What would keep [`replace_held`](Self::replace_held) from working.
    pub fn rehearse(&self, held: &Held, after: &[u8]) -> Result<(), DiskError> {
        expect_replaceable(&held.target)?;
        let entry = self.record(&held.target, Some(&held.content), Some(&[]), None, None)?;
        self.forget(entry.as_deref());
        let draft = self.draft(&held.target, &[after, &[b' '; ROOM]].concat(), Place::Taken)?;
        self.disk.remove(&draft).map_err(DiskError::io("remove", draft))
    }

    /// Writes a file that must not exist yet, for `readers`.
    ///
    /// # Errors
    /// [`DiskError`]; there is then no such file.
    pub fn create(&self, path: &Path, content: &[u8], readers: Readers) -> Result<Saved, DiskError> {
        let target = resolve_new(path)?;
        let _lock = Lock::acquire(folder_of(&target), self.patience)?;
        if target.symlink_metadata().is_ok() {
            return Err(DiskError::Exists(path.to_owned()));
        }
        let entry = self.record(&target, None, Some(content), None, None)?;
        self.put(&target, content, Place::Free(readers)).inspect_err(|_| self.forget(entry.as_deref()))?;
        Ok(Saved(target))
    }

    /// Removes the file at `path`, which must still be `before`.
    ///
    /// # Errors
    /// [`DiskError`]; the file is then still there.
    pub fn delete(&self, path: &Path, before: &[u8]) -> Result<Saved, DiskError> {
        if path.is_symlink() {
            return Err(DiskError::Link(path.to_owned()));
        }
        let target = resolve(path)?;
        check_writable(&target)?;
        let lock = Lock::acquire(&target, self.patience)?;
        if !holds(&target, before)? {
            return Err(DiskError::Changed(target));
        }
        let entry = self.record(&target, Some(before), None, mode_of(lock.file()), None)?;
        if let Err(error) = self.disk.remove(&target) {
            self.forget(entry.as_deref());
            return Err(DiskError::io("delete", target)(error));
        }
        self.flush_folder_of(&target);
        Ok(Saved(target))
    }

    /// Writes `content` beside `target` and renames it into place.
    pub(super) fn put(&self, target: &Path, content: &[u8], place: Place) -> Result<(), DiskError> {
        let draft = self.draft(target, content, place)?;
        let placed = match place {
            Place::Taken => self.disk.rename(&draft, target),
            Place::Free(_) => self.disk.publish(&draft, target),
        };
        if let Err(error) = placed {
            let _ = self.disk.remove(&draft);
            return Err(match error.kind() {
                io::ErrorKind::ResourceBusy if is_mounted(target) => DiskError::Mounted(target.to_owned()),
                _ => DiskError::io("write", target)(error),
            });
        }
        self.flush_folder_of(target);
        Ok(())
    }

    /// Writes `content` beside `target`. Returns where.
    fn draft(&self, target: &Path, content: &[u8], place: Place) -> Result<PathBuf, DiskError> {
        let draft = draft_of(target);
        // Left by an envtool that was killed: under the lock, no living one can own it.
        if draft.symlink_metadata().is_ok() {
            self.disk.remove(&draft).map_err(DiskError::io("remove", &draft))?;
        }
        let readers = if let Place::Free(readers) = place { readers } else { Readers::Owner };
        let written = self.disk.create(&draft, readers).and_then(|mut file| {
            self.disk.write(&mut file, content)?;
            if matches!(place, Place::Taken) {
                self.disk.imitate(&file, &fs::File::open(target)?)?;
            }
            self.disk.flush(&file)
        });
        match written {
            Ok(()) => Ok(draft),
            Err(error) => {
                let _ = self.disk.remove(&draft);
                // The file itself may be written, as was checked before.
                if error.kind() == io::ErrorKind::PermissionDenied && matches!(place, Place::Taken) {
                    return Err(DiskError::Folder(target.to_owned(), folder_of(target).to_owned()));
                }
                Err(DiskError::io("write", target)(error))
            }
        }
    }

    /// The change is made by now; that the folder's flush fails takes nothing back.
    pub(super) fn flush_folder_of(&self, target: &Path) {
        let _ = self.disk.flush_folder(folder_of(target));
    }

    pub(super) fn record(
        &self,
        path: &Path,
        before: Option<&[u8]>,
        after: Option<&[u8]>,
        mode: Option<u32>,
        together: Option<&Together>,
    ) -> Result<Option<PathBuf>, DiskError> {
        let Some(journal) = self.journal else { return Ok(None) };
        let step = Step { path, command: self.command, time: self.now, before, after, mode, together };
        journal.record(self.disk, &step).map(Some).map_err(|error| DiskError::Journal(Box::new(error)))
    }

    pub(super) fn forget(&self, entry: Option<&Path>) {
        if let Some(entry) = entry {
            let _ = self.disk.remove(entry);
        }
    }
}

/// What stands where a file is to be put.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// A file to be replaced, under its lock.
    Taken,
    /// Nothing, and the new file is for these. The folder is locked.
    Free(Readers),
}

/// The folder of `target`, whose links are resolved.
pub(super) fn folder_of(target: &Path) -> &Path {
    target.parent().unwrap_or(target)
}

/// Where the new content of `target` is written first. Always the same name, so that a killed envtool leaves at most
/// one, and the next change takes it away.
pub(super) fn draft_of(target: &Path) -> PathBuf {
    target.with_file_name(name_of_draft(target.file_name().unwrap_or_default()))
}

/// `path` with its links resolved, as people write it: Windows itself would put `\\?\` in front.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, DiskError> {
    dunce::canonicalize(path).map_err(DiskError::io("find", path))
}

/// Whether two paths lead to one file, which need not be there.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    one == other || matches!((resolve_any(one), resolve_any(other)), (Ok(one), Ok(other)) if one == other)
}

/// `path` with its links resolved, whether or not the file is there.
///
/// # Errors
/// Its folder is not there.
pub fn resolve_any(path: &Path) -> Result<PathBuf, DiskError> {
    resolve(path).or_else(|_| resolve_new(path))
}

/// `path` with the links of what is there of it resolved.
#[must_use]
pub fn resolve_existing(path: &Path) -> PathBuf {
    let mut there = path.ancestors();
    let resolved = there.find_map(|folder| Some((folder, resolve(folder).ok()?)));
    let whole = resolved.map(|(folder, resolved)| resolved.join(path.strip_prefix(folder).unwrap_or(path)));
    whole.unwrap_or_else(|| path.to_owned())
}

/// The path of a file that is not there: its folder must be.
pub(super) fn resolve_new(path: &Path) -> Result<PathBuf, DiskError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| DiskError::NotAFile(path.to_owned(), "a folder"))?;
    Ok(resolve(folder)?.join(name))
}

/// Refuses what could not be written, before anything is prepared.
pub(super) fn check_writable(target: &Path) -> Result<(), DiskError> {
    let metadata = fs::metadata(target).map_err(DiskError::io("read", target))?;
    if !metadata.is_file() {
        return Err(DiskError::NotAFile(
            target.to_owned(),
            if metadata.is_dir() { "a folder" } else { "a device" },
        ));
    }
    if metadata.permissions().readonly() {
        return Err(DiskError::ReadOnly(target.to_owned()));
    }
    fs::OpenOptions::new().append(true).open(target).map(drop).map_err(DiskError::io("write", target))
}

/// Refuses the file at `path` when another cannot take its place, as far as that can be seen without trying.
///
/// # Errors
/// It is not there, is write-protected, or a mount of its own.
pub fn expect_replaceable(path: &Path) -> Result<(), DiskError> {
    let target = resolve(path)?;
    check_writable(&target)?;
    if is_mounted(&target) { Err(DiskError::Mounted(target)) } else { Ok(()) }
}

/// Whether the file `target` is mounted by itself, as container engines do it, so that no other can take its place.
#[cfg(target_os = "linux")]
fn is_mounted(target: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt as _;

    let mounts = fs::read("/proc/self/mountinfo").unwrap_or_default();
    let wanted = escaped(target.as_os_str().as_bytes());
    // The fifth field is where it is mounted.
    mounts.split(|&byte| byte == b'\n').any(|line| line.split(|&byte| byte == b' ').nth(4) == Some(&wanted))
}

/// As the kernel writes paths in its tables.
#[cfg(target_os = "linux")]
fn escaped(path: &[u8]) -> Vec<u8> {
    path.iter().fold(Vec::new(), |mut out, &byte| {
        match byte {
            b' ' | b'\t' | b'\n' | b'\\' => out.extend_from_slice(format!("\\{byte:03o}").as_bytes()),
            _ => out.push(byte),
        }
        out
    })
}

/// No other system mounts files.
#[cfg(not(target_os = "linux"))]
fn is_mounted(_target: &Path) -> bool {
    false
}

/// Whether the file at `path` may be run, where the system asks that of a program.
#[must_use]
pub fn is_executable(path: &Path) -> bool {
    let mode = fs::File::open(path).ok().and_then(|file| mode_of(&file));
    mode.is_none_or(|mode| mode & 0o111 != 0)
}

#[cfg(unix)]
fn mode_of(file: &fs::File) -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().ok().map(|metadata| metadata.mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode_of(_file: &fs::File) -> Option<u32> {
    None
}
