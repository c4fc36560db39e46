use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Literal, range_of};
use crate::secret::value::is_token;

/// The shortest word in the middle of a text that is taken for a credential.
const SHORTEST: usize = 16;

/// Whether a byte may be part of a credential.
static WORD_PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let mut byte = 0;
    while byte < parts.len() {
        let it = byte as u8;
        parts[byte] =
            it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.' | b'!' | b'+' | b'/' | b'=' | b'~');
        byte += 1;
    }
    parts
};

/// Words that have the shape of a credential, and what follows `Bearer` and `Basic`.
pub(super) fn words(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let bytes = text.as_bytes();
    let is_part = |byte: &u8| WORD_PARTS[usize::from(*byte)];
    let (mut at, mut before) = (0, "");
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes[at..].iter().position(is_part)?;
            let end =
                bytes[start..].iter().position(|byte| !is_part(byte)).map_or(bytes.len(), |it| start + it);
            // A scheme and what follows it have one blank between them.
            let scheme = if start == at + 1 { before } else { "" };
            (at, before) = (end, &text[start..end]);
            let word = before.trim_end_matches(['.', '!', '/']);
            let long = word.len() >= SHORTEST;
            let shaped = long && (matches!(scheme, "Bearer" | "Basic") || is_token(word));
            if shaped || (scheme == "Basic" && is_basic(word)) {
                return Some(Literal { name: "", range: range_of(word, text) });
            }
        }
    })
}

/// Whether `word` is base64 of `user:password`.
fn is_basic(word: &str) -> bool {
    let decoded = STANDARD.decode(word).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.is_some_and(|text| text.contains(':') && !text.contains(char::is_control))
}
