//! How new tokens get into a file. A refresh token is used up once Box has seen it, so everything that can fail is
//! tried before it is sent, and what comes in exchange is written to the medium before anything else happens.

mod exchange;
mod kept;
mod report;

use std::path::Path;
use std::time::Duration;

pub(super) use exchange::expect_writable;
use kept::{Follower, Owner, Received};
pub(super) use kept::{Keep, Kept, Leftover, Parked, all_unreadable, kept_for, leftovers, say_left};
pub(super) use report::{RenewalReport, RenewedFile};

use super::Session;
use super::input::Input;
use crate::cli::TokenRequest;
use crate::disk::{Held, Journal, Save};
use crate::error::{Error, ExitCode};
use crate::model::{BoxKind, JsValue, Scope, TokenState, Tokens, names};
use crate::net::{self, NetError};
use crate::oauth::{Grant, Reply};
use crate::report::{KeptState, validity};
use crate::term;

/// How long to wait for another envtool that is refreshing the same file: longer than its request may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long, in milliseconds, a new access token of Box's is sure to last: an hour, less the margins of the
/// collections' scripts. A token that has this much left counts as new and is not refreshed, even if more is asked for.
const SURE_LIFE: i64 = 55 * 60 * 1000;

/// Sends the request of a grant once.
type Send<'a> = Box<dyn Fn(&Grant) -> Result<Reply, NetError> + 'a>;

/// A way to get new tokens into files.
pub(super) struct Renewal<'a> {
    pub(super) save: Save<'a>,
    /// What is kept from other requests.
    pub(super) keep: &'a Keep,
    pub(super) send: Send<'a>,
    /// Tells the user what envtool is waiting for.
    pub(super) tell: Box<dyn Fn(&str) + 'a>,
    /// The time, in milliseconds since 1970.
    pub(super) clock: Box<dyn Fn() -> i64 + 'a>,
    /// How long an access token must last to be good enough, in milliseconds.
    pub(super) min_ttl: i64,
    /// Whether to ask for a new one even if the current one is good enough.
    pub(super) force: bool,
}

/// Where the tokens of a file come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The file had them, and they are good enough.
    Present,
    /// Another envtool has put them there in the meantime.
    Another,
    /// They were kept, since no file had them.
    Recovered,
    /// They have just arrived for a copy of the file.
    Copy,
    /// Box has issued them.
    Box,
}

/// A file with valid tokens.
pub(super) struct Renewed {
    pub(super) source: Source,
    pub(super) access_token: String,
    pub(super) tokens: Tokens,
    pub(super) notes: Vec<String>,
    /// Whether the access token ends sooner than asked for, since Box issues none that lasts longer.
    pub(super) falls_short: bool,
}

impl<'a> Renewal<'a> {
    /// A renewal as `request` says, which leaves a token alone that is valid now.
    pub(super) fn new(
        session: &'a Session,
        journal: Option<&'a Journal>,
        keep: &'a Keep,
        request: &'a TokenRequest,
    ) -> Self {
        let send =
            |grant: &Grant| net::post(&request.token_url, &grant.form.encode(), request.timeout.duration());
        Self {
            save: session.save(journal),
            keep,
            send: Box::new(send),
            tell: Box::new(|text| {
                if !session.options.quiet {
                    term::tell(text)
                }
            }),
            clock: Box::new(|| session.time()),
            min_ttl: 0,
            force: false,
        }
    }
}

