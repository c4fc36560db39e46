use crate::compare::diff::DifferentKinds;
use crate::syntax::Value;
use crate::text::{EditSet, Overlap};

/// A side of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The file that is edited.
    Ours,
    /// The file that the news come from.
    Theirs,
}

/// The result of a merge: how to change ours, and what there is to know about it.
#[derive(Debug, Default)]
pub struct Merge {
    /// The bytes of ours that change.
    pub edits: EditSet,
    /// What was taken from theirs.
    pub taken: Vec<Taken>,
    /// What both changed in different ways; ours stands.
    pub conflicts: Vec<Conflict>,
    /// What both changed in different ways, decided by the caller's preference.
    pub decided: Vec<Conflict>,
    /// That preference.
    pub preferred: Option<Side>,
}

/// Something that was taken from theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The names down to it.
    pub path: Vec<String>,
    /// What happened to it there.
    pub what: News,
}

/// What happened to a thing in theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another value.
    Changed,
    /// Lines of it changed, beside others that changed here.
    Merged,
    /// It is in another folder.
    Moved,
}

/// Something that both sides changed in different ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The names down to it.
    pub path: Vec<String>,
    /// The key of the row it is in, or the name it stands under: what tells a secret.
    pub key: String,
    /// Whether the row it is in is typed as a secret.
    pub secret: bool,
    /// Its value in ours; none when it is not there.
    pub ours: Option<Value>,
    /// Its value in theirs; none when it is not there.
    pub theirs: Option<Value>,
}

/// Why a merge cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// Files of several kinds.
    #[error(transparent)]
    Kinds(#[from] DifferentKinds),
    /// Two changes that would want the same bytes.
    #[error(transparent)]
    Overlap(#[from] Overlap),
}
