use crate::compare::MergeError;
use crate::convert::ConvertError;
use crate::edit::EditError;
use crate::model::{FileKind, NotAScope};
use crate::oauth::{CallbackError, GrantError, NotAppSettings};
use crate::syntax::NotEdited;
use crate::text::Empty;

use super::ExitCode;

/// Why a command could not do its work on one file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is empty.
    #[error(transparent)]
    Empty(#[from] Empty),
    /// It is of another kind.
    #[error("{}{}", .0, hint(.0))]
    Scope(#[from] NotAScope),
    /// A change that cannot be made.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A change that its syntax does not allow.
    #[error(transparent)]
    NotEdited(#[from] NotEdited),
    /// It cannot be merged.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// It cannot be converted.
    #[error(transparent)]
    Convert(#[from] ConvertError),
    /// No request for tokens can be made from it.
    #[error(transparent)]
    Grant(#[from] GrantError),
    /// The browser did not bring back a code for it.
    #[error(transparent)]
    Callback(#[from] CallbackError),
    /// It is not an app-settings file.
    #[error(transparent)]
    AppSettings(#[from] NotAppSettings),
    /// What was asked for is not in it.
    #[error("{0}")]
    Absent(String),
}

impl FileError {
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Edit(EditError::Absent { .. } | EditError::NothingSelected(_)) | Self::Absent(_) => {
                ExitCode::Negative
            }
            Self::Grant(
                GrantError::Lacking { .. } | GrantError::Bearer | GrantError::NoClient | GrantError::Key(_),
            ) => ExitCode::Reauthenticate,
            Self::Callback(error) if *error != CallbackError::NoCode => ExitCode::Reauthenticate,
            _ => ExitCode::Usage,
        }
    }
}

fn hint(error: &NotAScope) -> &'static str {
    match error.0 {
        FileKind::Dump => {
            "; export one environment from Postman, or take one out: jq '.environments[0]' FILE > one.json"
        }
        FileKind::DumpIndex => "; name one of the files that it lists",
        FileKind::BoxConfig => "; `envtool new --from` makes an environment of it",
        _ => "",
    }
}
