mod browser;
mod credentials;
mod pages;

use std::path::Path;

use browser::Returned;
use credentials::Credentials;

use super::input::Input;
use super::renewal::{self, Keep, Renewal, RenewalReport, Renewed, RenewedFile, Source};
use super::unsent::{self, Unsent};
use super::{Outcome, Session, command};
use crate::cli::{File, TokenRequest};
use crate::disk::{self, Held};
use crate::error::{Error, ExitCode};
use crate::model::BoxKind;
use crate::net::{CallbackListener, Endpoint};
use crate::oauth::{Authorization, Client, DEFAULT_AUTHORIZE_URL, Grant, REDIRECT_PATH, random_text};
use crate::process::open_browser;
use crate::report;

/// Characters of the random text that tells this login's answer from others.
const STATE: usize = 32;

/// Where the browser comes back to when nothing else is said.
const PORT: u16 = 3000;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    file: File,

    /// Read client id and client secret from standard input, a line each
    #[arg(long)]
    credentials_stdin: bool,

    /// The port to listen on; Box lets a registered http://localhost/callback be on any. Without it 3000, or one that is
    /// free when that is taken; 0 for one that is free
    #[arg(long, conflicts_with = "redirect_uri")]
    port: Option<u16>,

    /// The redirect address that is registered with Box, when it is not http://localhost/callback. One that does not
    /// lead to this machine implies `--paste`
    #[arg(long, value_name = "URL")]
    redirect_uri: Option<Endpoint>,

    /// Open no browser: print the address, and read the address that the browser was sent to, or the code in it, from
    /// the terminal or standard input. A code is good for 30 seconds
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
    let credentials = Credentials::find(args.credentials_stdin, session, &input)?;
    if !session.options.dry_run {
        credentials.keep(&path, session)?;
    }
    let client = &credentials.client;
    let listener = args.listener(session.options.dry_run)?;
    let redirect_uri = args.redirect_uri(listener.as_ref());
    let state = random_text(STATE);
    let state = state.ok_or(Error::NoRandomness)?;
    let authorization = Authorization {
        url: args.authorize_url.as_str(),
        client_id: &client.id,
        redirect_uri: &redirect_uri,
        state: &state,
    };
    if session.options.dry_run {
        return unsent::show(session, &[Unsent::open(&input, authorization.address())]);
    }
    let attempt = Attempt { args, path: &path, input: &input };
    // Nobody should go through the browser for nothing.
    attempt.rehearse(session)?;
    let renewed = match listener {
        Some(listener) => attempt.through_browser(session, listener, &authorization, client),
        None => attempt.by_paste(session, &authorization, client),
    };
    say(session, &path, &input.name, renewed?);
    Ok(ExitCode::Success)
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
    session.say_where_else(&renewed.tokens);
}

impl Args {
    /// Who waits for the browser; none when nobody has to, or nobody could reach it.
    fn listener(&self, dry_run: bool) -> Result<Option<CallbackListener>, Error> {
        let (port, path) = match &self.redirect_uri {
            Some(address) if !(address.is_loopback() && address.is_http()) => return Ok(None),
            Some(address) => (address.port(), address.path()),
            None => (self.port.unwrap_or(PORT), REDIRECT_PATH),
        };
        if self.paste || dry_run {
            return Ok(None);
        }
        let bound = match CallbackListener::bind(port, path) {
            Err(_) if self.port.is_none() && self.redirect_uri.is_none() => CallbackListener::bind(0, path),
            bound => bound,
        };
        bound.map(Some).map_err(|error| {
            Error::Usage(format!("cannot listen on port {port} ({error}); choose another one with `--port`"))
        })
    }

    /// Where Box is to send the browser.
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

/// What the person brings back from the browser.
fn pasted_code(session: &mut Session, authorization: &Authorization<'_>) -> Result<String, Error> {
    let address = authorization.address();
    session.terminal.error_line(&format!(
        "Open this address, log in to Box and grant access:\n\n  {address}\n\nThen paste the address that the browser was \
         sent to, or the code in it, within 30 seconds."
    ));
    if let Some(prompter) = session.prompter() {
        return Ok(prompter.text("Address or code")?);
    }
    Ok(disk::read_standard_line()?)
}

/// A login that is under way.
struct Attempt<'a> {
    args: &'a Args,
    path: &'a Path,
    input: &'a Input,
}

impl Attempt<'_> {
    fn renewal<T>(
        &self,
        session: &Session,
        act: impl FnOnce(&Renewal<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (journal, keep) = (session.journal()?, Keep::open()?);
        let renewal = Renewal::new(session, journal.as_ref(), &keep, &self.args.request);
        act(&Renewal { force: true, ..renewal })
    }

    fn rehearse(&self, session: &Session) -> Result<(), Error> {
        self.renewal(session, |renewal| {
            let held = Held::take(self.path, renewal.save.patience)?;
            let input = Input::of_bytes(self.path, held.content().to_vec())?;
            renewal.rehearse(&held, self.path, &input, true)
        })
    }

    /// Exchanges a code for tokens and puts them into the file.
    fn exchange(&self, session: &Session, grant: Grant) -> Result<Renewed, Error> {
        self.renewal(session, |renewal| {
            let mut held = Held::take(self.path, renewal.save.patience)?;
            let input = Input::of_bytes(self.path, held.content().to_vec())?;
            let notes = renewal.exchange(&mut held, self.path, &input, &grant)?;
            let after = Input::of_bytes(self.path, held.content().to_vec())?;
            renewal.renewed(&after, Source::Box, notes)
        })
    }

    fn by_paste(
        &self,
        session: &mut Session,
        authorization: &Authorization<'_>,
        client: &Client,
    ) -> Result<Renewed, Error> {
        let code = pasted_code(session, authorization)?;
        let code = authorization.pasted_code(&code).map_err(|error| self.input.error(error))?;
        self.exchange(session, Grant::code(client.clone(), code, authorization.redirect_uri.to_owned()))
    }

    fn through_browser(
        &self,
        session: &mut Session,
        listener: CallbackListener,
        authorization: &Authorization<'_>,
        client: &Client,
    ) -> Result<Renewed, Error> {
        let address = authorization.address();
        session.terminal.error_line(&format!(
            "Log in to Box and grant access in the browser. If none opens, open this address:\n\n  {address}\n"
        ));
        let _ = open_browser(&address);
        let returned = Returned::wait(listener, authorization)
            .map_err(Error::Listener)?
            .map_err(|error| self.input.error(error))?;
        let code = returned.code.clone();
        let outcome =
            self.exchange(session, Grant::code(client.clone(), code, authorization.redirect_uri.to_owned()));
        returned.end(outcome.is_ok());
        outcome
    }
}
