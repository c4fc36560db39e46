use std::path::Path;

use super::change::{self, Destination, Planned};
use super::input::Input;
use super::renewal::{self, Keep, Kept};
use super::unsent::{self, Unsent};
use super::{AtBox, Outcome, Session, command};
use crate::cli::{File, Timeout};
use crate::disk::{Held, RealDisk};
use crate::edit::{self, Reset};
use crate::error::{Error, ExitCode};
use crate::model::{Given, names};
use crate::net::{self, Endpoint};
use crate::oauth::{Client, DEFAULT_REVOKE_URL, Form, GrantError, Stake, read_revocation};

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    file: File,

    /// What to do with the file when Box does not revoke the tokens
    #[arg(long, value_name = "WHAT", default_value = "abort")]
    on_revoke_failure: OnFailure,

    /// Where to revoke tokens: https, or http on this machine
    #[arg(long, value_name = "URL", default_value = DEFAULT_REVOKE_URL)]
    revoke_url: Endpoint,

    #[command(flatten)]
    timeout: Timeout,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OnFailure {
    /// Leave the file as it is
    Abort,
    /// Clear the tokens anyway
    Clear,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool logout
  envtool logout --on-revoke-failure clear",
    at_box: Some(AtBox::Revocation),
    ..command!("logout", "Revoke the tokens at Box and clear them in the file", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let path = session.one_file(&args.file)?;
    let keep = Keep::open()?;
    let input = Input::read(&path)?;
    renewal::kind(&input, &input.scope()?)?;
    if session.options.dry_run {
        let doomed = doomed(&path, &input, &keep, session.now)?;
        let client = client(&input, &doomed)?;
        let unsent = |token: Doomed| {
            let form = client.clone()?.revocation(token.text);
            Some(Unsent::post(&input, &args.revoke_url, &form, session.mask()))
        };
        let unsent: Vec<_> = doomed.into_iter().filter_map(unsent).collect();
        return unsent::show(session, &unsent);
    }
    let journal = session.journal()?;
    let held = Held::take(&path, session.save(None).patience)?;
    let input = Input::of_held(&held)?;
    // First, so that nothing is revoked that could then not be cleared.
    let plan = edit::reset(&input.scope()?, &Reset::Tokens, &[]);
    let mut plan = plan.map_err(|error| input.error(error))?;
    let doomed = doomed(&path, &input, &keep, session.time())?;
    let Revocation { mut notes, failures } = revoke_all(args, &input, doomed);
    if !failures.is_empty() && args.on_revoke_failure == OnFailure::Clear {
        renewal::say_left(Some(&path), session);
    }
    for (tokens, error) in failures {
        if args.on_revoke_failure == OnFailure::Abort {
            session.notes(notes);
            return Err(error);
        }
        notes.push(format!("{tokens} may still be valid: {error}"));
    }
    plan.notes.extend(notes);
    let planned = Planned::of(session, input, plan, Destination::InPlace)?;
    let after = planned.after.to_bytes();
    if after != held.content() {
        session.save(journal.as_ref()).replace_held(&held, &after)?;
    }
    change::report_all(session, &[planned]);
    Ok(ExitCode::Success)
}

/// A token to revoke; the other one of its pair is revoked with it.
struct Doomed {
    text: String,
    /// Where it is kept, if it is not in the file.
    kept: Option<Kept>,
}

impl Doomed {
    fn name(&self) -> &'static str {
        if self.kept.is_some() { "the other tokens that were kept" } else { "the tokens" }
    }
}

/// The result of asking Box to revoke tokens.
#[derive(Default)]
struct Revocation {
    /// Notes for the user.
    notes: Vec<String>,
    /// The tokens that Box did not revoke, and why.
    failures: Vec<(&'static str, Error)>,
}

/// The tokens in the file at `path`, and those that are kept for it.
fn doomed(path: &Path, input: &Input, keep: &Keep, now: i64) -> Result<Vec<Doomed>, Error> {
    let scope = input.scope()?;
    let kept = keep.refresh_tokens(path, &scope, now).map(|(text, kept)| Doomed { text, kept: Some(kept) });
    let keys = [names::REFRESH_TOKEN, names::ACCESS_TOKEN];
    let own = keys.into_iter().find_map(|key| Given::of(&scope, key).credential());
    Ok(own.map(|text| Doomed { text, kept: None }).into_iter().chain(kept).collect())
}

/// The credentials with which to revoke `doomed`; none if there is nothing to revoke.
fn client(input: &Input, doomed: &[Doomed]) -> Result<Option<Client>, Error> {
    match Client::of(&input.scope()?) {
        _ if doomed.is_empty() => Ok(None),
        None => Err(input.error(GrantError::NoClient)),
        client => Ok(client),
    }
}

/// Has Box revoke the tokens. Continues after a failure only if the file is cleared anyway.
fn revoke_all(args: &Args, input: &Input, doomed: Vec<Doomed>) -> Revocation {
    let mut all = Revocation::default();
    let client = match client(input, &doomed) {
        Ok(client) => client,
        Err(error) => {
            all.failures.push(("the tokens", error));
            return all;
        }
    };
    let Some(client) = client else {
        all.notes.push("nothing was revoked: there is no token".to_owned());
        return all;
    };
    for token in doomed {
        let tokens = token.name();
        match revoke(args, input, &client.clone().revocation(token.text)) {
            Ok(true) => all.notes.push(format!("Box has revoked {tokens}")),
            Ok(false) => all.notes.push(format!("{tokens} were no longer valid")),
            Err(error) => {
                all.failures.push((tokens, error));
                match args.on_revoke_failure {
                    OnFailure::Abort => break,
                    OnFailure::Clear => continue,
                }
            }
        }
        if let Some(kept) = token.kept {
            kept.forget(&RealDisk);
        }
    }
    all
}

/// Has Box revoke the token in `form`. Returns whether it was valid.
fn revoke(args: &Args, input: &Input, form: &Form) -> Result<bool, Error> {
    // If the tokens are cleared anyway, the file does not stay as it was.
    let stake = (args.on_revoke_failure == OnFailure::Abort).then_some(Stake::Nothing);
    let reply = net::post(&args.revoke_url, &form.encode(), args.timeout.duration())
        .map_err(|error| Error::Net { path: input.name.clone(), error, stake })?;
    read_revocation(&reply).map_err(|error| Error::Answer { path: input.name.clone(), error, stake })
}
