//! Tokens that are in no file yet, and requests for tokens whose answer never came: written down before the request is
//! sent, and forgotten once the tokens are in a file.

mod leftovers;
mod parked;
mod under_way;

pub(in crate::commands) use leftovers::{Leftover, all_unreadable, kept_for, leftovers, say_left};
pub(in crate::commands) use parked::Parked;

use std::cell::RefCell;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{PATIENCE, Source, text};
use crate::disk::{self, DiskError, Operations, Recovery, Remains, Reserved};
use crate::error::Error;
use crate::model::{NewTokens, Scope, names};
use crate::report::{KeptState, KeptTokens};

/// Which file a request is for, and what tells whether that still has the tokens of then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::commands) struct Owner {
    /// Its path, links resolved, as far as text can say it.
    path: String,
    /// Its client id.
    client: String,
    /// Its refresh token, or its access token where there is none.
    pub(super) token: String,
}

/// A request for tokens, as it is written down before it is sent.
#[derive(Serialize, Deserialize)]
struct Purpose {
    version: u32,
    /// The file it is for.
    path: String,
    client: String,
    /// When it was sent, in milliseconds since 1970.
    time: i64,
    /// The token in the file whose place is taken by what comes; empty where that is not to be taken unasked.
    replaces: String,
    /// Whether Box takes that token no more once it has seen the request.
    spends: bool,
}

/// What stands in the place of tokens when Box has said that it does not take the refresh token.
const REFUSED: &[u8] = b"\"refused\"";

/// What has come.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Received {
    /// When, in milliseconds since 1970.
    pub(super) time: i64,
    pub(super) tokens: NewTokens,
}

/// A request that is not done with: its tokens are in no file, or it has had no answer.
pub(in crate::commands) struct Kept {
    purpose: Purpose,
    received: Option<Received>,
    is_refused: bool,
    remains: Remains,
}

/// Tokens that take the place of others.
pub(super) struct Follower {
    /// When they came, in milliseconds since 1970.
    pub(super) time: i64,
    pub(super) tokens: NewTokens,
    /// Where they are kept, if they are.
    pub(super) kept: Option<Kept>,
    pub(super) source: Source,
}

impl Follower {
    /// Those that are `kept`, if any have come.
    pub(super) fn of(kept: Kept) -> Option<Self> {
        let Received { time, tokens } = kept.received.clone()?;
        Some(Self { time, tokens, kept: Some(kept), source: Source::Recovered })
    }
}

/// All of them, and what has come for files in this run.
pub(in crate::commands) struct Keep {
    recovery: Recovery,
    given: RefCell<Vec<(Owner, Received)>>,
}

impl Owner {
    /// Whether `scope` has the tokens of then.
    pub(super) fn has_tokens_of(&self, path: &Path, scope: &Scope<'_>) -> bool {
        let now = Self::of(path, scope);
        (&now.client, &now.token) == (&self.client, &self.token)
    }

    /// The file at `path` with `scope` in it.
    pub(super) fn of(path: &Path, scope: &Scope<'_>) -> Self {
        let path = disk::resolve_any(path).unwrap_or_else(|_| path.to_owned());
        let refresh = text(scope, names::REFRESH_TOKEN);
        let token = if refresh.is_empty() { text(scope, names::ACCESS_TOKEN) } else { refresh };
        Self { path: path.to_string_lossy().into_owned(), client: text(scope, names::CLIENT_ID), token }
    }
}

impl Keep {
    /// What is kept in envtool's own folder.
    pub(in crate::commands) fn open() -> Result<Self, Error> {
        Ok(Self::in_folder(&disk::state_folder()?))
    }

    pub(super) fn in_folder(state: &Path) -> Self {
        Self { recovery: Recovery::in_folder(state), given: RefCell::default() }
    }

    /// Writes down that a request is about to be sent at `time` for `owner`, whose token it spends or not. Forgets what
    /// says nothing any more.
    ///
    /// # Errors
    /// [`Error::UnderWay`] when another envtool is spending the token, [`Error::NoRefuge`].
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

    /// Tries to write down a request as [`reserve`](Self::reserve) does.
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

    /// Keeps refresh tokens that came for `owner` at `time`, to be taken when Box refuses the one that got into the file.
    pub(super) fn spare(&self, disk: &dyn Operations, owner: &Owner, time: i64, others: Vec<String>) {
        for refresh in others {
            let tokens =
                NewTokens { access: String::new(), refresh: Some(refresh), lifetime: NewTokens::OVER };
            let reserved = self.write_down(disk, owner, time, String::new(), false);
            // The pair that is taken for the right one matters more than that this can be written.
            let _ = reserved.and_then(|mut reserved| keep(&mut reserved, disk, time, &tokens));
        }
    }

    /// Writes into `reserved` that Box takes the refresh token of `owner` no more, which is the end of any doubt.
    pub(super) fn settle(&self, mut reserved: Reserved, disk: &dyn Operations, owner: &Owner) {
        for kept in self.all() {
            if kept.received.is_none() && kept.purpose.replaces == owner.token {
                kept.forget(disk);
            }
        }
        // Without it, Box is asked once more.
        if reserved.keep(disk, REFUSED).is_err() {
            let _ = reserved.forget(disk);
        }
    }

