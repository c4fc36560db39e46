use crate::syntax::Value;
use crate::text::EditSet;

/// What a verb would do to one document.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The bytes it would change.
    pub edits: EditSet,
    /// The same in words, in the order asked for.
    pub changes: Vec<Change>,
    /// What the user should know about it, in whole sentences without a full stop.
    pub notes: Vec<String>,
}

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The variable's name, or a path.
    pub key: String,
    /// What happens to it.
    pub action: Action,
}

/// What happens to a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It was not there.
    Added {
        /// Its value.
        value: Value,
        /// Whether that must not be shown.
        secret: bool,
    },
    /// It gets another value.
    Set {
        /// The one it had, if any.
        before: Option<Value>,
        /// The new one.
        after: Value,
        /// Whether either must not be shown.
        secret: bool,
    },
    /// It goes.
    Removed {
        /// The value it had, if any.
        before: Option<Value>,
        /// Whether that must not be shown.
        secret: bool,
    },
    /// It gets another name.
    Renamed {
        /// The new one.
        to: String,
    },
    /// It is used again.
    Enabled,
    /// It is used no more.
    Disabled,
    /// It gets another type.
    Typed {
        /// The one it had, if any.
        before: Option<String>,
        /// The new one.
        after: String,
    },
    /// It is laid out as Postman does.
    Formatted,
    /// A placeholder takes its place.
    Redacted,
}

impl Change {
    /// `key` goes, which holds no value of its own.
    #[must_use]
    pub fn removed(key: impl Into<String>) -> Self {
        Self::new(key, Action::Removed { before: None, secret: false })
    }

    /// A change of `key`.
    #[must_use]
    pub fn new(key: impl Into<String>, action: Action) -> Self {
        Self { key: key.into(), action }
    }
}
