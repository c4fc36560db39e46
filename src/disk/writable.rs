//! Whether a file can be changed, as far as that can be seen without trying.

use std::path::Path;
use std::{fs, io};

use super::DiskError;
use super::resolve::{folder_of, kind, resolve};

/// Refuses a file that cannot be written, before anything is prepared.
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

/// Refuses the file at `path` if it cannot be replaced, as far as that can be seen without trying.
///
/// # Errors
/// It does not exist, is write-protected or a mount point, or its folder cannot be written.
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

/// Refuses a folder that cannot be written.
#[cfg(unix)]
pub(super) fn expect_writable(folder: &Path) -> io::Result<()> {
    use nix::unistd::{AccessFlags, access};
    Ok(access(folder, AccessFlags::W_OK | AccessFlags::X_OK)?)
}

#[cfg(not(unix))]
pub(super) fn expect_writable(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether `target` belongs to another user, in a folder where only the owner may replace it: one with the sticky bit,
/// such as `/tmp`.
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

/// Whether the file at `path` has other names, which keep the old content when it is replaced.
#[cfg(unix)]
#[must_use]
pub fn has_other_names(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.nlink() > 1)
}

/// Unknown elsewhere.
#[cfg(not(unix))]
#[must_use]
pub fn has_other_names(_path: &Path) -> bool {
    false
}

/// Whether the file `target` is a mount point, as in containers, so that it cannot be replaced.
#[cfg(target_os = "linux")]
pub(super) fn is_mounted(target: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt as _;

    let mounts = fs::read("/proc/self/mountinfo").unwrap_or_default();
    let wanted = escaped(target.as_os_str().as_bytes());
    // The fifth field is the mount point.
    mounts.split(|&byte| byte == b'\n').any(|line| line.split(|&byte| byte == b' ').nth(4) == Some(&wanted))
}

/// `path` as the kernel writes it in its tables.
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

/// Only Linux mounts single files.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_mounted(_target: &Path) -> bool {
    false
}
