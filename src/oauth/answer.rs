mod body;
mod errors;

use body::Body;
use errors::Row;
use serde::{Deserialize, Serialize};

use crate::model::NewTokens;
use crate::secret::MASK;

/// A server's answer.
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
    /// Why the body is not complete; none if it is.
    pub cut_off: Option<String>,
}

impl Reply {
    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why an answer brings no tokens. Of what the server said, only Box's error and its description are repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Box refuses, and asking again does not help.
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
    /// Box refuses because of something on this machine or on the way.
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
    #[error("Box asks for fewer requests (429); {}", later(.0.as_deref()))]
    RateLimited(Option<String>),
    /// A server error.
    #[error("Box has an internal problem ({0}); try again later")]
    ServerTrouble(u16),
    /// A redirect.
    #[error("the server redirects ({0}), which envtool does not follow; check the address")]
    Redirected(u16),
    /// An empty body.
    #[error("the answer ({0}) is empty; try again later")]
    Empty(u16),
    /// A body that ends too soon.
    #[error("the answer ({0}) is not complete: {1}")]
    CutOff(u16, String),
    /// A body that cannot be Box's.
    #[error("the answer ({0}) is not JSON, so it is not Box's: a proxy or captive portal may be in between")]
    NotJson(u16),
    /// A success without one of the values it must have.
    #[error("the answer lacks {0}")]
    Incomplete(&'static str),
    /// Tokens beside an error.
    #[error("the answer has both an error and tokens")]
    Contradictory,
    /// A valid token that does not allow this.
    #[error("Box accepts the access token but does not let it do this (403); its scopes may be too narrow")]
    Forbidden,
    /// Anything else.
    #[error("unexpected answer ({0}); check the address")]
    Unknown(u16),
}

impl AnswerError {
    /// Whether it takes new credentials or a new login.
    #[must_use]
    pub fn needs_login(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }

    /// Whether Box rejects the application's credentials.
    #[must_use]
    pub fn refuses_client(&self) -> bool {
        matches!(self, Self::Refused { error, .. } if error == "invalid_client")
    }

    /// Whether Box rejects the token or code that the request spends, whatever became of an earlier request.
    #[must_use]
    pub fn is_definitive(&self) -> bool {
        matches!(self, Self::Refused { error, .. } if error == "invalid_grant")
    }

    /// Whether Box may have issued tokens anyway.
    #[must_use]
    pub fn may_have_granted(&self) -> bool {
        match self {
            Self::Incomplete(_) | Self::Contradictory | Self::ServerTrouble(_) => true,
            Self::Empty(status) | Self::CutOff(status, _) | Self::NotJson(status) | Self::Unknown(status) => {
                (200..300).contains(status)
            }
            _ => false,
        }
    }
}

/// The content of a complete success. Deliberately not `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Granted {
    /// The tokens.
    pub tokens: NewTokens,
    /// Other values of `refresh_token`. JSON does not say which one counts.
    pub others: Vec<String>,
    /// What is odd about the answer, in sentences without a full stop.
    pub oddities: Vec<String>,
}

/// Reads the tokens in `reply`. If `wants_refresh_token`, an answer without one is incomplete.
///
/// # Errors
/// Anything but a complete success; nothing in the answer may then be stored.
pub fn read_answer(reply: &Reply, wants_refresh_token: bool) -> Result<Granted, AnswerError> {
    let body = parse(reply);
    if !reply.is_success() {
        let has_tokens = body.is_ok_and(|body| body.has_pair());
        return Err(if has_tokens { AnswerError::Contradictory } else { refusal(reply) });
    }
    let mut body = body?;
    if body.get("error").is_some() {
        let has_tokens = body.text("refresh_token").is_some();
        return Err(if has_tokens { AnswerError::Contradictory } else { refusal(reply) });
    }
    let access = token(&body, "access_token").ok_or(AnswerError::Incomplete("a usable `access_token`"))?;
    let refresh = token(&body, "refresh_token");
    if wants_refresh_token && refresh.is_none() {
        return Err(AnswerError::Incomplete("a usable `refresh_token`"));
    }
    let lifetime = lifetime(&body).ok_or(AnswerError::Incomplete("a usable `expires_in`"))?;
    let refresh = refresh.filter(|_| wants_refresh_token);
    let others = refresh.as_ref().map(|last| body.others("refresh_token", last)).unwrap_or_default();
    let tokens = NewTokens { access, refresh, lifetime };
    if reply.cut_off.is_some() {
        body.oddities.push("Box's answer is not complete, but has the tokens".to_owned());
    }
    if reply.status != 200 {
        body.oddities.push(format!("Box's answer has the status {}, not 200", reply.status));
    }
    Ok(Granted { tokens, others, oddities: body.oddities })
}

