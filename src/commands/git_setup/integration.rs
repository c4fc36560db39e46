use std::path::Path;

use super::hook::Hook;
use super::{SETTINGS, git, is_ours, top};
use crate::disk;
use crate::error::Error;

/// What `git-setup` has set up in a repository.
pub(in crate::commands) struct Integration {
    /// Whether `.gitattributes` assigns files to envtool.
    pub(in crate::commands) attributes: bool,
    /// The state of this clone's settings.
    pub(in crate::commands) settings: Settings,
    /// The hook that checks commits.
    pub(in crate::commands) hook: Option<Hook>,
}

/// Which of [`SETTINGS`] the configuration of a clone has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::commands) enum Settings {
    /// None.
    Absent,
    /// Others than this version writes.
    Other,
    /// All of them.
    Current,
}

impl Integration {
    /// What is set up for the current folder.
    ///
    /// # Errors
    /// The folder is not in a work tree, or git does not work there.
    pub(in crate::commands) fn here() -> Result<Self, Error> {
        let top = top()?;
        let attributes = disk::read(&top.join(".gitattributes")).unwrap_or_default();
        let attributes = attributes.split(|byte| *byte == b'\n').any(is_ours);
        Ok(Self { attributes, settings: Settings::of(&top), hook: Hook::of(&top).ok() })
    }
}

impl Settings {
    fn of(top: &Path) -> Self {
        let is_right = |(name, value): (&str, &str)| {
            git(top, &["config", "--get", name]).ok().map(|there| there == value)
        };
        let found = SETTINGS.map(is_right);
        match () {
            () if found.iter().all(Option::is_none) => Self::Absent,
            () if found.iter().all(|right| *right == Some(true)) => Self::Current,
            () => Self::Other,
        }
    }
}
