mod script;

pub use script::CLASSIC_LENGTHS;

use std::fmt;

use script::Script;

use super::{BoxKind, Runtime, Scope};

/// What the pre-request script of Box's collection will do before the next request, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// What it will do.
    pub action: ScriptAction,
    /// Why.
    pub reason: Reason,
}

/// What a pre-request script does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScriptAction {
    /// Nothing: the request is sent with the current access token.
    None,
    /// It asks Box for a new access token first.
    Refresh,
    /// It throws an error with exactly this message.
    Error(String),
}

/// Why a pre-request script does what it does.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// `expires_at`, in milliseconds since 1970, is in the future.
    NotExpired(f64),
    /// `expires_at` is not a number, and no time compares as later than NaN.
    NeverExpires,
    /// The script never refreshes a bearer token.
    NeverRefreshed,
    /// `expires_at` has passed, and everything that a refresh needs is there.
    Expired,
    /// `expires_at` has passed, but these hindrances keep the classic script from refreshing.
    Hindered(Vec<Hindrance>),
    /// These variables, which the Advanced script requires, are empty or wrong. Its message names them.
    Incomplete(Vec<&'static str>),
    /// `box_env_type` is missing or empty.
    NoType,
    /// `box_env_type` is not one of the four types that the Advanced script knows.
    UnknownType,
    /// `refresh_token_expires_at` has passed, is missing or is empty.
    RefreshTokenExpired,
}

/// What keeps the classic script from refreshing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// `enable_auto_refresh_access_token` is not exactly `true`.
    SwitchedOff,
    /// A credential has no value.
    Absent {
        /// The name of its variable.
        key: &'static str,
        /// Why it has none.
        absence: Absence,
    },
    /// A credential does not have the length that the script expects.
    Length {
        /// The name of its variable.
        key: &'static str,
        /// Its length, in UTF-16 code units.
        found: usize,
        /// The length that the script expects, in UTF-16 code units.
        wanted: usize,
    },
}

/// Why a script gets no value for a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// There is no such variable, or it lacks a value.
    Missing,
    /// The runtime skips the variable.
    Disabled,
    /// The value is `null`.
    Null,
    /// The value is an empty text.
    Empty,
}

impl fmt::Display for Absence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Disabled => "disabled",
            Self::Null => "null",
            Self::Empty => "empty",
        })
    }
}

impl Prediction {
    /// Predicts what the script of the collection for environments of this `kind` will do when `runtime` runs it at
    /// `now`, in milliseconds since 1970.
    #[must_use]
    pub fn of(scope: &Scope<'_>, kind: BoxKind, runtime: Runtime, now: i64) -> Self {
        let script = Script { scope, runtime, now: now as f64 };
        if kind == BoxKind::Classic { script.classic() } else { script.advanced() }
    }

    fn none(reason: Reason) -> Self {
        Self { action: ScriptAction::None, reason }
    }

    fn refresh() -> Self {
        Self { action: ScriptAction::Refresh, reason: Reason::Expired }
    }

    fn error(message: impl Into<String>, reason: Reason) -> Self {
        Self { action: ScriptAction::Error(message.into()), reason }
    }
}
