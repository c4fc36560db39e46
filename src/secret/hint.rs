//! A quick check whether a text can contain a secret at all. Few texts can, and a thorough search is slow.

mod pairs;
mod words;

use std::ops::Range;

use pairs::{ASCII, PAIRS, SKIPS};
use words::{ANY, SETS, WORDS, Words, stands_for};

/// The bits of all sets but the last, whose words count in names only; see [`PAIRS`].
const IN_TEXTS: u32 = !(1 << (SETS - 1) | 1 << (2 * SETS - 1));

/// The bits of all sets.
const IN_NAMES: u32 = u32::MAX;

/// Whether [`literals`](super::literals) may find something in the text with this spelling, escaped as in JSON or
/// plain. False means that it cannot.
#[must_use]
pub fn may_contain_secret(spelling: &str) -> bool {
    let text = spelling.as_bytes();
    next_hint(text, 0, IN_TEXTS).is_some() || next_token(text, 0).is_some()
}

/// The byte offsets of the hints at secrets in a JSON text, in order. A string without a hint contains no secret, and a
/// name without one does not name a secret. Leaves out hints beyond the first 4 GiB.
#[must_use]
pub fn hints(json: &str) -> Vec<u32> {
    let text = json.as_bytes();
    let tokens = std::iter::successors(next_token(text, 0), |token| next_token(text, token.end));
    let hints = std::iter::successors(next_hint(text, 0, IN_NAMES), |at| next_hint(text, at + 2, IN_NAMES));
    // `key` names a secret only together with another word.
    let alone = |at: &usize| at.checked_sub(1).and_then(|start| text.get(start..at + 4)) == Some(b"\"key\"");
    let hints = hints.filter(|at| !alone(at));
    let places = tokens.map(|token| token.start).chain(hints);
    let mut places: Vec<_> = places.map_while(|place| u32::try_from(place).ok()).collect();
    places.sort_unstable();
    places
}

/// The byte offsets of the words in `text` that may be part of a secret's name, in order.
pub(super) fn name_hints(text: &str) -> impl Iterator<Item = usize> {
    let text = text.as_bytes();
    std::iter::successors(next_hint(text, 0, IN_TEXTS), |at| next_hint(text, at + 2, IN_TEXTS))
}

/// Whether [`is_secret_key`](super::is_secret_key) may be true for `name`. False means that it is not.
#[must_use]
pub fn may_be_secret_key(name: &str) -> bool {
    // Some non-ASCII letters, such as the Kelvin sign, become ASCII letters in lower case.
    name != "key" && (next_hint(name.as_bytes(), 0, IN_NAMES).is_some() || !name.is_ascii())
}

/// The offset of the first word of `sets` in `text`, from `from` on.
fn next_hint(text: &[u8], from: usize, sets: u32) -> Option<usize> {
    let (blocks, rest) = text.get(from..)?.as_chunks();
    let mut at = from;
    let mut before = 0;
    let found_in = |block: &[u8; BLOCK]| {
        let [first, second, third, fourth] = pairs_of(*block);
        let pairs = [before, first, second, third, fourth];
        (before, at) = (fourth, at + BLOCK);
        let windows = |nth: usize| pairs[nth] & (pairs[nth + 1] >> (2 * SETS)) & sets;
        let windows = [windows(0), windows(1), windows(2), windows(3)];
        let any = windows[0] | windows[1] | windows[2] | windows[3] != 0;
        if any { word_near(text, at - BLOCK, windows, from) } else { None }
    };
    // A window at the end of a block is only completed by the next one, so an empty one follows the padded rest.
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    blocks.iter().chain([&last, &[0; BLOCK]]).find_map(found_in)
}

/// How many bytes are examined together, two at a time.
const BLOCK: usize = 8;

/// The entries of [`PAIRS`] for the first two bytes, the next two, and so on.
fn pairs_of(block: [u8; BLOCK]) -> [u32; BLOCK / 2] {
    let bytes = u64::from_le_bytes(block);
    let pair = |before: u32| PAIRS[usize::from((bytes >> before) as u16 & ASCII)];
    [pair(0), pair(16), pair(32), pair(48)]
}

