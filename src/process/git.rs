use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// What git prints when it is called with `words` in `folder`.
///
/// # Errors
/// There is no git, or it failed: then with the first line of what it said.
pub fn git<S: AsRef<OsStr>>(folder: &Path, words: &[S]) -> io::Result<Vec<u8>> {
    let output = git_in(folder).args(words).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "there is no git"),
        _ => error,
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    // What follows the first line is advice.
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default();
    Err(io::Error::other(said.trim_start_matches("fatal: ").to_owned()))
}

/// Git in `folder`, to be told what to do, with nothing to read.
#[must_use]
pub fn git_in(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).stdin(Stdio::null());
    git
}
