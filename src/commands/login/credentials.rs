use std::path::Path;

use crate::commands::input::Input;
use crate::commands::{Session, complain};
use crate::disk::{self, Readers};
use crate::edit::{self, Assignment, SetOptions};
use crate::error::Error;
use crate::model::names;
use crate::oauth::Client;
use crate::syntax::Value;

/// The credentials of the app.
pub(super) struct Credentials {
    pub(super) client: Client,
    origin: Origin,
}

/// The source of the credentials.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    File,
    Person,
}

impl Credentials {
    /// The credentials in `input`, or else those that the user types; with `from_stdin`, those from standard input.
    pub(super) fn find(from_stdin: bool, session: &Session, input: &Input) -> Result<Self, Error> {
        let expect = |key, value: String| expect(input, key, value);
        if from_stdin {
            let line = || disk::read_standard_line().map(|line| line.trim().to_owned());
            let id = expect(names::CLIENT_ID, line()?)?;
            let client = Client { id, secret: expect(names::CLIENT_SECRET, line()?)? };
            return Ok(Self { client, origin: Origin::Person });
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
        // Check the id first, before the user looks up the secret.
        let id = expect(names::CLIENT_ID, prompter.text("Client id")?.trim().to_owned())?;
        let client = Client {
            id,
            secret: expect(names::CLIENT_SECRET, prompter.secret("Client secret")?.trim().to_owned())?,
        };
        Ok(Self { client, origin: Origin::Person })
    }

    /// Asks for other credentials if `error` says that Box does not accept these. It asks for both, since Box does not
    /// say which one is wrong; Enter keeps the current one.
    pub(super) fn corrected(
        &self,
        error: &Error,
        session: &mut Session,
        input: &Input,
    ) -> Result<Option<Self>, Error> {
        let is_about_them = matches!(error, Error::Answer { error, .. } if error.refuses_client());
        let Some(prompter) = session.prompter().filter(|_| is_about_them) else { return Ok(None) };
        complain(error, session.mask(), &mut session.terminal);
        let Client { id, secret } = &self.client;
        let id = prompter.change("Client id", id)?.unwrap_or_else(|| id.clone());
        let id = expect(input, names::CLIENT_ID, id.trim().to_owned())?;
        let typed = prompter.secret("Client secret (Enter keeps the one in the file)")?;
        let secret = if typed.trim().is_empty() { secret } else { typed.trim() };
        let client = Client { id, secret: expect(input, names::CLIENT_SECRET, secret.to_owned())? };
        Ok(Some(Self { client, origin: Origin::Person }))
    }

    /// Puts them into the file at `path` unless it has them, before anything can end the login: nobody should have to
    /// look them up again.
    pub(super) fn keep(&self, path: &Path, session: &mut Session) -> Result<(), Error> {
        if self.origin == Origin::File {
            return Ok(());
        }
        let pairs = [(names::CLIENT_ID, &self.client.id), (names::CLIENT_SECRET, &self.client.secret)];
        let news = pairs.map(|(key, value)| Assignment { key: key.to_owned(), value: Value::string(value) });
        let options = SetOptions { create: true, type_secrets: true, ..SetOptions::default() };
        let changed = session.rewrite(path, Readers::Owner, |content| {
            let input = Input::of_bytes(path, content.to_vec())?;
            let plan = edit::set(&input.scope()?, &news, &options).map_err(|error| input.error(error))?;
            Ok(input.edited(&plan.edits)?.to_bytes().into_owned().into())
        })?;
        if changed {
            session.note(
                "client id and client secret are in the file now, whether or not this login succeeds; `envtool set` changes them",
            );
        }
        Ok(())
    }
}

/// Accepts `value` if it can be Box's `key`.
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
