//! What counts as a secret, and what is shown in its place.

mod hint;
mod literal;
mod marker;
mod placeholder;
mod unreadable;

pub use hint::{may_hold, may_name};
pub use literal::{Literal, literals, mask_text, without_literals};
pub use marker::Marker;
pub use placeholder::{is_placeholder, placeholder, redact_text};
pub use unreadable::{hidden_in_unreadable, mask_unreadable};

use literal::replace_literals;
use placeholder::{MARKS, SCHEMES};

/// What is shown instead of a secret, whatever its length.
pub const MASK: &str = "********";

/// Words that make a name a secret's name.
const SECRET_WORDS: [&str; 21] = [
    "token",
    "tokens",
    "secret",
    "secrets",
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "otp",
    "sessionid",
    "jsessionid",
    "phpsessid",
    "apikey",
    "credential",
    "credentials",
    "pmak",
    "jwt",
    "bearer",
    "authorization",
    "cookie",
];

/// Words that make the following word `key` a secret's.
const KEY_KINDS: [&str; 14] = [
    "api",
    "private",
    "access",
    "secret",
    "signing",
    "signature",
    "encryption",
    "auth",
    "subscription",
    "master",
    "account",
    "session",
    "hmac",
    "webhook",
];

/// Last words that say the name is about a secret without being one: `token_url`, `access_token_expires_at`.
const ABOUT: [&str; 22] = [
    "url",
    "uri",
    "endpoint",
    "path",
    "host",
    "type",
    "name",
    "id",
    "at",
    "in",
    "to",
    "expiry",
    "expires",
    "expiration",
    "ttl",
    "length",
    "date",
    "lifetime",
    "count",
    "enabled",
    "var",
    "variable",
];

/// What may stand beside a reference in the value of an authorization header.
const SCHEME_WORDS: [&str; 9] =
    ["bearer", "basic", "digest", "token", "key", "apikey", "oauth", "jwt", "credential"];

/// First words of switches: `enable_auto_refresh_access_token`.
const SWITCHES: [&str; 5] = ["enable", "disable", "is", "has", "use"];

/// Whether a variable with this key and value must not be shown.
///
/// Switches, empty values, placeholders and values that are made of references to variables are never secret.
#[must_use]
pub fn is_secret(key: &str, value: &str) -> bool {
    // Most names and values are none of a secret, and a look at that is fast.
    let open =
        || matches!(value, "" | "true" | "false") || is_placeholder(value) || is_made_of_references(value);
    (is_secret_key(key) || is_secret_value(value)) && !open()
}

/// Whether `key` is the name of a secret, going by its words: `client_secret`, `apiKey`, `X-Auth-Token`.
#[must_use]
pub fn is_secret_key(key: &str) -> bool {
    // Taking a name apart is slow.
    if !may_name(key) {
        return false;
    }
    let words = words(key);
    let first_is = |list: &[&str]| words.first().is_some_and(|word| list.contains(&word.as_str()));
    let last_is = |list: &[&str]| words.last().is_some_and(|word| list.contains(&word.as_str()));
    let key_pair = |pair: &[String]| KEY_KINDS.contains(&pair[0].as_str()) && pair[1] == "key";
    let named =
        words.iter().any(|word| SECRET_WORDS.contains(&word.as_str())) || words.windows(2).any(key_pair);
    // `db_pass` is one, `pass_mark` is not. A session's id is all that it takes to be in it, an upload's is not.
    let last = last_is(&["pass"]) || words == ["session", "id"];
    (last || (named && !last_is(&ABOUT))) && !first_is(&SWITCHES)
}

/// Whether `value` has the shape of a credential, whatever its name: a Box token, a private key, a JWT and the like.
#[must_use]
pub fn is_secret_value(value: &str) -> bool {
    let shaped = is_box_token(value)
        || is_private_key(value)
        || (value.starts_with("eyJ") && value.matches('.').count() == 2)
        || value.strip_prefix("AKIA").is_some_and(|rest| rest.len() == 16 && is_base62(rest))
        || MARKS.iter().any(|&mark| value.starts_with(mark))
        || SCHEMES.iter().any(|&scheme| value.strip_prefix(scheme).is_some_and(is_scheme_value))
        || has_url_password(value);
    shaped && !is_placeholder(value)
}

