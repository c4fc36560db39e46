use super::{Literal, range_of};
use crate::secret::value::{basic_password, is_token};

/// The shortest word in the middle of a text that is considered a credential, in bytes.
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

/// Words with the shape of a credential, and those after `Bearer` and `Basic`.
pub(super) fn words(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let bytes = text.as_bytes();
    let is_part = |byte: &u8| WORD_PARTS[usize::from(*byte)];
    let (mut at, mut before) = (0, "");
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes[at..].iter().position(is_part)?;
            let end =
                bytes[start..].iter().position(|byte| !is_part(byte)).map_or(bytes.len(), |it| start + it);
            // A single character separates a scheme from its credential.
            let scheme = if start == at + 1 { before } else { "" };
            (at, before) = (end, &text[start..end]);
            let whole = before.trim_end_matches(['.', '!', '/']);
            // A value after `name=`, as in a URL, counts as a word, too.
            let given = whole.split_once('=').map(|(_, given)| given).filter(|given| is_token(given));
            let word = given.unwrap_or(whole);
            let long = word.len() >= SHORTEST;
            let shaped = long && (matches!(scheme, "Bearer" | "Basic") || is_token(word));
            if shaped || (scheme == "Basic" && basic_password(word).is_some()) {
                return Some(Literal { name: "", range: range_of(word, text) });
            }
        }
    })
}
