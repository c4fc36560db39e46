mod errors;

use errors::Row;
use serde::{Deserialize, Serialize};

use crate::model::NewTokens;
use crate::secret::MASK;

/// An answer of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    /// The header `Date`.
    pub date: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why an answer brings no tokens. What the server said is never repeated, other than Box's own error words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Box refuses, and asking again will not help.
    #[error("{cause} ({}); {advice}", said(.error, .description))]
    Refused {
        /// What it means.
        cause: &'static str,
        /// What to do.
        advice: &'static str,
        /// Box's word for it.
        error: String,
        /// Box's sentence.
        description: String,
    },
    /// Box refuses for a reason that lies with this machine.
    #[error("{cause} ({}); {advice}", said(.error, .description))]
    Faulty {
        /// What it means.
        cause: &'static str,
        /// What to do.
        advice: &'static str,
        /// Box's word for it.
        error: String,
        /// Box's sentence.
        description: String,
    },
    /// Too many requests.
    #[error("Box wants fewer requests (429); {}", later(.0.as_deref()))]
    RateLimited(Option<String>),
    /// A server's own trouble.
    #[error("Box has trouble of its own ({0}); try again later")]
    ServerTrouble(u16),
    /// Led elsewhere.
    #[error(
        "the server leads elsewhere ({0}), where the request would arrive without its body; check the address"
    )]
    Redirected(u16),
    /// No answer in it.
    #[error("the answer ({0}) is empty; try again later")]
    Empty(u16),
    /// Not Box speaking.
    #[error("the answer ({0}) is not Box's (no JSON); is there a proxy or a captive portal in between?")]
    NotJson(u16),
    /// A success without what makes it one.
    #[error("the answer lacks {0}; nothing of it was stored")]
    Incomplete(&'static str),
    /// Anything else.
    #[error("an answer that means nothing here ({0}); check the address")]
    Unknown(u16),
}

impl AnswerError {
    /// Whether only new credentials or a new login help.
    #[must_use]
    pub fn needs_login(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }
}

#[derive(Deserialize)]
struct Body {
    error: Option<String>,
    error_description: Option<String>,
    access_token: Option<serde_json::Value>,
    refresh_token: Option<serde_json::Value>,
    expires_in: Option<serde_json::Value>,
}

/// The tokens in `reply`. With `wants_refresh_token`, an answer without one is not complete.
///
/// # Errors
/// Anything but a complete 200; then nothing of the answer may be stored.
pub fn read_answer(reply: &Reply, wants_refresh_token: bool) -> Result<NewTokens, AnswerError> {
    if reply.status != 200 {
        return Err(refusal(reply));
    }
    let body = parse(reply)?;
    if body.error.is_some() {
        return Err(refusal(reply));
    }
    let text = |value: &Option<serde_json::Value>| {
        value.as_ref().and_then(|value| value.as_str()).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let access = text(&body.access_token).ok_or(AnswerError::Incomplete("`access_token`"))?;
    let refresh = text(&body.refresh_token);
    if wants_refresh_token && refresh.is_none() {
        return Err(AnswerError::Incomplete("`refresh_token`"));
    }
    let lifetime =
        body.expires_in.as_ref().and_then(serde_json::Value::as_f64).map(|seconds| seconds * 1000.0);
    let lifetime = lifetime.filter(|lifetime| (0.0..1e15).contains(lifetime));
    let lifetime = lifetime.ok_or(AnswerError::Incomplete("a usable `expires_in`"))?;
    Ok(NewTokens { access, refresh: refresh.filter(|_| wants_refresh_token), lifetime: lifetime as i64 })
}

/// Whether `reply` says that a token has been taken back, or was not valid any more (false).
///
/// # Errors
/// Anything else.
pub fn read_revocation(reply: &Reply) -> Result<bool, AnswerError> {
    match reply.status {
        200 => Ok(true),
        _ => match refusal(reply) {
            AnswerError::Refused { error, .. } if error == "invalid_token" => Ok(false),
            other => Err(other),
        },
    }
}

/// Whose an access token is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The id.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The address to log in with.
    pub login: String,
}

/// The user in `reply`; none when the access token is not valid.
///
/// # Errors
/// Anything else.
pub fn read_user(reply: &Reply) -> Result<Option<User>, AnswerError> {
    match reply.status {
        200 => serde_json::from_slice(&reply.body).map(Some).map_err(|_| AnswerError::NotJson(200)),
        401 => Ok(None),
        _ => Err(refusal(reply)),
    }
}

