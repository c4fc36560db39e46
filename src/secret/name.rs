use super::may_be_secret_key;

/// Words that make a name a secret's name.
pub(super) const SECRET_WORDS: [&str; 28] = [
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
    "mnemonic",
    "passwort",
    "kennwort",
    "contraseña",
    "contrasena",
    "senha",
    "motdepasse",
];

/// Endings of words written together, as in `authtoken`, or after capitals, as in `JWTToken`.
const SECRET_ENDINGS: [&str; 4] = ["token", "secret", "password", "apikey"];

/// Words that make a name a secret's if the word `key` follows.
const KEY_KINDS: [&str; 18] = [
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
    "ssh",
    "storage",
    "license",
    "licence",
];

/// Two words in a row that make a name a secret's.
const PAIRS: [[&str; 2]; 5] = [
    ["basic", "auth"],
    ["connection", "string"],
    ["client", "assertion"],
    ["code", "verifier"],
    ["de", "passe"],
];

/// Words that make a name a secret's if they end it: `db_pass` is one, `pass_mark` is not.
const LAST_WORDS: [&str; 4] = ["pass", "pw", "pin", "hmac"];

/// More of them, but so common in texts that only names are searched for them.
pub(super) const LAST_WORDS_OF_NAMES: [&str; 3] = ["pat", "seed", "salt"];

/// The parameter with the signature of a shared access signature (SAS) URL of Azure.
const SIGNATURE: &str = "sig";

/// Last words of names that are about a secret without naming one: `token_url`, `access_token_expires_at`.
const ABOUT: [&str; 24] = [
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
    "user",
    "username",
];

/// First words of switches: `enable_auto_refresh_access_token`.
const SWITCHES: [&str; 5] = ["enable", "disable", "is", "has", "use"];

/// Whether `name` is Postman's type of secret variables.
#[must_use]
pub fn is_secret_type(name: &str) -> bool {
    name.eq_ignore_ascii_case("secret")
}

/// Whether `key` names a secret, judging by its words: `client_secret`, `apiKey`, `X-Auth-Token`.
#[must_use]
pub fn is_secret_key(key: &str) -> bool {
    // Splitting a name into words is slow.
    if !may_be_secret_key(key) {
        return false;
    }
    let words = words(key);
    let first_is = |list: &[&str]| words.first().is_some_and(|word| list.contains(&word.as_str()));
    let last_is = |list: &[&str]| words.last().is_some_and(|word| list.contains(&word.as_str()));
    let pair = |pair: &[String]| {
        let [first, second] = [pair[0].as_str(), pair[1].as_str()];
        (second == "key" && KEY_KINDS.contains(&first)) || PAIRS.contains(&[first, second])
    };
    let named = words.iter().any(|word| is_secret_word(word)) || words.windows(2).any(pair);
    let ends = last_is(&LAST_WORDS) || last_is(&LAST_WORDS_OF_NAMES);
    let last = ends || is_session(&words) || key.eq_ignore_ascii_case(SIGNATURE);
    (last || (named && !last_is(&ABOUT))) && !first_is(&SWITCHES)
}

/// Whether `word`, in lower case, names a secret or ends with a word that does.
pub(super) fn is_secret_word(word: &str) -> bool {
    SECRET_WORDS.contains(&word) || SECRET_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether the words name a session or its id, which is enough to take it over. An upload session is not one of these.
fn is_session(words: &[String]) -> bool {
    words == ["session"] || words == ["session", "id"]
}

/// The words of a name in lower case, split at separators and where upper case begins, without trailing digits.
pub(super) fn words(name: &str) -> Vec<String> {
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
            "session",
            "session_token",
            "authtoken",
            "JWTToken",
            "AWSSecretKey",
            "aws_secret_access_key",
            "heroku_api_key",
            "sig",
            "basic_auth",
            "ssh_key",
            "STORAGE_KEY",
            "connectionString",
            "client_assertion",
            "code_verifier",
            "card pin",
            "dbPw",
            "hmac",
            "github_pat",
            "wallet_mnemonic",
            "seed",
            "salt",
            "Passwort",
            "contraseña",
            "senha",
            "mot_de_passe",
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
            "session_mode",
            "upload_session",
            "upload_session_id",
            "signature_method",
            "sign",
            "tokenVar",
            "otp_length",
            "secretary",
            "AWS_ACCESS_KEY_ID",
            "client_assertion_type",
            "pin_id",
            "basic_auth_user",
            "mapping",
            "hmac_algorithm",
            "compat",
            "seeds",
            "pm_string",
            "api.box.com",
            "",
        ] {
            assert!(!is_secret_key(key), "{key}");
        }
    }
}
