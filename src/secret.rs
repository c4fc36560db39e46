//! What counts as a secret, and what is shown in its place.

mod client_session;
mod harmless_cookie;
mod hint;
mod literal;
mod made_up;
mod marker;
mod name;
mod one_time;
mod placeholder;
mod reference;
mod service_key;
mod unreadable;
mod url;
mod value;

pub use client_session::{is_client_session, takes_client_sessions};
pub use harmless_cookie::{has_harmless_cookies, is_harmless_cookie};
pub use hint::{hints, may_be_secret_key, may_contain_secret};
pub use literal::{Literal, WEBHOOK, leaves_key_open, literals, mask_text, without_literals};
pub use made_up::{describes_value, is_made_up};
pub use marker::Marker;
pub use name::{is_secret_key, is_secret_type};
pub use one_time::is_one_time;
pub use placeholder::{is_placeholder, is_redacted, placeholder, redact_text};
pub use reference::is_made_of_references;
pub use unreadable::{hidden_in_unreadable, mask_unreadable};
pub use value::{is_private_key, is_secret_value};

use literal::replace_literals;
use value::is_authorization_code;

/// What is shown instead of a secret, whatever its length.
pub const MASK: &str = "********";

/// Whether a variable with this key and value must not be shown.
///
/// Switches, empty values, placeholders and values made up of references to variables are never secret.
#[must_use]
pub fn is_secret(key: &str, value: &str) -> bool {
    // Both checks are quick for most names and values, so they come first.
    is_secret_by_name(key, value) || (is_secret_value(value) && !is_open(value))
}

/// Like [`is_secret`], but judges by the key only; the shape of the value alone is not enough.
#[must_use]
pub fn is_secret_by_name(key: &str, value: &str) -> bool {
    (is_secret_key(key) || is_authorization_code(key, value)) && !is_open(value)
}

/// Whether a number with this key and spelling must not be shown. Zero is what is left of a number that was redacted.
#[must_use]
pub fn is_secret_number(key: &str, number: &str) -> bool {
    number != "0" && is_secret_key(key)
}

fn is_open(value: &str) -> bool {
    matches!(value, "" | "true" | "false") || is_placeholder(value) || is_made_of_references(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_a_text_are_masked_and_nothing_else() {
        let text = "{\"client_secret\": \"abc-1\",\n \"name\": \"x\"}\npassword=hunter2&a=b // AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL";
        let masked =
            "{\"client_secret\": \"********\",\n \"name\": \"x\"}\npassword=********&a=b // ********";
        assert_eq!(mask_text(text), masked);
        let open = "const accessToken = pm.environment.get('access_token')\n\"token\": \"{{access_token}}\"";
        assert_eq!(mask_text(open), open);
    }

    #[test]
    fn values_are_judged_by_their_shape() {
        for value in [
            "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\\nMII",
            "eyJhbGciOi.eyJzdWIi.c2ln",
            "https://me:hunter2@example.com/x",
            "Bearer abc123",
        ] {
            assert!(is_secret("some name", value), "{value}");
        }
        for value in [
            "mml8bv0gskph35o6k7gy7dr8inqhgr71",
            "https://api.box.com",
            "Bearer {{access_token}}",
            "Bearer ${token}",
            "Basic Auth",
            "Basic Collection",
            "Bearer <token>",
            "closedLibraryDueDateManagementId",
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ00",
            "1795170845322",
        ] {
            assert!(!is_secret("some name", value), "{value}");
        }
        assert!(is_secret("access_token", "{{prefix}}abc"));
        for value in [
            "",
            "true",
            "{{vault:token}}",
            "Bearer {{a}}",
            "{{user}}:{{password}}",
            "<API Key>",
            "[password]",
        ] {
            assert!(!is_secret("access_token", value), "{value}");
        }
    }
}
