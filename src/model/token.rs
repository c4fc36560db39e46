use serde::{Deserialize, Serialize};

use super::{BoxKind, Given, JsValue, Lacking, Scope, names};

/// The lifetime of an unused refresh token, in milliseconds: 60 days, according to Box's documentation.
const REFRESH_TOKEN_LIFE: i64 = 60 * 24 * 60 * 60 * 1000;

/// The lifetime of an access token, in milliseconds: an hour, according to Box's documentation. The example responses
/// there state up to ten minutes more.
const ACCESS_TOKEN_LIFE: i64 = 60 * 60 * 1000;

/// The longest plausible remaining lifetime of an access token, in milliseconds: a day. Box issues none that lasts
/// longer.
pub const ACCESS_TOKEN_AT_MOST: i64 = 24 * ACCESS_TOKEN_LIFE;

/// The longest plausible remaining lifetime of a refresh token, in milliseconds: 61 days.
pub const REFRESH_TOKEN_AT_MOST: i64 = REFRESH_TOKEN_LIFE + ACCESS_TOKEN_AT_MOST;

/// The earliest plausible expiry of a Box token, in milliseconds since 1970: September 2001. Smaller numbers are
/// seconds or a meaningless `0`.
pub const EARLIEST_TOKEN_END: f64 = 1e12;

/// The last time that a JavaScript `Date` can have, in milliseconds since 1970.
const LAST_TIME: f64 = 8.64e15;

/// What a file tells about the tokens of a Box environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// The state of the access token.
    pub access: TokenState,
    /// When the access token expires according to the file, in milliseconds since 1970, if the file states a time.
    pub expires_at: Option<i64>,
    /// The state of the refresh token; missing if this kind of environment has none.
    pub refresh: TokenState,
    /// When the refresh token expires, in milliseconds since 1970, if that is known. The classic environment does not
    /// record it: it is about 60 days after the access token was issued.
    pub refresh_expires_at: Option<i64>,
    /// The variables that a refresh needs but that hold no credential.
    pub lacking: Lacking,
    kind: BoxKind,
}

/// The tokens in a complete answer from Box. It deliberately does not implement `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTokens {
    /// The access token.
    pub access: String,
    /// The refresh token, if the grant issues one.
    pub refresh: Option<String>,
    /// How long the access token is valid, in milliseconds; [`OVER`](Self::OVER) if it no longer is.
    pub lifetime: i64,
}

impl NewTokens {
    /// The lifetime of an access token that must no longer be used.
    pub const OVER: i64 = -1;

    /// The tokens that `scope`, an environment of this `kind`, has at `time`, in milliseconds since 1970; none without
    /// a refresh token, since Box issues everything else again.
    #[must_use]
    pub fn of(scope: &Scope<'_>, kind: BoxKind, time: i64) -> Option<Self> {
        if !kind.token_keys().contains(&names::REFRESH_TOKEN) {
            return None;
        }
        let refresh = Given::of(scope, names::REFRESH_TOKEN).credential()?;
        let access = Given::of(scope, names::ACCESS_TOKEN).credential();
        let end = access.as_ref().and_then(|_| token_end(&JsValue::of(scope.target(names::EXPIRES_AT))));
        Some(Self {
            access: access.unwrap_or_default(),
            refresh: Some(refresh),
            lifetime: end.map_or(Self::OVER, |end| end.saturating_sub(time)),
        })
    }

    /// Made-up tokens as long as those of Box, to test in advance whether real ones can be saved.
    #[must_use]
    pub fn sample(with_refresh: bool) -> Self {
        let token = "0".repeat(64);
        Self { refresh: with_refresh.then(|| token.clone()), access: token, lifetime: 0 }
    }

    /// For how many milliseconds at least one of them can be used.
    #[must_use]
    pub fn life(&self) -> i64 {
        if self.refresh.is_some() { REFRESH_TOKEN_LIFE } else { self.lifetime }
    }
}

/// The known state of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// It has not expired.
    Good,
    /// It has expired, according to the file.
    Expired,
    /// It is there, but its expiry is unknown or implausible.
    Unknown,
    /// It is there, but its variable is disabled, so that the app does not use it.
    Disabled,
    /// Box has refused it.
    Refused,
    /// Its variable holds a placeholder.
    Placeholder,
    /// There is none.
    Missing,
}

/// What can be done with the tokens of an environment, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The access token can be used.
    Usable,
    /// The access token cannot be used, or that is unknown; but it may be tried, or a new one requested.
    Renewable,
    /// The access token cannot be used, and the environment lacks what a new one needs.
    Lost,
}

impl Tokens {
    /// The tokens of `scope`, an environment of this `kind`, with their states at `now`, in milliseconds since 1970.
    #[must_use]
    pub fn of(scope: &Scope<'_>, kind: BoxKind, now: i64) -> Self {
        let end_in = |key: &str| token_end(&JsValue::of(scope.target(key)));
        let expires_at = end_in(names::EXPIRES_AT).filter(|_| kind != BoxKind::Bearer);
        let is_possible = |end: i64, at_most: i64| end.saturating_sub(now) <= at_most;
        let state = |key: &str, end: Option<i64>, at_most: i64| match (Given::of(scope, key), end) {
            (Given::Nothing, _) => TokenState::Missing,
            (Given::Placeholder, _) => TokenState::Placeholder,
            (_, Some(end)) if now > end => TokenState::Expired,
            (_, Some(end)) if is_possible(end, at_most) => TokenState::Good,
            _ => TokenState::Unknown,
        };
        let refresh_expires_at = match kind {
            BoxKind::Classic => expires_at
                .filter(|end| is_possible(*end, ACCESS_TOKEN_AT_MOST))
                .map(|end| end - ACCESS_TOKEN_LIFE + REFRESH_TOKEN_LIFE),
            BoxKind::OAuth => end_in(names::REFRESH_TOKEN_EXPIRES_AT),
            BoxKind::Bearer | BoxKind::Ccg | BoxKind::Jwt => None,
        };
        let refresh = if kind.token_keys().contains(&names::REFRESH_TOKEN) {
            state(names::REFRESH_TOKEN, refresh_expires_at, REFRESH_TOKEN_AT_MOST)
        } else {
            TokenState::Missing
        };
        Self {
            access: state(names::ACCESS_TOKEN, expires_at, ACCESS_TOKEN_AT_MOST),
            expires_at,
            refresh,
            refresh_expires_at,
            lacking: Lacking::of(scope, kind.renewal_keys()),
            kind,
        }
    }

