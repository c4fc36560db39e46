use serde::{Deserialize, Serialize};

use super::Owner;
use crate::disk::{DiskError, Operations, Remains, Reserved};
use crate::model::NewTokens;
use crate::report::{KeptState, KeptTokens};

/// A request for tokens, recorded before it is sent.
#[derive(Serialize, Deserialize)]
pub(super) struct Purpose {
    pub(super) version: u32,
    /// The file it is for.
    pub(super) path: String,
    pub(super) client: String,
    /// When it was sent, in milliseconds since 1970.
    pub(super) time: i64,
    /// The token in the file that the answer will replace; empty if it must not be replaced without asking.
    pub(super) replaces: String,
    /// Whether Box no longer accepts that token once it has seen the request.
    pub(super) spends: bool,
}

/// Stands for the tokens if Box has refused the refresh token.
pub(super) const REFUSED: &[u8] = b"\"refused\"";

/// What was received.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::commands::renewal) struct Received {
    /// When, in milliseconds since 1970.
    pub(in crate::commands::renewal) time: i64,
    pub(in crate::commands::renewal) tokens: NewTokens,
}

/// An unsettled request: its tokens are in no file yet, or it was never answered.
pub(in crate::commands) struct Kept {
    pub(super) purpose: Purpose,
    pub(super) received: Option<Received>,
    is_refused: bool,
    remains: Remains,
}

/// Keeps `tokens` in `reserved`.
pub(in crate::commands::renewal) fn keep(
    reserved: &mut Reserved,
    disk: &dyn Operations,
    time: i64,
    tokens: &NewTokens,
) -> Result<(), DiskError> {
    reserved.keep(disk, &line(&Received { time, tokens: tokens.clone() }))
}

/// `value` as JSON on one line. Serializing texts and numbers cannot fail.
pub(super) fn line(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

impl Received {
    /// Identifies these tokens.
    pub(super) fn token(&self) -> &str {
        self.tokens.refresh.as_deref().unwrap_or(&self.tokens.access)
    }

    /// Whether nothing in it can be valid any longer.
    pub(super) fn is_over(&self, now: i64) -> bool {
        now > self.time.saturating_add(self.tokens.life())
    }
}

impl Kept {
    pub(super) fn read(remains: Remains) -> Option<Self> {
        let purpose = serde_json::from_slice::<Purpose>(&remains.purpose).ok()?;
        // An answer that was cut off while being written counts as not received.
        let received = serde_json::from_slice(&remains.content).ok();
        let is_refused = remains.content == REFUSED;
        (purpose.version == 1).then_some(Self { purpose, received, is_refused, remains })
    }

    /// Whether it is of no use to anybody at `now`.
    pub(super) fn is_over(&self, now: i64) -> bool {
        match &self.received {
            Some(received) => received.is_over(now),
            // As if it had never been sent.
            None => !self.purpose.spends,
        }
    }

    /// What it means for `owner` at `now`; none if it is of no use there.
    pub(super) fn state(&self, owner: &Owner, now: i64) -> Option<KeptState> {
        let is_here = self.purpose.path == owner.path;
        let is_own = is_here && self.purpose.client == owner.client;
        let replaces = &self.purpose.replaces;
        let follows = *replaces == owner.token && (is_here || !replaces.is_empty());
        match &self.received {
            Some(received) if received.token() == owner.token || received.is_over(now) => None,
            // In a file without tokens there is nothing to replace without asking.
            Some(_) if follows || is_own && owner.token.is_empty() => Some(KeptState::Waiting),
            Some(_) => is_own.then_some(KeptState::Spare),
            None if !follows || !self.purpose.spends => None,
            None if self.is_refused => Some(KeptState::Refused),
            None => Some(KeptState::Unanswered),
        }
    }

    /// Forgets it. The tokens are elsewhere by now, so leaving this behind is not a failure.
    pub(in crate::commands) fn forget(&self, disk: &dyn Operations) {
        let _ = self.remains.forget(disk);
    }

    pub(super) fn report(&self, state: KeptState) -> KeptTokens {
        let time = self.received.as_ref().map_or(self.purpose.time, |received| received.time);
        KeptTokens { state, time, place: self.remains.path.clone() }
    }
}
