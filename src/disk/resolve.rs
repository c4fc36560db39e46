use std::fs;
use std::path::{Path, PathBuf};

use super::DiskError;

/// `path` with its links resolved, as people write it: Windows itself would put `\\?\` in front.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, DiskError> {
    dunce::canonicalize(path).map_err(|error| match fs::metadata(path) {
        // What a shell names `/dev/fd/63` leads nowhere, and yet it is there.
        Ok(there) if !there.is_file() => DiskError::NotAFile(path.to_owned(), kind(&there)),
        _ => DiskError::io("find", path)(error),
    })
}

/// Refuses at once what is there and is neither a file nor a folder, for those who are about to change it: a pipe would be
/// waited for, and no file can take its place.
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

/// Whether what a folder lists at `path` as of this `kind` is a file, as far as its name is concerned. A link to one counts,
/// also when it leads nowhere; a pipe is no file, and would be waited for.
pub(super) fn is_listed_file(kind: fs::FileType, path: &Path) -> bool {
    match kind.is_symlink() {
        true => path.metadata().map_or(true, |target| target.is_file()),
        false => kind.is_file(),
    }
}

/// What it is that is no file.
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

/// `path` with its links resolved, whether or not the file and its folder are there.
#[must_use]
pub fn resolve_missing(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    resolve_any(path).unwrap_or_else(|_| resolve_existing(&absolute()))
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

/// The folder of `target`, whose links are resolved.
pub(super) fn folder_of(target: &Path) -> &Path {
    target.parent().unwrap_or(target)
}