/// Saves the tokens in an answer that is not a complete success but contains a refresh token, since the one spent for
/// it is gone. An error may repeat the token that was sent, so it must contain a pair. An access token that is missing
/// or has no certain lifetime counts as expired.
#[must_use]
pub fn salvage(reply: &Reply) -> Option<NewTokens> {
    let body = Some(Body::read(&reply.body)).filter(|body| reply.is_success() || body.has_pair())?;
    let (refresh, access) = (body.text("refresh_token")?.to_owned(), token(&body, "access_token"));
    let is_certain =
        reply.is_success() && body.is_complete && access.is_some() && body.get("error").is_none();
    Some(NewTokens {
        access: access.unwrap_or_default(),
        refresh: Some(refresh),
        lifetime: lifetime(&body).filter(|_| is_certain).unwrap_or(NewTokens::OVER),
    })
}

/// The token called `name`, if it can be sent: RFC 6749, appendix A.12, allows printable ASCII.
fn token(body: &Body, name: &str) -> Option<String> {
    let text = body.text(name)?;
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')).then(|| text.to_owned())
}

/// The lifetime in milliseconds, from the seconds in `expires_in`, a number or a string.
fn lifetime(body: &Body) -> Option<i64> {
    let seconds = match body.get("expires_in")? {
        serde_json::Value::String(text) => text.trim().parse().ok()?,
        other => other.as_f64()?,
    };
    Some(seconds * 1000.0).filter(|lifetime| (0.0..1e15).contains(lifetime)).map(|lifetime| lifetime as i64)
}

/// Whether `reply` says that the token has been revoked; false if it was no longer valid.
///
/// # Errors
/// Anything else.
pub fn read_revocation(reply: &Reply) -> Result<bool, AnswerError> {
    match (reply.status, parse(reply)) {
        // Box's own success is empty. The page of a captive portal is none.
        (200, Ok(_) | Err(AnswerError::Empty(_))) => Ok(true),
        (200, Err(error)) => Err(error),
        _ => match refusal(reply) {
            AnswerError::Refused { error, .. } if error == "invalid_token" => Ok(false),
            other => Err(other),
        },
    }
}

/// The user an access token belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The id.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The address to log in with.
    pub login: String,
}

/// Reads the user in `reply`; none if the access token is not valid.
///
/// # Errors
/// Anything else.
pub fn read_user(reply: &Reply) -> Result<Option<User>, AnswerError> {
    match reply.status {
        200 => match serde_json::from_slice(&reply.body) {
            Ok(user) => Ok(Some(user)),
            Err(error) if error.is_data() => Err(AnswerError::Incomplete("the user's id, name and login")),
            Err(_) => Err(unreadable(reply)),
        },
        401 => Ok(None),
        403 => Err(AnswerError::Forbidden),
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
    let Some(error) = body.text("error").map(str::to_owned) else { return AnswerError::Unknown(status) };
    let description = body.text("error_description").unwrap_or_default().to_owned();
    let Some(row) = Row::of(&error, &description) else { return AnswerError::Unknown(status) };
    let (cause, advice) = (row.cause, row.advice);
    if row.refused {
        AnswerError::Refused { cause, advice, error, description }
    } else {
        AnswerError::Faulty { cause, advice, error, description }
    }
}

fn parse(reply: &Reply) -> Result<Body, AnswerError> {
    Some(Body::read(&reply.body)).filter(|body| body.is_complete).ok_or_else(|| unreadable(reply))
}

/// What is wrong with a `reply` that is not complete JSON.
fn unreadable(reply: &Reply) -> AnswerError {
    match &reply.cut_off {
        Some(cause) => AnswerError::CutOff(reply.status, cause.clone()),
        None if reply.body.iter().all(u8::is_ascii_whitespace) => AnswerError::Empty(reply.status),
        None if Body::read(&reply.body).has_begun() => {
            AnswerError::CutOff(reply.status, "its JSON has no end".to_owned())
        }
        None => AnswerError::NotJson(reply.status),
    }
}

/// Box's own words, with anything like a token masked and then cut short: an unknown server could say anything.
fn said(error: &str, description: &str) -> String {
    let both = if description.is_empty() { error.to_owned() } else { format!("{error}: {description}") };
    let plain: String = both.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    let words: Vec<_> = plain.split(' ').map(|word| if word.len() >= 24 { MASK } else { word }).collect();
    format!("Box says `{}`", words.join(" ").chars().take(160).collect::<String>())
}

fn later(retry_after: Option<&str>) -> String {
    match retry_after.and_then(|seconds| seconds.trim().parse::<u32>().ok()) {
        Some(1) => "try again in 1 second".to_owned(),
        Some(seconds) => format!("try again in {seconds} seconds"),
        None => "try again later".to_owned(),
    }
}

#[cfg(test)]
mod tests;
