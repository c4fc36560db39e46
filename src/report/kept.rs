use std::path::PathBuf;

use serde::Serialize;

use super::time::moment;

/// The outcome of a request for tokens that no file reflects yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeptState {
    /// Its tokens replace those in the file.
    Waiting,
    /// Its tokens belong to the file, but replace tokens that it does not contain.
    Spare,
    /// There was no answer.
    Unanswered,
    /// Box refused the refresh token.
    Refused,
    /// Its record cannot be read.
    Unreadable,
}

impl KeptState {
    /// Whether it brought tokens.
    #[must_use]
    pub fn has_tokens(self) -> bool {
        matches!(self, Self::Waiting | Self::Spare)
    }
}

/// The record, in envtool's own folder, of tokens that no file contains, or that may have been missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptTokens {
    /// The outcome of the request.
    pub state: KeptState,
    /// When the tokens came or were requested, in milliseconds since 1970; 0 if unknown.
    pub time: i64,
    /// Where the record is kept.
    pub place: PathBuf,
}

impl KeptTokens {
    /// The label of the sentence.
    pub(super) fn label(&self) -> &'static str {
        match self.state {
            KeptState::Unanswered | KeptState::Unreadable => "in doubt",
            KeptState::Waiting | KeptState::Spare | KeptState::Refused => "kept",
        }
    }

    /// Describes the record in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (time, place) = (moment(self.time), self.place.display());
        match self.state {
            KeptState::Waiting => {
                format!("newer tokens from {time} are in {place}; `envtool refresh` puts them into the file")
            }
            KeptState::Spare => format!(
                "other tokens from {time} are in {place}; `envtool refresh` uses them if Box refuses those in the file"
            ),
            KeptState::Unreadable => {
                format!("{place} cannot be read and may contain newer tokens; make it readable, or remove it")
            }
            KeptState::Unanswered => {
                format!("a request for new tokens at {time} had no answer, so the refresh token may be spent")
            }
            KeptState::Refused => format!("Box has already refused this refresh token ({time})"),
        }
    }
}
