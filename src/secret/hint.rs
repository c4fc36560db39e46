//! A fast look whether a text can hold a secret at all. Nearly none can, and a thorough search takes long.

use std::ops::Range;

use super::name::LAST_WORDS_OF_NAMES;

/// Two bytes in a row, and the words that have them.
type Hint = (&'static [u8; 2], &'static [&'static [u8]]);

/// What every secret has in its name or at its value, in small letters, by two bytes of it that are rare in other texts.
const HINTS: [Hint; 55] = [
    // Of names.
    (b"ok", &[b"token", b"cookie"]),
    (b"ey", &[b"key"]),
    (b"cr", &[b"secret", b"credential"]),
    (b"ss", &[b"pass", b"sess", b"assert"]),
    (b"pw", &[b"pw"]),
    (b"ot", &[b"otp"]),
    (b"jw", &[b"jwt"]),
    (b"ig", &[b"sig "]),
    (b"pi", &[b"pin "]),
    (b"hm", &[b"hmac"]),
    (b"mn", &[b"mnemonic"]),
    (b"nn", &[b"kennwort", b"connec"]),
    (b"tr", &[b"contras"]),
    (b"nh", &[b"senha"]),
    (b"if", &[b"verif"]),
    // Of names and of values.
    (b"be", &[b"bearer"]),
    (b"ak", &[b"pmak", b"akia", b"nrak-"]),
    (b"za", &[b"authorization", b"aiza"]),
    // Of values.
    (b"gh", &[b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_"]),
    (b"hu", &[b"github_pat_"]),
    (
        b"gl",
        &[
            b"glpat-",
            b"glptt-",
            b"gldt-",
            b"glrt-",
            b"glcbt-",
            b"glsoat-",
            b"glft-",
            b"glffct-",
            b"glimt-",
            b"glagent-",
            b"gloas-",
            b"glsa_",
            b"glc_",
        ],
    ),
    (b"k_", &[b"sk_live_", b"sk_test_", b"rk_live_", b"rk_test_", b"gsk_"]),
    (b"k-", &[b"sk-"]),
    (b"xo", &[b"xox"]),
    (b"p-", &[b"xapp-"]),
    (b"px", &[b"gocspx"]),
    (b"np", &[b"npm_"]),
    (b"sg", &[b"sg."]),
    (b"ku", &[b"hrku-"]),
    (b"yj", &[b"eyj"]),
    (b"-0", &[b"pmat-0"]),
    (b"hs", &[b"whsec_"]),
    (b"ya", &[b"ya29."]),
    (b"py", &[b"pypi-"]),
    (b"yg", &[b"rubygems_"]),
    (b"kr", &[b"dckr_pat_"]),
    (b"2_", &[b"os_v2_app_"]),
    (b"lx", &[b"pplx-"]),
    (b"hf", &[b"hf_"]),
    (b"1_", &[b"dop_v1_", b"doo_v1_", b"dor_v1_"]),
    (b"hp", &[b"shpat_", b"shpca_", b"shppa_", b"shpss_"]),
    (b"q0", &[b"sq0atp-", b"sq0csp-"]),
    (b"t3", &[b"atatt3", b"atctt3"]),
    (b"i_", &[b"lin_api_"]),
    (b"gd", &[b"figd_"]),
    (b"hv", &[b"hvs.", b"hvb."]),
    (b"sn", &[b"sntrys_", b"sntryu_"]),
    (b"q~", &[b"q~"]),
    (b"ba", &[b"basic"]),
    (b"1!", &[b"1!"]),
    // Of a webhook's address, and the password in one.
    (b"s/", &[b"s/t"]),
    (b"bh", &[b"/webhooks/"]),
    (&[b'@', ANY], &[b"@"]),
    // What hides a letter or a slash in JSON.
    (b"\\u", &[b"\\u"]),
    (b"\\/", &[b"\\/"]),
];

/// At the end of a word that another small letter makes a harmless one: `sign`, `ping`.
const END: u8 = b' ';

/// In the place of a byte that may be any.
const ANY: u8 = 0;

/// For each two bytes in a row, as a number with the first one in its low half: one more than the place in [`HINTS`] that
/// has them, or 0.
static PAIRS: [u8; 1 << 16] = pairs();

/// Whether [`literals`](super::literals) may find something in the text that is spelled so, in JSON or as it is. False
/// when it cannot.
#[must_use]
pub fn may_hold(spelling: &str) -> bool {
    let text = spelling.as_bytes();
    next_hint(text, 0).is_some() || next_token(text, 0).is_some()
}

/// Where in a text of JSON, in order, there are hints at secrets. A string without any holds none, and a name without any
/// is that of none.
#[must_use]
pub fn hints(json: &str) -> Vec<usize> {
    let text = json.as_bytes();
    let tokens = std::iter::successors(next_token(text, 0), |token| next_token(text, token.end));
    let hints = std::iter::successors(next_hint(text, 0), |at| next_hint(text, at + 1));
    // It takes another word to make `key` the name of a secret.
    let alone = |at: &usize| at.checked_sub(2).and_then(|start| text.get(start..at + 3)) == Some(b"\"key\"");
    let hints = hints.filter(|at| !alone(at));
    let mut places: Vec<_> = tokens.map(|token| token.start).chain(hints).collect();
    places.sort_unstable();
    places
}

/// Whether [`is_secret_key`](super::is_secret_key) may hold of `name`. False when it does not.
#[must_use]
pub fn may_name(name: &str) -> bool {
    // Other alphabets have letters that are small ones of ours.
    name != "key" && (next_hint(name.as_bytes(), 0).is_some() || !name.is_ascii() || ends_like_a_secret(name))
}

/// Whether `name` ends with one of the words that only names are searched for, and digits maybe.
#[must_use]
pub fn ends_like_a_secret(name: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    LAST_WORDS_OF_NAMES.iter().any(|word| {
        let end = name.len().checked_sub(word.len()).and_then(|start| name.get(start..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(word))
    })
}

/// The first hint in `text` from `at` on.
fn next_hint(text: &[u8], mut at: usize) -> Option<usize> {
    let is_here = |at: &usize| is_hint(text, *at);
    while let Some(block) = text.get(at..).and_then(|rest| rest.first_chunk::<{ BLOCK + 1 }>()) {
        let halves = block.first_chunk().zip(block.last_chunk());
        if halves.is_some_and(|(even, odd)| has_pair(*even) || has_pair(*odd))
            && let Some(found) = (at..at + BLOCK).find(is_here)
        {
            return Some(found);
        }
        at += BLOCK;
    }
    (at..text.len()).find(is_here)
}

/// How many pairs of bytes are looked at together.
const BLOCK: usize = 8;

/// Whether the first two bytes, or the next two and so on, are in [`PAIRS`]. Most are not.
fn has_pair(bytes: [u8; BLOCK]) -> bool {
    let bytes = u64::from_le_bytes(bytes);
    let place = |before: u32| PAIRS[(bytes >> before & 0xffff) as usize];
    place(0) | place(16) | place(32) | place(48) != 0
}

/// Whether the bytes at `at` and behind it are the pair of a hint, and the ones around them one of its words.
fn is_hint(text: &[u8], at: usize) -> bool {
    let next = text.get(at + 1).copied().unwrap_or(ANY);
    let place = PAIRS[usize::from(u16::from_le_bytes([text[at], next]))];
    place != 0 && is_word(text, at, HINTS[usize::from(place) - 1])
}

#[cold]
fn is_word(text: &[u8], at: usize, (pair, words): Hint) -> bool {
    let is_here = |word: &&[u8]| {
        let Some(start) = at.checked_sub(place_in(word, pair)) else { return false };
        let same = |(at, letter): (usize, &u8)| match text.get(start + at) {
            there if *letter == END => !there.is_some_and(u8::is_ascii_lowercase),
            there => there.is_some_and(|there| there.to_ascii_lowercase() == *letter),
        };
        word.iter().enumerate().all(same)
    };
    words.iter().any(is_here) && (text[at] != b'@' || may_follow_password(text, at))
}

/// Whether the `@` at `at` may end a URL's password: there are two slashes before, and none in between.
fn may_follow_password(text: &[u8], at: usize) -> bool {
    const LONGEST: usize = 256;
    let before = &text[at.saturating_sub(LONGEST)..at];
    match before.iter().rposition(|byte| *byte == b'/') {
        Some(0) | None => at > LONGEST,
        Some(slash) => before[slash - 1] == b'/',
    }
}

/// The first letters and digits in `text` from `start` on that stand together in the number of a Box token's or of Twilio's
/// keys; after an escape such as `\n` there is one more of them.
fn next_token(text: &[u8], mut start: usize) -> Option<Range<usize>> {
    const SHORTEST: usize = 32;
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
    // A run that long covers the last byte of the first window it begins in, so most bytes are never looked at.
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

const fn pairs() -> [u8; 1 << 16] {
    let mut pairs = [0; 1 << 16];
    let mut place = 0;
    while place < HINTS.len() {
        let [first, second] = *HINTS[place].0;
        let firsts = [first, first.to_ascii_uppercase()];
        let seconds = [second, second.to_ascii_uppercase()];
        let mut case = 0;
        while case < 4 {
            pairs[u16::from_le_bytes([firsts[case / 2], seconds[case % 2]]) as usize] = place as u8 + 1;
            case += 1;
        }
        let mut any = 0;
        while second == ANY && any < 256 {
            pairs[u16::from_le_bytes([first, any as u8]) as usize] = place as u8 + 1;
            any += 1;
        }
        place += 1;
    }
    pairs
}

/// Where `pair` stands in `word`; at its start if the word is shorter.
fn place_in(word: &[u8], pair: &[u8; 2]) -> usize {
    (0..word.len().saturating_sub(1))
        .find(|&at| word[at] == pair[0] && word[at + 1] == pair[1])
        .unwrap_or_default()
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
            "discord.com/api/webhooks/1/a",
            "aZ08Q~aZ0-aZ0_aZ0.aZ0~aZ0aZ0aZ0aZ0aZ0",
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
    fn hints_have_their_places() {
        let token = "AgBfCQdZWIe0DPXqtr7k8qy07x5NsZRL";
        let json = format!(
            r#"{{"key": "a b", "api_key": "{token}", "to": "me@example.com", "x": "https://me:it@h"}}"#
        );
        let found: Vec<_> = hints(&json).iter().map(|at| &json[*at..*at + 2]).collect();
        assert_eq!(found, ["ey", "Ag", "@h"]);
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
            assert!(!may_hold(text), "{text}");
        }
    }
}
