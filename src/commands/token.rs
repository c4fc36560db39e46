use std::path::PathBuf;

use serde::Serialize;

use super::input::Input;
use super::refresh::show_requests;
use super::renewal::{self, Keep, Renewal};
use super::{AtBox, Outcome, Session, command};
use crate::cli::{File, MinTtl, TokenRequest};
use crate::error::{Error, ExitCode};
use crate::model::{BoxKind, Given, names};
use crate::oauth::GrantError;
use crate::report;
use crate::term::escape;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    file: File,

    #[command(flatten)]
    min_ttl: MinTtl,

    #[command(flatten)]
    request: TokenRequest,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Example:
  curl -H \"Authorization: Bearer $(envtool token)\" https://api.box.com/2.0/users/me",
    at_box: Some(AtBox::Exchange),
    ..command!("token", "Print the access token, refreshed first if it has expired", Args, run)
};

#[derive(Serialize)]
struct Report {
    version: u32,
    path: String,
    access_token: String,
    expires_at: Option<i64>,
}

fn run(args: &Args, session: &mut Session) -> Outcome {
    let path = session.one_file(&args.file)?;
    if let Some(token) = bearer(&path)? {
        return print(session, path, token, None);
    }
    if session.options.dry_run {
        return show_requests(&[path], &args.request.token_url, session);
    }
    let (journal, keep) = (session.journal()?, Keep::open()?);
    let renewal = Renewal {
        min_ttl: args.min_ttl.milliseconds(),
        ..Renewal::new(session, journal.as_ref(), &keep, &args.request)
    };
    let renewed = renewal.renew(&path).map_err(|error| (error, renewal.unwritten(&path)));
    drop(renewal);
    let renewed = match renewed {
        Ok(renewed) => renewed,
        // The token is valid even if the file could not be written.
        Err((error, Some((token, end)))) => {
            session.note(&escape(&error.to_string()));
            return print(session, path, token, Some(end));
        }
        Err((error, None)) => return Err(error),
    };
    session.notes(renewed.remarks());
    let code = if renewed.falls_short { ExitCode::Negative } else { ExitCode::Success };
    print(session, path, renewed.access_token, renewed.tokens.expires_at).map(|_| code)
}

/// The token of a bearer environment, whose expiry is unknown and which cannot be refreshed.
fn bearer(path: &std::path::Path) -> Result<Option<String>, Error> {
    let input = Input::read(path)?;
    let scope = input.scope()?;
    if renewal::kind(&input, &scope)? != BoxKind::Bearer {
        return Ok(None);
    }
    match Given::of(&scope, names::ACCESS_TOKEN).credential() {
        Some(token) => Ok(Some(token)),
        None => Err(input.error(GrantError::Bearer)),
    }
}

fn print(session: &mut Session, path: PathBuf, access_token: String, expires_at: Option<i64>) -> Outcome {
    if session.options.json {
        let path = path.display().to_string();
        session.terminal.line(&report::to_json(&Report { version: 1, path, access_token, expires_at }));
    } else {
        session.terminal.value(&access_token);
    }
    Ok(ExitCode::Success)
}
