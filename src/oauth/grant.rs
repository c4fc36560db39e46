use super::private_key::{KeyError, try_key};
use super::{Assertion, Form, random_id};
use crate::model::{BoxKind, Given, JsValue, Lacking, Scope, Tokens, names};

/// An application's credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct Client {
    /// `client_id`
    pub id: String,
    /// `client_secret`
    pub secret: String,
}

/// A request for tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct Grant {
    /// What to send.
    pub form: Form,
    /// What it spends.
    pub stake: Stake,
}

/// What a request spends: Box accepts it only once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stake {
    /// Nothing: the request can be repeated.
    Nothing,
    /// A refresh token, which is good for one use.
    RefreshToken,
    /// The code of a login.
    Code,
}

impl Stake {
    /// What to say after a request that Box may have received but that brought no tokens.
    #[must_use]
    pub fn after_doubt(self) -> &'static str {
        match self {
            Self::Nothing => "the file is unchanged",
            Self::RefreshToken => {
                "the file is unchanged, but its refresh token may be spent; if Box refuses it next time, run `envtool login`"
            }
            Self::Code => "the file has no new tokens, and the login is over; run `envtool login` again",
        }
    }
}

/// Why no request can be made from an environment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// Variables are empty or contain placeholders.
    #[error("{lacking}; {}", advice(*.kind, .lacking))]
    Lacking {
        /// The variables.
        lacking: Lacking,
        /// The kind of environment.
        kind: BoxKind,
    },
    /// The environment has a bearer token only.
    #[error("a bearer token cannot be refreshed; put a new one in: envtool set access_token")]
    Bearer,
    /// Revoking takes credentials, which are missing.
    #[error(
        "client_id or client_secret is missing, so Box cannot be asked to revoke the tokens; add them with `envtool \
         set`, or clear the tokens anyway: envtool logout --on-revoke-failure clear"
    )]
    NoClient,
    /// The private key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The system provides no randomness.
    #[error("the system provides no random numbers")]
    NoRandomness,
}

impl Client {
    /// The credentials in `scope`; none if one of them is missing.
    #[must_use]
    pub fn of(scope: &Scope<'_>) -> Option<Self> {
        let value = |key| Given::of(scope, key).credential();
        Some(Self { id: value(names::CLIENT_ID)?, secret: value(names::CLIENT_SECRET)? })
    }

    fn form(self, fields: impl IntoIterator<Item = (&'static str, String)>) -> Form {
        let own = [("client_id", self.id), ("client_secret", self.secret)];
        Form::new(own.into_iter().chain(fields))
    }

    /// The request that revokes `token` and the other token of its pair.
    #[must_use]
    pub fn revocation(self, token: String) -> Form {
        self.form([("token", token)])
    }
}

impl Grant {
    /// The request for a new access token that the collection's script would send with `scope`, an environment of this
    /// `kind`. `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// [`GrantError`]: values are missing, or the private key cannot be used.
    pub fn renewal(scope: &Scope<'_>, kind: BoxKind, now: i64) -> Result<Self, GrantError> {
        if kind == BoxKind::Bearer {
            return Err(GrantError::Bearer);
        }
        let lacking = Tokens::of(scope, kind, now).lacking;
        let Some(client) = Client::of(scope).filter(|_| lacking.is_empty()) else {
            return Err(GrantError::Lacking { lacking, kind });
        };
        let text = |key| Given::of(scope, key).credential().unwrap_or_default();
        let subject =
            || [("box_subject_type", text(names::SUBJECT_TYPE)), ("box_subject_id", text(names::SUBJECT_ID))];
        let grant_type = |name: &str| ("grant_type", name.to_owned());
        let (form, stake) = match kind {
            BoxKind::Classic | BoxKind::OAuth | BoxKind::Bearer => {
                let token = ("refresh_token", text(names::REFRESH_TOKEN));
                (client.form([token, grant_type("refresh_token")]), Stake::RefreshToken)
            }
            BoxKind::Ccg => {
                (client.form(subject().into_iter().chain([grant_type("client_credentials")])), Stake::Nothing)
            }
            BoxKind::Jwt => {
                let assertion = Assertion {
                    issuer: &client.id,
                    subject_type: &text(names::SUBJECT_TYPE),
                    subject_id: &text(names::SUBJECT_ID),
                    key_id: &text(names::KEY_ID),
                    unique_id: &random_id().ok_or(GrantError::NoRandomness)?,
                    now: now.div_euclid(1000),
                };
                let signed = assertion.sign(&text(names::PRIVATE_KEY), &passphrase(scope))?;
                let jwt = grant_type("urn:ietf:params:oauth:grant-type:jwt-bearer");
                (client.form(subject().into_iter().chain([jwt, ("assertion", signed)])), Stake::Nothing)
            }
        };
        Ok(Self { form, stake })
    }

    /// Why the private key in `scope`, an environment of this `kind`, cannot sign a request; none if it can, is not
    /// filled in, or is not needed.
    #[must_use]
    pub fn key_error(scope: &Scope<'_>, kind: BoxKind) -> Option<KeyError> {
        let key = Given::of(scope, names::PRIVATE_KEY).credential().filter(|_| kind == BoxKind::Jwt)?;
        try_key(&key, &passphrase(scope)).err()
    }

    /// Whether a complete answer contains a refresh token.
    #[must_use]
    pub fn gives_refresh_token(&self) -> bool {
        self.stake != Stake::Nothing
    }

    /// The request that exchanges an authorization code, which is valid for 30 seconds.
    #[must_use]
    pub fn code(client: Client, code: String, redirect_uri: String) -> Self {
        let grant_type = ("grant_type", "authorization_code".to_owned());
        let form = client.form([("code", code), ("redirect_uri", redirect_uri), grant_type]);
        Self { form, stake: Stake::Code }
    }
}

/// The passphrase in `scope`, even if it looks like a placeholder: people choose odd ones, and a key that is not
/// encrypted needs none.
fn passphrase(scope: &Scope<'_>) -> String {
    JsValue::of(scope.target(names::PASSPHRASE)).text_or_empty().into_owned()
}

fn advice(kind: BoxKind, lacking: &Lacking) -> String {
    match kind {
        BoxKind::Classic | BoxKind::OAuth => "get a new pair of tokens: envtool login".to_owned(),
        _ => {
            let first = lacking.keys().next().unwrap_or_default();
            let (what, more) = if lacking.keys().count() == 1 { ("it", "") } else { ("them", ", and so on") };
            format!("put {what} in: {}{more}", names::set_command(first))
        }
    }
}
