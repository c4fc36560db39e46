use serde::Serialize;

use super::input::Input;
use super::unsent::{self, Unsent};
use super::{Outcome, Session, command};
use crate::cli::{File, Timeout};
use crate::error::{Error, ExitCode};
use crate::model::{Given, Verdict, names};
use crate::net::{self, Endpoint};
use crate::oauth::{DEFAULT_API_URL, User, read_user};
use crate::report::{self, Status};
use crate::term::escape;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    file: File,

    /// Where Box's API is: https, or http on this machine
    #[arg(long, value_name = "URL", default_value = DEFAULT_API_URL)]
    api_url: Endpoint,

    #[command(flatten)]
    timeout: Timeout,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool check
  envtool check Box.postman_environment.json --json",
    ..command!("check", "Ask Box whether the access token works, and whose it is", Args, run)
};

#[derive(Serialize)]
struct Report {
    version: u32,
    path: String,
    valid: bool,
    user: Option<User>,
}

fn run(args: &Args, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    let path = session.one_file(&args.file)?;
    let input = Input::read(&path)?;
    let status = input.status(session.now)?;
    let given = Given::of(&input.scope()?, names::ACCESS_TOKEN);
    let endpoint = endpoint(args)?;
    if session.options.dry_run {
        let unsent = given.credential().map(|_| Unsent::get(&input, &endpoint));
        return unsent::show(session, unsent.as_slice());
    }
    let (user, why) = match &given {
        Given::Credential(token) => {
            (ask(args, &input, &endpoint, token)?, "Box does not accept the access token")
        }
        Given::Placeholder => (None, "the access token is only a placeholder"),
        Given::Nothing => (None, "there is no access token"),
    };
    let refused = user.is_none() && matches!(given, Given::Credential(_));
    let status = if refused { status.refused() } else { status };
    if session.options.json {
        let report = Report { version: 1, path: input.label(), valid: user.is_some(), user: user.clone() };
        session.terminal.line(&report::to_json(&report));
    } else if let Some(User { name, login, id }) = &user {
        let (name, login, id) = (escape(name), escape(login), escape(id));
        session.terminal.line(&format!("{}: the access token of {name} ({login}, id {id})", input.name));
    } else {
        session.terminal.line(&format!("{}: {why}", input.name));
        let (painter, width) = (session.terminal.painter(), session.terminal.width());
        let file = args.file.named().map(|_| input.name.as_str());
        session.terminal.line(&status.render(file, painter, width));
    }
    Ok(if user.is_some() { ExitCode::Success } else { failure(&status) })
}

/// The endpoint that says whose token it is.
fn endpoint(args: &Args) -> Result<Endpoint, Error> {
    let address = format!("{}/2.0/users/me", args.api_url.as_str().trim_end_matches('/'));
    address.parse().map_err(|error| Error::Usage(format!("--api-url: {error}")))
}

fn ask(args: &Args, input: &Input, endpoint: &Endpoint, token: &str) -> Result<Option<User>, Error> {
    let reply = net::get(endpoint, token, args.timeout.duration()).map_err(|error| Error::Net {
        path: input.name.clone(),
        error,
        stake: None,
    })?;
    read_user(&reply).map_err(|error| Error::Answer { path: input.name.clone(), error, stake: None })
}

fn failure(status: &Status) -> ExitCode {
    match status.verdict(0) {
        Verdict::Lost => ExitCode::Reauthenticate,
        Verdict::Usable | Verdict::Renewable => ExitCode::Negative,
    }
}
