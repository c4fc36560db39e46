use std::path::{Path, PathBuf};

use super::DiskError;

/// Where envtool keeps what it needs between runs: `ENVTOOL_STATE_DIR`, else the user's state folder of the system.
///
/// # Errors
/// [`DiskError::NoStateFolder`] when the environment names none.
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

/// A file name that stands for `path`.
pub(super) fn name_of(path: &Path) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(path.as_os_str().as_encoded_bytes()))
}
