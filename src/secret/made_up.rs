//! Values that are no secret whatever their name: they ask to be replaced, or were made up for a test or a page of
//! documentation.

use super::name::{is_secret_word, words};
use super::service_key::service_key;
use super::value::basic_password;

/// What stands in the examples of Box's and Postman's documentation and so in those of their collections.
const SAMPLES: [&str; 6] = [
    "c3FIOG9vSGV4VHo4QzAyg5T1JvNnJoZ3ExaVNyQWw6WjRsanRKZG5lQk9qUE1BVQ",
    "n22JPxrh18m4Y0wIZPIqYZK7VRrsMTWW",
    "hOzsTeFlT6ko0dme22uGbQal04SBPYc1",
    "70090280850c8d2a1933c1",
    // The code of Postman Echo, and the secret of its OAuth 1.
    "xWnkliVQJURqB2x1",
    "D+EdQ-gs$-%@2Nu7",
];

/// A name and the value that it has in Box's documentation, which may be somebody's password elsewhere.
const NAMED_SAMPLE: (&str, &str) = ("shared_link_password", "letmein");

/// What people write when a test needs something.
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

/// What documentation says of a value in its place: its type, its form, whether it has to be there, where it goes.
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

/// Parts of what asks to be replaced, or says of itself that it is none.
const PARTS: [&str; 9] =
    ["your", "here", "change", "example", "placeholder", "insert", "dummy", "todo", "sample"];

/// Words of what only shows how something works.
const DEMONSTRATIONS: [&str; 4] = ["demo", "test", "fake", "mock"];

/// How long a value may be that is judged by its words: in longer ones, which are random, any may occur.
const LONGEST: usize = 64;

/// How long a word of a session's name may be: longer ones are random letters.
const LONGEST_WORD: usize = 12;

/// Whether `value` asks to be replaced, as `your-api-key-here`, `<token>` and `xxxx` do, or is one that Box or Postman publishes.
pub(super) fn asks_to_be_replaced(value: &str) -> bool {
    let within = |(open, close)| value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let inner = [('<', '>'), ('[', ']'), ('{', '}')].into_iter().find_map(within);
    let rest = service_key(value).map_or(value, |start| &value[start.len()..]);
    inner.is_some_and(|inner| inner.chars().all(|c| c.is_alphanumeric() || " _-".contains(c)))
        || (rest.len() > 2 && rest.chars().all(|c| "xX*".contains(c)))
        || (value.len() <= LONGEST && is_prose(value) && is_request(&words(value)))
        || SAMPLES.iter().any(|sample| value.contains(sample))
}

/// Whether `value`, called `name`, was plainly made up, or stands for a value as `clientToken` does for a client's token.
///
/// Something may open to it all the same, so it is masked like any other.
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

/// Whether `value` says of what kind a value is, as `optional(string)`, `int64`, `min8chars` and `see above` do.
#[must_use]
pub fn describes_value(value: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " _-()<>[]|,.".contains(c);
    let mut words =
        value.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).peekable();
    let describes = |word: &str| DESCRIPTIONS.iter().any(|other| word.eq_ignore_ascii_case(other));
    value.len() <= LONGEST && words.peek().is_some() && value.chars().all(is_plain) && words.all(describes)
}

/// Whether `words` address who reads them, as `your token` and `insert the password here` do.
fn is_request(words: &[String]) -> bool {
    match words {
        [first, .., last] => matches!(first.as_str(), "you" | "your") || last == "here",
        _ => false,
    }
}

/// Whether `words` name a secret, as in `some-client-secret`, or are all of a test.
fn says_what_it_is(words: &[String]) -> bool {
    let names = |word: &String| is_secret_word(word) || matches!(word.as_str(), "key" | "pass" | "value");
    words.first().is_some_and(|first| first == "some")
        || words.iter().any(names)
        || words.iter().all(|word| WORDS.contains(&word.as_str()))
}

/// Whether `value` says what it is, with a number that is no secret: one that counts, as in `api-key-12345`, or, where it
/// shows something, a year, as in `demo-token-2026`.
fn is_numbered_name(value: &str) -> bool {
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (numbers, parts): (Vec<_>, Vec<_>) = value.split([' ', '_', '-', '.']).partition(is_number);
    let text = parts.join("-");
    let shows = parts.iter().any(|part| DEMONSTRATIONS.iter().any(|word| part.eq_ignore_ascii_case(word)));
    let is_year = |number: &str| number.len() == 4 && number.starts_with("20");
    is_prose(&text)
        && says_what_it_is(&words(&text))
        && numbers.iter().all(|number| is_count(number.as_bytes()) || (shows && is_year(number)))
}

/// Whether `value` is made of words of `name`, as the session of a `sessionToken` called `session` is.
fn is_part_of(value: &str, name: &str) -> bool {
    let (of_value, of_name) = (words(value), words(name));
    is_prose(value) && !of_value.is_empty() && of_value.iter().all(|word| of_name.contains(word))
}

/// Whether `name` is that of a session and `value` words without a number, as in `guest` and `demo session`: what tells a
/// session from others is random.
fn is_session_of_words(name: &str, value: &str) -> bool {
    let has_session = || words(name).iter().any(|word| word.starts_with("session"));
    let plain =
        |word: &str| word.len() <= LONGEST_WORD && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    value.split([' ', '_', '-', '.']).all(plain) && has_session()
}

/// The letters and digits of `text`, in small letters.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether `value` is made of words, maybe numbered: nothing in it is random.
pub(super) fn is_prose(value: &str) -> bool {
    let is_word = |part: &str| {
        let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
        part.len() <= name.len() + 3 && (part.len() <= 3 || name.chars().all(char::is_alphabetic))
    };
    value.split([' ', '_', '-', '.']).all(is_word)
}

/// Whether `value` goes up by one or not at all from letter to letter: `12345`, `abc123`, `0000`.
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
    fn what_asks_to_be_replaced_may_be_shown() {
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
    fn made_up_values_are_told_from_real_ones() {
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
            ("Authorization", "Basic cG9zdG1hbjpwYXNzd29yZA=="),
            ("Authorization", "Basic Og=="),
        ] {
            assert!(is_made_up(name, value), "{name} {value}");
        }
        for (name, value) in [
            ("password", "hunter2"),
            ("password", "letmein"),
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
