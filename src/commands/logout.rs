use super::change::{self, Destination, Planned};
use super::input::Input;
use super::request::{self, Unsent};
use super::{Outcome, Session, command};
use crate::cli::{File, Timeout};
use crate::disk::Held;
use crate::edit::{self, Reset};
use crate::error::{Error, ExitCode};
use crate::model::{BoxKind, JsValue, names};
use crate::net::{self, Endpoint};
use crate::oauth::{Client, DEFAULT_REVOKE_URL, Form, read_revocation};

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    file: File,

    /// What to do with the file when Box does not take the tokens back
    #[arg(long, value_name = "WHAT", default_value = "abort")]
    on_revoke_failure: OnFailure,

    /// Where to take tokens back: https, or http on this machine
    #[arg(long, value_name = "URL", default_value = DEFAULT_REVOKE_URL)]
    revoke_url: Endpoint,

    #[command(flatten)]
    timeout: Timeout,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OnFailure {
    /// Leave the file as it is
    Abort,
    /// Empty the tokens all the same
    Clear,
}

pub(super) const COMMAND: super::Command =
    command!("logout", "Have Box take the tokens back, then empty them in the file", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    let path = session.one_file(&args.file)?;
    if session.options.dry_run {
        let input = Input::read(&path)?;
        let form = revocation(&input)?;
        let unsent =
            form.map(|form| Unsent::post(&input, &args.revoke_url, &form, session.options.show_secrets));
        return request::show(session, unsent.as_slice());
    }
    let journal = session.journal()?;
    let held = Held::take(&path, session.save(None).patience)?;
    let input = Input::of_bytes(&path, held.content().to_vec())?;
    let form = revocation(&input)?;
    let said = match revoke(args, &input, form) {
        Ok(said) => said.to_owned(),
        Err(error) if args.on_revoke_failure == OnFailure::Clear => {
            format!("the tokens are still valid: {error}")
        }
        Err(error) => return Err(error),
    };
    let mut plan = edit::reset(&input.scope()?, &Reset::Tokens, &[])
        .map_err(|error| Error::Edit { path: input.name.clone(), error })?;
    plan.notes.push(said);
    let planned = Planned::of(session, input, plan, Destination::InPlace)?;
    let after = planned.after.to_bytes();
    if after != held.content() {
        session.save(journal.as_ref()).replace_held(&held, &after)?;
    }
    change::report_all(session, &[planned]);
    Ok(ExitCode::Success)
}

/// The request that takes the tokens back: one of a pair takes the other along. None when there is none, or it takes
/// credentials that are not there.
fn revocation(input: &Input) -> Result<Option<Form>, Error> {
    let scope = input.scope()?;
    if BoxKind::of(&scope).is_none() {
        return Err(input.not_box());
    }
    let values = [names::REFRESH_TOKEN, names::ACCESS_TOKEN].map(|key| JsValue::of(scope.target(key)));
    let token = values.iter().find(|value| value.is_truthy()).map(|value| value.text().into_owned());
    Ok(token.and_then(|token| Some(Client::of(&scope)?.revocation(token))))
}

/// Has Box take the tokens back. Returns what there is to say.
fn revoke(args: &Args, input: &Input, form: Option<Form>) -> Result<&'static str, Error> {
    let Some(form) = form else {
        return Ok("nothing was taken back: there is no token, or no client id and secret to do it with");
    };
    let reply = net::post(&args.revoke_url, &form.encode(), args.timeout.duration())
        .map_err(|error| Error::Net { path: input.name.clone(), error })?;
    match read_revocation(&reply) {
        Ok(true) => Ok("Box has taken the tokens back"),
        Ok(false) => Ok("the tokens were not valid any more"),
        Err(error) => Err(Error::Answer { path: input.name.clone(), error }),
    }
}