/// The offset, not before `from`, of the first word that has a window starting at the pair before `at`, at `at`, or at
/// one of the next two pairs. `windows` has the bits of the sets that may match at each of the four.
#[cold]
fn word_near(text: &[u8], at: usize, windows: [u32; BLOCK / 2], from: usize) -> Option<usize> {
    for (nth, mut windows) in windows.into_iter().enumerate() {
        let mut found: Option<usize> = None;
        while windows != 0 {
            let (kind, set) =
                (windows.trailing_zeros() as usize / SETS, windows.trailing_zeros() as usize % SETS);
            windows &= windows - 1;
            let front = (at + 2 * nth).wrapping_sub(2);
            for start in SKIPS[kind].iter().map(|skip| front.wrapping_sub_signed(*skip)) {
                let is_first = found.is_none_or(|found| start < found);
                if start >= from && is_first && word_of(&WORDS[set], text, start) {
                    found = Some(start);
                }
            }
        }
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Whether `text` has one of `words` at `start`.
fn word_of(words: &Words, text: &[u8], start: usize) -> bool {
    text.get(start).is_some_and(|first| words.starting_with(*first).any(|word| is_word(text, start, word)))
}

/// Whether `text` has `word` at `start`.
fn is_word(text: &[u8], start: usize, word: &[u8]) -> bool {
    let mut there = text.get(start..).unwrap_or_default().iter().copied();
    // The end of the text ends a word, but matches none of its letters.
    let is_here = word.iter().all(|letter| stands_for(*letter, there.next().unwrap_or(ANY)));
    is_here && (word != b"@" || may_follow_password(text, start))
}

/// Whether the `@` at `at` may end a URL's password: two slashes come before it, with no other slash in between.
fn may_follow_password(text: &[u8], at: usize) -> bool {
    const LONGEST: usize = 256;
    let before = &text[at.saturating_sub(LONGEST)..at];
    let Some(slash) = before.iter().rposition(|byte| *byte == b'/') else { return at > LONGEST };
    // JSON may have a backslash before each of them.
    before[..slash].ends_with(b"/") || before[..slash].ends_with(b"/\\") || (slash < 2 && at > LONGEST)
}

/// The first run of letters and digits in `text`, from `start` on, that is as long as a Box token or a Twilio key.
/// After an escape such as `\n`, the run is longer by one.
fn next_token(text: &[u8], mut start: usize) -> Option<Range<usize>> {
    const SHORTEST: usize = 32;
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
    // A run this long covers the last byte of the window it begins in, so most bytes are never examined.
    while let Some(window) = text.get(start..start + SHORTEST) {
        if let Some(gap) = window.iter().rposition(|byte| !is_letter(byte)) {
            start += gap + 1;
            continue;
        }
        let length = SHORTEST + text[start + SHORTEST..].iter().take_while(|byte| is_letter(byte)).count();
        if matches!(length, 32..=35 | 64 | 65) {
            return Some(start..start + length);
        }
        start += length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::name::{LAST_WORDS_OF_NAMES, SECRET_WORDS};
    use crate::secret::service_key;

    const NAMES: [&str; 10] = [
        "db_pass",
        "api key",
        "session_id",
        "authtoken",
        "db_pw",
        "pin",
        "hmac",
        "connection string",
        "client_assertion",
        "code_verifier",
    ];

    #[test]
    fn every_secret_gives_a_hint() {
        let values = [
            "eyJa.b.c",
            "Basic dTpw",
            "Bearer x",
            "-----BEGIN PRIVATE KEY-----",
            "PuTTY-User-Key-File-3: ssh-rsa",
            "mysql -px",
            "mariadb -px",
            "http -a a:b",
            "http x --auth=a:b",
            "mongosh -p x",
            "sqlcmd -Px",
            "ldapsearch -w x",
            "redis-cli -a x",
            "https://me:it@host",
            "1!x",
            "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL",
            "\\nAgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL",
            "\\u0074oken=1",
            "hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/a",
            "discord.com/api/webhooks/1/a",
            "aZ08Q~aZ0-aZ0_aZ0.aZ0~aZ0aZ0aZ0aZ0aZ0",
            "sig=1",
            "\"sig\": 1",
            "code=1",
            "\"code\": 1",
            "\\\"code\\\": 1",
        ];
        let keys = service_key::tests::examples();
        let values = values.into_iter().chain(keys.iter().map(String::as_str));
        for text in SECRET_WORDS.into_iter().chain(NAMES).chain(values) {
            for before in ["", "x", " ", &"-".repeat(62), &"-".repeat(63), &"- ".repeat(40)] {
                assert!(
                    may_contain_secret(&format!("{before}{text}-{before}")) || before == "x",
                    "{before}{text}"
                );
            }
        }
        for name in SECRET_WORDS.into_iter().chain(NAMES).chain(LAST_WORDS_OF_NAMES).chain([
            "sig",
            "code",
            "to\u{212a}en",
        ]) {
            for name in [name, &name.to_uppercase(), &format!("x{name}")] {
                assert!(may_be_secret_key(name), "{name}");
            }
        }
    }

    #[test]
    fn hints_are_located() {
        let token = "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL";
        let json = format!(
            r#"{{"key": "a b", "api_key": "{token}", "to": "me@example.com", "x": "https://me:it@h"}}"#
        );
        let found: Vec<_> = hints(&json).iter().map(|at| &json[*at as usize..*at as usize + 2]).collect();
        assert_eq!(found, ["ke", "Ag", "@h"]);
    }

    #[test]
    fn most_texts_give_none() {
        for text in [
            "Retrieves the details of a file. Its owner and everybody else may see it.",
            "85136C79CBF9FE36BB9D05D0639C70C265C18D37",
            "https://api.example.com/2.0/files/:file_id?fields=id,name",
            "{\n  \"type\": \"file\",\n  \"id\": \"12345\"\n}",
            "somebody@example.com",
            "Mapping and signing of shipments",
            "ok",
        ] {
            assert!(!may_contain_secret(text), "{text}");
        }
    }
}
