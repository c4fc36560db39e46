use crate::compare::kinds::DifferentKinds;
use crate::syntax::Value;
use crate::text::{EditSet, Overlap};

/// A side of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The file that is edited.
    Ours,
    /// The file that changes are taken from.
    Theirs,
}

impl Side {
    /// The other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ours => Self::Theirs,
            Self::Theirs => Self::Ours,
        }
    }
}

/// The result of a merge: the edits of ours, and what they do.
#[derive(Debug, Default)]
pub struct Merge {
    /// The edits of the text of ours.
    pub edits: EditSet,
    /// The changes taken from theirs.
    pub taken: Vec<Decision>,
    /// The changes of ours that theirs does not have.
    pub kept: Vec<Decision>,
    /// The choice of tokens, if they differ between the sides.
    pub tokens: Option<TokenChoice>,
    /// What both sides changed in different ways; ours is kept.
    pub conflicts: Vec<Conflict>,
    /// What both sides changed in different ways, decided by the caller's preference.
    pub decided: Vec<Settled>,
}

impl Merge {
    /// Whether ours stays the same, comments included.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.taken.iter().all(|taken| taken.what != News::Commented)
    }
}

/// A change that the other side does not contradict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The names that lead to the thing that changed.
    pub path: Vec<String>,
    /// How it changed.
    pub what: News,
}

/// How a thing changed on one side since the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It was added.
    Added,
    /// It was removed.
    Removed,
    /// Its value changed.
    Changed,
    /// Lines of it changed, and different ones on the other side.
    Merged,
    /// It moved to a different folder.
    Moved,
    /// Its comments changed.
    Commented,
}

/// The side to take all tokens of an environment from: only the newer of two pairs still works, and only with the
/// credentials of its own app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenChoice {
    /// The names of their variables.
    pub keys: Vec<&'static str>,
    /// The side that they are taken from.
    pub side: Side,
    /// The reason for that.
    pub why: Why,
}

/// Why the tokens of a side are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The other side still has those of the base.
    OnlyChange,
    /// It is the only side that changed the app they are issued to.
    ClientChanged,
    /// Its access token lasts longer.
    LastsLonger,
    /// It is unknown which are newer, so they are a conflict.
    Undecided,
}

/// Something that both sides changed in different ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The names that lead to it.
    pub path: Vec<String>,
    /// The key of its row, or its name, by which secrets are recognized.
    pub key: String,
    /// Whether the type of its row says that it is a secret.
    pub secret: bool,
    /// Its value in ours; none if it is missing.
    pub ours: Option<Value>,
    /// Its value in theirs; none if it is missing.
    pub theirs: Option<Value>,
}

/// A conflict that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The conflict.
    pub conflict: Conflict,
    /// The side that was taken.
    pub stands: Side,
}

/// Why files cannot be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// The files are of different kinds.
    #[error(transparent)]
    Kinds(#[from] DifferentKinds),
    /// They are collections of version 1, which lists the ids of requests beside the requests.
    #[error("collections of version 1.0.0 are not merged; import them into Postman and export them as v2.1")]
    Flat,
    /// Two changes overlap in the text.
    #[error(transparent)]
    Overlap(#[from] Overlap),
}
