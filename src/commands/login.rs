mod pages;

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use pages::{DONE, FAILED, NOT_GRANTED, STRANGER};

use super::input::Input;
use super::renewal::{self, Renewal, Renewed, Source};
use super::{Outcome, Session, command};
use crate::cli::{Files, TokenRequest};
use crate::disk::{self, Held, Recovery};
use crate::edit::Assignment;
use crate::error::{Error, ExitCode};
use crate::model::{BoxKind, names};
use crate::net::{self, Callback, CallbackListener, Endpoint};
use crate::oauth::{
    Authorization, CallbackError, Client, DEFAULT_AUTHORIZE_URL, Grant, REDIRECT_PATH, random_text,
};
use crate::process::open_browser;
use crate::syntax::Value;
use crate::term;

/// How long the browser is waited for.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Characters of the random text that tells this login's answer from others.
const STATE: usize = 32;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Read client id and client secret from standard input, a line each
    #[arg(long)]
    credentials_stdin: bool,

    /// The port to listen on; Box lets a registered http://localhost/callback be on any port
    #[arg(long, default_value_t = 3000, conflicts_with = "redirect_uri")]
    port: u16,

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

pub(super) const COMMAND: super::Command = command!(
    "login",
    "Log in to Box in a browser and put the new tokens into the file, leaving everything else",
    Args,
    run
);

fn run(args: &Args, session: &mut Session) -> Outcome {
    let path = session.one_file(&args.files.named(), "login")?;
    let input = Input::read(&path)?;
    match renewal::kind(&input, &input.scope()?)? {
        BoxKind::Classic | BoxKind::OAuth => {}
        BoxKind::Bearer => return Err(other_way(&input, "put a token in: envtool set access_token")),
        BoxKind::Ccg | BoxKind::Jwt => return Err(other_way(&input, "get a token: envtool refresh")),
    }
    let (client, given) = client(args, session, &input)?;
    let redirect_uri = match &args.redirect_uri {
        Some(address) => address.to_string(),
        None => format!("http://localhost:{}{REDIRECT_PATH}", args.port),
    };
    let state = random_text(STATE);
    let state = state.ok_or_else(|| Error::Usage("the system gives no random numbers".to_owned()))?;
    let authorization = Authorization {
        url: args.authorize_url.as_str(),
        client_id: &client.id,
        redirect_uri: &redirect_uri,
        state: &state,
    };
    if session.options.dry_run {
        session.terminal.line(&format!("{}: would open {}", input.name, authorization.address()));
        return Ok(ExitCode::Success);
    }
    let with = if given { assignments(&client) } else { Vec::new() };
    let attempt = Attempt { args, path: &path, input: &input, with: &with };
    // Nobody should go through the browser for nothing.
    attempt.rehearse(session)?;
    let listens = args.redirect_uri.as_ref().is_none_or(|address| address.is_loopback() && address.is_http());
    let renewed = if args.paste || !listens {
        let code = pasted_code(session, &authorization)
            .and_then(|text| authorization.pasted_code(&text).map_err(|error| refused(&input, error)))?;
        attempt.exchange(session, Grant::code(client.clone(), code, redirect_uri.clone()))?
    } else {
        attempt.through_browser(session, &authorization, &client)?
    };
    for note in &renewed.notes {
        session.note(&format!("note: {note}"));
    }
    if !session.options.quiet {
        let until = renewed.until(session.time());
        session.terminal.line(&format!("{}: logged in, the access token is {until}", input.name));
    }
    session.say_where_else(&renewed.tokens);
    Ok(ExitCode::Success)
}

fn other_way(input: &Input, advice: &str) -> Error {
    Error::Usage(format!("{}: `login` is for environments with a refresh token; {advice}", input.name))
}

fn refused(input: &Input, error: CallbackError) -> Error {
    Error::Callback { path: input.name.clone(), error }
}

/// The application's credentials, and whether they are not in the file yet.
fn client(args: &Args, session: &Session, input: &Input) -> Result<(Client, bool), Error> {
    let known = Client::of(&input.scope()?);
    let given = args.credentials_stdin || known.is_none();
    let client = match (known, session.prompter()) {
        _ if args.credentials_stdin => {
            let line = || term::read_line().map(|line| line.unwrap_or_default().trim().to_owned());
            let read = line().and_then(|id| Ok(Client { id, secret: line()? }));
            read.map_err(|error| Error::Usage(format!("cannot read the credentials: {error}")))?
        }
        (Some(client), _) => client,
        (None, Some(prompter)) => Client {
            id: prompter.text("Client id")?.trim().to_owned(),
            secret: prompter.secret("Client secret")?.trim().to_owned(),
        },
        (None, None) => {
            return Err(Error::Usage(format!(
                "{}: client_id or client_secret is empty; put them in with `envtool set`, or give them with \
                 `--credentials-stdin`",
                input.name
            )));
        }
    };
    for (key, value) in [(names::CLIENT_ID, &client.id), (names::CLIENT_SECRET, &client.secret)] {
        if value.len() != 32 || !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            let count = value.chars().count();
            return Err(Error::Usage(format!(
                "{}: {key} is not Box's: that is 32 letters and digits, this is {count} characters; copy it from the \
                 app in Box's developer console",
                input.name
            )));
        }
    }
    Ok((client, given))
}

