use std::path::PathBuf;

use serde::Serialize;

use super::time::moment;

/// What has become of a request for tokens that is not done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeptState {
    /// Its tokens take the place of those in the file.
    Waiting,
    /// Its tokens are for the file too, but came in exchange for others than it has.
    Spare,
    /// No answer has come.
    Unanswered,
    /// Box has said that it does not take the refresh token.
    Refused,
    /// It cannot be read, so nobody knows what it is.
    Unreadable,
}

impl KeptState {
    /// Whether there are tokens.
    #[must_use]
    pub fn has_tokens(self) -> bool {
        matches!(self, Self::Waiting | Self::Spare)
    }
}

/// Tokens that envtool has in its own folder and no file has, or may have missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptTokens {
    /// What they are to the file.
    pub state: KeptState,
    /// When they came, or were asked for, in milliseconds since 1970; 0 where that is not known.
    pub time: i64,
    /// Where they are kept.
    pub place: PathBuf,
}

impl KeptTokens {
    /// What stands before the sentence.
    pub(super) fn label(&self) -> &'static str {
        match self.state {
            KeptState::Unanswered | KeptState::Unreadable => "in doubt",
            KeptState::Waiting | KeptState::Spare | KeptState::Refused => "kept",
        }
    }

    /// The same in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (time, place) = (moment(self.time), self.place.display());
        match self.state {
            KeptState::Waiting => {
                format!("newer tokens of {time} wait in {place}; `envtool refresh` puts them in")
            }
            KeptState::Spare => format!(
                "other tokens of {time} are in {place}; `envtool refresh` uses them if Box refuses those in the file"
            ),
            KeptState::Unreadable => {
                format!("{place} cannot be read, and may hold newer tokens; make it readable, or remove it")
            }
            KeptState::Unanswered => {
                format!("a request of {time} for new tokens had no answer, so the refresh token may be spent")
            }
            KeptState::Refused => format!("Box has refused this refresh token before ({time})"),
        }
    }
}
