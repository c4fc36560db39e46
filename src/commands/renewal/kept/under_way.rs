//! Tokens that another envtool is just requesting with the same refresh token, for a copy of the file.

use super::super::{PATIENCE, Renewal, Source};
use super::{Follower, Keep, Kept, Owner, Purpose};
use crate::disk::{DiskError, UnderWay};
use crate::error::Error;

impl Keep {
    /// Another envtool's request that spends the token of `owner`, found in a copy of its file.
    pub(in crate::commands::renewal) fn under_way(&self, owner: &Owner) -> Option<UnderWay> {
        let spends = |purpose: Purpose| {
            let is_same = purpose.client == owner.client && purpose.replaces == owner.token;
            purpose.spends && is_same && !owner.token.is_empty()
        };
        let is_same = |other: &UnderWay| serde_json::from_slice(&other.purpose).is_ok_and(spends);
        self.recovery.under_way().into_iter().find(is_same)
    }
}

impl Renewal<'_> {
    /// The tokens that replace those of `owner`, which another envtool is just getting for a copy of the file called
    /// `name`.
    pub(in crate::commands::renewal) fn awaited(
        &self,
        owner: &Owner,
        name: &str,
    ) -> Result<Option<Follower>, Error> {
        let Some(under_way) = self.keep.under_way(owner) else { return Ok(None) };
        (self.tell)(&format!("{name}: waiting for another envtool, which is refreshing a copy of it"));
        let kept = match under_way.wait(PATIENCE) {
            Err(DiskError::Locked(_)) => return Err(Error::UnderWay),
            remains => remains?.and_then(Kept::read),
        };
        Ok(kept.and_then(Follower::of).map(|follower| Follower { source: Source::Copy, ..follower }))
    }
}
