//! The only place that starts other programs.

mod browser;
mod git;

pub use browser::Browser;
pub use git::{EntryKind, GitDialogue, IndexEntry, git, git_index, git_merge_file, git_staged, git_tracked};

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The prefix of environment variables that are meant for envtool itself.
const OWN: &str = "ENVTOOL_";

/// Whether the environment variable `name` is meant for envtool itself.
#[must_use]
pub fn is_own(name: &str) -> bool {
    name.starts_with(OWN)
}

/// The file that is started as `program`; on Windows with whichever extension makes it a program.
#[must_use]
pub fn find(program: impl AsRef<OsStr>) -> Option<PathBuf> {
    which::which(program).ok()
}

/// Replaces this process with `program`, given `arguments`, in this process's environment plus `variables`, which take
/// precedence. What is meant for envtool itself is left out.
///
/// Where a process cannot replace itself, it waits for the program and ends with its exit code. Either way, this
/// returns only if the program could not be started.
#[must_use]
pub fn become_program(
    program: &OsString,
    arguments: &[OsString],
    variables: &[(String, String)],
) -> io::Error {
    // On Windows npm installs `.cmd` files, which start only by their full name.
    let found = if cfg!(windows) { find(program) } else { None };
    let mut command = Command::new(found.as_deref().map_or(program.as_os_str(), Path::as_os_str));
    command.args(arguments);
    let own = std::env::vars_os().map(|(name, _)| name).filter(|name| name.to_str().is_some_and(is_own));
    for name in own {
        command.env_remove(name);
    }
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    replace(command)
}

#[cfg(unix)]
fn replace(mut command: Command) -> io::Error {
    std::os::unix::process::CommandExt::exec(&mut command)
}

#[cfg(not(unix))]
fn replace(mut command: Command) -> io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
