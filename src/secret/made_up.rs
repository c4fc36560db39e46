//! Values that are not secrets, whatever their names: placeholders to be replaced, and values made up for tests or
//! documentation.

use super::name::{is_secret_word, words};
use super::reference::is_evidently_filled_in;
use super::service_key::service_key;
use super::value::basic_password;

/// Values from the examples in Box's and Postman's documentation, and so in their collections.
const SAMPLES: [&str; 6] = [
    "c3FIOG9vSGV4VHo4QzAyg5T1JvNnJoZ3ExaVNyQWw6WjRsanRKZG5lQk9qUE1BVQ",
    "n22JPxrh18m4Y0wIZPIqYZK7VRrsMTWW",
    "hOzsTeFlT6ko0dme22uGbQal04SBPYc1",
    "70090280850c8d2a1933c1",
    // The code of Postman Echo, and the secret of its OAuth 1.
    "xWnkliVQJURqB2x1",
    "D+EdQ-gs$-%@2Nu7",
];

/// A name and its value in Box's documentation. Under another name, the value may be a real password.
const NAMED_SAMPLE: (&str, &str) = ("shared_link_password", "letmein");

/// Words that people write when a test needs some value.
const WORDS: [&str; 18] = [
    "test",
    "testing",
    "foo",
    "bar",
    "baz",
    "qux",
    "hello",
    "world",
    "string",
    "none",
    "null",
    "undefined",
    "bearer",
    "basic",
    "qwerty",
    "asdf",
    "any",
    "xyz",
];

/// Words that documentation puts in the place of a value: its type, its format, whether it is required, where it goes.
const DESCRIPTIONS: [&str; 67] = [
    "string",
    "str",
    "text",
    "boolean",
    "bool",
    "integer",
    "int",
    "long",
    "number",
    "numeric",
    "float",
    "double",
    "object",
    "array",
    "list",
    "map",
    "null",
    "uuid",
    "guid",
    "date",
    "timestamp",
    "char",
    "chars",
    "characters",
    "base",
    "hex",
    "jwt",
    "binary",
    "hash",
    "hashed",
    "encrypted",
    "encoded",
    "bcrypt",
    "sha",
    "md",
    "aes",
    "oauth",
    "rfc",
    "uint",
    "varchar",
    "plaintext",
    "min",
    "max",
    "length",
    "optional",
    "required",
    "mandatory",
    "nullable",
    "enabled",
    "disabled",
    "confidential",
    "yes",
    "no",
    "true",
    "false",
    "header",
    "query",
    "cookie",
    "body",
    "path",
    "form",
    "include",
    "omit",
    "same",
    "origin",
    "see",
    "above",
];

/// Parts of values that ask to be replaced, or say that they are only examples.
const PARTS: [&str; 9] =
    ["your", "here", "change", "example", "placeholder", "insert", "dummy", "todo", "sample"];

/// Words in values that only demonstrate something.
const DEMONSTRATIONS: [&str; 4] = ["demo", "test", "fake", "mock"];

/// The longest value that is judged by its words. Longer ones are random, and may contain any word by chance.
const LONGEST: usize = 64;

/// The longest word in a session made of words. Longer ones are random letters.
const LONGEST_WORD: usize = 12;

/// Whether `value` asks to be replaced, as `your-api-key-here`, `<token>` and `xxxx` do, or is an example that Box or
/// Postman publishes.
pub(super) fn asks_to_be_replaced(value: &str) -> bool {
    let within = |(open, close)| value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let inner = [('<', '>'), ('[', ']'), ('{', '}')].into_iter().find_map(within);
    let rest = service_key(value).map_or(value, |start| &value[start.len()..]);
    inner.is_some_and(|inner| inner.chars().all(|c| c.is_alphanumeric() || " _-".contains(c)))
        || (rest.len() > 2 && rest.chars().all(|c| "xX*".contains(c)))
        || (value.len() <= LONGEST && is_prose(value) && is_request(&words(value)))
        || SAMPLES.iter().any(|sample| value.contains(sample))
}

