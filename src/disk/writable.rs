//! Whether a file can be changed, as far as that can be seen without trying.

use std::fs;
use std::path::Path;

use super::DiskError;
use super::resolve::resolve;

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
