//! The permission bits of files, on systems that have them.

use std::path::Path;
use std::{fs, io};

/// Whether the file at `path` may be run, where the system asks that of a program.
#[must_use]
pub fn is_executable(path: &Path) -> bool {
    let mode = fs::File::open(path).ok().and_then(|file| mode_of(&file));
    mode.is_none_or(|mode| mode & 0o111 != 0)
}

/// The permission bits of `file`.
#[cfg(unix)]
pub(super) fn mode_of(file: &fs::File) -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().ok().map(|metadata| metadata.mode() & 0o7777)
}

#[cfg(not(unix))]
pub(super) fn mode_of(_file: &fs::File) -> Option<u32> {
    None
}

/// Gives the file `target` the permission bits `mode`, if they are known.
#[cfg(unix)]
pub(super) fn restore_mode(target: &Path, mode: Option<u32>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    mode.map_or(Ok(()), |mode| fs::set_permissions(target, fs::Permissions::from_mode(mode)))
}

#[cfg(not(unix))]
pub(super) fn restore_mode(_target: &Path, _mode: Option<u32>) -> io::Result<()> {
    Ok(())
}
