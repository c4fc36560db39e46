use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::drafts::draft_of;
use super::resolve::{folder_of, is_listed_file, resolve_new};
use super::{DiskError, Lock, Readers, Save, Saved};

/// Folders without files of the user's own.
const FOREIGN: [&str; 2] = [".git", "node_modules"];

/// The files below `folder` that `wanted` accepts, as paths relative to it with forward slashes, in order. Links to
/// folders are not followed.
///
/// # Errors
/// A folder cannot be read.
pub fn files_below(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<String>, DiskError> {
    files(folder, |_| true, wanted)
}

/// As [`files_below`], but only directly in `folder` and in its folder `inner`.
///
/// # Errors
/// A folder cannot be read.
pub fn files_near(
    folder: &Path,
    inner: &str,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<String>, DiskError> {
    files(folder, |path| path == inner, wanted)
}

/// The folders in `folder`, in order; none if they cannot be listed.
#[must_use]
pub fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut folders: Vec<_> = folders.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// Makes the folder at `path` and those it is in, as other programs do, if it is not there.
///
/// # Errors
/// As the system says.
pub fn ensure_folder(path: &Path) -> Result<(), DiskError> {
    fs::create_dir_all(path).map_err(DiskError::io("create", path))
}

fn files(
    folder: &Path,
    enters: impl Fn(&str) -> bool,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<String>, DiskError> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        let folder = folder.join(&below);
        for entry in fs::read_dir(&folder).map_err(DiskError::io("read", &folder))? {
            let entry = entry.map_err(DiskError::io("read", &folder))?;
            // Postman gives only Unicode names.
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let kind = entry.file_type().map_err(DiskError::io("read", entry.path()))?;
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            if kind.is_dir() && !FOREIGN.contains(&name.as_str()) && enters(&path) {
                open.push(path);
            } else if wanted(&path) && is_listed_file(kind, &entry.path()) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

impl Save<'_> {
    /// Writes `files`, paths with forward slashes and contents, below the new folder `folder`, all for their owner
    /// only. It is created completely or not at all.
    ///
    /// # Errors
    /// Something of that name exists, or the files cannot be written.
    pub fn create_tree(&self, folder: &Path, files: &[(String, String)]) -> Result<Saved, DiskError> {
        let target = resolve_new(folder)?;
        let _lock = Lock::acquire(folder_of(&target), self.patience)?;
        if target.symlink_metadata().is_ok() {
            return Err(DiskError::Exists(folder.to_owned()));
        }
        let draft = draft_of(&target);
        self.clear_draft(&draft)?;
        let placed =
            self.write_below(&draft, files).map_err(DiskError::io("write", &target)).and_then(|()| {
                let entry = self.record(&self.step(&target, None, Some(&content_below(&draft)?)))?;
                self.disk.rename(&draft, &target).map_err(|error| {
                    self.forget(entry.as_deref());
                    DiskError::io("write", &target)(error)
                })
            });
        if let Err(error) = placed {
            let _ = self.disk.remove_folder(&draft);
            return Err(error);
        }
        self.made(&target);
        Ok(Saved(target))
    }

    fn write_below(&self, draft: &Path, files: &[(String, String)]) -> io::Result<()> {
        let mut folders = BTreeSet::from([draft.to_owned()]);
        for (path, content) in files {
            let path = draft.join(path);
            let below = path.ancestors().skip(1).take_while(|folder| folder.starts_with(draft));
            folders.extend(below.map(Path::to_owned));
            self.disk.create_folder(folder_of(&path))?;
            let mut file = self.disk.create(&path, Readers::Owner)?;
            self.disk.write(&mut file, content.as_bytes())?;
            self.disk.flush(&file)?;
        }
        folders.iter().rev().try_for_each(|folder| self.disk.flush_folder(folder))
    }

    /// Removes the folder `target`. For others it disappears all at once, even if envtool is killed in between.
    pub(super) fn remove_folder(&self, target: &Path) -> Result<(), DiskError> {
        let draft = draft_of(target);
        self.clear_draft(&draft)?;
        self.disk.rename(target, &draft).map_err(DiskError::io("delete", target))?;
        self.made(target);
        // It is gone by now. Should something be left of it, the next change removes that.
        let _ = self.disk.remove_folder(&draft);
        Ok(())
    }

    /// Removes what a killed envtool has left: while we hold the lock, no running one can be using it.
    fn clear_draft(&self, draft: &Path) -> Result<(), DiskError> {
        match draft.symlink_metadata() {
            Ok(left) if left.is_dir() => self.disk.remove_folder(draft),
            Ok(_) => self.disk.remove(draft),
            Err(_) => Ok(()),
        }
        .map_err(DiskError::io("remove", draft))
    }
}

/// Everything below `folder`, names and contents, as one sequence of bytes, which is the same only for the same files.
pub(super) fn content_below(folder: &Path) -> Result<Vec<u8>, DiskError> {
    let mut entries = fs::read_dir(folder)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(DiskError::io("read", folder))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut bytes = Vec::new();
    for entry in entries {
        let path = entry.path();
        let kind = entry.file_type().map_err(DiskError::io("read", &path))?;
        let (mark, content) = if kind.is_dir() {
            (b'd', content_below(&path)?)
        } else if kind.is_file() {
            (b'f', fs::read(&path).map_err(DiskError::io("read", &path))?)
        } else {
            (b'o', Vec::new())
        };
        let name = entry.file_name();
        for part in [name.as_encoded_bytes(), &content] {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part);
        }
        bytes.push(mark);
    }
    Ok(bytes)
}