/// How far this machine's clock, `now` in milliseconds since 1970, is ahead of the server's, in milliseconds.
#[must_use]
pub fn clock_skew(reply: &Reply, now: i64) -> Option<i64> {
    let date = jiff::fmt::rfc2822::parse(reply.date.as_deref()?).ok()?;
    Some(now - date.timestamp().as_millisecond())
}

fn refusal(reply: &Reply) -> AnswerError {
    let status = reply.status;
    match status {
        429 => return AnswerError::RateLimited(reply.retry_after.clone()),
        500.. => return AnswerError::ServerTrouble(status),
        300..400 => return AnswerError::Redirected(status),
        _ => {}
    }
    let body = match parse(reply) {
        Ok(body) => body,
        Err(error) => return error,
    };
    let Some(error) = body.error else { return AnswerError::Unknown(status) };
    let description = body.error_description.unwrap_or_default();
    let Some(row) = Row::of(&error, &description) else { return AnswerError::Unknown(status) };
    let (cause, advice) = (row.cause, row.advice);
    if row.refused {
        AnswerError::Refused { cause, advice, error, description }
    } else {
        AnswerError::Faulty { cause, advice, error, description }
    }
}

fn parse(reply: &Reply) -> Result<Body, AnswerError> {
    if reply.body.iter().all(u8::is_ascii_whitespace) {
        return Err(AnswerError::Empty(reply.status));
    }
    serde_json::from_slice(&reply.body).map_err(|_| AnswerError::NotJson(reply.status))
}

/// Box's own words, cut short, without anything like a token: an unknown server could say anything.
fn said(error: &str, description: &str) -> String {
    let both = if description.is_empty() { error.to_owned() } else { format!("{error}: {description}") };
    let plain: String = both.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(160).collect();
    let word = |word: &str| if word.len() >= 24 { MASK.to_owned() } else { word.to_owned() };
    format!("Box says `{}`", plain.split(' ').map(word).collect::<Vec<_>>().join(" "))
}

