use std::path::{Path, PathBuf};

use super::DiskError;
use super::resolve::is_listed_file;

/// How the names that Postman and its tools give environment files end.
const ENDINGS: [&str; 4] =
    [".postman_environment.json", ".environment.json", ".environment.yaml", ".environment.yml"];

/// Whether a file of this name may be used as the environment when the user names none.
#[must_use]
pub fn is_environment_name(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending) && name.len() > ending.len())
}

/// The names of everything directly in `folder`, in order; none if it cannot be read.
#[must_use]
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// The environment files directly in `folder`, by name, in order.
///
/// # Errors
/// The folder cannot be read.
pub fn environments_in(folder: &Path) -> Result<Vec<PathBuf>, DiskError> {
    let fail = |source| DiskError::Io { verb: "read", path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let is_file = || entry.file_type().is_ok_and(|kind| is_listed_file(kind, &entry.path()));
        if entry.file_name().to_str().is_some_and(is_environment_name) && is_file() {
            found.push(PathBuf::from(entry.file_name()));
        }
    }
    found.sort();
    Ok(found)
}
