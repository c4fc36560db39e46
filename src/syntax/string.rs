//! JSON strings: from their spelling to the text and back.

use std::fmt::Write as _;
use std::ops::Range;

use super::chunk::Chunk;

/// The text of a valid string, given what is between its quotes. An unpaired surrogate becomes U+FFFD.
pub(super) fn unescape(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let (mut done, mut at) = (0, 0);
    while at < inner.len() {
        let backslashes = Chunk::at(inner.as_bytes(), at).is(b'\\').bits();
        at += backslashes.trailing_zeros() as usize;
        if backslashes == 0 {
            continue;
        }
        out.push_str(&inner[done..at]);
        let (c, length) = match inner.as_bytes().get(at + 1) {
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'u') => {
                let (c, digits) = unicode_escape(&inner[at + 2..]);
                (c, 1 + digits)
            }
            // The character stands for itself. It may be a backslash.
            _ => {
                done = at + 1;
                at += 1 + inner[done..].chars().next().map_or(0, char::len_utf8);
                continue;
            }
        };
        out.push(c);
        at += 1 + length;
        done = at;
    }
    out.push_str(&inner[done..]);
    out
}

/// Whether a valid string, given what is between its quotes, contains an unpaired surrogate.
pub(super) fn has_unpaired_surrogate(inner: &str) -> bool {
    let mut rest = inner;
    while let Some((_, escape)) = rest.split_once('\\') {
        let Some(digits) = escape.strip_prefix('u') else {
            rest = escape.get(1..).unwrap_or_default();
            continue;
        };
        let (c, length) = unicode_escape(digits);
        let spelled = digits.get(..length).unwrap_or_default();
        if c == char::REPLACEMENT_CHARACTER && !spelled.eq_ignore_ascii_case("fffd") {
            return true;
        }
        rest = &digits[length..];
    }
    false
}

/// The most bytes that `text` can take up in a file, quotes included.
pub(super) fn longest_spelling(text: &str) -> usize {
    "\"\"".len() + text.len() * "\\u0000".len()
}

/// The same place in the spelling of a valid string, between its quotes, and in its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reached {
    at: usize,
    text: usize,
}

impl Reached {
    /// The bytes of `inner` that spell the bytes `range` of the text. Ranges in order take one pass.
    pub(super) fn spelling(&mut self, inner: &str, range: Range<usize>) -> Range<usize> {
        if range.start < self.text {
            *self = Self::default();
        }
        let start = self.reach(inner, range.start);
        start..self.reach(inner, range.end)
    }

    fn reach(&mut self, inner: &str, goal: usize) -> usize {
        while self.text < goal {
            let rest = &inner[self.at..];
            let mut chars = rest.chars();
            let (c, length) = match (chars.next(), chars.next()) {
                (Some('\\'), Some('u')) => {
                    let (c, length) = unicode_escape(chars.as_str());
                    (c, 2 + length)
                }
                // Each of these escapes is one byte of text.
                (Some('\\'), Some(escape)) => ('\\', 1 + escape.len_utf8()),
                (Some(c), _) => (c, c.len_utf8()),
                (None, _) => break,
            };
            self.at += length;
            self.text += c.len_utf8();
        }
        self.at
    }
}

/// The character that the digits after `\u` spell, together with the second half of a surrogate pair if one follows,
/// and the length of its spelling.
fn unicode_escape(rest: &str) -> (char, usize) {
    let unit = |at: usize| rest.get(at..at + 4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let Some(first) = unit(0) else { return (char::REPLACEMENT_CHARACTER, 0) };
    let pair = rest.get(4..6).filter(|&prefix| prefix == "\\u").and_then(|_| unit(6));
    match (char::from_u32(u32::from(first)), pair) {
        (Some(c), _) => (c, 4),
        (None, Some(second)) => match char::decode_utf16([first, second]).next() {
            Some(Ok(c)) => (c, 10),
            _ => (char::REPLACEMENT_CHARACTER, 4),
        },
        (None, None) => (char::REPLACEMENT_CHARACTER, 4),
    }
}

/// Spells `text` as a JSON string like Postman: escapes only what must be escaped.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8 + 2);
    push_quoted(text, &mut out);
    out
}

/// Appends `text` to `out` as a JSON string.
pub(super) fn push_quoted(text: &str, out: &mut String) {
    out.push('"');
    let (mut done, mut at) = (0, 0);
    while at < text.len() {
        let chunk = Chunk::at(text.as_bytes(), at);
        let stops = (chunk.is_any(b'"', b"\\") | chunk.is_at_most(0x1f)).bits();
        at += stops.trailing_zeros() as usize;
        // A chunk is filled up with zeros, which look like stops.
        let Some(byte) = text.as_bytes().get(at).filter(|_| stops != 0) else { continue };
        out.push_str(&text[done..at]);
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            8 => out.push_str("\\b"),
            0xc => out.push_str("\\f"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => {
                let _ = write!(out, "\\u{control:04x}");
            }
        }
        at += 1;
        done = at;
    }
    out.push_str(&text[done..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unescape_knows_every_escape_and_keeps_going_after_half_a_pair() {
        assert_eq!(unescape(r#"a\"\\\/\b\f\n\r\t"#), "a\"\\/\u{8}\u{c}\n\r\t");
        assert_eq!(unescape(r"\u0041\ud83d\ude00!"), "A😀!");
        assert_eq!(unescape(r"\ud800x\udc00\ud800A"), "\u{fffd}x\u{fffd}\u{fffd}A");
    }

    #[test]
    fn only_half_of_a_pair_counts_as_unpaired() {
        for (inner, unpaired) in [
            (r"\ud83d\ude00 \u0041 \uFFFD \\ud800 \n�", false),
            (r"\ud800", true),
            (r"\\\udc00", true),
            (r"\ud83d\ude00\uD83D", true),
            (r"\ud800\ud83d\ude00", true),
        ] {
            assert_eq!(has_unpaired_surrogate(inner), unpaired, "{inner}");
        }
    }

    #[test]
    fn the_spelling_of_a_part_unescapes_to_it() {
        let inner = r#"é\n\ud83d\ude00\u0041 \"b\""#;
        let text = unescape(inner);
        let mut reached = Reached::default();
        for part in ["é", "\n", "😀", "A", "\"b", "b\""] {
            let at = text.find(part).expect(part);
            let range = at..at + part.len();
            assert_eq!(unescape(&inner[reached.spelling(inner, range.clone())]), part);
            assert_eq!(unescape(&inner[Reached::default().spelling(inner, range)]), part);
        }
    }

    #[test]
    fn quote_escapes_only_what_it_must() {
        let text = "\"\\/\n\u{1}\u{7f}é😀\u{2028}";
        assert_eq!(quote(text), "\"\\\"\\\\/\\n\\u0001\u{7f}é😀\u{2028}\"");
        let quoted = quote(text);
        assert_eq!(serde_json::from_str::<String>(&quoted).ok().as_deref(), Some(text));
    }
}
