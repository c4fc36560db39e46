use std::path::{Path, PathBuf};

use crate::commands::input::Input;
use crate::commands::{Session, change};
use crate::edit::{self, Assignment, SetOptions};
use crate::error::Error;
use crate::model::names;
use crate::oauth::Client;
use crate::syntax::Value;
use crate::term;

/// The application's credentials.
pub(super) struct Credentials {
    pub(super) client: Client,
    origin: Origin,
}

/// Where they come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    File,
    StandardInput,
    Terminal,
}

impl Credentials {
    /// Those in `input`, else those that the person types; with `from_stdin` those in standard input.
    pub(super) fn find(from_stdin: bool, session: &Session, input: &Input) -> Result<Self, Error> {
        let expect = |key, value: String| expect(input, key, value);
        if from_stdin {
            let unreadable = |error| Error::Usage(format!("cannot read the credentials: {error}"));
            let line = || {
                term::read_line().map_err(unreadable).map(|line| line.unwrap_or_default().trim().to_owned())
            };
            let id = expect(names::CLIENT_ID, line()?)?;
            let client = Client { id, secret: expect(names::CLIENT_SECRET, line()?)? };
            return Ok(Self { client, origin: Origin::StandardInput });
        }
        if let Some(Client { id, secret }) = Client::of(&input.scope()?) {
            let id = expect(names::CLIENT_ID, id)?;
            let client = Client { id, secret: expect(names::CLIENT_SECRET, secret)? };
            return Ok(Self { client, origin: Origin::File });
        }
        let Some(prompter) = session.prompter() else {
            return Err(Error::Usage(format!(
                "{}: client_id or client_secret is empty; put them in with `envtool set`, or give them with \
                 `--credentials-stdin`",
                input.name
            )));
        };
        // Nobody should look up a secret for an id that is none.
        let id = expect(names::CLIENT_ID, prompter.text("Client id")?.trim().to_owned())?;
        let client = Client {
            id,
            secret: expect(names::CLIENT_SECRET, prompter.secret("Client secret")?.trim().to_owned())?,
        };
        Ok(Self { client, origin: Origin::Terminal })
    }

    /// What the file is to get of them along with the tokens.
    pub(super) fn news(&self) -> Vec<Assignment> {
        if self.origin == Origin::File {
            return Vec::new();
        }
        let pairs = [(names::CLIENT_ID, &self.client.id), (names::CLIENT_SECRET, &self.client.secret)];
        pairs.map(|(key, value)| Assignment { key: key.to_owned(), value: Value::string(value) }).to_vec()
    }

    /// Offers to put what was typed into the file at `path`, although the login has ended with `error`.
    pub(super) fn offer_to_keep(
        &self,
        error: &Error,
        path: &Path,
        session: &mut Session,
    ) -> Result<(), Error> {
        if self.origin != Origin::Terminal || error.is_about_client() {
            return Ok(());
        }
        let question = "The login has failed. Keep client id and client secret in the file for the next one?";
        if session.confirm_or(question, true).is_err() {
            return Ok(());
        }
        let (news, files): (_, [PathBuf; 1]) = (self.news(), [path.to_owned()]);
        let options = SetOptions { create: true, type_secrets: true, ..SetOptions::default() };
        change::change(session, &files, |scope| edit::set(scope, &news, &options)).map(drop)
    }
}

/// `value`, if it can be Box's `key`.
fn expect(input: &Input, key: &str, value: String) -> Result<String, Error> {
    if value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Ok(value);
    }
    let count = value.chars().count();
    Err(Error::Usage(format!(
        "{}: {key} is not Box's: that is 32 letters and digits, this is {count} characters; copy it from the app in \
         Box's developer console",
        input.name
    )))
}
