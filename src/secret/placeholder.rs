use super::made_up::asks_to_be_replaced;
use super::service_key::{is_prefix, service_key};
use super::url::has_url_secret;
use super::{literal, replace_literals};

/// Replaces a secret in a copy that is safe to share. Longer placeholders repeat it.
const REDACTED: &str = "REDACTED";

/// The shortest secret whose length is kept: tokens and ids have a fixed length, passwords do not.
const TOKEN_LENGTH: usize = 16;

pub(super) const SCHEMES: [&str; 2] = ["Bearer ", "Basic "];

/// An obviously fake value of the same shape as the secret `value`: a token of the same length, a private key with its
/// first and last line, a URL with its host. Keeps `{{references}}`, and placeholders as they are.
#[must_use]
pub fn placeholder(value: &str) -> String {
    let mut rest = value;
    while let Some(inner) = SCHEMES.iter().find_map(|scheme| rest.strip_prefix(scheme)) {
        rest = inner;
    }
    value[..value.len() - rest.len()].to_owned() + &without_scheme(rest)
}

/// The placeholder for a `value` that does not start with a scheme.
fn without_scheme(value: &str) -> String {
    if let Some(inside) = literal::private_key_inside(value) {
        let hidden = if inside.is_empty() { "" } else { REDACTED };
        format!("{}{hidden}{}", &value[..inside.start], &value[inside.end..])
    } else if has_url_secret(value) {
        redact_text(value)
    } else if value.contains("{{") {
        around_references(value)
    } else if let Some(prefix) = service_key(value).or_else(|| redacted_key_prefix(value)) {
        prefix.to_owned() + REDACTED
    } else if let Some(downscoped) = value.strip_prefix("1!").filter(|rest| is_token(rest)) {
        format!("1!{}", repeated(downscoped.len()))
    } else if is_jwt(value) {
        [REDACTED; 3].join(".")
    } else if is_token(value) {
        repeated(value.len())
    } else {
        REDACTED.to_owned()
    }
}

/// Whether `value`, apart from a leading `Bearer` or `Basic`, asks to be replaced or was made by [`placeholder`].
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    asks_to_be_replaced(behind_scheme(value)) || is_redacted(value)
}

/// Whether `value`, apart from a leading `Bearer` or `Basic`, was made by [`placeholder`] or [`redact_text`].
#[must_use]
pub fn is_redacted(value: &str) -> bool {
    let value = behind_scheme(value);
    value.contains(REDACTED) && placeholder(value) == value
}

/// `value` without a leading `Bearer` or `Basic`.
fn behind_scheme(value: &str) -> &str {
    SCHEMES.iter().find_map(|scheme| value.strip_prefix(scheme)).unwrap_or(value)
}

/// Returns `text` with a placeholder for each literal credential.
#[must_use]
pub fn redact_text(text: &str) -> String {
    replace_literals(text, placeholder)
}

/// Returns `value` with placeholders for the parts between its references that contain letters or digits.
fn around_references(value: &str) -> String {
    let hidden = |literal: &str| {
        let is_secret = literal.contains(char::is_alphanumeric);
        if is_secret { REDACTED.to_owned() } else { literal.to_owned() }
    };
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(open) = rest.find("{{") {
        let Some(length) = rest[open..].find("}}").map(|end| end + 2) else { break };
        out.push_str(&hidden(&rest[..open]));
        out.push_str(&rest[open..open + length]);
        rest = &rest[open + length..];
    }
    out + &hidden(rest)
}

/// The prefix of the service key, if `value` is the placeholder of one.
fn redacted_key_prefix(value: &str) -> Option<&str> {
    value.strip_suffix(REDACTED).filter(|prefix| is_prefix(prefix))
}

fn is_token(value: &str) -> bool {
    value.len() >= TOKEN_LENGTH
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn is_jwt(value: &str) -> bool {
    let parts: Vec<_> = value.split('.').collect();
    parts.len() == 3 && (value.starts_with("eyJ") || parts.iter().all(|part| *part == REDACTED))
}

fn repeated(length: usize) -> String {
    REDACTED.chars().cycle().take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endlessly_repeated_schemes_do_not_overflow_the_stack() {
        let many = "Bearer ".repeat(200_000);
        assert_eq!(placeholder(&(many.clone() + "x")), many + REDACTED);
    }

    #[test]
    fn a_placeholder_has_the_shape_of_the_secret() {
        for (value, expected) in [
            ("ExampleAccessTokenNotReal0000001", "REDACTEDREDACTEDREDACTEDREDACTED"),
            ("hunter2", "REDACTED"),
            ("Bearer Basic hunter2", "Bearer Basic REDACTED"),
            ("a long pass phrase of words", "REDACTED"),
            ("1!ExampleDownscopedTokenNotReal000001", "1!REDACTEDREDACTEDREDACTEDREDACTEDRED"),
            ("eyJhbGciOi.eyJzdWIi.c2ln", "REDACTED.REDACTED.REDACTED"),
            ("PMAK-0123456789abcdef", "PMAK-REDACTED"),
            ("-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----"),
            ("DEF=\n-----END PRIVATE KEY-----`;", "REDACTED\n-----END PRIVATE KEY-----`;"),
            ("AKIAIOSFODNN7EXAMPLE", "AKIAREDACTED"),
            ("hunter2REDACTED", "REDACTED"),
            (
                "https://hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/ExampleNotReal0001",
                "https://hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/REDACTEDREDACTEDRE",
            ),
            ("Bearer hunter2", "Bearer REDACTED"),
            ("Bearer {{access_token}}", "Bearer {{access_token}}"),
            ("{{user}}:hunter2", "{{user}}REDACTED"),
            ("https://me:hunter2@{{host}}/x?a=b", "https://me:REDACTED@{{host}}/x?a=b"),
            (
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIabc\nDEF\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nREDACTED\n-----END ENCRYPTED PRIVATE KEY-----\n",
            ),
            (
                "PuTTY-User-Key-File-3: ssh-rsa\nPublic-Lines: 1\nQUE=\nPrivate-Lines: 1\nQUI=\nPrivate-MAC: 0a1b\n",
                "PuTTY-User-Key-File-3: ssh-rsa\nPublic-Lines: 1\nQUE=\nPrivate-Lines: 1\nREDACTED\n",
            ),
            (
                "-----BEGIN PRIVATE KEY-----\\nMIIabc\\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\\nREDACTED\\n-----END PRIVATE KEY-----",
            ),
        ] {
            assert_eq!(placeholder(value), expected);
            assert_eq!(placeholder(expected), expected);
        }
        for value in ["REDACTED.REDACTED.REDACTED", "PMAK-REDACTED", "https://me:REDACTED@h", "Bearer {{a}}"]
        {
            assert!(!crate::secret::is_secret("password", value), "{value}");
        }
        assert!(is_placeholder("1!REDACTEDREDACTEDREDACTED") && !is_placeholder("hunter2"));
    }
}
