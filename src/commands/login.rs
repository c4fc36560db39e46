mod attempt;
mod browser;
mod credentials;
mod pages;

use std::path::Path;

use attempt::Attempt;
use credentials::Credentials;

use super::input::Input;
use super::renewal::{self, RenewalReport, Renewed, RenewedFile};
use super::unsent::{self, Unsent};
use super::{AtBox, Outcome, Session, command};
use crate::cli::{File, TokenRequest};
use crate::error::{Error, ExitCode};
use crate::model::BoxKind;
use crate::net::{CallbackListener, Endpoint};
use crate::oauth::{DEFAULT_AUTHORIZE_URL, REDIRECT_PATH};
use crate::report;

/// The port that the browser comes back to by default.
const PORT: u16 = 3000;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    file: File,

    /// Read client id and client secret from standard input, a line each
    #[arg(long)]
    credentials_stdin: bool,

    /// The port to listen on, since Box accepts any for a registered http://localhost/callback; 0 for any free one.
    /// Default: 3000, or a free one if that is taken
    #[arg(long, conflicts_with = "redirect_uri")]
    port: Option<u16>,

    /// The redirect address that is registered with Box, if it is not http://localhost/callback. One that is not on
    /// this machine implies `--paste`
    #[arg(long, value_name = "URL")]
    redirect_uri: Option<Endpoint>,

    /// Do not open a browser: print the address to open, and read the address that the browser ends up at, or the code
    /// in it, from the terminal or standard input. A code is valid for 30 seconds
    #[arg(long, visible_alias = "no-browser")]
    paste: bool,

    /// Where to log in
    #[arg(long, value_name = "URL", default_value = DEFAULT_AUTHORIZE_URL)]
    authorize_url: Endpoint,

    #[command(flatten)]
    request: TokenRequest,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool login
  envtool login --paste --redirect-uri https://oauth.pstmn.io/v1/callback",
    at_box: Some(AtBox::Login),
    ..command!("login", "Log in to Box in a browser and save the new tokens", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let path = session.one_file(&args.file)?;
    let input = Input::read(&path)?;
    match renewal::kind(&input, &input.scope()?)? {
        BoxKind::Classic | BoxKind::OAuth => {}
        BoxKind::Bearer => return Err(other_way(&input, "put a token in: envtool set access_token")),
        BoxKind::Ccg | BoxKind::Jwt => return Err(other_way(&input, "get a token: envtool refresh")),
    }
    if session.options.no_input && !session.options.dry_run && args.place_to_listen().is_some() {
        return Err(Error::Usage(format!(
            "{}: logging in needs somebody at a browser, which `--no-input` rules out; log in where somebody can, \
             or bring the code with `--paste`; an app with client credentials needs nobody (`envtool new --kind ccg`)",
            input.name
        )));
    }
    let mut credentials = Credentials::find(args.credentials_stdin, session, &input)?;
    loop {
        let attempt = Attempt { args, path: &path, input: &input, client: &credentials.client };
        if session.options.dry_run {
            return unsent::show(session, &[Unsent::open(&input, attempt.address()?)]);
        }
        credentials.keep(&path, session)?;
        match attempt.make(session) {
            Ok(renewed) => {
                say(session, &path, &input.name, renewed);
                return Ok(ExitCode::Success);
            }
            Err(error) => match credentials.corrected(&error, session, &input)? {
                Some(corrected) => credentials = corrected,
                None => return Err(error),
            },
        }
    }
}

fn say(session: &mut Session, path: &Path, name: &str, renewed: Renewed) {
    if session.options.json {
        let report = RenewalReport::of(vec![RenewedFile::of(path, renewed)]);
        return session.terminal.line(&report::to_json(&report));
    }
    session.notes(&renewed.notes);
    if !session.options.quiet {
        let until = renewed.until(session.time());
        session.terminal.line(&format!("{name}: logged in, the access token is {until}"));
    }
    session.notes(renewed.where_else());
}

impl Args {
    /// The port and path at which to wait for the browser; none if nothing has to wait, or the browser cannot get
    /// there.
    fn place_to_listen(&self) -> Option<(u16, &str)> {
        match &self.redirect_uri {
            _ if self.paste => None,
            Some(address) if !(address.is_loopback() && address.is_http()) => None,
            Some(address) => Some((address.port(), address.path())),
            None => Some((self.port.unwrap_or(PORT), REDIRECT_PATH)),
        }
    }

    /// The listener that waits for the browser, if one has to.
    fn listener(&self) -> Result<Option<CallbackListener>, Error> {
        let Some((port, path)) = self.place_to_listen() else { return Ok(None) };
        let bound = match CallbackListener::bind(port, path) {
            Err(_) if self.port.is_none() && self.redirect_uri.is_none() => CallbackListener::bind(0, path),
            bound => bound,
        };
        bound.map(Some).map_err(|error| {
            Error::Usage(format!("cannot listen on port {port} ({error}); choose another one with `--port`"))
        })
    }

    /// The address that Box sends the browser to.
    fn redirect_uri(&self, listener: Option<&CallbackListener>) -> String {
        let port = listener.and_then(|listener| listener.port().ok()).or(self.port).unwrap_or(PORT);
        match &self.redirect_uri {
            Some(address) => address.to_string(),
            None => format!("http://localhost:{port}{REDIRECT_PATH}"),
        }
    }
}

fn other_way(input: &Input, advice: &str) -> Error {
    Error::Usage(format!("{}: `login` is for environments with a refresh token; {advice}", input.name))
}
