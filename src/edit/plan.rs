use crate::syntax::Value;
use crate::text::EditSet;

/// The changes that a verb would make to one document.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The changes to its text.
    pub edits: EditSet,
    /// The changes to its variables and other values, in the order of the request.
    pub changes: Vec<Change>,
    /// What the user should know, in whole sentences without a full stop.
    pub notes: Vec<String>,
}

/// A change to one variable or other value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The name of the variable, or a path.
    pub key: String,
    /// What happens to it.
    pub action: Action,
}

/// What happens to a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is new.
    Added {
        /// Its value.
        value: Value,
        /// Whether the value must not be shown.
        secret: bool,
    },
    /// It gets another value.
    Set {
        /// The old one, if any.
        before: Option<Value>,
        /// The new one.
        after: Value,
        /// Whether either must not be shown.
        secret: bool,
    },
    /// It is removed.
    Removed {
        /// Its value, if any.
        before: Option<Value>,
        /// Whether the value must not be shown.
        secret: bool,
    },
    /// It gets another name.
    Renamed {
        /// The new name.
        to: String,
    },
    /// It is used again.
    Enabled,
    /// It is no longer used.
    Disabled,
    /// They are put in order.
    Sorted,
    /// It gets another type.
    Typed {
        /// The old one, if any.
        before: Option<String>,
        /// The new one.
        after: String,
    },
    /// It gets Postman's layout.
    Formatted,
    /// A placeholder replaces it.
    Redacted,
}

impl Change {
    /// The removal of `key`, which has no value of its own.
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
