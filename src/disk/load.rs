use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::DiskError;
use crate::text::{DecodeError, MAX_BYTES};

/// How much of a file is read at a time where it need not be kept.
const PIECE: usize = 32 * 1024;

/// The size up to which a file is read at once.
const SMALL: usize = 8 * 1024;

/// The bytes of the file at `path`.
///
/// # Errors
/// A folder, a file that cannot be read, or one larger than [`MAX_BYTES`], which is refused before it is read whole.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    let a_folder = || DiskError::NotAFile(path.to_owned(), "a folder");
    let mut file = match File::open(path) {
        Ok(file) => file,
        // Windows opens no folders.
        Err(_) if cfg!(windows) && path.is_dir() => return Err(a_folder()),
        Err(error) => return Err(DiskError::io("read", path)(error)),
    };
    // Most files are no longer than this, and then need not be asked for their size.
    let mut bytes = Vec::with_capacity(SMALL);
    match (&mut file).take(SMALL as u64).read_to_end(&mut bytes) {
        Ok(length) if length < SMALL => Ok(bytes),
        Ok(_) => {
            let size = file.metadata().map_err(DiskError::io("read", path))?.len();
            read_limited(&mut file, bytes, size, path)
        }
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => Err(a_folder()),
        Err(error) => Err(DiskError::io("read", path)(error)),
    }
}

/// Whether the file at `path` holds `bytes` and no more.
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

/// The rest of `input` after its first `bytes`; it is `expected` to have so many bytes.
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
