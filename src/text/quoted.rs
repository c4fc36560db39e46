//! Finds the ends of quoted strings in text that may be code.

/// For each kind of quote (`"`, `'` and `` ` ``), the place up to which no quote is known to open a string. If the
/// strings of a text are asked for in order, finding all of them takes one pass.
#[derive(Debug, Default)]
pub struct Unclosed([usize; 3]);

impl Unclosed {
    /// The number of bytes between the quotes of the string that opens at `at`; `None` if it does not end on its line
    /// or, in back quotes, in the text.
    #[must_use]
    pub fn string_length(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let quote = bytes[at];
        let known = &mut self.0[b"\"'`".iter().position(|other| *other == quote)?];
        // Every quote up to there follows a backslash, so none of them closes this string.
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
