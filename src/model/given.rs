use std::fmt;

use super::{JsValue, Scope};
use crate::secret::{is_made_of_references, is_placeholder};
use crate::text::named;

/// What an environment holds in place of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Nothing, or a value that scripts treat as nothing.
    Nothing,
    /// A text to be replaced, as in a template or a redacted copy, or a `{{reference}}`, which scripts read without
    /// resolving it.
    Placeholder,
    /// A credential that can be sent.
    Credential(String),
}

impl Given {
    /// The state of the variable `key` of `scope`; of several, the [`target`](Scope::target) of a change.
    #[must_use]
    pub fn of(scope: &Scope<'_>, key: &str) -> Self {
        let value = JsValue::of(scope.target(key));
        match value.text() {
            _ if !value.is_truthy() => Self::Nothing,
            text if is_placeholder(text.trim()) || is_made_of_references(&text) => Self::Placeholder,
            text => Self::Credential(text.into_owned()),
        }
    }

    /// The credential, if there is one.
    #[must_use]
    pub fn credential(self) -> Option<String> {
        match self {
            Self::Credential(text) => Some(text),
            Self::Nothing | Self::Placeholder => None,
        }
    }
}

/// The variables that a request to Box needs and that hold no credential, in the order in which they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Those that are empty.
    pub empty: Vec<&'static str>,
    /// Those that hold placeholders.
    pub placeholders: Vec<&'static str>,
}

impl Lacking {
    /// The variables among `keys` that hold no credential in `scope`.
    #[must_use]
    pub fn of(scope: &Scope<'_>, keys: &[&'static str]) -> Self {
        let mut lacking = Self::default();
        for key in keys {
            match Given::of(scope, key) {
                Given::Nothing => lacking.empty.push(key),
                Given::Placeholder => lacking.placeholders.push(key),
                Given::Credential(_) => {}
            }
        }
        lacking
    }

    /// All of them, the empty ones first.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.empty.iter().chain(&self.placeholders).copied()
    }

    /// Whether nothing is lacking.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys().next().is_none()
    }
}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = |keys: &[&str], one: &str, many: &str| match keys {
            [] => None,
            [_] => Some(format!("{} {one}", named(keys, "and"))),
            _ => Some(format!("{} {many}", named(keys, "and"))),
        };
        let empty = how(&self.empty, "is not filled in", "are not filled in");
        let placeholders = how(&self.placeholders, "is only a placeholder", "are only placeholders");
        f.write_str(&empty.into_iter().chain(placeholders).collect::<Vec<_>>().join(", and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    #[test]
    fn templates_and_redacted_copies_give_no_credentials() {
        let document = Document::json(
            r#"{"values":[{"key":"id","value":"YOU CLIENT ID GOES HERE"},{"key":"subject","value":"YOUR ENTERPRISE ID"},
            {"key":"key","value":"-----BEGIN PRIVATE KEY-----\\nREDACTED\\n-----END PRIVATE KEY-----"},
            {"key":"token","value":" REDACTEDREDACTED "},{"key":"vault","value":"{{vault:s3}}"},{"key":"none","value":null},{"key":"secret","value":"s3"}]}"#,
        )
        .expect("JSON");
        let scope = Scope::of(&document).expect("variables");
        let lacking = |keys: &[&'static str]| Lacking::of(&scope, keys).to_string();
        assert_eq!(
            lacking(&["id", "subject", "key", "token", "vault", "secret"]),
            "`id`, `subject`, `key`, `token` and `vault` are only placeholders"
        );
        assert_eq!(lacking(&["id", "none"]), "`none` is not filled in, and `id` is only a placeholder");
        assert!(Lacking::of(&scope, &["secret"]).is_empty());
        assert_eq!(Given::of(&scope, "secret").credential().as_deref(), Some("s3"));
    }
}
