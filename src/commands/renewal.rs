//! How new tokens get into a file. A refresh token is dead once Box has seen it, so everything that can fail is tried
//! before it is sent, and what comes in exchange is on the medium before anything else is done with it.

mod report;

use std::path::{Path, PathBuf};
use std::time::Duration;

pub(super) use report::{RenewalReport, RenewedFile};

use serde::{Deserialize, Serialize};

use super::Session;
use super::input::Input;
use crate::cli::TokenRequest;
use crate::disk::{self, DiskError, Held, Journal, Recovery, Save};
use crate::edit::{self, Assignment};
use crate::error::{Error, Refuge};
use crate::model::{BoxKind, JsValue, NewTokens, Scope, TokenState, Tokens, names};
use crate::net::{self, NetError};
use crate::oauth::{Grant, Reply, clock_skew, read_answer};
use crate::report::{duration, moment};

/// How long to wait for another envtool that is refreshing the same file: longer than its requests may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often a file that others keep changing is tried again.
const TRIES: usize = 5;

/// From which difference on clocks are said to differ, in milliseconds.
const NOTABLE_SKEW: i64 = 30_000;

/// Sends the request of a grant, once.
type Send<'a> = Box<dyn Fn(&Grant) -> Result<Reply, NetError> + 'a>;

/// A way to get new tokens into files.
pub(super) struct Renewal<'a> {
    pub(super) save: Save<'a>,
    /// envtool's own folder.
    pub(super) state: PathBuf,
    pub(super) send: Send<'a>,
    /// The time, in milliseconds since 1970.
    pub(super) clock: Box<dyn Fn() -> i64 + 'a>,
    /// For how many milliseconds an access token must last to be good enough.
    pub(super) min_ttl: i64,
    /// Ask for a new one even when the present one is good enough.
    pub(super) force: bool,
    /// What is written along with the tokens.
    pub(super) with: &'a [Assignment],
}

/// How a file came to its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// They were good enough.
    Present,
    /// Another envtool has put them there in the meantime.
    Another,
    /// They came earlier, but could not be written then.
    Recovered,
    /// Box has given them.
    Box,
}

/// A file with tokens that are good.
pub(super) struct Renewed {
    pub(super) source: Source,
    pub(super) access_token: String,
    pub(super) tokens: Tokens,
    pub(super) notes: Vec<String>,
}

/// Tokens that are in no file yet.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    /// For which file.
    path: PathBuf,
    /// When they came, in milliseconds since 1970.
    time: i64,
    /// The token that was in the file when they came.
    replaces: String,
    tokens: NewTokens,
}

impl<'a> Renewal<'a> {
    /// The way that `request` says, where the present token has to be good now, and nothing else is written.
    pub(super) fn new(
        session: &'a Session,
        journal: Option<&'a Journal>,
        request: &'a TokenRequest,
    ) -> Result<Self, Error> {
        let send =
            |grant: &Grant| net::post(&request.token_url, &grant.form.encode(), request.timeout.duration());
        Ok(Self {
            save: session.save(journal),
            state: disk::state_folder()?,
            send: Box::new(send),
            clock: Box::new(|| session.time()),
            min_ttl: 0,
            force: false,
            with: &[],
        })
    }
}