/// Whether `value`, called `name`, was plainly made up, only repeats the name, as `client_token` does for `clientToken`, or
/// names what a shell fills in, as `$TOKEN` does.
///
/// It may give access anyway, so it is masked like any other secret.
#[must_use]
pub fn is_made_up(name: &str, value: &str) -> bool {
    let value = value.strip_prefix("Bearer ").unwrap_or(value).trim();
    if let Some(password) = basic_password(value.strip_prefix("Basic ").unwrap_or(value)) {
        return is_made_up("password", &password);
    }
    let lower = value.to_lowercase();
    let short = value.len() <= LONGEST;
    value.is_empty()
        || value.starts_with(['<', '[', '*', '.', '…'])
        || is_evidently_filled_in(value)
        || (short && PARTS.iter().any(|part| lower.contains(part)))
        || (short && is_prose(value) && says_what_it_is(&words(value)))
        || (short && is_numbered_name(value))
        || describes_value(value)
        || (name, value) == NAMED_SAMPLE
        || lower.split('-').all(|part| is_count(part.as_bytes()))
        || (short && is_session_of_words(name, value))
        || letters(name).eq(letters(value))
        || (short && is_part_of(value, name))
        || asks_to_be_replaced(value)
}

/// Whether `value` describes a value, as `optional(string)`, `int64`, `min8chars` and `see above` do.
#[must_use]
pub fn describes_value(value: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " _-()<>[]|,.".contains(c);
    let mut words =
        value.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).peekable();
    let describes = |word: &str| DESCRIPTIONS.iter().any(|other| word.eq_ignore_ascii_case(other));
    value.len() <= LONGEST && words.peek().is_some() && value.chars().all(is_plain) && words.all(describes)
}

/// Whether `words` address the reader, as `your token` and `insert the password here` do.
fn is_request(words: &[String]) -> bool {
    match words {
        [first, .., last] => matches!(first.as_str(), "you" | "your") || last == "here",
        _ => false,
    }
}

/// Whether `words` name a secret, as in `some-client-secret`, or are all typical of tests.
fn says_what_it_is(words: &[String]) -> bool {
    let names = |word: &String| is_secret_word(word) || matches!(word.as_str(), "key" | "pass" | "value");
    words.first().is_some_and(|first| first == "some")
        || words.iter().any(names)
        || words.iter().all(|word| WORDS.contains(&word.as_str()))
}

/// Whether `value` names what it is and has only harmless numbers: ones that count up, as in `api-key-12345`, or the
/// year of a demonstration, as in `demo-token-2026`.
fn is_numbered_name(value: &str) -> bool {
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (numbers, parts): (Vec<_>, Vec<_>) = value.split([' ', '_', '-', '.']).partition(is_number);
    let text = parts.join("-");
    let demonstrates =
        parts.iter().any(|part| DEMONSTRATIONS.iter().any(|word| part.eq_ignore_ascii_case(word)));
    let is_year = |number: &str| number.len() == 4 && number.starts_with("20");
    is_prose(&text)
        && says_what_it_is(&words(&text))
        && numbers.iter().all(|number| is_count(number.as_bytes()) || (demonstrates && is_year(number)))
}

/// Whether `value` consists of words of `name`, as the `sessionToken` `session` does.
fn is_part_of(value: &str, name: &str) -> bool {
    let (of_value, of_name) = (words(value), words(name));
    is_prose(value) && !of_value.is_empty() && of_value.iter().all(|word| of_name.contains(word))
}

/// Whether `name` is that of a session and `value` consists of words without a number, as `guest` and `demo session`
/// do: a real session has something random to tell it apart.
fn is_session_of_words(name: &str, value: &str) -> bool {
    let has_session = || words(name).iter().any(|word| word.starts_with("session"));
    let plain =
        |word: &str| word.len() <= LONGEST_WORD && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    value.split([' ', '_', '-', '.']).all(plain) && has_session()
}