/// Whether `value` holds a private key in PEM, whatever its line ends have become, and not the placeholder of one.
#[must_use]
pub fn is_private_key(value: &str) -> bool {
    const MARKS: [&str; 2] = ["-----BEGIN", "PRIVATE KEY-----"];
    // Few values are long enough, and searching the others takes time.
    value.len() >= MARKS[0].len() + MARKS[1].len()
        && MARKS.iter().all(|mark| value.contains(mark))
        && !is_placeholder(value)
}

/// Whether `value` has the shape of a Box access or refresh token: 32 or 64 letters of both cases and digits, or
/// `1!` and more for a downscoped token.
fn is_box_token(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
    let mixed = || has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit);
    // What starts like base64 of `{"` is JSON, and alphabets are what scripts choose letters from.
    let other = || value.starts_with("eyJ") || value.contains("abcdef") || value.contains("ABCDEF");
    let plain = matches!(value.len(), 32 | 64) && is_base62(value) && mixed() && !other();
    let downscoped = value.strip_prefix("1!").is_some_and(|rest| rest.len() >= 32 && !rest.contains(' '));
    plain || downscoped
}

/// Whether what follows `Bearer` or `Basic` is a credential and no reference or word, as in `Basic Auth`.
fn is_scheme_value(rest: &str) -> bool {
    let title =
        words(rest).iter().all(|word| word.starts_with("auth") || SCHEME_WORDS.contains(&word.as_str()));
    // `realm=…` asks for credentials.
    let parameter = rest.trim_end_matches('=').contains('=');
    !title && !parameter && !rest.contains(char::is_whitespace) && !is_made_of_references(rest)
}

/// Whether `value` holds references, Postman's or a script's, and besides them nothing but the words of an
/// authorization scheme: `{{a}}`, `Bearer {{token}}`, `{{user}}:{{password}}`, `Bearer ${token}`.
#[must_use]
pub fn is_made_of_references(value: &str) -> bool {
    if !value.contains(['{', '$']) {
        return false;
    }
    let mut rest = value;
    let mut outside = Vec::new();
    while let Some(at) = rest.find(['{', '$']) {
        let (before, opened) = rest.split_at(at);
        let inner = opened.strip_prefix("{{").map(|inner| (inner, "}}"));
        let inner = inner.or_else(|| opened.strip_prefix("${").map(|inner| (inner, "}")));
        let Some((_, after)) = inner.and_then(|(inner, close)| inner.split_once(close)) else { break };
        outside.push(before);
        rest = after;
    }
    let any = rest.len() < value.len();
    outside.push(rest);
    any && outside.iter().flat_map(|text| words(text)).all(|word| SCHEME_WORDS.contains(&word.as_str()))
}

fn is_base62(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether `value` is a URL with a password before its host.
#[must_use]
pub fn has_url_password(value: &str) -> bool {
    if !value.contains('@') {
        return false;
    }
    let authority =
        value.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    let user_info =
        authority.and_then(|authority| authority.rsplit_once('@')).map(|(user_info, _)| user_info);
    user_info
        .and_then(|user_info| user_info.split_once(':'))
        .is_some_and(|(_, password)| !password.is_empty() && !is_made_of_references(password))
}

/// The words of a name in lower case, split at separators and at changes of case, without numbers at their ends.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && previous_lower) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        previous_lower = c.is_lowercase();
    }
    words
        .iter_mut()
        .for_each(|word| word.truncate(word.trim_end_matches(|c: char| c.is_ascii_digit()).len()));
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_judged_by_their_words() {
        for key in [
            "access_token",
            "refresh_token",
            "client_secret",
            "authToken",
            "ACCESS_TOKEN",
            "x-api-key",
            "apiKey",
            "private_key_encrypted",
            "private_key_passphrase",
            "personal-pm-pmak",
            "db.password",
            "db_pass",
            "otp",
            "session_id",
            "JSESSIONID",
            "PHPSESSID",
            "webhook_signature_key",
            "AccountKey",
            "token2 prod",
        ] {
            assert!(is_secret_key(key), "{key}");
        }
        for key in [
            "client_id",
            "enable_auto_refresh_access_token",
            "expires_at",
            "refresh_token_expires_at",
            "token_url",
            "token_type",
            "key_id",
            "box_env_type",
            "monkey",
            "bypass",
            "pass_mark",
            "session",
            "upload_session_id",
            "tokenVar",
            "otp_length",
            "secretary",
            "api.box.com",
            "",
        ] {
            assert!(!is_secret_key(key), "{key}");
        }
    }

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
