//! Whether a file can be changed, as far as that can be seen without trying.

use std::path::Path;
use std::{fs, io};

use super::DiskError;
use super::resolve::{folder_of, kind, resolve};

/// Refuses what could not be written, before anything is prepared.
pub(super) fn check_writable(target: &Path) -> Result<(), DiskError> {
    let metadata = fs::metadata(target).map_err(DiskError::io("read", target))?;
    if !metadata.is_file() {
        return Err(DiskError::NotAFile(target.to_owned(), kind(&metadata)));
    }
    if metadata.permissions().readonly() {
        return Err(DiskError::ReadOnly(target.to_owned()));
    }
    fs::OpenOptions::new().append(true).open(target).map(drop).map_err(DiskError::io("write", target))
}

/// Refuses the file at `path` when another cannot take its place, as far as that can be seen without trying.
///
/// # Errors
/// It is not there, is write-protected, a mount of its own, or in a folder that takes no new file.
pub fn expect_replaceable(path: &Path) -> Result<(), DiskError> {
    let target = resolve(path)?;
    check_writable(&target)?;
    if is_mounted(&target) {
        return Err(DiskError::Mounted(target));
    }
    let folder = folder_of(&target);
    match expect_writable(folder) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(DiskError::Folder(target.clone(), folder.to_owned()))
        }
        Err(error) => Err(DiskError::io("write", target.clone())(error)),
        Ok(()) if is_guarded(&target) => Err(DiskError::Guarded(target.clone(), folder.to_owned())),
        Ok(()) => Ok(()),
    }
}

/// Refuses a folder that takes no new file.
#[cfg(unix)]
pub(super) fn expect_writable(folder: &Path) -> io::Result<()> {
    use nix::unistd::{AccessFlags, access};
    Ok(access(folder, AccessFlags::W_OK | AccessFlags::X_OK)?)
}

#[cfg(not(unix))]
pub(super) fn expect_writable(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether `target` is another's, in a folder that lets nobody else replace it: one with the sticky bit, such as `/tmp`.
#[cfg(unix)]
pub(super) fn is_guarded(target: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(file), Ok(folder)) = (fs::metadata(target), fs::metadata(folder_of(target))) else {
        return false;
    };
    let me = nix::unistd::geteuid().as_raw();
    folder.mode() & 0o1000 != 0 && ![0, file.uid(), folder.uid()].contains(&me)
}

#[cfg(not(unix))]
pub(super) fn is_guarded(_target: &Path) -> bool {
    false
}

/// Whether the file at `path` is known under other names too, which keep the old content when another takes its place.
#[cfg(unix)]
#[must_use]
pub fn has_other_names(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.nlink() > 1)
}

/// Elsewhere nothing tells.
#[cfg(not(unix))]
#[must_use]
pub fn has_other_names(_path: &Path) -> bool {
    false
}

/// Whether the file `target` is mounted by itself, as container engines do it, so that no other can take its place.
#[cfg(target_os = "linux")]
pub(super) fn is_mounted(target: &Path) -> bool {
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
pub(super) fn is_mounted(_target: &Path) -> bool {
    false
}
