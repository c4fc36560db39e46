//! The exchange of a grant for new tokens, and their way into the file.

use std::path::{Path, PathBuf};

use super::kept::{self, Owner, Received};
use super::{Renewal, Renewed, Source, kind};
use crate::commands::input::{Input, note_of_other_names};
use crate::disk::{self, DiskError, Held, Reserved};
use crate::edit;
use crate::error::{Error, Refuge};
use crate::model::NewTokens;
use crate::oauth::{AnswerError, Grant, Granted, Reply, Stake, clock_skew, read_answer, salvage};
use crate::report::duration;
use crate::term::Hold;

/// How often to try again with a file that others keep changing.
const TRIES: usize = 5;

/// The smallest difference between clocks that is reported, in milliseconds.
const NOTABLE_SKEW: i64 = 30_000;

impl Renewal<'_> {
    /// Exchanges `grant` for tokens and puts them into the file that `held` holds, which contains `input`.
    pub(in crate::commands) fn exchange(
        &self,
        held: &mut Held,
        input: &Input,
        grant: &Grant,
    ) -> Result<Renewed, Error> {
        let notes = self.send_and_store(held, input, grant)?;
        self.renewed(&Input::of_held(held)?, Source::Box, notes)
    }

    /// Sends `grant` and stores the tokens. Returns notes for the user.
    fn send_and_store(&self, held: &mut Held, input: &Input, grant: &Grant) -> Result<Vec<String>, Error> {
        let (disk, stake) = (self.save.disk, Some(grant.stake));
        let owner = Owner::of(held.path(), &input.scope()?);
        self.rehearse(held, input, grant.gives_refresh_token())?;
        let _whole = Hold::begin(&format!(
            "{}: stopped while waiting for the answer; it is not known whether Box received the request; {}",
            input.name,
            grant.stake.after_doubt()
        ));
        let spends = grant.stake == Stake::RefreshToken;
        let mut reserved = self.keep.reserve(disk, &owner, (self.clock)(), spends)?;
        let named = || input.name.clone();
        let reply = match (self.send)(grant) {
            Ok(reply) => reply,
            Err(error) => {
                if !(spends && error.maybe_sent) {
                    let _ = reserved.forget(disk);
                }
                return Err(Error::Net { path: named(), error, stake });
            }
        };
        let time = (self.clock)();
        let Granted { tokens, others, oddities } = match read_answer(&reply, grant.gives_refresh_token()) {
            Ok(granted) => granted,
            Err(error) => match self.salvage(&mut reserved, &owner, grant, &reply, time) {
                Some(place) => {
                    return Err(Error::Incomplete { path: named(), error: Box::new(error), place });
                }
                None => {
                    self.note_refusal(reserved, &owner, spends, &error);
                    return Err(Error::Answer { path: named(), error, stake });
                }
            },
        };
        let safe = kept::keep(&mut reserved, disk, time, &tokens);
        self.keep.spare(disk, &owner, time, others);
        let mut notes = self.store(held, &owner, &tokens, time).map_err(|source| {
            let place = refuge(reserved.path(), safe, &source, &tokens);
            Error::Unwritten { path: named(), place, source: Box::new(source) }
        })?;
        // They are in the file by now, so a copy that stays behind is not a failure.
        let _ = reserved.forget(disk);
        notes.extend(oddities.into_iter().chain(note_of_skew(&reply, time)));
        self.keep.remember(owner, Received { time, tokens });
        Ok(notes)
    }

    /// Keeps in `reserved` what is usable of a `reply`, received at `time`, that is not a complete success. Returns
    /// where.
    fn salvage(
        &self,
        reserved: &mut Reserved,
        owner: &Owner,
        grant: &Grant,
        reply: &Reply,
        time: i64,
    ) -> Option<PathBuf> {
        let part = salvage(reply).filter(|_| grant.gives_refresh_token())?;
        // An answer that only repeats the token that was sent brings nothing.
        let is_new = part.refresh.as_ref() != Some(&owner.token);
        let is_kept = is_new && kept::keep(reserved, self.save.disk, time, &part).is_ok();
        is_kept.then(|| reserved.path().to_owned())
    }

    /// Leaves a record of a request that failed with `error`, so that the next run knows whether the refresh token is
    /// spent.
    fn note_refusal(&self, reserved: Reserved, owner: &Owner, spends: bool, error: &AnswerError) {
        if spends && error.is_definitive() {
            self.keep.settle(reserved, self.save.disk, owner);
        } else if !(spends && error.may_have_granted()) {
            let _ = reserved.forget(self.save.disk);
        }
    }

    /// Goes through every step of putting tokens into the file, without doing it.
    pub(in crate::commands) fn rehearse(
        &self,
        held: &Held,
        input: &Input,
        with_refresh: bool,
    ) -> Result<(), Error> {
        self.keep.rehearse(self.save.disk, &Owner::of(held.path(), &input.scope()?), (self.clock)())?;
        let sample = NewTokens::sample(with_refresh);
        let (after, _) = with_tokens(input, &sample, (self.clock)())?;
        Ok(self.save.rehearse(held, &after)?)
    }

    /// Puts `tokens`, received at `time` for `owner`, into the file, whatever else has changed there in the meantime.
    pub(super) fn store(
        &self,
        held: &mut Held,
        owner: &Owner,
        tokens: &NewTokens,
        time: i64,
    ) -> Result<Vec<String>, Error> {
        let mut tries = 0;
        loop {
            let input = Input::of_held(held)?;
            if !owner.has_tokens_of(held.path(), &input.scope()?) {
                return Err(Error::OtherTokens);
            }
            let (after, mut notes) = with_tokens(&input, tokens, time)?;
            notes.extend(note_of_other_names(held.target()));
            match self.save.replace_held(held, &after) {
                Ok(()) => {
                    held.wrote(after);
                    self.keep.tidy(self.save.disk, owner, tokens, (self.clock)());
                    return Ok(notes);
                }
                // Another program has changed the file: its change stays, and the tokens are put in as well.
                Err(DiskError::Changed(_)) if tries < TRIES => {
                    tries += 1;
                    held.read_again(self.save.patience)?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Refuses a file that could not take the tokens that `grant` brings, as far as that can be seen without writing.
pub(in crate::commands) fn expect_writable(path: &Path, input: &Input, grant: &Grant) -> Result<(), Error> {
    with_tokens(input, &NewTokens::sample(grant.gives_refresh_token()), 0)?;
    Ok(disk::expect_replaceable(path)?)
}

/// The content of `input` with `tokens`, received at `time`, and notes for the user.
fn with_tokens(input: &Input, tokens: &NewTokens, time: i64) -> Result<(Vec<u8>, Vec<String>), Error> {
    let scope = input.scope()?;
    let plan =
        edit::store_tokens(&scope, kind(input, &scope)?, tokens, time).map_err(|error| input.error(error))?;
    let after = input.edited(&plan.edits)?;
    Ok((after.to_bytes().into_owned(), plan.notes))
}

/// The error for `tokens` that could not be written to their file because of `source`. They are at `place` if `safe`.
fn refuge(place: &Path, safe: Result<(), DiskError>, source: &Error, tokens: &NewTokens) -> Refuge {
    match safe {
        Ok(()) if matches!(source, Error::OtherTokens) => Refuge::Spare(place.to_owned()),
        Ok(()) => Refuge::Recovery(place.to_owned()),
        Err(_) => Refuge::Message(tokens.access.clone(), tokens.refresh.clone()),
    }
}

/// A note if the clock of this machine and that of the server, whose `reply` came at `time`, differ.
fn note_of_skew(reply: &Reply, time: i64) -> Option<String> {
    let skew = clock_skew(reply, time).filter(|skew| skew.saturating_abs() >= NOTABLE_SKEW)?;
    let (by, direction) = (duration(skew), if skew > 0 { "ahead of" } else { "behind" });
    Some(format!("this machine's clock is {by} {direction} the server's, so times here are off by as much"))
}
