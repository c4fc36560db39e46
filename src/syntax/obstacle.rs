use std::fmt;

use super::SyntaxError;

/// What YAML has and envtool reads but does not edit: a change at one place could mean another elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// `&name`.
    Anchor,
    /// `!tag`.
    Tag,
    /// More than one document.
    SeveralDocuments,
    /// `? name`.
    QuestionMark,
    /// `[name: value]`.
    BarePair,
}

/// Why a document has no version with some edits made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEdited {
    /// What came out is not valid: envtool's own fault.
    #[error("the change would have made the file invalid ({0}); nothing was written. Please report this")]
    Broken(SyntaxError),
    /// It cannot be edited safely.
    #[error(
        "the file uses {0}, which envtool reads but does not edit; write it without, or change it by hand"
    )]
    Obstacle(Obstacle),
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Anchor => "YAML anchors (`&name`)",
            Self::Tag => "YAML tags (`!tag`)",
            Self::SeveralDocuments => "several YAML documents in one file",
            Self::QuestionMark => "YAML's `? name` notation",
            Self::BarePair => "YAML's `[name: value]` notation",
        })
    }
}
