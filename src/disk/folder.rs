use std::fs;
use std::path::Path;

use super::DiskError;

/// Folders in which nothing of the user's own is.
const FOREIGN: [&str; 2] = [".git", "node_modules"];

/// The files below `folder` that `wanted` takes, as paths below it with forward slashes, in order. Links to folders are
/// not followed.
///
/// # Errors
/// A folder cannot be read.
pub fn files_below(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<String>, DiskError> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        let folder = folder.join(&below);
        for entry in fs::read_dir(&folder).map_err(DiskError::io("read", &folder))? {
            let entry = entry.map_err(DiskError::io("read", &folder))?;
            // What is not Unicode is no name that Postman gives.
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let kind = entry.file_type().map_err(DiskError::io("read", entry.path()))?;
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            if kind.is_dir() && !FOREIGN.contains(&name.as_str()) {
                open.push(path);
            } else if !kind.is_dir() && wanted(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes `files`, paths with forward slashes and contents, below the new folder `folder`. It is there whole or not at
/// all.
///
/// # Errors
/// There is something of that name, or the files cannot be written.
pub fn create_folder(folder: &Path, files: &[(String, String)]) -> Result<(), DiskError> {
    if folder.symlink_metadata().is_ok() {
        return Err(DiskError::Exists(folder.to_owned()));
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(folder.file_name().ok_or_else(|| DiskError::NotAFile(folder.to_owned(), "no name"))?);
    name.push(".envtool-draft");
    let draft = folder.with_file_name(name);
    let written = write_below(&draft, files)
        .and_then(|()| fs::rename(&draft, folder).map_err(DiskError::io("write", folder)));
    if written.is_err() {
        let _ = fs::remove_dir_all(&draft);
    }
    written
}

fn write_below(draft: &Path, files: &[(String, String)]) -> Result<(), DiskError> {
    for (path, content) in files {
        let path = draft.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(DiskError::io("create", parent))?;
        }
        fs::write(&path, content).map_err(DiskError::io("write", &path))?;
    }
    Ok(())
}
