use serde::{Deserialize, Serialize};

use super::{BoxKind, Given, JsValue, Lacking, Scope, names};

/// How long a refresh token lives when it is not used, by Box's documentation: 60 days.
const REFRESH_TOKEN_LIFE: i64 = 60 * 24 * 60 * 60 * 1000;

/// How long an access token lives, by Box's documentation: an hour. The answers in it say up to ten minutes more.
const ACCESS_TOKEN_LIFE: i64 = 60 * 60 * 1000;

/// An access token whose end lies further ahead than this was not given by Box: a day, in milliseconds.
pub const ACCESS_TOKEN_AT_MOST: i64 = 24 * ACCESS_TOKEN_LIFE;

/// The same of a refresh token: 61 days.
pub const REFRESH_TOKEN_AT_MOST: i64 = REFRESH_TOKEN_LIFE + ACCESS_TOKEN_AT_MOST;

/// No end of a Box token lies before September 2001. Smaller numbers are seconds, or a `0` that says nothing.
pub const EARLIEST_TOKEN_END: f64 = 1e12;

/// What is known of a Box environment's tokens without asking Box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// The access token's state.
    pub access: TokenState,
    /// When the access token ends by what the file says, in milliseconds since 1970, if it names a time.
    pub expires_at: Option<i64>,
    /// The refresh token's state; missing where the kind of environment has none.
    pub refresh: TokenState,
    /// When the refresh token ends, in milliseconds since 1970, if that can be told. The classic environment does not
    /// say: it is about 60 days after the access token was given.
    pub refresh_expires_at: Option<i64>,
    /// What a refresh needs and does not find.
    pub lacking: Lacking,
    kind: BoxKind,
}

/// What a complete answer of Box brings. Not printable, on purpose.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTokens {
    /// The access token.
    pub access: String,
    /// The refresh token, where the way of asking gives one.
    pub refresh: Option<String>,
    /// How long the access token is good, in milliseconds; [`OVER`](Self::OVER) when it is not.
    pub lifetime: i64,
}

impl NewTokens {
    /// The lifetime of an access token that is not to be used any more.
    pub const OVER: i64 = -1;

    /// The tokens that `scope`, an environment of this `kind`, has got at `time`, in milliseconds since 1970. None
    /// without a refresh token: the rest can be had again.
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

    /// Tokens as long as Box's are, to try with what real ones will be used for.
    #[must_use]
    pub fn sample(with_refresh: bool) -> Self {
        let token = "0".repeat(64);
        Self { refresh: with_refresh.then(|| token.clone()), access: token, lifetime: 0 }
    }

    /// For how many milliseconds something of them is good.
    #[must_use]
    pub fn life(&self) -> i64 {
        if self.refresh.is_some() { REFRESH_TOKEN_LIFE } else { self.lifetime }
    }
}

/// What is known of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// Its end lies ahead.
    Good,
    /// Its end has passed, by what the file says.
    Expired,
    /// It is there, but its end is not known, or none that Box gives.
    Unknown,
    /// It is there, but the app does not use it, since its variable is disabled.
    Disabled,
    /// Box does not take it.
    Refused,
    /// What stands there is none, but in the place of one.
    Placeholder,
    /// There is none.
    Missing,
}

/// What can be done with an environment's tokens, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The access token can be used.
    Usable,
    /// It cannot, or nobody knows; but a new one can be asked for, or its use be tried.
    Renewable,
    /// Nothing in the environment leads to a new one.
    Lost,
}

impl Tokens {
    /// What `scope`, an environment of this `kind`, says of its tokens at `now`, in milliseconds since 1970.
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

    /// What can be done with them when the access token has to last from `now` for another `min_ttl` milliseconds. A
    /// refresh token that is probably too old is still one to ask with: only Box knows.
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

    /// Whether the access token's end is known and at least `min_ttl` milliseconds after `now`.
    #[must_use]
    pub fn lasts(&self, now: i64, min_ttl: i64) -> bool {
        self.access == TokenState::Good
            && self.expires_at.is_some_and(|end| end.saturating_sub(now) >= min_ttl)
    }
}

/// When a token ends by `value`, in milliseconds since 1970; none when that is no such time.
#[must_use]
pub fn token_end(value: &JsValue<'_>) -> Option<i64> {
    let number = value.number();
    (number.is_finite() && number >= EARLIEST_TOKEN_END).then_some(number as i64)
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
    fn the_end_decides_where_it_is_known() {
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
    fn a_template_is_not_yet_renewable() {
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
