use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::resolve::resolve;
use crate::process;

/// Which files git tracks. Asks it once for each repository, when it is first needed.
#[derive(Debug, Default)]
pub struct Tracked {
    /// What is tracked by the top folders, or why git does not say it.
    repositories: Mutex<BTreeMap<PathBuf, Result<HashSet<PathBuf>, String>>>,
}

impl Tracked {
    /// Whether git tracks the file at `path`, which is taken for granted in a repository that it [does not
    /// answer](Self::unanswered) for.
    #[must_use]
    pub fn tracks(&self, path: &Path) -> bool {
        let Ok(path) = resolve(path) else { return false };
        let Some(root) = path.ancestors().skip(1).find(|folder| folder.join(".git").exists()) else {
            return false;
        };
        let mut repositories = self.repositories.lock().unwrap_or_else(PoisonError::into_inner);
        let files = repositories.entry(root.to_owned()).or_insert_with(|| tracked(root));
        match files {
            Ok(files) => path.strip_prefix(root).is_ok_and(|inside| files.contains(inside)),
            Err(_) => true,
        }
    }

    /// The top folders of the repositories of which git does not say what it tracks, and why.
    #[must_use]
    pub fn unanswered(&self) -> Vec<(PathBuf, String)> {
        let repositories = self.repositories.lock().unwrap_or_else(PoisonError::into_inner);
        let errors =
            repositories.iter().filter_map(|(top, files)| Some((top.clone(), files.as_ref().err()?.clone())));
        errors.collect()
    }
}

/// The files that the repository at `root` tracks, as paths from there.
fn tracked(root: &Path) -> Result<HashSet<PathBuf>, String> {
    let files = process::git_tracked(root).map_err(|error| error.to_string())?;
    Ok(files.into_iter().collect())
}