/// The letters and digits of `text`, in lower case.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether `value` consists of words, possibly numbered, so that nothing in it is random.
pub(super) fn is_prose(value: &str) -> bool {
    let is_word = |part: &str| {
        let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
        part.len() <= name.len() + 3 && (part.len() <= 3 || name.chars().all(char::is_alphabetic))
    };
    value.split([' ', '_', '-', '.']).all(is_word)
}

/// Whether `value` goes up by one or stays the same from character to character: `12345`, `abc123`, `0000`.
fn is_count(value: &[u8]) -> bool {
    let next = |pair: &[u8]| match pair {
        [b'9', b'0'] => true,
        [a, b] if a.is_ascii_alphabetic() && b.is_ascii_digit() => true,
        [a, b] => *b == *a || *b == a.saturating_add(1),
        _ => false,
    };
    value.len() > 2 && value.iter().all(u8::is_ascii_alphanumeric) && value.windows(2).all(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_ask_to_be_replaced_are_recognized() {
        for value in [
            "<token>",
            "[password]",
            "{access token}",
            "YOU CLIENT ID GOES HERE",
            "your-api-key-here",
            "YOUR_CLIENT_SECRET",
            "paste token here",
            "xxxxxxxx",
            "sk_live_xxxx",
            "********",
            SAMPLES[0],
        ] {
            assert!(asks_to_be_replaced(value) && is_made_up("token", value), "{value}");
        }
        for value in
            ["", "hunter2", "yours2Keep", "password", "xx", "12345", "{\"a\": 1}", "Your-0815-Key-4711"]
        {
            assert!(!asks_to_be_replaced(value), "{value}");
        }
    }

    #[test]
    fn made_up_values_are_told_apart_from_real_ones() {
        for (name, value) in [
            ("password", "do-not-use-this-Password"),
            ("password", "SecretPassword123"),
            ("password", "securepassword"),
            ("password", "test"),
            ("password", "min8chars"),
            ("token", "optional(string)"),
            ("token", "see above"),
            ("shared_link_password", "letmein"),
            ("pin", "1234"),
            ("apikey", "ABC123"),
            ("clientToken", "client_token"),
            ("sessionToken", "session"),
            ("session_id", "demo-guest"),
            ("sessionToken", "00000000-0000-0000-0000-000000000000"),
            ("privateKey", "private"),
            ("code_verifier", "some-verifier"),
            ("token", "not-a-real-token-xyz"),
            ("secret", "some-client-secret"),
            ("secret", "test-test"),
            ("token", "pass-2"),
            ("bearer_token", "demo-bearer-token-2026"),
            ("apiKey", "global-api-key-12345"),
            ("key", "changeme"),
            ("Authorization", "Bearer test"),
            ("Authorization", "Bearer $TOKEN"),
            ("X-Api-Key", "%API_KEY%"),
            ("token", "$(cat token)"),
            ("Authorization", "Basic cG9zdG1hbjpwYXNzd29yZA=="),
            ("Authorization", "Basic Og=="),
        ] {
            assert!(is_made_up(name, value), "{name} {value}");
        }
        for (name, value) in [
            ("password", "hunter2"),
            ("password", "letmein"),
            ("password", "$ecret1"),
            ("password", "Dc3-Api2024!!"),
            ("password", "Password@2024"),
            ("otp", "90653"),
            ("token", "prod-token-2026"),
            ("password", "demo-2026"),
            ("token", "test-token-4711"),
            ("token", "demo-m2m-2026-8f3a9c"),
            ("token", "my-token-8f3a9c2b1d"),
            ("token", "76ca3d52-c266-43b1-99af-0a8be5f6abe8"),
            ("token", "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL"),
            ("sessionToken", "0648495e-7a8c-455c-b43e-d426096bf8e1"),
            ("sessionToken", "kqwjehrtyuiopas"),
            ("token", "guest"),
            ("Authorization", "Basic YWJoaWppdDprYW5l"),
        ] {
            assert!(!is_made_up(name, value), "{name} {value}");
        }
    }
}
