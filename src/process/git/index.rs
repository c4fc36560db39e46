//! The content of git's index, as git prints it.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::git;

/// An entry of git's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// Its path, relative to the folder in which git was called.
    pub path: PathBuf,
    /// What it is.
    pub kind: EntryKind,
    /// The id of its content.
    pub id: String,
    /// 0, or the version of a file that git could not merge: 1 the base, 2 ours, 3 theirs.
    pub stage: usize,
}

/// The type of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// A commit of another repository.
    Submodule,
}

/// The entries of the index around `folder` that `words` select in `git ls-files`.
///
/// # Errors
/// As for [`git()`].
pub fn git_index<S: AsRef<OsStr>>(folder: &Path, words: &[S]) -> io::Result<Vec<IndexEntry>> {
    let words =
        ["ls-files", "--stage", "-z"].map(OsStr::new).into_iter().chain(words.iter().map(AsRef::as_ref));
    let list = git(folder, &words.collect::<Vec<_>>())?;
    Ok(fields(&list).filter_map(IndexEntry::of_list).collect())
}

/// What the next commit in the repository around `folder` adds or changes, with paths relative to the top.
///
/// # Errors
/// As for [`git()`].
pub fn git_staged(folder: &Path) -> io::Result<Vec<IndexEntry>> {
    // Overrides the user's configuration of paths and renames.
    let words = [
        "-c",
        "diff.relative=false",
        "diff",
        "--cached",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--diff-filter=AMT",
        "-z",
    ];
    let list = git(folder, &words)?;
    let fields: Vec<_> = fields(&list).collect();
    Ok(fields
        .as_chunks()
        .0
        .iter()
        .filter_map(|&[change, path]| IndexEntry::of_change(change, path))
        .collect())
}

/// The files that git tracks below `folder`, as paths relative to it.
///
/// # Errors
/// As for [`git()`].
pub fn git_tracked(folder: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(fields(&git(folder, &["ls-files", "-z"])?).map(path).collect())
}

impl IndexEntry {
    /// Parses a line of `git ls-files --stage`: `100644 ID 0`, a tab and the path.
    fn of_list(line: &[u8]) -> Option<Self> {
        let tab = line.iter().position(|&byte| byte == b'\t')?;
        let [mode, id, stage] = words(&line[..tab])?;
        let (kind, id) = (EntryKind::of(mode), id.to_owned());
        Some(Self { path: path(&line[tab + 1..]), kind, id, stage: stage.parse().ok()? })
    }

    /// Parses an entry of `git diff --raw`, `:100644 100644 OLD NEW M`, and its path.
    fn of_change(change: &[u8], name: &[u8]) -> Option<Self> {
        let [_, mode, _, id, _] = words(change)?;
        Some(Self { path: path(name), kind: EntryKind::of(mode), id: id.to_owned(), stage: 0 })
    }
}

impl EntryKind {
    fn of(mode: &str) -> Self {
        match mode {
            "120000" => Self::Link,
            "160000" => Self::Submodule,
            _ => Self::File,
        }
    }
}

/// The pieces between zero bytes.
fn fields(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|&byte| byte == 0).filter(|field| !field.is_empty())
}

fn words<const COUNT: usize>(text: &[u8]) -> Option<[&str; COUNT]> {
    std::str::from_utf8(text).ok()?.split(' ').collect::<Vec<_>>().try_into().ok()
}

/// The path that git prints as `name`.
#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    <OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(name).into()
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    String::from_utf8_lossy(name).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_links_and_submodules_are_told_apart() {
        let found = |list: &str| {
            let entries = list.split('\n').map(|line| IndexEntry::of_list(line.as_bytes()));
            entries.map(|entry| entry.map(|entry| (entry.path, entry.kind, entry.stage))).collect::<Vec<_>>()
        };
        let list = "100644 aaaa 0\ta b\tc.json\n120000 bbbb 0\tlink\n160000 cccc 2\tsub\n100644 dddd\tx\n";
        let wanted = [
            Some(("a b\tc.json".into(), EntryKind::File, 0)),
            Some(("link".into(), EntryKind::Link, 0)),
            Some(("sub".into(), EntryKind::Submodule, 2)),
            None,
            None,
        ];
        assert_eq!(found(list), wanted);
    }

    #[test]
    fn a_staged_change_is_what_the_commit_will_contain() {
        let change = |text: &str| IndexEntry::of_change(text.as_bytes(), b"x/y.json");
        let entry =
            |kind, id: &str| IndexEntry { path: "x/y.json".into(), kind, id: id.to_owned(), stage: 0 };
        assert_eq!(change(":100644 100755 2222 dddd M"), Some(entry(EntryKind::File, "dddd")));
        assert_eq!(change(":100755 120000 1111 bbbb T"), Some(entry(EntryKind::Link, "bbbb")));
        assert_eq!(change(":100755"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_name_need_not_be_unicode() {
        let entry = IndexEntry::of_list(b"100644 aaaa 0\t\xff.json").expect("an entry");
        assert_eq!(entry.path.as_os_str().as_encoded_bytes(), b"\xff.json");
    }
}