impl Renewal<'_> {
    /// Makes sure that the file at `path` has an access token that is good enough.
    pub(super) fn renew(&self, path: &Path) -> Result<Renewed, Error> {
        let before = Input::read(path)?;
        let waiting = self.follower(&Owner::of(path, &before.scope()?), &[KeptState::Waiting]);
        if !self.force && waiting.is_none() && self.is_good(&before)? {
            return self.renewed(&before, Source::Present, Vec::new());
        }
        let mut held = Held::take(path, PATIENCE)?;
        let input = Input::of_held(&held)?;
        let untouched = *held.content() == *before.document.to_bytes();
        if !untouched && self.is_good(&input)? {
            return self.renewed(&input, Source::Another, Vec::new());
        }
        self.replace(&mut held)
    }

    /// Replaces the tokens in the file that `held` holds: by some that were kept to do so, else by new ones, else by
    /// others that were kept.
    fn replace(&self, held: &mut Held) -> Result<Renewed, Error> {
        let (mut usable, mut refusal) = (&[KeptState::Waiting][..], None);
        loop {
            let input = Input::of_held(held)?;
            let owner = Owner::of(held.path(), &input.scope()?);
            let follower = match self.follower(&owner, usable) {
                None => self.awaited(&owner, &input.name)?,
                follower => follower,
            };
            if let Some(follower) = follower {
                match self.follow(held, &owner, follower)? {
                    Some(renewed) => return Ok(renewed),
                    None => refusal = None,
                }
                continue;
            }
            if let Some(error) = refusal {
                return Err(error);
            }
            self.keep.expect_readable()?;
            let asked = grant(&input, (self.clock)()).and_then(|grant| self.exchange(held, &input, &grant));
            match asked {
                Err(Error::UnderWay) => {}
                Err(error) if error.exit_code() == ExitCode::Reauthenticate => {
                    usable = &[KeptState::Waiting, KeptState::Spare];
                    refusal = Some(error);
                }
                asked => return asked,
            }
        }
    }

    /// Puts `follower` into the file in place of the tokens of `owner`; none if it is not good enough.
    fn follow(&self, held: &mut Held, owner: &Owner, follower: Follower) -> Result<Option<Renewed>, Error> {
        let notes = self.store(held, owner, &follower.tokens, follower.time)?;
        if let Some(kept) = follower.kept {
            kept.forget(self.save.disk);
        }
        let input = Input::of_held(held)?;
        let is_good = self.is_good(&input)?;
        is_good.then(|| self.renewed(&input, follower.source, notes)).transpose()
    }

    /// The tokens that replace those of `owner`: kept in one of the states `usable`, or just received for a copy.
    fn follower(&self, owner: &Owner, usable: &[KeptState]) -> Option<Follower> {
        let found = self.keep.concerning(owner, (self.clock)());
        let kept = found.into_iter().find(|(state, _)| usable.contains(state)).map(|(_, kept)| kept);
        match kept.and_then(Follower::of) {
            Some(follower) => Some(follower),
            None => self.keep.given(owner).map(|Received { time, tokens }| Follower {
                time,
                tokens,
                kept: None,
                source: Source::Copy,
            }),
        }
    }

    fn is_good(&self, input: &Input) -> Result<bool, Error> {
        let scope = input.scope()?;
        let now = (self.clock)();
        let tokens = Tokens::of(&scope, kind(input, &scope)?, now);
        Ok(tokens.lasts(now, self.min_ttl.min(SURE_LIFE)))
    }

    /// The access token that was received for the file at `path` but could not be written, and when it expires.
    pub(super) fn unwritten(&self, path: &Path) -> Option<(String, i64)> {
        let input = Input::read(path).ok()?;
        let follower = self.follower(&Owner::of(path, &input.scope().ok()?), &[KeptState::Waiting])?;
        let end = follower.time.saturating_add(follower.tokens.lifetime);
        let access = follower.tokens.access;
        (!access.is_empty() && end.saturating_sub((self.clock)()) >= self.min_ttl).then_some((access, end))
    }

    /// The result for a file that contains `input` by now.
    fn renewed(&self, input: &Input, source: Source, notes: Vec<String>) -> Result<Renewed, Error> {
        let scope = input.scope()?;
        let now = (self.clock)();
        let tokens = Tokens::of(&scope, kind(input, &scope)?, now);
        let falls_short = self.min_ttl > 0 && !tokens.lasts(now, self.min_ttl);
        Ok(Renewed { source, access_token: text(&scope, names::ACCESS_TOKEN), tokens, notes, falls_short })
    }
}

/// The request that the environment in `input` can make.
pub(super) fn grant(input: &Input, now: i64) -> Result<Grant, Error> {
    let scope = input.scope()?;
    Grant::renewal(&scope, kind(input, &scope)?, now).map_err(|error| input.error(error))
}

/// The kind of Box environment that `input` is.
pub(super) fn kind(input: &Input, scope: &Scope<'_>) -> Result<BoxKind, Error> {
    BoxKind::of(scope).ok_or_else(|| input.not_box())
}

fn text(scope: &Scope<'_>, key: &str) -> String {
    JsValue::of(scope.target(key)).text_or_empty().into_owned()
}

impl Renewed {
    /// Notes for the user.
    pub(super) fn remarks(&self) -> impl Iterator<Item = &str> {
        let shortfall =
            "`--min-ttl` asks for longer than a new access token is sure to last; this one is new";
        self.notes.iter().map(String::as_str).chain(self.falls_short.then_some(shortfall))
    }

    /// A note about Postman's own copy of the environment, if a refresh token was exchanged.
    pub(super) fn where_else(&self) -> Option<&'static str> {
        let note = "a copy of this environment inside Postman has the old tokens; import the file again";
        self.tokens.refresh_expires_at.map(|_| note)
    }

    /// Until when the access token is good, in words.
    pub(super) fn until(&self, now: i64) -> String {
        match (self.tokens.access, self.tokens.expires_at) {
            (TokenState::Good, Some(end)) => validity(now, end),
            _ => "of unknown validity".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
