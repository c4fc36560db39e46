//! OAuth 2.0 as Box speaks it: what to send and what answers mean. Data in, data out; sending is [`net`](crate::net)'s.

mod answer;
mod app_settings;
mod assertion;
mod authorize;
mod form;
mod grant;
mod private_key;
mod random;

pub use answer::{
    AnswerError, Granted, Reply, User, clock_skew, read_answer, read_revocation, read_user, salvage,
};
pub use app_settings::{AppSettings, NotAppSettings};
pub use assertion::Assertion;
pub use authorize::{Authorization, CallbackError, DEFAULT_AUTHORIZE_URL, REDIRECT_PATH};
pub use form::{Form, parse_query};
pub use grant::{Client, Grant, GrantError, Stake};
pub use private_key::KeyError;
pub use random::{random_id, random_text};

/// Where Box gives out tokens.
pub const DEFAULT_TOKEN_URL: &str = "https://api.box.com/oauth2/token";
/// Where Box takes tokens back.
pub const DEFAULT_REVOKE_URL: &str = "https://api.box.com/oauth2/revoke";
/// Where Box's API is.
pub const DEFAULT_API_URL: &str = "https://api.box.com";
