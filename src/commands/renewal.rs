//! How new tokens get into a file. A refresh token is dead once Box has seen it, so everything that can fail is tried
//! before it is sent, and what comes in exchange is on the medium before anything else is done with it.

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

/// How long to wait for another envtool that is refreshing the same file: longer than its requests may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// For how long, in milliseconds, an access token that Box has just given surely lasts: it says an hour, and the margins
/// of the collections' scripts come off that. Asking for more than this never refreshes a token that is as good as new.
const SURE_LIFE: i64 = 55 * 60 * 1000;

/// Sends the request of a grant, once.
type Send<'a> = Box<dyn Fn(&Grant) -> Result<Reply, NetError> + 'a>;

/// A way to get new tokens into files.
pub(super) struct Renewal<'a> {
    pub(super) save: Save<'a>,
    /// What is kept of other requests.
    pub(super) keep: &'a Keep,
    pub(super) send: Send<'a>,
    /// Tells people what is waited for.
    pub(super) tell: Box<dyn Fn(&str) + 'a>,
    /// The time, in milliseconds since 1970.
    pub(super) clock: Box<dyn Fn() -> i64 + 'a>,
    /// For how many milliseconds an access token must last to be good enough.
    pub(super) min_ttl: i64,
    /// Ask for a new one even when the present one is good enough.
    pub(super) force: bool,
}

/// How a file came to its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// They were good enough.
    Present,
    /// Another envtool has put them there in the meantime.
    Another,
    /// They were kept, since no file had them.
    Recovered,
    /// They have just come for a copy of the file.
    Copy,
    /// Box has given them.
    Box,
}

/// A file with tokens that are good.
pub(super) struct Renewed {
    pub(super) source: Source,
    pub(super) access_token: String,
    pub(super) tokens: Tokens,
    pub(super) notes: Vec<String>,
    /// Whether the access token ends before it was to, since Box gives none that lasts longer.
    pub(super) falls_short: bool,
}

impl<'a> Renewal<'a> {
    /// The way that `request` says, where the present token has to be good now.
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
    /// Sees to it that the file at `path` has an access token that is good enough: its own, else one that is kept and
    /// takes its place, else a new one, else one that is kept besides.
    pub(super) fn renew(&self, path: &Path) -> Result<Renewed, Error> {
        let before = Input::read(path)?;
        let waiting = self.follower(&Owner::of(path, &before.scope()?), &[KeptState::Waiting]);
        if !self.force && waiting.is_none() && self.is_good(&before)? {
            return self.renewed(&before, Source::Present, Vec::new());
        }
        let mut held = Held::take(path, PATIENCE)?;
        let mut input = Input::of_bytes(path, held.content().to_vec())?;
        let untouched = *held.content() == *before.document.to_bytes();
        if !untouched && self.is_good(&input)? {
            return self.renewed(&input, Source::Another, Vec::new());
        }
        let (mut usable, mut refusal) = (&[KeptState::Waiting][..], None);
        loop {
            let owner = Owner::of(path, &input.scope()?);
            let follower = match self.follower(&owner, usable) {
                None => self.awaited(&owner, &input.name)?,
                follower => follower,
            };
            if let Some(follower) = follower {
                let notes = self.store(&mut held, path, &owner, &follower.tokens, follower.time)?;
                if let Some(kept) = follower.kept {
                    kept.forget(self.save.disk);
                }
                input = Input::of_bytes(path, held.content().to_vec())?;
                if self.is_good(&input)? {
                    return self.renewed(&input, follower.source, notes);
                }
                refusal = None;
                continue;
            }
            if let Some(error) = refusal {
                return Err(error);
            }
            self.keep.expect_readable()?;
            let asked = grant(&input, (self.clock)())
                .and_then(|grant| self.exchange(&mut held, path, &input, &grant));
            match asked {
                Ok(notes) => {
                    let after = Input::of_bytes(path, held.content().to_vec())?;
                    return self.renewed(&after, Source::Box, notes);
                }
                Err(Error::UnderWay) => {}
                Err(error) if error.exit_code() == ExitCode::Reauthenticate => {
                    usable = &[KeptState::Waiting, KeptState::Spare];
                    refusal = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// The tokens that take the place of those of `owner`: kept in one of the states `usable`, or just come for a copy.
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

    /// The access token that has come for the file at `path` and could not be written, and when it ends.
    pub(super) fn unwritten(&self, path: &Path) -> Option<(String, i64)> {
        let input = Input::read(path).ok()?;
        let follower = self.follower(&Owner::of(path, &input.scope().ok()?), &[KeptState::Waiting])?;
        let end = follower.time.saturating_add(follower.tokens.lifetime);
        let access = follower.tokens.access;
        (!access.is_empty() && end.saturating_sub((self.clock)()) >= self.min_ttl).then_some((access, end))
    }

    pub(super) fn renewed(
        &self,
        input: &Input,
        source: Source,
        notes: Vec<String>,
    ) -> Result<Renewed, Error> {
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

/// Which of Box's environments `input` is.
pub(super) fn kind(input: &Input, scope: &Scope<'_>) -> Result<BoxKind, Error> {
    BoxKind::of(scope).ok_or_else(|| input.not_box())
}

fn text(scope: &Scope<'_>, key: &str) -> String {
    JsValue::of(scope.target(key)).text_or_empty().into_owned()
}

impl Renewed {
    /// What there is to say beside the tokens.
    pub(super) fn remarks(&self) -> impl Iterator<Item = &str> {
        let shortfall = "no access token of Box's is sure to last as long as `--min-ttl` asks for; this one is as new as they get";
        self.notes.iter().map(String::as_str).chain(self.falls_short.then_some(shortfall))
    }

    /// What Postman's own copy of the environment has to do with it, where a refresh token was exchanged.
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
