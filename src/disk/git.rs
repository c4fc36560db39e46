//! Which files git tracks. Without git, none.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use super::save::resolve;

/// Asks git once for each repository, when it is first needed.
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
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["ls-files", "-z"]).stdin(Stdio::null()).stderr(Stdio::null());
    let output = git.output().ok().filter(|output| output.status.success())?;
    let names = output.stdout.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    Some(names.map(|name| PathBuf::from(String::from_utf8_lossy(name).into_owned())).collect())
}
