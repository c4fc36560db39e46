//! What Box's errors mean and what to do about them.

/// One of Box's errors, and what to tell the user about it.
pub(super) struct Row {
    error: &'static str,
    /// A part of the description; empty matches any.
    says: &'static str,
    pub(super) cause: &'static str,
    pub(super) advice: &'static str,
    /// Whether it takes a new login or other credentials.
    pub(super) refused: bool,
}

const LOG_IN: &str = "get a new pair of tokens: envtool login";
const SPENT: &str = "if Postman or another copy used it, newer tokens are there; otherwise: envtool login";
const CLOCK: &str = "correct this machine's clock and try again";
const CREDENTIALS: &str = "compare client_id and client_secret with the app in Box's developer console";

/// The first row that matches counts. `docs/box.md` has the sources.
const ERRORS: [Row; 17] = [
    row(
        "invalid_grant",
        "Refresh token has expired",
        "the refresh token has been used or is over 60 days old",
        SPENT,
    ),
    row(
        "invalid_grant",
        "Invalid refresh token",
        "Box does not know the refresh token, or it has been used",
        SPENT,
    ),
    row("invalid_grant", "authorization code has expired", "the code is over 30 seconds old", LOG_IN),
    row(
        "invalid_grant",
        "Auth code doesn't exist",
        "the code has been used or belongs to another app",
        LOG_IN,
    ),
    row(
        "invalid_grant",
        "Grant credentials are invalid",
        "Box does not accept these credentials for this subject",
        "check client_id, client_secret and box_subject_id, and that the app is authorized in the admin console",
    ),
    faulty("invalid_grant", "'exp' claim", "this machine's clock and Box's differ", CLOCK),
    faulty("invalid_grant", "'jti' claim", "Box has seen this assertion before", "try again"),
    row(
        "invalid_grant",
        "'sub' claim",
        "Box does not know the subject",
        "check box_subject_type and box_subject_id",
    ),
    row(
        "invalid_grant",
        "kid",
        "Box does not know the key",
        "check key_id and private_key_encrypted in the developer console",
    ),
    row("invalid_grant", "", "Box does not accept the grant", LOG_IN),
    row("invalid_client", "", "Box does not accept the application's credentials", CREDENTIALS),
    row(
        "unauthorized_client",
        "",
        "the app is not authorized in the enterprise",
        "ask an admin to authorize it in the admin console",
    ),
    row(
        "invalid_request",
        "Cannot obtain user token",
        "the app may not get tokens for this user",
        "turn on app users or managed users in the developer console",
    ),
    row(
        "invalid_request",
        "grant type is unauthorized",
        "the app is of a type that cannot log in this way",
        "choose the matching authentication method in the developer console",
    ),
    faulty(
        "invalid_request",
        "grant_type",
        "the request arrived without its body",
        "check the address: a redirect drops the body",
    ),
    row("invalid_token", "", "the token is no longer valid", LOG_IN),
    row("", "", "Box refuses", "see Box's documentation for this error"),
];

const fn row(error: &'static str, says: &'static str, cause: &'static str, advice: &'static str) -> Row {
    Row { error, says, cause, advice, refused: true }
}

const fn faulty(error: &'static str, says: &'static str, cause: &'static str, advice: &'static str) -> Row {
    Row { error, says, cause, advice, refused: false }
}

impl Row {
    /// The row for Box's `error` and its `description`.
    pub(super) fn of(error: &str, description: &str) -> Option<&'static Self> {
        ERRORS
            .iter()
            .find(|row| (row.error.is_empty() || row.error == error) && description.contains(row.says))
    }
}