fn assignments(client: &Client) -> Vec<Assignment> {
    let pairs = [(names::CLIENT_ID, &client.id), (names::CLIENT_SECRET, &client.secret)];
    pairs.map(|(key, value)| Assignment { key: key.to_owned(), value: Value::string(value) }).to_vec()
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
    let line = term::read_line().map_err(|error| Error::Usage(format!("cannot read the code: {error}")))?;
    Ok(line.unwrap_or_default())
}

/// A login that is under way.
struct Attempt<'a> {
    args: &'a Args,
    path: &'a Path,
    input: &'a Input,
    /// What is written along with the tokens.
    with: &'a [Assignment],
}

impl Attempt<'_> {
    fn renewal<T>(
        &self,
        session: &Session,
        act: impl FnOnce(&Renewal<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let journal = session.journal()?;
        let request = &self.args.request;
        act(&Renewal {
            save: session.save(journal.as_ref()),
            state: disk::state_folder()?,
            send: &|grant| net::post(&request.token_url, &grant.form.encode(), request.timeout.duration()),
            clock: &|| session.time(),
            min_ttl: 0,
            force: true,
            with: self.with,
        })
    }

    fn rehearse(&self, session: &Session) -> Result<(), Error> {
        self.renewal(session, |renewal| {
            let held = Held::take(self.path, renewal.save.patience)?;
            Ok(renewal.save.rehearse(&held)?)
        })
    }

    /// Exchanges a code for tokens and puts them into the file.
    fn exchange(&self, session: &Session, grant: Grant) -> Result<Renewed, Error> {
        self.renewal(session, |renewal| {
            let mut held = Held::take(self.path, renewal.save.patience)?;
            let recovery = Recovery::of(&renewal.state, held.target());
            let input = Input::of_bytes(self.path, held.content().to_vec())?;
            let notes = renewal.exchange(&mut held, self.path, &input, &grant, &recovery)?;
            renewal.renewed(&Input::read(self.path)?, Source::Box, notes)
        })
    }

    fn through_browser(
        &self,
        session: &mut Session,
        authorization: &Authorization<'_>,
        client: &Client,
    ) -> Result<Renewed, Error> {
        let (port, path) = match &self.args.redirect_uri {
            Some(address) => (address.port(), address.path()),
            None => (self.args.port, REDIRECT_PATH),
        };
        let listener = CallbackListener::bind(port, path).map_err(|error| {
            Error::Usage(format!("cannot listen on port {port} ({error}); choose another one with `--port`"))
        })?;
        let address = authorization.address();
        session.terminal.error_line(&format!(
            "Log in to Box and grant access in the browser. If none opens, open this address:\n\n  {address}\n"
        ));
        let _ = open_browser(&address);
        let come = wait(&listener, authorization, Instant::now() + PATIENCE)
            .map_err(|error| Error::Usage(format!("cannot listen any more: {error}")))?;
        let (callback, code) = come.map_err(|error| refused(self.input, error))?;
        let grant = Grant::code(client.clone(), code, authorization.redirect_uri.to_owned());
        let outcome = self.exchange(session, grant);
        callback.answer(if outcome.is_ok() { DONE } else { FAILED });
        listener.close();
        outcome
    }
}

/// The browser that comes back with this login's code before `deadline`.
///
/// # Errors
/// As the system says; within that, why there is no code.
fn wait(
    listener: &CallbackListener,
    authorization: &Authorization<'_>,
    deadline: Instant,
) -> io::Result<Result<(Callback, String), CallbackError>> {
    while let Some(callback) = listener.wait(deadline)? {
        match authorization.code(&callback.query) {
            Ok(code) => return Ok(Ok((callback, code))),
            // Whoever that was, the right one may still come.
            Err(CallbackError::WrongState | CallbackError::NoCode) => callback.answer(STRANGER),
            Err(error) => {
                callback.answer(NOT_GRANTED);
                return Ok(Err(error));
            }
        }
    }
    Ok(Err(CallbackError::Nobody))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, Shutdown, TcpStream};

    use super::*;

    #[test]
    fn the_wait_ends_at_its_deadline_whoever_else_comes() {
        let listener = CallbackListener::bind(0, REDIRECT_PATH).expect("a port");
        let authorization =
            Authorization { url: DEFAULT_AUTHORIZE_URL, client_id: "", redirect_uri: "", state: "ours" };
        let ends = || match wait(&listener, &authorization, Instant::now()).expect("no error") {
            Ok((_, code)) => panic!("{code} came from nobody"),
            Err(error) => error,
        };
        assert_eq!(ends(), CallbackError::Nobody);
        let port = listener.port().expect("a port");
        let mut stranger = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a listener");
        stranger.write_all(b"GET /callback?code=Other&state=theirs HTTP/1.1\r\n\r\n").expect("sent");
        stranger.shutdown(Shutdown::Write).expect("sent");
        assert_eq!(ends(), CallbackError::Nobody);
        let mut answer = String::new();
        stranger.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains(STRANGER.title), "{answer}");
    }
}
