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

/// The result of a merge: how to change ours, and what there is to know about it.
#[derive(Debug, Default)]
pub struct Merge {
    /// The bytes of ours that change.
    pub edits: EditSet,
    /// What was taken from theirs.
    pub taken: Vec<Decision>,
    /// What only ours has changed, and keeps.
    pub kept: Vec<Decision>,
    /// Which tokens stand, where the two sides have different ones.
    pub tokens: Option<TokenChoice>,
    /// What both changed in different ways; ours stands.
    pub conflicts: Vec<Conflict>,
    /// What both changed in different ways, decided by the caller's preference.
    pub decided: Vec<Settled>,
}

impl Merge {
    /// Whether ours stays as it is, comments included.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.taken.iter().all(|taken| taken.what != News::Commented)
    }
}

/// A change that stands because nothing on the other side speaks against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The names down to what is changed.
    pub path: Vec<String>,
    /// What happened to it.
    pub what: News,
}

/// What happened to a thing on one side since the base.
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
    /// It has other comments.
    Commented,
}

/// The side that all tokens of an environment are taken from: of two pairs only the newer one still works, and none with
/// the credentials of another app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenChoice {
    /// The names of their variables.
    pub keys: Vec<&'static str>,
    /// The side that they are taken from.
    pub side: Side,
    /// Why from that one.
    pub why: Why,
}

/// Why the tokens of one side stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The other side has those of the base.
    OnlyChange,
    /// It alone has changed the app that they are issued to.
    ClientChanged,
    /// Its access token lasts longer.
    LastsLonger,
    /// Nothing tells which are newer: it is a conflict.
    Undecided,
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

/// A conflict that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The conflict.
    pub conflict: Conflict,
    /// The side that was taken.
    pub stands: Side,
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
