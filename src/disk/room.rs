use std::io::{self, ErrorKind};
use std::path::Path;

use super::DiskError;

/// A disk with less than this left, in bytes, counts as full: a change writes the whole file and its old content.
const LEAST: u64 = 1024 * 1024;

/// What this user may still write to a disk.
struct Room {
    bytes: u64,
    /// None where the file system sets no limit.
    files: Option<u64>,
}

impl Room {
    fn is_full(&self) -> bool {
        self.bytes < LEAST || self.files == Some(0)
    }
}

/// Refuses `path` when its disk is full, as far as the system tells.
///
/// # Errors
/// The same error as writing there would give.
pub fn expect_room(path: &Path) -> Result<(), DiskError> {
    let nearest = path.ancestors().find(|place| place.exists()).unwrap_or(path);
    if left_at(nearest).is_some_and(|room| room.is_full()) {
        return Err(DiskError::io("write", nearest)(io::Error::from(ErrorKind::StorageFull)));
    }
    Ok(())
}

#[cfg(unix)]
#[allow(
    clippy::unnecessary_cast,
    clippy::useless_conversion,
    reason = "the types are not those of every system"
)]
fn left_at(path: &Path) -> Option<Room> {
    let disk = nix::sys::statvfs::statvfs(path).ok().filter(|disk| disk.blocks() > 0)?;
    let bytes = (disk.blocks_available() as u64).saturating_mul(disk.fragment_size() as u64);
    Some(Room { bytes, files: (disk.files() > 0).then_some(disk.files_available() as u64) })
}

/// Unknown elsewhere.
#[cfg(not(unix))]
fn left_at(_path: &Path) -> Option<Room> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_can_be_full_of_bytes_or_of_files() {
        let is_full = |bytes, files| Room { bytes, files }.is_full();
        assert!(!is_full(LEAST, Some(1)) && !is_full(LEAST, None));
        assert!(is_full(LEAST - 1, None) && is_full(u64::MAX, Some(0)));
    }
}
