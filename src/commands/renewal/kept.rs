//! Tokens that are in no file yet, and requests for tokens that were never answered. They are recorded before the
//! request is sent, and forgotten once the tokens are in a file.

mod entry;
mod follower;
mod leftovers;
mod owner;
mod parked;
mod under_way;

pub(in crate::commands) use entry::Kept;
pub(super) use entry::{Received, keep};
pub(super) use follower::Follower;
pub(in crate::commands) use leftovers::{Leftover, all_unreadable, kept_for, leftovers, say_left};
pub(super) use owner::Owner;
pub(in crate::commands) use parked::Parked;

use std::cell::RefCell;
use std::path::Path;

use entry::{Purpose, REFUSED, line};

use super::PATIENCE;
use crate::disk::{self, DiskError, Operations, Recovery, Reserved};
use crate::error::Error;
use crate::model::{NewTokens, Scope};
use crate::report::KeptState;

/// All that is kept, and what was received for files in this run.
pub(in crate::commands) struct Keep {
    recovery: Recovery,
    given: RefCell<Vec<(Owner, Received)>>,
}

impl Keep {
    /// What is kept in envtool's own folder.
    pub(in crate::commands) fn open() -> Result<Self, Error> {
        Ok(Self::in_folder(&disk::state_folder()?))
    }

    pub(super) fn in_folder(state: &Path) -> Self {
        Self { recovery: Recovery::in_folder(state), given: RefCell::default() }
    }

    /// Records that a request is about to be sent at `time` for `owner`, and whether it spends the owner's token.
    /// Forgets records that are no longer of use.
    ///
    /// # Errors
    /// [`Error::UnderWay`] if another envtool is spending the token, [`Error::NoRefuge`].
    pub(super) fn reserve(
        &self,
        disk: &dyn Operations,
        owner: &Owner,
        time: i64,
        spends: bool,
    ) -> Result<Reserved, Error> {
        self.all().iter().filter(|kept| kept.is_over(time)).for_each(|kept| kept.forget(disk));
        let _turn = if spends { self.recovery.turn(PATIENCE) } else { None };
        if spends && self.under_way(owner).is_some() {
            return Err(Error::UnderWay);
        }
        let reserved = self.write_down(disk, owner, time, owner.token.clone(), spends);
        reserved.map_err(Error::NoRefuge)
    }

    /// Tries whether a request could be recorded by [`reserve`](Self::reserve).
    pub(super) fn rehearse(&self, disk: &dyn Operations, owner: &Owner, time: i64) -> Result<(), Error> {
        let reserved = self.reserve(disk, owner, time, false)?;
        Ok(reserved.forget(disk)?)
    }

    fn write_down(
        &self,
        disk: &dyn Operations,
        owner: &Owner,
        time: i64,
        replaces: String,
        spends: bool,
    ) -> Result<Reserved, DiskError> {
        let (path, client) = (owner.path.clone(), owner.client.clone());
        let purpose = Purpose { version: 1, path, client, time, replaces, spends };
        self.recovery.reserve(disk, time, &line(&purpose))
    }

    /// Keeps refresh tokens received for `owner` at `time`, to be used if Box refuses the one that was put into the
    /// file.
    pub(super) fn spare(&self, disk: &dyn Operations, owner: &Owner, time: i64, others: Vec<String>) {
        for refresh in others {
            let tokens =
                NewTokens { access: String::new(), refresh: Some(refresh), lifetime: NewTokens::OVER };
            let reserved = self.write_down(disk, owner, time, String::new(), false);
            // A failure to write this must not endanger the pair that is believed to be right.
            let _ = reserved.and_then(|mut reserved| keep(&mut reserved, disk, time, &tokens));
        }
    }

    /// Records in `reserved` that Box no longer accepts the refresh token of `owner`, which settles any doubt.
    pub(super) fn settle(&self, mut reserved: Reserved, disk: &dyn Operations, owner: &Owner) {
        for kept in self.all() {
            if kept.received.is_none() && kept.purpose.replaces == owner.token {
                kept.forget(disk);
            }
        }
        // Without this record, Box is simply asked again.
        if reserved.keep(disk, REFUSED).is_err() {
            let _ = reserved.forget(disk);
        }
    }

    /// What concerns `owner` at `now`, newest first.
    pub(super) fn concerning(&self, owner: &Owner, now: i64) -> Vec<(KeptState, Kept)> {
        let all = self.all().into_iter().rev();
        all.filter_map(|kept| Some((kept.state(owner, now)?, kept))).collect()
    }

    /// Everything that can be read, oldest first.
    fn all(&self) -> Vec<Kept> {
        self.recovery.remains().into_iter().filter_map(Result::ok).filter_map(Kept::read).collect()
    }

    /// Why some of it cannot be read.
    fn unreadable(&self) -> impl Iterator<Item = DiskError> {
        self.recovery.remains().into_iter().filter_map(Result::err)
    }

    /// Refuses to go on if something kept cannot be read: it might replace the token that would be spent.
    pub(in crate::commands) fn expect_readable(&self) -> Result<(), Error> {
        self.unreadable().next().map_or(Ok(()), |error| Err(Error::UnreadableKept(error)))
    }

    /// The refresh tokens that are kept for the file at `path`, which contains `scope`.
    pub(in crate::commands) fn refresh_tokens(
        &self,
        path: &Path,
        scope: &Scope<'_>,
        now: i64,
    ) -> impl Iterator<Item = (String, Kept)> {
        let found = self.concerning(&Owner::of(path, scope), now).into_iter();
        found.filter_map(|(_, kept)| Some((kept.received.as_ref()?.tokens.refresh.clone()?, kept)))
    }

    /// Forgets what is no longer of use at `now`, once `tokens` are in the file of `owner` in place of its own. A kill may
    /// have left a record of those, too.
    pub(super) fn tidy(&self, disk: &dyn Operations, owner: &Owner, tokens: &NewTokens, now: i64) {
        for kept in self.all() {
            let is_done = match &kept.received {
                Some(received) => received.tokens == *tokens || received.token() == owner.token,
                None => kept.purpose.path == owner.path,
            };
            if is_done || kept.is_over(now) {
                kept.forget(disk);
            }
        }
    }

    /// Remembers during this run that `received` replaces the refresh token of `owner`.
    pub(super) fn remember(&self, owner: Owner, received: Received) {
        self.given.borrow_mut().push((owner, received));
    }

    /// What was received during this run in exchange for the refresh token of `owner`.
    pub(super) fn given(&self, owner: &Owner) -> Option<Received> {
        let given = self.given.borrow();
        let same = |(other, received): &&(Owner, Received)| {
            (&other.client, &other.token) == (&owner.client, &owner.token)
                && received.tokens.refresh.is_some()
        };
        given.iter().find(same).map(|(_, received)| received.clone())
    }
}