fn later(retry_after: Option<&str>) -> String {
    match retry_after.and_then(|seconds| seconds.trim().parse::<u32>().ok()) {
        Some(1) => "try again in 1 second".to_owned(),
        Some(seconds) => format!("try again in {seconds} seconds"),
        None => "try again later".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() }
    }

    #[test]
    fn only_a_complete_success_brings_tokens() {
        let complete = r#"{"access_token":"a","expires_in":3646,"restricted_to":[],"refresh_token":"r","token_type":"bearer"}"#;
        let tokens = read_answer(&reply(200, complete), true).expect("complete");
        assert_eq!(
            (tokens.access.as_str(), tokens.refresh.as_deref(), tokens.lifetime),
            ("a", Some("r"), 3_646_000)
        );
        let without =
            r#"{"access_token":"a","expires_in":4123,"restricted_to":[],"issued_token_type":"bearer"}"#;
        assert!(read_answer(&reply(200, without), false).is_ok());
        let error = |status, body| read_answer(&reply(status, body), true).err().expect(body).to_string();
        for (status, body, message) in [
            (200, without, "the answer lacks `refresh_token`; nothing of it was stored"),
            (
                200,
                r#"{"access_token":"","expires_in":1,"refresh_token":"r"}"#,
                "the answer lacks `access_token`; nothing of it was stored",
            ),
            (
                200,
                r#"{"access_token":null,"refresh_token":"r"}"#,
                "the answer lacks `access_token`; nothing of it was stored",
            ),
            (
                200,
                r#"{"access_token":"a","refresh_token":7,"expires_in":1}"#,
                "the answer lacks `refresh_token`; nothing of it was stored",
            ),
            (
                200,
                r#"{"access_token":"a","refresh_token":"r","expires_in":"1"}"#,
                "the answer lacks a usable `expires_in`; nothing of it was stored",
            ),
            (
                200,
                r#"{"access_token":"a","refresh_token":"r"}"#,
                "the answer lacks a usable `expires_in`; nothing of it was stored",
            ),
            (200, " \n", "the answer (200) is empty; try again later"),
            (
                200,
                &complete[..40],
                "the answer (200) is not Box's (no JSON); is there a proxy or a captive portal in between?",
            ),
            (
                200,
                "[]",
                "the answer (200) is not Box's (no JSON); is there a proxy or a captive portal in between?",
            ),
            (201, complete, "an answer that means nothing here (201); check the address"),
            (
                302,
                "",
                "the server leads elsewhere (302), where the request would arrive without its body; check the address",
            ),
            (404, "{}", "an answer that means nothing here (404); check the address"),
            (
                403,
                "<html>",
                "the answer (403) is not Box's (no JSON); is there a proxy or a captive portal in between?",
            ),
            (502, "<html>", "Box has trouble of its own (502); try again later"),
            (503, "", "Box has trouble of its own (503); try again later"),
        ] {
            assert_eq!(error(status, body), message, "{status} {body}");
        }
    }

    #[test]
    fn a_rate_limit_says_when() {
        let mut limited = reply(429, r#"{"type":"error","status":429,"code":"rate_limit_exceeded"}"#);
        let message = |reply: &Reply| read_answer(reply, true).err().map(|error| error.to_string());
        assert_eq!(message(&limited).as_deref(), Some("Box wants fewer requests (429); try again later"));
        limited.retry_after = Some("17".to_owned());
        assert_eq!(
            message(&limited).as_deref(),
            Some("Box wants fewer requests (429); try again in 17 seconds")
        );
    }

    #[test]
    fn every_error_of_the_table_is_told_apart() {
        for (error, description, needs_login, cause) in [
            ("invalid_grant", "Refresh token has expired", true, "the refresh token has been used"),
            ("invalid_grant", "Invalid refresh token", true, "Box does not know the refresh token"),
            ("invalid_grant", "The authorization code has expired", true, "the code is over 30"),
            (
                "invalid_grant",
                "Auth code doesn't exist or is invalid for the client",
                true,
                "the code has been used",
            ),
            ("invalid_grant", "Grant credentials are invalid", true, "Box does not accept these credentials"),
            (
                "invalid_client",
                "The client credentials are invalid",
                true,
                "Box does not accept the application's",
            ),
            (
                "invalid_client",
                "The client credentials are not valid",
                true,
                "Box does not accept the application's",
            ),
            (
                "unauthorized_client",
                "This app is not authorized by the enterprise admin",
                true,
                "the app is not authorized",
            ),
            (
                "invalid_request",
                "Cannot obtain user token based on the enterprise configuration for your app",
                true,
                "the app may not",
            ),
            (
                "invalid_request",
                "Invalid grant_type parameter or parameter missing",
                false,
                "the request arrived without",
            ),
            (
                "invalid_request",
                "The grant type is unauthorized for this client_id",
                true,
                "the app is of a type",
            ),
            (
                "invalid_grant",
                "Please check the 'exp' claim. The 'exp' value exceeds",
                false,
                "this machine's clock",
            ),
            (
                "invalid_grant",
                "Current date/time MUST be before the expiration date/time listed in the 'exp' claim",
                false,
                "this machine's clock",
            ),
            (
                "invalid_grant",
                "Please check the 'jti' claim. A unique 'jti' value is required.",
                false,
                "Box has seen",
            ),
            (
                "invalid_grant",
                "Please check the 'sub' claim. The 'sub' specified is invalid.",
                true,
                "Box does not know the subject",
            ),
            (
                "invalid_grant",
                "\"kid\" invalid, unable to lookup correct key",
                true,
                "Box does not know the key",
            ),
            ("invalid_grant", "Something new", true, "Box does not accept the grant"),
            ("brand_new", "", true, "Box refuses"),
        ] {
            let body = serde_json::json!({"error": error, "error_description": description}).to_string();
            let found = read_answer(&reply(400, &body), true).err().expect(description);
            assert_eq!(found.needs_login(), needs_login, "{description}");
            assert!(found.to_string().starts_with(cause), "{description}: {found}");
        }
    }

    #[test]
    fn no_token_is_repeated() {
        let secret = "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL";
        let body = format!(r#"{{"error":"invalid_grant","error_description":"no {secret} here\u001b[1m"}}"#);
        let message = read_answer(&reply(400, &body), true).err().expect("an error").to_string();
        assert!(!message.contains(secret) && message.contains("no ******** here"), "{message}");
    }

    #[test]
    fn a_dead_token_needs_no_revoking() {
        assert_eq!(read_revocation(&reply(200, "")), Ok(true));
        assert_eq!(read_revocation(&reply(400, r#"{"error":"invalid_token"}"#)), Ok(false));
        assert_eq!(read_revocation(&reply(500, "")), Err(AnswerError::ServerTrouble(500)));
    }

    #[test]
    fn clocks_are_compared() {
        let mut answer = reply(200, "");
        assert_eq!(clock_skew(&answer, 0), None);
        answer.date = Some("Fri, 20 Nov 2026 11:00:00 GMT".to_owned());
        assert_eq!(clock_skew(&answer, 1_795_172_460_000), Some(60_000));
    }
}
