use super::Status;
use crate::model::{
    Absence, BoxKind, Hindrance, Prediction, Reason, Runtime, ScriptAction, TokenState, names,
};
use crate::report::time::{duration, moment, validity};
use crate::text::named;

/// The description of a placeholder in place of a token.
const PLACEHOLDER: &str = "only a placeholder, as in a redacted copy";

/// The description of a token that Box refused.
const REFUSED: &str = "refused by Box";

impl Status {
    /// Describes the access token.
    pub(super) fn access_token(&self) -> String {
        let state = self.tokens.access;
        match (state, self.tokens.expires_at) {
            (TokenState::Good, Some(end)) => validity(self.now, end),
            (TokenState::Expired, Some(end)) => {
                format!("expired {} ago ({})", duration(self.now.saturating_sub(end)), moment(end))
            }
            (TokenState::Missing, _) => "missing".to_owned(),
            (TokenState::Placeholder, _) => PLACEHOLDER.to_owned(),
            (TokenState::Disabled, _) => "disabled: the Postman app does not use it".to_owned(),
            (TokenState::Refused, _) => REFUSED.to_owned(),
            _ if self.kind == BoxKind::Bearer => {
                "expiry unknown: a bearer environment does not record it".to_owned()
            }
            (_, Some(end)) => {
                format!("expiry unknown: it lasts about an hour, and `expires_at` is {}", moment(end))
            }
            (_, None) => "expiry unknown: `expires_at` is not a time in milliseconds".to_owned(),
        }
    }

    /// Describes the refresh token.
    pub(super) fn refresh_token(&self) -> String {
        let end = self.tokens.refresh_expires_at.map(moment).unwrap_or_default();
        match (self.tokens.refresh, self.kind) {
            // The classic environment does not record the expiry; it is derived from that of the access token.
            (TokenState::Good, BoxKind::Classic) => {
                format!("usable until about {end}, unless already used")
            }
            (TokenState::Good, _) => format!("usable until {end}, unless already used"),
            (TokenState::Expired, BoxKind::Classic) => {
                format!("probably expired: going by `expires_at`, its 60 days ended about {end}")
            }
            (TokenState::Expired, _) => format!("probably expired: `refresh_token_expires_at` is {end}"),
            (TokenState::Missing, _) => "missing".to_owned(),
            (TokenState::Placeholder, _) => PLACEHOLDER.to_owned(),
            (TokenState::Refused, _) => REFUSED.to_owned(),
            _ => "present, but its expiry is unknown".to_owned(),
        }
    }

    /// Describes what the script will do, and why.
    pub(super) fn sentence(&self, prediction: &Prediction, runtime: Runtime) -> String {
        let why = self.because(&prediction.reason);
        let disabled = self.tokens.access == TokenState::Disabled && runtime == Runtime::App;
        match &prediction.action {
            ScriptAction::None if disabled => format!("sent without an access token: {why}"),
            ScriptAction::None => format!("sent with the current access token: {why}"),
            ScriptAction::Refresh => format!("refreshes the access token first: {why}"),
            ScriptAction::Error(message) => format!("fails with `{message}`:\n{why}"),
        }
    }

    /// Describes why the script does what it does.
    pub(super) fn because(&self, reason: &Reason) -> String {
        match reason {
            Reason::NotExpired(_) => "`expires_at` is in the future".to_owned(),
            Reason::NeverExpires => {
                "`expires_at` is not a number, so the script never sees the token expire".to_owned()
            }
            Reason::NeverRefreshed => "a bearer token is never refreshed".to_owned(),
            Reason::Expired => "`expires_at` has passed".to_owned(),
            Reason::Hindered(hindrances) => {
                format!("`expires_at` has passed, and {}", in_words(hindrances))
            }
            Reason::Incomplete(_) => "the script checks these variables before anything else".to_owned(),
            Reason::NoType => "`box_env_type` is missing or empty".to_owned(),
            Reason::UnknownType => "`box_env_type` must be exactly BEARER, OAUTH, CCG or JWT".to_owned(),
            Reason::RefreshTokenExpired => {
                "`refresh_token_expires_at` has passed or is empty, so the script does not try".to_owned()
            }
        }
    }
}

/// Describes what keeps the classic script from refreshing; credentials that lack in the same way are listed together.
fn in_words(hindrances: &[Hindrance]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut absent: Vec<(Absence, Vec<&str>)> = Vec::new();
    for hindrance in hindrances {
        match hindrance {
            Hindrance::SwitchedOff => parts.push(format!("`{}` is not exactly `true`", names::AUTO_REFRESH)),
            Hindrance::Length { key, found, wanted } => {
                parts.push(format!("`{key}` has {found} characters instead of {wanted}"));
            }
            Hindrance::Absent { key, absence } => {
                match absent.iter_mut().find(|(other, _)| other == absence) {
                    Some((_, keys)) => keys.push(key),
                    None => absent.push((*absence, vec![key])),
                }
            }
        }
    }
    parts.extend(absent.iter().map(|(absence, keys)| {
        let are = if keys.len() > 1 { "are" } else { "is" };
        format!("{} {are} {absence}", named(keys, "and"))
    }));
    parts.join(", ")
}
