use std::cmp::Ordering;

use super::token::token_end;
use super::{BoxKind, JsValue, Scope, names};

/// The variables of the tokens of a Box environment. The access token, the refresh token and their expiries belong
/// together: a refresh token can be used only once, so at most the newer of two pairs still works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenGroup {
    kind: BoxKind,
    /// Their names.
    pub keys: Vec<&'static str>,
}

impl TokenGroup {
    /// The token variables of `scope`; none if it is not a Box environment.
    #[must_use]
    pub fn of(scope: &Scope<'_>) -> Option<Self> {
        let kind = BoxKind::of(scope)?;
        Some(Self { kind, keys: kind.token_keys().iter().chain(kind.expiry_keys()).copied().collect() })
    }

    /// Adds the credentials of the app to which the tokens were issued: the tokens work only with them.
    #[must_use]
    pub fn with_credentials(mut self) -> Self {
        self.keys.splice(0..0, self.kind.credential_keys().iter().copied());
        self
    }

    /// The id of that app in `scope`, if there is one.
    #[must_use]
    pub fn client<'s>(&self, scope: &'s Scope<'_>) -> Option<&'s str> {
        let id = scope.target(names::CLIENT_ID)?.text();
        (!id.is_empty() && self.kind.credential_keys().contains(&names::CLIENT_ID)).then_some(id)
    }

    /// Their values in `scope` as text; none for a missing variable.
    #[must_use]
    pub fn values(&self, scope: &Scope<'_>) -> Vec<Option<String>> {
        self.keys.iter().map(|key| Some(scope.target(key)?.text().to_owned())).collect()
    }

    /// The names of the variables with tokens, not expiries, that have a value in `scope`.
    pub fn held(&self, scope: &Scope<'_>) -> impl Iterator<Item = &'static str> {
        let keys = self.kind.token_keys().iter().copied();
        keys.filter(|key| JsValue::of(scope.target(key)).is_truthy())
    }

    /// Compares the ages of the tokens in `one` and `other`: greater is newer. None if an expiry is unknown, unless it is
    /// the 0 of a reset environment.
    #[must_use]
    pub fn compare_ages(&self, one: &Scope<'_>, other: &Scope<'_>) -> Option<Ordering> {
        let end = |scope: &Scope<'_>| match scope.target(names::EXPIRES_AT)? {
            reset if reset.text() == "0" => Some(0),
            variable => token_end(&JsValue::of(Some(variable))),
        };
        Some(end(one)?.cmp(&end(other)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    #[test]
    fn only_plausible_expiries_show_which_tokens_are_newer() {
        let environment = |end: &str| {
            let rows = r#"{"key":"box_env_type","value":"OAUTH"}"#;
            let text = format!(r#"{{"values":[{rows},{{"key":"expires_at","value":"{end}"}}]}}"#);
            Document::json(&text).expect("valid")
        };
        for (one, other, expected) in [
            ("1795100000000", "1795100000001", Some(Ordering::Less)),
            ("1795100000000", "0", Some(Ordering::Greater)),
            ("1795600000", "1795100000000", None),
            ("2026-11-20", "1795100000000", None),
            ("1e300", "1795100000000", None),
            ("", "1795100000000", None),
        ] {
            let (first, second) = (environment(one), environment(other));
            let (first, second) = (Scope::of(&first).expect(one), Scope::of(&second).expect(other));
            let group = TokenGroup::of(&first).expect("a Box environment");
            assert_eq!(group.compare_ages(&first, &second), expected, "{one} {other}");
        }
    }
}
