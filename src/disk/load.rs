use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::DiskError;
use super::resolve::kind;
use crate::text::{Bytes, DecodeError, MAX_BYTES};

/// How much of a file is read at a time if it is not kept, in bytes.
const PIECE: usize = 32 * 1024;

/// The size up to which a file is read at once, in bytes.
const SMALL: usize = 8 * 1024;

/// The bytes of the file at `path`.
///
/// # Errors
/// A folder, a file that cannot be read, or one larger than [`MAX_BYTES`], which is refused before it is read whole.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    read_with(path, read_limited)
}

/// The same, but faster if there are many bytes.
///
/// # Errors
/// Those of [`read`].
pub fn load(path: &Path) -> Result<Bytes, DiskError> {
    read_with(path, read_huge)
}

/// The bytes of the file at `path`, by `large` if there are more of them than [`SMALL`].
fn read_with<T: From<Vec<u8>>>(
    path: &Path,
    large: impl FnOnce(&mut File, Vec<u8>, u64, &Path) -> Result<T, DiskError>,
) -> Result<T, DiskError> {
    let mut file = File::open(path).map_err(|error| refused(path, error))?;
    // Most files are no larger than this; then there is no need to ask for their size.
    let mut bytes = Vec::with_capacity(SMALL);
    match (&mut file).take(SMALL as u64).read_to_end(&mut bytes) {
        Ok(length) if length < SMALL => Ok(bytes.into()),
        Ok(_) => {
            let size = file.metadata().map_err(DiskError::io("read", path))?.len();
            large(&mut file, bytes, size, path)
        }
        Err(error) => Err(refused(path, error)),
    }
}

/// Why `path` cannot be read: what it is if not a file, else what the system says.
fn refused(path: &Path, error: io::Error) -> DiskError {
    match fs::metadata(path) {
        // Windows does not permit opening a folder.
        Ok(it) if it.is_dir() || !it.is_file() && error.kind() != io::ErrorKind::PermissionDenied => {
            DiskError::NotAFile(path.to_owned(), kind(&it))
        }
        _ => DiskError::io("read", path)(error),
    }
}

/// Whether the content of the file at `path` is `bytes`.
///
/// # Errors
/// The file cannot be read.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> Result<bool, DiskError> {
    let mut file = File::open(path).map_err(DiskError::io("read", path))?;
    let mut piece = vec![0; PIECE];
    let mut expected = bytes;
    loop {
        let length = file.read(&mut piece).map_err(DiskError::io("read", path))?;
        match expected.strip_prefix(&piece[..length]) {
            None => return Ok(false),
            Some(rest) if length == 0 => return Ok(rest.is_empty()),
            Some(rest) => expected = rest,
        }
    }
}

/// The bytes of standard input.
///
/// # Errors
/// As the system says, or more than [`MAX_BYTES`].
pub fn read_standard_input() -> Result<Vec<u8>, DiskError> {
    read_limited(&mut io::stdin().lock(), Vec::new(), 0, Path::new("standard input"))
}

/// The next line of standard input, without its end; an empty one after the last.
///
/// # Errors
/// It cannot be read, or is not text.
pub fn read_standard_line() -> Result<String, DiskError> {
    let line = io::stdin().lines().next().transpose().map_err(DiskError::io("read", "standard input"))?;
    Ok(line.unwrap_or_default())
}

/// `bytes`, the start of `input`, followed by the rest of it; `expected` bytes in all.
fn read_limited(
    input: &mut impl Read,
    mut bytes: Vec<u8>,
    expected: u64,
    path: &Path,
) -> Result<Vec<u8>, DiskError> {
    let too_large = || DiskError::Decode { path: path.to_owned(), source: DecodeError::TooLarge };
    if expected > MAX_BYTES {
        return Err(too_large());
    }
    // One byte more than expected, so that the end is seen without growing.
    bytes.reserve((expected as usize + 1).saturating_sub(bytes.len()));
    input
        .take(MAX_BYTES + 1 - bytes.len() as u64)
        .read_to_end(&mut bytes)
        .map_err(DiskError::io("read", path))?;
    if bytes.len() as u64 > MAX_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// The same as [`read_limited`], into huge pages if the system has some.
fn read_huge(input: &mut File, bytes: Vec<u8>, expected: u64, path: &Path) -> Result<Bytes, DiskError> {
    let Some(mut pages) = huge_pages(expected) else {
        return read_limited(input, bytes, expected, path).map(Bytes::from);
    };
    let size = expected as usize;
    let (start, rest) = pages[..size].split_at_mut(bytes.len());
    start.copy_from_slice(&bytes);
    if input.read_exact(rest).is_ok() && matches!(input.read(&mut [0]), Ok(0)) {
        return Ok(Bytes::from_owner(pages).slice(..size));
    }
    // The size has changed in the meantime, or the file cannot be read.
    read(path).map(Bytes::from)
}

/// Memory for `size` bytes in pages of 2 MiB. Providing the 700 ordinary pages for a collection of 2.9 MB takes the
/// system longer than reading it.
#[cfg(target_os = "linux")]
fn huge_pages(size: u64) -> Option<memmap2::MmapMut> {
    const PAGE: usize = 2 * 1024 * 1024;

    if !(PAGE as u64 / 2..=MAX_BYTES).contains(&size) {
        return None;
    }
    let pages = memmap2::MmapMut::map_anon((size as usize).next_multiple_of(PAGE)).ok()?;
    pages.advise(memmap2::Advice::HugePage).ok()?;
    Some(pages)
}

#[cfg(not(target_os = "linux"))]
fn huge_pages(_: u64) -> Option<Vec<u8>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_any_size_is_loaded_as_it_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let page = 2 * 1024 * 1024;
        for size in [0, 1, SMALL - 1, SMALL, SMALL + 1, page / 2, page - 1, page, page + 1] {
            let bytes: Vec<_> = (0..size).map(|at| (at % 251) as u8).collect();
            std::fs::write(&path, &bytes).expect("written");
            assert!(load(&path).is_ok_and(|loaded| loaded == bytes), "{size}");
        }
    }
}
