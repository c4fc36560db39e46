//! A fast look whether a text can hold a secret at all. Nearly none can, and a thorough search takes long.

use super::name::LAST_WORDS_OF_NAMES;

/// Up to three letters, or one of those in brackets, of every part that a secret's name has in it, and of every mark of a
/// secret's value, in small letters.
const HINTS: [&[u8]; 41] = [
    b"tok",
    b"ecr",
    b"pas",
    b"pw",
    b"key",
    b"ede",
    b"pm[a_]",
    b"jwt",
    b"bea",
    b"uth",
    b"oki",
    b"otp",
    b"ses",
    b"pin",
    b"hma",
    b"mne",
    b"nec",
    b"sse",
    b"rif",
    b"nwo",
    b"ras",
    b"nha",
    b"ig[=:\"'`\\ ,]", // names
    b"h[opsur]_",
    b"ub_",
    b"k_[lt]",
    b"x[ao][px]",
    b"eyj",
    b"kia",
    b"sic",
    b"1!",
    b"glp",
    b"aiz",
    b"sg.",
    b"spx",
    b"sk[-0123456789abcdef]",
    b"hrk",
    b"s/t", // values
    b"\\u",
    b"\\/", // what hides a letter or a slash in JSON
    b"@",   // a URL's password, if it is a URL
];

/// The bit of `@`, the last hint.
const AT: u64 = 1 << (HINTS.len() - 1);

/// For each byte, in which of the hints it is the first, the second and the third letter, as bits. Before the letters of
/// a shorter hint any byte may stand.
static LETTERS: [[u64; 3]; 256] = letters();

/// How many bytes are looked at before asking whether there was a hint.
const BLOCK: usize = 64;

/// Whether [`literals`](super::literals) may find something in the text that is spelled so, in JSON or as it is. False
/// when it cannot.
#[must_use]
pub fn may_hold(spelling: &str) -> bool {
    let hints = hints(spelling.as_bytes());
    hints & !AT != 0 || (hints & AT != 0 && spelling.contains("//")) || has_token_length(spelling.as_bytes())
}

/// Whether [`is_secret_key`](super::is_secret_key) may hold of `name`. False when it does not.
#[must_use]
pub fn may_name(name: &str) -> bool {
    // Other alphabets have letters that are small ones of ours.
    !name.is_ascii()
        || hints(name.as_bytes()) & !AT != 0
        || LAST_WORDS_OF_NAMES.iter().any(|word| ends_with(name, word))
}

/// Whether `name` ends with `word`, and digits maybe.
fn ends_with(name: &str, word: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let start = name.len().checked_sub(word.len());
    start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// The hints in `text`, as bits: all of them, or those up to the first that is no `@`.
fn hints(text: &[u8]) -> u64 {
    // As if there were a byte before that is in no hint, and a quote behind.
    let [mut first, second, _] = LETTERS[0];
    let mut second = first & second;
    let mut found = 0;
    for block in text.chunks(BLOCK) {
        for &byte in block {
            let [one, two, three] = LETTERS[usize::from(byte)];
            found |= second & three;
            second = first & two;
            first = one;
        }
        if found & !AT != 0 {
            return found;
        }
    }
    found | (second & LETTERS[usize::from(b'"')][2])
}

/// Whether letters and digits stand together in the number of a Box token's; after an escape such as `\n` there is one
/// more of them.
fn has_token_length(text: &[u8]) -> bool {
    const SHORTEST: usize = 32;
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
    let mut start = 0;
    // A run that long covers the last byte of the first window it begins in, so most bytes are never looked at.
    while let Some(window) = text.get(start..start + SHORTEST) {
        if let Some(gap) = window.iter().rposition(|byte| !is_letter(byte)) {
            start += gap + 1;
            continue;
        }
        let length = SHORTEST + text[start + SHORTEST..].iter().take_while(|byte| is_letter(byte)).count();
        if matches!(length, 32 | 33 | 64 | 65) {
            return true;
        }
        start += length;
    }
    false
}

const fn letters() -> [[u64; 3]; 256] {
    let mut letters = [[0; 3]; 256];
    let mut hint = 0;
    while hint < HINTS.len() {
        let pattern = HINTS[hint];
        let (mut place, mut at, mut within) = (3 - length(pattern), 0, false);
        let mut byte = 0;
        while byte < letters.len() {
            let mut before = 0;
            while before < place {
                letters[byte][before] |= 1 << hint;
                before += 1;
            }
            byte += 1;
        }
        while at < pattern.len() {
            match pattern[at] {
                b'[' => within = true,
                b']' => within = false,
                letter => {
                    letters[letter as usize][place] |= 1 << hint;
                    letters[letter.to_ascii_uppercase() as usize][place] |= 1 << hint;
                }
            }
            at += 1;
            place += if within { 0 } else { 1 };
        }
        hint += 1;
    }
    letters
}

/// How many letters `pattern` stands for.
const fn length(pattern: &[u8]) -> usize {
    let (mut length, mut at, mut within) = (0, 0, false);
    while at < pattern.len() {
        match pattern[at] {
            b'[' => within = true,
            b']' => within = false,
            _ => {}
        }
        length += if within { 0 } else { 1 };
        at += 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::name::SECRET_WORDS;
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
    fn whatever_is_a_secret_gives_a_hint() {
        let values = [
            "eyJa.b.c",
            "Basic dTpw",
            "Bearer x",
            "-----BEGIN PRIVATE KEY-----",
            "https://me:it@host",
            "1!x",
            "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL",
            "\\nAgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL",
            "\\u0074oken=1",
            "hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/a",
            "sig=1",
            "\"sig\": 1",
        ];
        let keys = service_key::tests::examples();
        let values = values.into_iter().chain(keys.iter().map(String::as_str));
        for text in SECRET_WORDS.into_iter().chain(NAMES).chain(values) {
            for before in ["", "x", " ", &"-".repeat(62), &"-".repeat(63), &"- ".repeat(40)] {
                assert!(may_hold(&format!("{before}{text}-{before}")) || before == "x", "{before}{text}");
            }
        }
        for name in
            SECRET_WORDS.into_iter().chain(NAMES).chain(LAST_WORDS_OF_NAMES).chain(["sig", "to\u{212a}en"])
        {
            for name in [name, &name.to_uppercase(), &format!("x{name}")] {
                assert!(may_name(name), "{name}");
            }
        }
    }

    #[test]
    fn most_texts_give_none() {
        for text in [
            "Retrieves the details of a file. Its owner and everybody else may see it.",
            "85136C79CBF9FE36BB9D05D0639C70C265C18D37",
            "https://api.example.com/2.0/files/:file_id?fields=id,name",
            "{\n  \"type\": \"file\",\n  \"id\": \"12345\"\n}",
            "somebody@example.com",
            "ok",
        ] {
            assert!(!may_hold(text), "{text}");
        }
    }
}
