use std::fmt;

use super::SyntaxError;

/// YAML notation that envtool reads but does not edit, since a change in one place could affect another.
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

/// Why edits to a document were refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEdited {
    /// The result is not valid: a bug in envtool.
    #[error("the change would have made the file invalid ({0}); nothing was written. Please report this")]
    Broken(SyntaxError),
    /// The document cannot be edited safely.
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
