//! OAuth 2.0 as Box speaks it: what to send and what the answers mean. Data in, data out; [`net`](crate::net) does
//! the sending.

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

/// Where Box issues tokens.
pub const DEFAULT_TOKEN_URL: &str = "https://api.box.com/oauth2/token";
/// Where Box revokes tokens.
pub const DEFAULT_REVOKE_URL: &str = "https://api.box.com/oauth2/revoke";
/// The base of Box's API.
pub const DEFAULT_API_URL: &str = "https://api.box.com";