    /// What concerns `owner` at `now`, the newest first.
    pub(super) fn concerning(&self, owner: &Owner, now: i64) -> Vec<(KeptState, Kept)> {
        let all = self.all().into_iter().rev();
        all.filter_map(|kept| Some((kept.state(owner, now)?, kept))).collect()
    }

    /// All that can be read, the oldest first.
    fn all(&self) -> Vec<Kept> {
        self.recovery.remains().into_iter().filter_map(Result::ok).filter_map(Kept::read).collect()
    }

    /// Why some of it cannot be read.
    fn unreadable(&self) -> impl Iterator<Item = DiskError> {
        self.recovery.remains().into_iter().filter_map(Result::err)
    }

    /// Refuses to go on where something may be kept that nobody can read: it may take the place of what would be spent.
    pub(in crate::commands) fn expect_readable(&self) -> Result<(), Error> {
        self.unreadable().next().map_or(Ok(()), |error| Err(Error::UnreadableKept(error)))
    }

    /// The refresh tokens that are kept for the file at `path` with `scope` in it.
    pub(in crate::commands) fn refresh_tokens(
        &self,
        path: &Path,
        scope: &Scope<'_>,
        now: i64,
    ) -> impl Iterator<Item = (String, Kept)> {
        let found = self.concerning(&Owner::of(path, scope), now).into_iter();
        found.filter_map(|(_, kept)| Some((kept.received.as_ref()?.tokens.refresh.clone()?, kept)))
    }

    /// Forgets what can be of no use any more at `now`, when `tokens` have got into the file of `owner`.
    pub(super) fn tidy(&self, disk: &dyn Operations, owner: &Owner, tokens: &NewTokens, now: i64) {
        for kept in self.all() {
            let is_done = match &kept.received {
                Some(received) => received.tokens == *tokens,
                None => kept.purpose.path == owner.path,
            };
            if is_done || kept.is_over(now) {
                kept.forget(disk);
            }
        }
    }

    /// Remembers in this run that `received` takes the place of the refresh token of `owner`.
    pub(super) fn remember(&self, owner: Owner, received: Received) {
        self.given.borrow_mut().push((owner, received));
    }

    /// What has come in this run in exchange for the refresh token of `owner`.
    pub(super) fn given(&self, owner: &Owner) -> Option<Received> {
        let given = self.given.borrow();
        let same = |(other, received): &&(Owner, Received)| {
            (&other.client, &other.token) == (&owner.client, &owner.token)
                && received.tokens.refresh.is_some()
        };
        given.iter().find(same).map(|(_, received)| received.clone())
    }
}

/// Keeps `tokens` in `reserved`.
pub(super) fn keep(
    reserved: &mut Reserved,
    disk: &dyn Operations,
    time: i64,
    tokens: &NewTokens,
) -> Result<(), DiskError> {
    reserved.keep(disk, &line(&Received { time, tokens: tokens.clone() }))
}

/// `value` on one line. Texts and numbers always have one.
fn line(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

impl Received {
    /// What tells these tokens from others.
    fn token(&self) -> &str {
        self.tokens.refresh.as_deref().unwrap_or(&self.tokens.access)
    }

    /// Whether nothing of it can be good any more.
    fn is_over(&self, now: i64) -> bool {
        now > self.time.saturating_add(self.tokens.life())
    }
}

impl Kept {
    fn read(remains: Remains) -> Option<Self> {
        let purpose = serde_json::from_slice::<Purpose>(&remains.purpose).ok()?;
        // What was cut off while it was written has not come.
        let received = serde_json::from_slice(&remains.content).ok();
        let is_refused = remains.content == REFUSED;
        (purpose.version == 1).then_some(Self { purpose, received, is_refused, remains })
    }

    /// Whether it is of no use to anybody at `now`.
    fn is_over(&self, now: i64) -> bool {
        match &self.received {
            Some(received) => received.is_over(now),
            // It is the same as if it had never been sent.
            None => !self.purpose.spends,
        }
    }

    /// What it is to `owner` at `now`; none when it is of no use there.
    fn state(&self, owner: &Owner, now: i64) -> Option<KeptState> {
        let is_here = self.purpose.path == owner.path;
        let is_own = is_here && self.purpose.client == owner.client;
        let replaces = &self.purpose.replaces;
        let follows = *replaces == owner.token && (is_here || !replaces.is_empty());
        match &self.received {
            Some(received) if received.token() == owner.token || received.is_over(now) => None,
            // Where there are none, there is nothing that they could be put in place of unasked.
            Some(_) if follows || is_own && owner.token.is_empty() => Some(KeptState::Waiting),
            Some(_) => is_own.then_some(KeptState::Spare),
            None if !follows || !self.purpose.spends => None,
            None if self.is_refused => Some(KeptState::Refused),
            None => Some(KeptState::Unanswered),
        }
    }

    /// The tokens are elsewhere by now: that this is left behind is no failure.
    pub(in crate::commands) fn forget(&self, disk: &dyn Operations) {
        let _ = self.remains.forget(disk);
    }

    fn report(&self, state: KeptState) -> KeptTokens {
        let time = self.received.as_ref().map_or(self.purpose.time, |received| received.time);
        KeptTokens { state, time, place: self.remains.path.clone() }
    }
}
