//! One attempt to log in, from opening the address to the tokens in the file.

use std::path::Path;

use super::Args;
use super::browser::Returned;
use crate::commands::Session;
use crate::commands::input::Input;
use crate::commands::renewal::{Keep, Renewal, Renewed};
use crate::disk::{self, Held};
use crate::error::Error;
use crate::net::CallbackListener;
use crate::oauth::{Authorization, CallbackError, Client, Grant, random_text};
use crate::process::Browser;

/// The length of the random `state` that identifies the answer to this login, in characters.
const STATE: usize = 32;

/// What to do about an error that only Box's page shows: the browser never comes back from it.
const IF_BOX_COMPLAINS: &str =
    "If Box shows an error instead, press Ctrl-C and check `client_id` and the redirect address.";

pub(super) struct Attempt<'a> {
    pub(super) args: &'a Args,
    pub(super) path: &'a Path,
    pub(super) input: &'a Input,
    pub(super) client: &'a Client,
}

impl Attempt<'_> {
    /// Lets the user log in and puts the resulting tokens into the file.
    pub(super) fn make(&self, session: &mut Session) -> Result<Renewed, Error> {
        let listener = self.args.listener()?;
        let redirect_uri = self.args.redirect_uri(listener.as_ref());
        self.with_authorization(&redirect_uri, |authorization| {
            // Nobody should have to log in for nothing.
            self.rehearse(session)?;
            match listener {
                Some(listener) => self.through_browser(session, listener, authorization),
                None => self.by_paste(session, authorization),
            }
        })
    }

    /// The address that would be opened.
    pub(super) fn address(&self) -> Result<String, Error> {
        self.with_authorization(&self.args.redirect_uri(None), |authorization| Ok(authorization.address()))
    }

    fn with_authorization<T>(
        &self,
        redirect_uri: &str,
        act: impl FnOnce(&Authorization<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let state = random_text(STATE).ok_or(Error::NoRandomness)?;
        let (url, client_id) = (self.args.authorize_url.as_str(), &self.client.id);
        act(&Authorization { url, client_id, redirect_uri, state: &state })
    }

    fn through_browser(
        &self,
        session: &mut Session,
        listener: CallbackListener,
        authorization: &Authorization<'_>,
    ) -> Result<Renewed, Error> {
        let address = authorization.address();
        session.terminal.error_line(&format!(
            "Log in to Box and grant access in the browser. If none opens, open this address:\n\n  {address}\n\n{IF_BOX_COMPLAINS}"
        ));
        let mut browser = Browser::open(&address);
        let is_alone = session.prompter().is_none();
        let mut is_hopeless = || is_alone && browser.has_failed();
        let returned = Returned::wait(listener, authorization, &mut is_hopeless).map_err(Error::Listener)?;
        let returned = returned.map_err(|error| match error {
            CallbackError::Nobody if is_hopeless() => Error::Usage(
                "no browser can be started, and nobody is at a terminal to open the address; log in where a browser is, or \
                 bring its code with `--paste`"
                    .to_owned(),
            ),
            error => self.input.error(error),
        })?;
        let outcome = self.exchange(session, returned.code.clone(), authorization);
        returned.end(outcome.is_ok());
        outcome
    }

    fn by_paste(&self, session: &mut Session, authorization: &Authorization<'_>) -> Result<Renewed, Error> {
        let pasted = pasted(session, authorization)?;
        let code = authorization.pasted_code(&pasted).map_err(|error| self.input.error(error))?;
        self.exchange(session, code, authorization)
    }

    fn rehearse(&self, session: &Session) -> Result<(), Error> {
        self.renewal(session, |renewal| {
            let held = Held::take(self.path, renewal.save.patience)?;
            renewal.rehearse(&held, &Input::of_held(&held)?, true)
        })
    }

    /// Exchanges `code` for tokens and puts them into the file.
    fn exchange(
        &self,
        session: &Session,
        code: String,
        authorization: &Authorization<'_>,
    ) -> Result<Renewed, Error> {
        let grant = Grant::code(self.client.clone(), code, authorization.redirect_uri.to_owned());
        self.renewal(session, |renewal| {
            let mut held = Held::take(self.path, renewal.save.patience)?;
            let input = Input::of_held(&held)?;
            renewal.exchange(&mut held, &input, &grant)
        })
    }

    fn renewal<T>(
        &self,
        session: &Session,
        act: impl FnOnce(&Renewal<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (journal, keep) = (session.journal()?, Keep::open()?);
        let renewal = Renewal::new(session, journal.as_ref(), &keep, &self.args.request);
        act(&Renewal { force: true, ..renewal })
    }
}

/// Asks for what the user brings back from the browser.
fn pasted(session: &mut Session, authorization: &Authorization<'_>) -> Result<String, Error> {
    let address = authorization.address();
    session.terminal.error_line(&format!(
        "Open this address, log in to Box and grant access:\n\n  {address}\n\nThen paste the address that the browser was \
         sent to, or the code in it, within 30 seconds. {IF_BOX_COMPLAINS}"
    ));
    match session.prompter() {
        Some(prompter) => Ok(prompter.text("Address or code")?),
        None => Ok(disk::read_standard_line()?),
    }
}
