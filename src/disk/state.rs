use std::path::{Path, PathBuf};

use super::DiskError;
use super::writable::expect_writable;

/// Where envtool keeps what it needs between runs: `ENVTOOL_STATE_DIR`, else the user's state folder of the system.
///
/// # Errors
/// [`DiskError::NoStateFolder`] if the environment names none.
pub fn state_folder() -> Result<PathBuf, DiskError> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = set("ENVTOOL_STATE_DIR") {
        return std::path::absolute(&folder).map_err(DiskError::io("find", folder));
    }
    let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    let base = if cfg!(windows) {
        set("LOCALAPPDATA").or_else(|| home.map(|home| home.join("AppData").join("Local")))
    } else if cfg!(target_os = "macos") {
        home.map(|home| home.join("Library").join("Application Support"))
    } else {
        set("XDG_STATE_HOME").or_else(|| home.map(|home| home.join(".local").join("state")))
    };
    base.map(|base| base.join("envtool")).ok_or(DiskError::NoStateFolder)
}

/// The subfolders of the state folder that hold secrets or are written by every change.
const PLACES: [&str; 3] = ["undo", "recovery", "key"];

/// Refuses a state folder that cannot be written, as far as that can be seen without trying.
///
/// # Errors
/// As the system says.
pub fn expect_state_folder(folder: &Path) -> Result<(), DiskError> {
    let nearest = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
    if !nearest.is_dir() {
        return Err(DiskError::NotAFolder(nearest.to_owned()));
    }
    let inside = PLACES.iter().map(|name| folder.join(name)).filter(|path| path.is_dir());
    std::iter::once(nearest.to_owned())
        .chain(inside)
        .try_for_each(|folder| expect_writable(&folder).map_err(DiskError::io("write", folder)))
}

/// Whether users other than the owner can read secrets in the state folder, or replace its content.
#[cfg(unix)]
#[must_use]
pub fn is_exposed(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let has = |path: &Path, mode: u32| path.metadata().is_ok_and(|metadata| metadata.mode() & mode != 0);
    has(folder, 0o022) || has(folder, 0o077) && PLACES.iter().any(|name| has(&folder.join(name), 0o077))
}

/// Always false: on other systems, users' folders are private.
#[cfg(not(unix))]
#[must_use]
pub fn is_exposed(_folder: &Path) -> bool {
    false
}

/// A file name that represents `path`.
pub(super) fn name_of(path: &Path) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(path.as_os_str().as_encoded_bytes()))
}
