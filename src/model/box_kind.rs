use super::{Scope, ScopeKind, names};

/// A kind of Box environment: the classic one, or one of the four that the Advanced collection knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxKind {
    /// A client id and secret, a pair of tokens, and a switch for refreshing them.
    Classic,
    /// An access token, and nothing to renew it with.
    Bearer,
    /// Like classic, but without the switch and with an expiry of its own for the refresh token.
    OAuth,
    /// Client credentials grant.
    Ccg,
    /// JWT grant: a signed assertion.
    Jwt,
}

impl BoxKind {
    /// The kind of `scope`; none if it is not a Box environment.
    ///
    /// A variable `box_env_type`, even an empty or disabled one, makes it an Advanced environment, and so do variables
    /// that only the Advanced collection reads. If the value of `box_env_type` is not one that the collection knows,
    /// the other variables decide the kind.
    #[must_use]
    pub fn of(scope: &Scope<'_>) -> Option<Self> {
        if scope.kind() != ScopeKind::Environment {
            return None;
        }
        let stated = scope.target(names::BOX_ENV_TYPE);
        let of_advanced = [names::SUBJECT_TYPE, names::REFRESH_TOKEN_EXPIRES_AT];
        if stated.is_none()
            && (scope.has(names::AUTO_REFRESH) || !of_advanced.iter().any(|key| scope.has(key)))
        {
            let tokens = [names::ACCESS_TOKEN, names::REFRESH_TOKEN, names::EXPIRES_AT];
            return (scope.has(names::AUTO_REFRESH) || tokens.iter().all(|key| scope.has(key)))
                .then_some(Self::Classic);
        }
        let stated = stated.map(|stated| stated.text()).unwrap_or_default();
        Some(match stated.trim().to_ascii_uppercase().as_str() {
            "BEARER" => Self::Bearer,
            "OAUTH" => Self::OAuth,
            "CCG" => Self::Ccg,
            "JWT" => Self::Jwt,
            _ if scope.has(names::PRIVATE_KEY) => Self::Jwt,
            _ if scope.has(names::SUBJECT_TYPE) => Self::Ccg,
            _ if scope.has(names::REFRESH_TOKEN) => Self::OAuth,
            _ => Self::Bearer,
        })
    }

    /// The name used in options and in `--json` output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Bearer => "bearer",
            Self::OAuth => "oauth",
            Self::Ccg => "ccg",
            Self::Jwt => "jwt",
        }
    }

    /// The value of `box_env_type` that the Advanced collection expects; empty for a classic environment, which has no
    /// such variable.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Classic => "",
            Self::Bearer => "BEARER",
            Self::OAuth => "OAUTH",
            Self::Ccg => "CCG",
            Self::Jwt => "JWT",
        }
    }

    /// The name that Box gives to an environment of this kind.
    #[must_use]
    pub fn default_name(self) -> &'static str {
        match self {
            Self::Classic => "Box",
            Self::Bearer => "Box Bearer",
            Self::OAuth => "Box OAuth",
            Self::Ccg => "Box CCG",
            Self::Jwt => "Box JWT",
        }
    }

    /// The name used in sentences.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Classic => "Box classic",
            Self::Bearer => "Box Advanced, bearer token",
            Self::OAuth => "Box Advanced, OAuth 2.0",
            Self::Ccg => "Box Advanced, client credentials",
            Self::Jwt => "Box Advanced, JWT",
        }
    }

    /// The variables that hold tokens.
    #[must_use]
    pub fn token_keys(self) -> &'static [&'static str] {
        match self {
            Self::Classic | Self::OAuth => &[names::ACCESS_TOKEN, names::REFRESH_TOKEN],
            Self::Bearer | Self::Ccg | Self::Jwt => &[names::ACCESS_TOKEN],
        }
    }

    /// The variables that hold the expiry of a token, in milliseconds since 1970.
    #[must_use]
    pub fn expiry_keys(self) -> &'static [&'static str] {
        match self {
            Self::Bearer => &[],
            Self::OAuth => &[names::EXPIRES_AT, names::REFRESH_TOKEN_EXPIRES_AT],
            Self::Classic | Self::Ccg | Self::Jwt => &[names::EXPIRES_AT],
        }
    }

    /// The variables that hold the application's credentials.
    #[must_use]
    pub fn credential_keys(self) -> &'static [&'static str] {
        match self {
            Self::Bearer => &[],
            Self::Jwt => &[
                names::CLIENT_ID,
                names::CLIENT_SECRET,
                names::KEY_ID,
                names::PRIVATE_KEY,
                names::PASSPHRASE,
            ],
            Self::Classic | Self::OAuth | Self::Ccg => &[names::CLIENT_ID, names::CLIENT_SECRET],
        }
    }

    /// The variables needed to ask Box for a new access token; none if there is no way to ask.
    #[must_use]
    pub fn renewal_keys(self) -> &'static [&'static str] {
        match self {
            Self::Bearer => &[],
            Self::Classic | Self::OAuth => &[names::CLIENT_ID, names::CLIENT_SECRET, names::REFRESH_TOKEN],
            Self::Ccg => &[names::CLIENT_ID, names::CLIENT_SECRET, names::SUBJECT_TYPE, names::SUBJECT_ID],
            Self::Jwt => &[
                names::CLIENT_ID,
                names::CLIENT_SECRET,
                names::SUBJECT_TYPE,
                names::SUBJECT_ID,
                names::KEY_ID,
                names::PRIVATE_KEY,
            ],
        }
    }
}
