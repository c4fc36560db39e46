//! The hook with which git checks the staged files before each commit.

use std::path::{Path, PathBuf};

use super::git;
use crate::commands::Session;
use crate::disk::{self, Readers};
use crate::error::{Error, ExitCode};
use crate::term::escape_path;

/// The whole hook. Git runs hooks in a shell on every system.
pub(super) const TEXT: &str = "\
#!/bin/sh
# Set up by `envtool git-setup --pre-commit`.
if command -v envtool >/dev/null; then
    envtool validate --staged --quiet || {
        echo 'the commit is refused for what envtool has found; `git commit --no-verify` goes ahead' >&2
        exit 1
    }
else
    echo 'note: git finds no `envtool`, so the staged Postman files are not checked' >&2
fi
";

/// The line to add to the user's own hook.
const LINE: &str = "if command -v envtool >/dev/null; then envtool validate --staged --quiet || exit 1; fi";

/// A hook that contains this calls envtool already.
const CALL: &str = "envtool validate --staged";

/// What is at the place where git looks for the hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::commands) enum State {
    /// Nothing.
    Absent,
    /// [`TEXT`].
    Own,
    /// The user's own hook, which calls envtool.
    Calling,
    /// The user's own hook, which does not.
    Other,
}

/// The hook of a repository.
pub(in crate::commands) struct Hook {
    /// Where git looks for it.
    pub(in crate::commands) path: PathBuf,
    /// What is there.
    pub(in crate::commands) state: State,
    /// Whether other repositories use it too.
    is_shared: bool,
}

impl Hook {
    /// The hook of the repository whose work tree is `top`.
    pub(in crate::commands) fn of(top: &Path) -> Result<Self, Error> {
        // The path is relative to the folder in which git is called.
        let place = |words: &[&str]| git(top, words).map(|path| top.join(path));
        let path = place(&["rev-parse", "--git-path", "hooks/pre-commit"])?;
        let common = place(&["rev-parse", "--git-common-dir"])?;
        let folder = disk::resolve_existing(path.parent().unwrap_or(&path));
        let is_shared = ![top, &common].iter().any(|own| folder.starts_with(disk::resolve_existing(own)));
        let state = match disk::read(&path) {
            Ok(text) if text == TEXT.as_bytes() => State::Own,
            Ok(text) if String::from_utf8_lossy(&text).contains(CALL) => State::Calling,
            Err(_) if path.symlink_metadata().is_err() => State::Absent,
            _ => State::Other,
        };
        Ok(Self { path, state, is_shared })
    }

    /// Whether git ignores it because it is not executable.
    pub(in crate::commands) fn is_ignored(&self) -> bool {
        self.state != State::Absent && !disk::is_executable(&self.path)
    }

    /// Its path, for display.
    fn name(&self) -> String {
        escape_path(&self.path)
    }

    /// Creates it, unless the user has a hook: then explains how to add the line by hand.
    pub(super) fn set_up(&self, session: &mut Session) -> Result<ExitCode, Error> {
        let name = self.name();
        if self.is_ignored() && self.state != State::Other {
            session.terminal.error_line(&format!(
                "note: {name} is not executable, so git does not run it; `chmod +x {name}` has it run"
            ));
            return Ok(ExitCode::Negative);
        }
        let why_not = match self.state {
            State::Own | State::Calling => None,
            State::Other => Some(format!("{name} is there already and stays as it is")),
            State::Absent if self.is_shared => {
                Some(format!("{name} would be the hook of other repositories too (core.hooksPath)"))
            }
            State::Absent => {
                disk::ensure_folder(self.path.parent().unwrap_or(&self.path))?;
                let journal = session.journal()?;
                session.save(journal.as_ref()).create(&self.path, TEXT.as_bytes(), Readers::Program)?;
                None
            }
        };
        if let Some(why_not) = why_not {
            session.terminal.error_line(&format!(
                "note: {why_not}; to have each commit checked, put this line into the hook:\n  {LINE}"
            ));
            return Ok(ExitCode::Negative);
        }
        if !session.options.quiet {
            session.terminal.line(&format!("git now validates staged files before each commit ({name})"));
        }
        Ok(ExitCode::Success)
    }

    /// Removes it, unless the user has changed it.
    pub(super) fn remove(&self, session: &mut Session) -> Result<(), Error> {
        let name = self.name();
        match self.state {
            State::Own => {
                let journal = session.journal()?;
                session.save(journal.as_ref()).delete(&self.path, TEXT.as_bytes())?;
            }
            State::Calling => session.terminal.error_line(&format!(
                "note: {name} is yours and stays as it is: take `{CALL}` out of it by hand"
            )),
            State::Absent | State::Other => {}
        }
        Ok(())
    }
}
