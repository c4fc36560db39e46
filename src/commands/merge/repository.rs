use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::process::{self, EntryKind};
use crate::report::{Commit, NoFile, Operation, Sides};

/// The git repository around a folder.
pub(super) struct Repository<'a> {
    folder: &'a Path,
}

/// A file that git could not merge, or what is in its place.
#[derive(Default)]
pub(super) struct Unmerged {
    /// Its path relative to the current folder.
    pub(super) path: PathBuf,
    /// Git's versions of it: base, ours and theirs, as far as they exist; none if it is not a file.
    pub(super) versions: [Option<Vec<u8>>; 3],
    /// What a version of it is if not a file.
    pub(super) instead: Option<NoFile>,
}

impl<'a> Repository<'a> {
    pub(super) fn at(folder: &'a Path) -> Self {
        Self { folder }
    }

    /// The files matching git's `pattern` that git could not merge.
    pub(super) fn unmerged(&self, pattern: &OsStr) -> Result<Vec<Unmerged>, Error> {
        let words = ["--unmerged", "--"].map(OsStr::new);
        let list = process::git_index(self.folder, &[&words[..], &[pattern]].concat()).map_err(failed)?;
        let mut found: Vec<Unmerged> = Vec::new();
        for entry in list {
            let path = match self.folder == Path::new(".") {
                true => entry.path,
                false => self.folder.join(entry.path),
            };
            if found.last().is_none_or(|last| last.path != path) {
                found.push(Unmerged { path, ..Unmerged::default() });
            }
            let (Some(last), Some(at)) = (found.last_mut(), entry.stage.checked_sub(1)) else { continue };
            let instead = match entry.kind {
                EntryKind::Submodule => Some(NoFile::Submodule),
                EntryKind::Link => Some(NoFile::Link),
                EntryKind::File => None,
            };
            match last.versions.get_mut(at) {
                Some(version) if instead.is_none() => {
                    *version = Some(self.git(&["cat-file", "blob", &entry.id])?)
                }
                _ => last.instead = instead,
            }
        }
        Ok(found)
    }

    /// The commits that ours and theirs stand for, and the operation.
    pub(super) fn sides(&self) -> Sides {
        let heads = [
            (Operation::Merge, "MERGE_HEAD"),
            (Operation::CherryPick, "CHERRY_PICK_HEAD"),
            (Operation::Revert, "REVERT_HEAD"),
        ];
        let found = match self.is_rebasing() {
            true => Some((Operation::Rebase, self.commit("REBASE_HEAD"))),
            false => {
                heads.into_iter().find_map(|(operation, head)| Some((operation, Some(self.commit(head)?))))
            }
        };
        let (operation, theirs) = found.unzip();
        Sides { operation, ours: self.commit("HEAD"), theirs: theirs.flatten() }
    }

    /// Whether git is rebasing: then ours is upstream, and theirs are the user's commits.
    pub(super) fn is_rebasing(&self) -> bool {
        let paths = ["rev-parse", "--git-path", "rebase-merge", "--git-path", "rebase-apply/rebasing"];
        let paths = self.git(&paths).unwrap_or_default();
        String::from_utf8_lossy(&paths).lines().any(|path| self.folder.join(path).exists())
    }

    fn commit(&self, name: &str) -> Option<Commit> {
        let text = self.git(&["log", "-1", "--format=%h %s", name, "--"]).ok()?;
        let text = String::from_utf8_lossy(&text);
        let (id, subject) = text.trim_end().split_once(' ')?;
        Some(Commit { id: id.to_owned(), subject: subject.to_owned() })
    }

    fn git<S: AsRef<OsStr>>(&self, words: &[S]) -> Result<Vec<u8>, Error> {
        process::git(self.folder, words).map_err(failed)
    }
}

fn failed(source: io::Error) -> Error {
    Error::Git { what: "cannot ask git which files are unmerged".to_owned(), source }
}
