use std::fs;
use std::path::{Path, PathBuf};

use super::DiskError;

/// `path` with its links resolved, in the form that people write: Windows itself would put `\\?\` in front.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, DiskError> {
    dunce::canonicalize(path).map_err(|error| match fs::metadata(path) {
        // A pipe that a shell names `/dev/fd/63` exists although its link leads nowhere.
        Ok(there) if !there.is_file() => DiskError::NotAFile(path.to_owned(), kind(&there)),
        _ => DiskError::io("find", path)(error),
    })
}

/// Refuses a path that exists but is neither a file nor a folder, before it is read for a change: reading a pipe would
/// wait, and no file could replace it.
///
/// # Errors
/// [`DiskError::NotAFile`].
pub fn refuse_pipe(path: &Path) -> Result<(), DiskError> {
    match fs::metadata(path) {
        Ok(there) if !there.is_file() && !there.is_dir() => {
            Err(DiskError::NotAFile(path.to_owned(), kind(&there)))
        }
        _ => Ok(()),
    }
}

/// Whether the entry of a folder at `path`, of this `kind`, counts as a file. Links to files do, even broken ones;
/// pipes do not, since reading them would wait.
pub(super) fn is_listed_file(kind: fs::FileType, path: &Path) -> bool {
    match kind.is_symlink() {
        true => path.metadata().map_or(true, |target| target.is_file()),
        false => kind.is_file(),
    }
}

/// What it is if not a file.
pub(super) fn kind(metadata: &fs::Metadata) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        match metadata.file_type() {
            kind if kind.is_fifo() => return "a pipe",
            kind if kind.is_socket() => return "a socket",
            _ => {}
        }
    }
    if metadata.is_dir() { "a folder" } else { "a device" }
}

/// Whether two paths lead to the same file, which need not exist.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    one == other || matches!((resolve_any(one), resolve_any(other)), (Ok(one), Ok(other)) if one == other)
}

/// `path` with its links resolved, whether or not the file exists.
///
/// # Errors
/// Its folder does not exist.
pub fn resolve_any(path: &Path) -> Result<PathBuf, DiskError> {
    resolve(path).or_else(|_| resolve_new(path))
}

/// `path` with its links resolved, whether or not the file and its folder exist.
#[must_use]
pub fn resolve_missing(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    resolve_any(path).unwrap_or_else(|_| resolve_existing(&absolute()))
}

/// `path` with the links in its existing part resolved.
#[must_use]
pub fn resolve_existing(path: &Path) -> PathBuf {
    let mut there = path.ancestors();
    let resolved = there.find_map(|folder| Some((folder, resolve(folder).ok()?)));
    let whole = resolved.map(|(folder, resolved)| resolved.join(path.strip_prefix(folder).unwrap_or(path)));
    whole.unwrap_or_else(|| path.to_owned())
}

/// The path of a file that does not exist yet; its folder must exist.
pub(super) fn resolve_new(path: &Path) -> Result<PathBuf, DiskError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| DiskError::NotAFile(path.to_owned(), "a folder"))?;
    Ok(resolve(folder)?.join(name))
}

/// The folder of `target`, whose links are resolved.
pub(super) fn folder_of(target: &Path) -> &Path {
    target.parent().unwrap_or(target)
}
