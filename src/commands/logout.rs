use super::input::Input;
use super::{Outcome, Session, command};
use crate::cli::{Files, Timeout};
use crate::disk::Held;
use crate::edit::{self, Reset};
use crate::error::{Error, ExitCode};
use crate::model::{BoxKind, JsValue, Scope, names};
use crate::net::{self, Endpoint};
use crate::oauth::{Client, DEFAULT_REVOKE_URL, Form, read_revocation};
use crate::report::{self, Mask};

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

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
    let path = session.one_file(&args.files.named(), "logout")?;
    let journal = session.journal()?;
    let patience = session.save(None).patience;
    let held = if session.options.dry_run { None } else { Some(Held::take(&path, patience)?) };
    let input = match &held {
        Some(held) => Input::of_bytes(&path, held.content().to_vec())?,
        None => Input::read(&path)?,
    };
    let scope = input.scope()?;
    if BoxKind::of(&scope).is_none() {
        return Err(input.not_box());
    }
    let form = revocation(&scope);
    if session.options.dry_run {
        let shown = form.map(|form| form.describe(session.options.show_secrets));
        let shown = shown.unwrap_or_else(|| "  nothing to take back".to_owned());
        session.terminal.line(&format!("{}: POST {}\n{shown}", input.name, args.revoke_url));
        return Ok(ExitCode::Success);
    }
    let said = match revoke(args, &input, form) {
        Ok(said) => said.to_owned(),
        Err(error) if args.on_revoke_failure == OnFailure::Clear => {
            format!("note: the tokens are still valid: {error}")
        }
        Err(error) => return Err(error),
    };
    let plan = edit::reset(&scope, &Reset::Tokens, &[])
        .map_err(|error| Error::Edit { path: input.name.clone(), error })?;
    let after = input.document.edited(&plan.edits);
    let after = after.map_err(|error| Error::Broken { path: input.name.clone(), error })?;
    if let Some(held) = &held {
        session.save(journal.as_ref()).replace_held(held, &after.to_bytes())?;
    }
    session.note(&said);
    if !session.options.quiet {
        let painter = session.terminal.painter();
        let mask = Mask::unless(session.options.show_secrets);
        for change in &plan.changes {
            let line = report::change_line(change, mask, painter);
            session.terminal.line(&format!("{line} ({})", input.name));
        }
    }
    Ok(ExitCode::Success)
}

/// The request that takes the tokens back: one of a pair takes the other along. None when there is none, or it takes
/// credentials that are not there.
fn revocation(scope: &Scope<'_>) -> Option<Form> {
    let values = [names::REFRESH_TOKEN, names::ACCESS_TOKEN].map(|key| JsValue::of(scope.target(key)));
    let token = values.iter().find(|value| value.is_truthy())?.text().into_owned();
    Some(Client::of(scope)?.revocation(token))
}

fn revoke(args: &Args, input: &Input, form: Option<Form>) -> Result<&'static str, Error> {
    let Some(form) = form else {
        return Ok(
            "note: nothing was taken back: there is no token, or no client id and secret to do it with",
        );
    };
    let reply = net::post(&args.revoke_url, &form.encode(), args.timeout.duration())
        .map_err(|error| Error::Net { path: input.name.clone(), error })?;
    match read_revocation(&reply) {
        Ok(true) => Ok("Box has taken the tokens back"),
        Ok(false) => Ok("note: the tokens were not valid any more"),
        Err(error) => Err(Error::Answer { path: input.name.clone(), error }),
    }
}
