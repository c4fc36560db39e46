//! What git knows of files.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use super::save::resolve;

/// Which files git tracks; without git, none. Asks it once for each repository, when it is first needed.
#[derive(Debug, Default)]
pub struct GitIndex {
    repositories: Mutex<HashMap<PathBuf, HashSet<PathBuf>>>,
}

impl GitIndex {
    /// Whether git tracks the file at `path`.
    #[must_use]
    pub fn tracks(&self, path: &Path) -> bool {
        let Ok(path) = resolve(path) else { return false };
        let Some(root) = path.ancestors().skip(1).find(|folder| folder.join(".git").exists()) else {
            return false;
        };
        let mut repositories = self.repositories.lock().unwrap_or_else(PoisonError::into_inner);
        let files = repositories.entry(root.to_owned()).or_insert_with(|| tracked(root).unwrap_or_default());
        path.strip_prefix(root).is_ok_and(|inside| files.contains(inside))
    }
}

/// The files that the repository at `root` tracks, as paths from there.
fn tracked(root: &Path) -> Option<HashSet<PathBuf>> {
    let list = output(root, &["ls-files", "-z"]).ok()?;
    let names = list.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    Some(names.map(|name| PathBuf::from(String::from_utf8_lossy(name).into_owned())).collect())
}

/// What git prints when it is called with `words` in `folder`.
///
/// # Errors
/// It could not be started, or it failed: then with what it said.
pub(super) fn output(folder: &Path, words: &[&str]) -> io::Result<Vec<u8>> {
    let output = Command::new("git").arg("-C").arg(folder).args(words).stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    // What follows is advice.
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default();
    Err(io::Error::other(said.trim_start_matches("fatal: ").to_owned()))
}
