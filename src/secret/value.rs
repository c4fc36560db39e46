use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::literal::is_putty_key;
use super::name::words;
use super::placeholder::SCHEMES;
use super::reference::{SCHEME_WORDS, is_made_of_references};
use super::service_key::service_key;
use super::url::has_url_secret;
use super::{is_placeholder, may_contain_secret};

/// Whether `value` has the shape of a credential, whatever its name: a Box token, a private key, a JWT and so on.
#[must_use]
pub fn is_secret_value(value: &str) -> bool {
    // Few values are, which `may_contain_secret` sees quickly.
    let shaped = may_contain_secret(value) && has_secret_shape(value);
    shaped && !is_placeholder(value)
}

fn has_secret_shape(value: &str) -> bool {
    is_token(value)
        || is_private_key(value)
        || SCHEMES.iter().any(|&scheme| value.strip_prefix(scheme).is_some_and(is_scheme_value))
        || has_url_secret(value)
}

/// Whether `value` has the shape of a credential without blanks.
pub(super) fn is_token(value: &str) -> bool {
    is_box_token(value)
        || (value.starts_with("eyJ") && value.matches('.').count() == 2)
        || service_key(value).is_some()
        || is_azure_secret(value)
}

/// Whether `value` is the client secret of an Azure application: three characters, a digit, `Q~` and 31 to 34 more.
fn is_azure_secret(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    value.get(4..6) == Some("Q~")
        && matches!(value.len(), 37..=40)
        && value.as_bytes()[3].is_ascii_digit()
        && value.bytes().all(plain)
}

/// Whether `value` contains a private key in PEM or PuTTY format, whatever became of its line breaks, and not only a
/// placeholder.
#[must_use]
pub fn is_private_key(value: &str) -> bool {
    const BEGIN: &str = "-----BEGIN";
    // PGP, and everything else.
    const ENDS: [&str; 2] = ["PRIVATE KEY BLOCK-----", "PRIVATE KEY-----"];
    // Few values are long enough, which saves the searches.
    value.len() >= BEGIN.len() + ENDS[1].len()
        && ((value.contains(BEGIN) && ENDS.iter().any(|end| value.contains(end))) || is_putty_key(value))
        && !is_placeholder(value)
}

/// Whether `value` has the shape of a Box access or refresh token: 32 or 64 letters and digits, with both cases; or,
/// for a downscoped token, `1!` and at least 32 characters.
fn is_box_token(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
    let mixed = || has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit);
    // `eyJ` is `{"` in Base64, and scripts pick random letters from alphabets.
    let other = || value.starts_with("eyJ") || value.contains("abcdef") || value.contains("ABCDEF");
    let plain = matches!(value.len(), 32 | 64) && is_base62(value) && mixed() && !other();
    let downscoped = value.strip_prefix("1!").is_some_and(|rest| rest.len() >= 32 && !rest.contains(' '));
    plain || downscoped
}

/// Whether `value`, called `key`, is the authorization code of an OAuth login: a long random word, since many other
/// things are called a code.
pub(super) fn is_authorization_code(key: &str, value: &str) -> bool {
    const SHORTEST: usize = 16;
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./~+%".contains(&byte);
    key.eq_ignore_ascii_case("code")
        && value.len() >= SHORTEST
        && value.bytes().all(is_part)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
}

/// The password in `word`, if it is `user:password` in Base64.
pub(super) fn basic_password(word: &str) -> Option<String> {
    let text = STANDARD.decode(word).ok().and_then(|bytes| String::from_utf8(bytes).ok())?;
    let (_, password) = text.split_once(':').filter(|_| !text.contains(char::is_control))?;
    Some(password.to_owned())
}

/// Whether `rest`, which follows `Bearer` or `Basic`, is a credential rather than a reference or a word, as in `Basic
/// Auth`.
fn is_scheme_value(rest: &str) -> bool {
    let about =
        words(rest).iter().all(|word| word.starts_with("auth") || SCHEME_WORDS.contains(&word.as_str()));
    let title = rest.starts_with(char::is_uppercase) && rest.chars().skip(1).all(char::is_lowercase);
    // A challenge such as `realm=…` asks for credentials.
    let parameter = rest.trim_end_matches('=').contains('=');
    !about && !title && !parameter && !rest.contains(char::is_whitespace) && !is_made_of_references(rest)
}

pub(super) fn is_base62(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
