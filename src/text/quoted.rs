//! Where strings in quotes end, in text that may be code.

/// Up to where the quotes are known to begin no string, by their kind: `"`, `'` and `` ` ``. Asked for in order, all strings
/// of a text take no longer than one that goes through all of it.
#[derive(Debug, Default)]
pub struct Unclosed([usize; 3]);

impl Unclosed {
    /// How many bytes stand between the quotes of the string that opens at `at`; none when it does not end on its line, or,
    /// in back quotes, in the text.
    #[must_use]
    pub fn string_length(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let quote = bytes[at];
        let known = &mut self.0[b"\"'`".iter().position(|other| *other == quote)?];
        // All quotes up to there have a backslash, and what is behind them is known.
        if at < *known {
            return None;
        }
        let mut end = at + 1;
        loop {
            let rest = bytes.get(end..).unwrap_or_default();
            let stop = rest.iter().position(|&byte| byte == quote || matches!(byte, b'\\' | b'\n'));
            end = stop.map_or(bytes.len(), |length| end + length);
            match bytes.get(end) {
                Some(b'\\') => end += 2,
                Some(b'\n') if quote == b'`' => end += 1,
                Some(byte) if *byte == quote => return Some(end - at - 1),
                _ => {
                    *known = end;
                    return None;
                }
            }
        }
    }
}
