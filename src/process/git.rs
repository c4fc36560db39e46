mod dialogue;
mod index;

pub use dialogue::GitDialogue;
pub use index::{EntryKind, IndexEntry, git_index, git_staged, git_tracked};

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The output of git, called with `words` in `folder`.
///
/// # Errors
/// There is no git, or it failed: then with the first line of its message.
pub fn git<S: AsRef<OsStr>>(folder: &Path, words: &[S]) -> io::Result<Vec<u8>> {
    let output = call(folder, words)?;
    if output.status.success() { Ok(output.stdout) } else { Err(complaint(&output)) }
}

/// Merges three files line by line with git, called with `words` in `folder`. Returns the number of conflicts, at most
/// 127.
///
/// # Errors
/// There is no git, or it did not merge: then with the first line of its message.
pub fn git_merge_file<S: AsRef<OsStr>>(folder: &Path, words: &[S]) -> io::Result<i32> {
    let words = [OsStr::new("merge-file")].into_iter().chain(words.iter().map(AsRef::as_ref));
    let output = call(folder, words)?;
    output.status.code().filter(|code| (0..128).contains(code)).ok_or_else(|| complaint(&output))
}

fn call(folder: &Path, words: impl IntoIterator<Item: AsRef<OsStr>>) -> io::Result<Output> {
    command(folder).args(words).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "there is no git"),
        _ => error,
    })
}

/// Git's message on a failure.
fn complaint(output: &Output) -> io::Error {
    // Everything after the first line is advice.
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default();
    io::Error::other(said.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned())
}

/// A git command in `folder`, without standard input.
fn command(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).stdin(Stdio::null());
    git
}
