use std::cmp::Ordering;

use super::{BoxKind, JsValue, Scope, names};

/// The variables of a Box environment's tokens. Access token, refresh token and their ends belong together: a refresh
/// token is good for one use, so that of two pairs at most the newer one still works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenGroup {
    kind: BoxKind,
    /// Their names.
    pub keys: Vec<&'static str>,
}

impl TokenGroup {
    /// Those of `scope`; none when it is no environment of Box's.
    #[must_use]
    pub fn of(scope: &Scope<'_>) -> Option<Self> {
        let kind = BoxKind::of(scope)?;
        Some(Self { kind, keys: kind.token_keys().iter().chain(kind.expiry_keys()).copied().collect() })
    }

    /// With the credentials of the app that they were issued to: they work with no other's.
    #[must_use]
    pub fn with_credentials(mut self) -> Self {
        self.keys.splice(0..0, self.kind.credential_keys().iter().copied());
        self
    }

    /// The id of that app in `scope`, where there is one.
    #[must_use]
    pub fn client<'s>(&self, scope: &'s Scope<'_>) -> Option<&'s str> {
        let id = scope.target(names::CLIENT_ID)?.text();
        (!id.is_empty() && self.kind.credential_keys().contains(&names::CLIENT_ID)).then_some(id)
    }

    /// What they hold in `scope`, a number as the text that it reads as.
    #[must_use]
    pub fn values(&self, scope: &Scope<'_>) -> Vec<Option<String>> {
        self.keys.iter().map(|key| Some(scope.target(key)?.text().to_owned())).collect()
    }

    /// The names of the tokens, not their ends, that hold something in `scope`.
    pub fn held(&self, scope: &Scope<'_>) -> impl Iterator<Item = &'static str> {
        let keys = self.kind.token_keys().iter().copied();
        keys.filter(|key| JsValue::of(scope.target(key)).is_truthy())
    }

    /// How old the tokens of `one` are beside those of `other`: greater is newer. None when an end is not known.
    #[must_use]
    pub fn compare_ages(&self, one: &Scope<'_>, other: &Scope<'_>) -> Option<Ordering> {
        let end = |scope: &Scope<'_>| {
            let end = scope.target(names::EXPIRES_AT)?.text().trim().parse::<f64>().ok()?;
            end.is_finite().then_some(end)
        };
        end(one)?.partial_cmp(&end(other)?)
    }
}