impl Renewal<'_> {
    /// Sees to it that the file at `path` has an access token that is good enough.
    pub(super) fn renew(&self, path: &Path) -> Result<Renewed, Error> {
        let before = Input::read(path)?;
        if !self.force && self.is_good(&before)? {
            return self.renewed(&before, Source::Present, Vec::new());
        }
        let mut held = Held::take(path, PATIENCE)?;
        let mut input = Input::of_bytes(path, held.content().to_vec())?;
        let untouched = *held.content() == *before.document.to_bytes();
        if !untouched && self.is_good(&input)? {
            return self.renewed(&input, Source::Another, Vec::new());
        }
        let recovery = Recovery::of(&self.state, held.target());
        if let Some(kept) = Kept::read(&recovery, &input)? {
            let notes = self.store(&mut held, path, &kept.tokens, kept.time)?;
            recovery.clear(self.save.disk)?;
            held.read_again()?;
            input = Input::of_bytes(path, held.content().to_vec())?;
            if self.is_good(&input)? {
                return self.renewed(&input, Source::Recovered, notes);
            }
        }
        let grant = grant(&input, (self.clock)())?;
        let notes = self.exchange(&mut held, path, &input, &grant, &recovery)?;
        let after = Input::of_bytes(path, disk::read(held.target())?)?;
        self.renewed(&after, Source::Box, notes)
    }

    /// Asks with `grant` and puts what comes into the file that `held` holds. Returns what there is to say.
    pub(super) fn exchange(
        &self,
        held: &mut Held,
        path: &Path,
        input: &Input,
        grant: &Grant,
        recovery: &Recovery,
    ) -> Result<Vec<String>, Error> {
        self.save.rehearse(held)?;
        let reserved = recovery.reserve(self.save.disk)?;
        let answer = (self.send)(grant)
            .map_err(|error| Error::Net { path: input.name.clone(), error })
            .and_then(|reply| {
                let tokens = read_answer(&reply, grant.gives_refresh_token)
                    .map_err(|error| Error::Answer { path: input.name.clone(), error })?;
                Ok((tokens, clock_skew(&reply, (self.clock)())))
            });
        let (tokens, skew) = answer.inspect_err(|_| {
            let _ = recovery.clear(self.save.disk);
        })?;
        let time = (self.clock)();
        let kept = Kept {
            version: 1,
            path: held.target().to_owned(),
            time,
            replaces: replaced(&input.scope()?),
            tokens,
        };
        let bytes = serde_json::to_vec(&kept).unwrap_or_default();
        let safe = reserved.keep(self.save.disk, &bytes);
        let mut notes = match self.store(held, path, &kept.tokens, time) {
            Ok(notes) => notes,
            Err(error) => {
                let place = match safe {
                    Ok(()) => Refuge::Recovery(recovery.path().to_owned()),
                    Err(_) => self.keep_elsewhere(&bytes).map_or(Refuge::None, Refuge::Elsewhere),
                };
                let (path, source) = (input.name.clone(), Box::new(error));
                return Err(Error::Unwritten { path, place, source });
            }
        };
        // They are in the file by now; that a copy of them is left behind is no failure.
        let _ = recovery.clear(self.save.disk);
        notes.extend(skew.filter(|skew| skew.saturating_abs() >= NOTABLE_SKEW).map(|skew| {
            let direction = if skew > 0 { "ahead of" } else { "behind" };
            format!(
                "this machine's clock is {} {direction} the server's, so times here are off by as much",
                duration(skew)
            )
        }));
        Ok(notes)
    }

    /// Puts `tokens`, which came at `time`, into the file, over whatever it holds by then.
    fn store(
        &self,
        held: &mut Held,
        path: &Path,
        tokens: &NewTokens,
        time: i64,
    ) -> Result<Vec<String>, Error> {
        let mut tries = 0;
        loop {
            let input = Input::of_bytes(path, held.content().to_vec())?;
            let scope = input.scope()?;
            let kind = kind(&input, &scope)?;
            let plan = edit::store_tokens(&scope, kind, tokens, time, self.with)
                .map_err(|error| Error::Edit { path: input.name.clone(), error })?;
            let after = input.document.edited(&plan.edits);
            let after = after.map_err(|error| Error::Broken { path: input.name.clone(), error })?;
            match self.save.replace_held(held, &after.to_bytes()) {
                Ok(()) => return Ok(plan.notes),
                // Another program has changed it: its change stays, the tokens come on top.
                Err(DiskError::Changed(_)) if tries < TRIES => {
                    tries += 1;
                    held.read_again()?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The last resort, when the state folder has failed too.
    fn keep_elsewhere(&self, bytes: &[u8]) -> Result<PathBuf, DiskError> {
        let recovery = Recovery::elsewhere();
        recovery.reserve(self.save.disk)?.keep(self.save.disk, bytes)?;
        Ok(recovery.path().to_owned())
    }

    fn is_good(&self, input: &Input) -> Result<bool, Error> {
        let scope = input.scope()?;
        let now = (self.clock)();
        let tokens = Tokens::of(&scope, kind(input, &scope)?, now);
        Ok(tokens.lasts(now, self.min_ttl))
    }

    pub(super) fn renewed(
        &self,
        input: &Input,
        source: Source,
        notes: Vec<String>,
    ) -> Result<Renewed, Error> {
        let scope = input.scope()?;
        let tokens = Tokens::of(&scope, kind(input, &scope)?, (self.clock)());
        Ok(Renewed { source, access_token: text(&scope, names::ACCESS_TOKEN), tokens, notes })
    }
}

impl Kept {
    /// The tokens that are kept for the file of `input`, if they belong after those that it has.
    fn read(recovery: &Recovery, input: &Input) -> Result<Option<Self>, Error> {
        let Some(bytes) = recovery.read() else { return Ok(None) };
        let kept = serde_json::from_slice::<Self>(&bytes).ok().filter(|kept| kept.version == 1);
        let replaced = replaced(&input.scope()?);
        Ok(kept.filter(|kept| kept.replaces == replaced))
    }
}

/// The request that the environment in `input` can make.
pub(super) fn grant(input: &Input, now: i64) -> Result<Grant, Error> {
    let scope = input.scope()?;
    Grant::renewal(&scope, kind(input, &scope)?, now)
        .map_err(|error| Error::Grant { path: input.name.clone(), error })
}

/// When tokens that are kept for the file of `input` came, in milliseconds since 1970.
pub(super) fn kept_since(input: &Input) -> Option<i64> {
    let target = disk::resolve_any(input.path.as_deref()?).ok()?;
    Some(Kept::read(&Recovery::of(&disk::state_folder().ok()?, &target), input).ok()??.time)
}

/// Which of Box's environments `input` is.
pub(super) fn kind(input: &Input, scope: &Scope<'_>) -> Result<BoxKind, Error> {
    BoxKind::of(scope).ok_or_else(|| input.not_box())
}

/// What tells whether the tokens in a file are still those that were exchanged: the refresh token, or the access token
/// where there is none.
fn replaced(scope: &Scope<'_>) -> String {
    let refresh = text(scope, names::REFRESH_TOKEN);
    if refresh.is_empty() { text(scope, names::ACCESS_TOKEN) } else { refresh }
}

fn text(scope: &Scope<'_>, key: &str) -> String {
    let value = JsValue::of(scope.target(key));
    if value.is_truthy() { value.text().into_owned() } else { String::new() }
}

impl Renewed {
    /// Until when the access token is good, in words.
    pub(super) fn until(&self, now: i64) -> String {
        match (self.tokens.access, self.tokens.expires_at) {
            (TokenState::Good, Some(end)) => {
                format!("valid for {} (until {})", duration(end.saturating_sub(now)), moment(end))
            }
            _ => "of unknown validity".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