    /// What can be done with them if the access token must last for another `min_ttl` milliseconds from `now`. A
    /// refresh token that has probably expired is still worth a request: only Box knows.
    #[must_use]
    pub fn verdict(&self, now: i64, min_ttl: i64) -> Verdict {
        if self.access == TokenState::Good && self.lasts(now, min_ttl) {
            return Verdict::Usable;
        }
        let renewable = match self.kind {
            _ if self.access == TokenState::Disabled => true,
            BoxKind::Bearer => {
                !matches!(self.access, TokenState::Missing | TokenState::Refused | TokenState::Placeholder)
            }
            _ => self.lacking.is_empty() && self.refresh != TokenState::Refused,
        };
        if renewable { Verdict::Renewable } else { Verdict::Lost }
    }

    /// Whether the access token is known to last for at least `min_ttl` milliseconds from `now`.
    #[must_use]
    pub fn lasts(&self, now: i64, min_ttl: i64) -> bool {
        self.access == TokenState::Good
            && self.expires_at.is_some_and(|end| end.saturating_sub(now) >= min_ttl)
    }
}

/// The expiry of a token that `value` states, in milliseconds since 1970; none if it is not a plausible time.
#[must_use]
pub fn token_end(value: &JsValue<'_>) -> Option<i64> {
    let number = value.number();
    (EARLIEST_TOKEN_END..=LAST_TIME).contains(&number).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    const NOW: i64 = 1_795_000_000_000;

    fn tokens(rows: &str) -> Tokens {
        let document = Document::json(&format!(r#"{{"values":[{rows}]}}"#)).expect(rows);
        let scope = Scope::of(&document).expect(rows);
        Tokens::of(&scope, BoxKind::of(&scope).expect("a Box environment"), NOW)
    }

    #[test]
    fn a_known_expiry_decides() {
        let classic = |access: &str, end: &str| {
            tokens(&format!(
                r#"{{"key":"client_id","value":"i"}},{{"key":"client_secret","value":"s"}},
                {{"key":"access_token","value":{access}}},{{"key":"refresh_token","value":"r"}},
                {{"key":"expires_at","value":{end}}}"#
            ))
        };
        use TokenState::{Expired, Good, Missing, Unknown};
        for (access, end, state, refresh, verdict) in [
            ("\"a\"", "\"1795000600000\"", Good, Good, Verdict::Usable),
            ("\"a\"", "1795000000000", Good, Good, Verdict::Usable),
            ("\"a\"", "\"1794999999999\"", Expired, Good, Verdict::Renewable),
            ("\"a\"", "\"1789000000000\"", Expired, Expired, Verdict::Renewable),
            ("\"a\"", "\"1795086400001\"", Unknown, Unknown, Verdict::Renewable),
            ("\"a\"", "1e300", Unknown, Unknown, Verdict::Renewable),
            ("\"a\"", "\"1795000600\"", Unknown, Unknown, Verdict::Renewable),
            ("\"a\"", "\"abc\"", Unknown, Unknown, Verdict::Renewable),
            ("\"a\"", "\"0\"", Unknown, Unknown, Verdict::Renewable),
            ("null", "\"1795000600000\"", Missing, Good, Verdict::Renewable),
        ] {
            let tokens = classic(access, end);
            assert_eq!((tokens.access, tokens.refresh), (state, refresh), "{access} {end}");
            assert_eq!(tokens.verdict(NOW, 0), verdict, "{access} {end}");
        }
        assert_eq!(classic("\"a\"", "1795000600000").verdict(NOW, 600_001), Verdict::Renewable);
        assert_eq!(classic("\"a\"", "1795000600000").verdict(NOW, 600_000), Verdict::Usable);
    }

    #[test]
    fn templates_and_redacted_copies_are_not_renewable() {
        let found = tokens(
            r#"{"key":"box_env_type","value":"CCG"},{"key":"client_id","value":"YOU CLIENT ID GOES HERE"},
            {"key":"client_secret","value":""},{"key":"box_subject_type","value":"enterprise"},
            {"key":"box_subject_id","value":"YOUR ENTERPRISE ID"},{"key":"access_token","value":""}"#,
        );
        assert_eq!(found.lacking.empty, ["client_secret"]);
        assert_eq!(found.lacking.placeholders, ["client_id", "box_subject_id"]);
        assert_eq!(found.verdict(NOW, 0), Verdict::Lost);
        let bearer = tokens(r#"{"key":"box_env_type","value":"BEARER"},{"key":"access_token","value":"a"}"#);
        assert_eq!((bearer.access, bearer.verdict(NOW, 0)), (TokenState::Unknown, Verdict::Renewable));
        let redacted =
            tokens(r#"{"key":"box_env_type","value":"BEARER"},{"key":"access_token","value":"REDACTED"}"#);
        assert_eq!((redacted.access, redacted.verdict(NOW, 0)), (TokenState::Placeholder, Verdict::Lost));
    }
}
