//! Strict RFC 8259: text to spans in one pass, without recursion.

use super::tree::{Kind, MAX_DEPTH, Text, Tree};
use super::{Syntax, SyntaxError};
use crate::text::Span;

/// Indexes `text`.
///
/// # Errors
/// The first place where `text` is not JSON, with what may stand there.
pub(super) fn scan(text: &str) -> Result<Tree, SyntaxError> {
    let mut scanner =
        Scanner { text, bytes: text.as_bytes(), at: 0, tree: Tree::default(), open: Vec::new() };
    scanner.document()?;
    Ok(scanner.tree)
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    tree: Tree,
    /// The containers around the current place, innermost last.
    open: Vec<usize>,
}

impl Scanner<'_> {
    fn document(&mut self) -> Result<(), SyntaxError> {
        loop {
            self.value()?;
            if self.after_value()? {
                break;
            }
        }
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end of the file")),
        }
    }

    /// Reads one scalar or empty container, or descends to the first value inside a container.
    fn value(&mut self) -> Result<(), SyntaxError> {
        loop {
            match self.peek() {
                Some(b'"') => return self.string(),
                Some(b'{') => {
                    self.open(Kind::Object)?;
                    if self.peek() == Some(b'}') {
                        self.close();
                        return Ok(());
                    }
                    self.name("a member name in double quotes or `}`")?;
                }
                Some(b'[') => {
                    self.open(Kind::Array)?;
                    if self.peek() == Some(b']') {
                        self.close();
                        return Ok(());
                    }
                }
                Some(b'-' | b'0'..=b'9') => return self.number(),
                Some(b't') => return self.word("true", Kind::Bool),
                Some(b'f') => return self.word("false", Kind::Bool),
                Some(b'n') => return self.word("null", Kind::Null),
                _ => return Err(self.expected("a value")),
            }
        }
    }

    /// Closes what ends here; true when that was the outermost value.
    fn after_value(&mut self) -> Result<bool, SyntaxError> {
        while let Some(&container) = self.open.last() {
            let object = self.tree.slots[container].kind == Kind::Object;
            match (self.peek(), object) {
                (Some(b','), true) => {
                    self.at += 1;
                    self.name("a member name in double quotes")?;
                    return Ok(false);
                }
                (Some(b','), false) => {
                    self.at += 1;
                    return Ok(false);
                }
                (Some(b'}'), true) | (Some(b']'), false) => self.close(),
                (_, true) => return Err(self.expected("`,` or `}`")),
                (_, false) => return Err(self.expected("`,` or `]`")),
            }
        }
        Ok(true)
    }

    fn open(&mut self, kind: Kind) -> Result<(), SyntaxError> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.expected("at most 1000 levels of nesting"));
        }
        self.open.push(self.tree.push(kind, Span::at(self.at), Text::Whole));
        self.at += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.at += 1;
        if let Some(container) = self.open.pop() {
            self.tree.close(container, self.at);
        }
    }

    fn name(&mut self, expected: &'static str) -> Result<(), SyntaxError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected(expected));
        }
        self.string()?;
        if self.peek() != Some(b':') {
            return Err(self.expected("`:` after the member name"));
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let mut escaped = false;
        self.at += 1;
        loop {
            self.at += plain_prefix(&self.bytes[self.at..]);
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => {
                    return Err(self
                        .expected("an escape such as `\\n`, since a string holds no raw control character"));
                }
                None => return Err(self.expected("`\"` at the end of the string")),
            }
        }
        self.at += 1;
        let text = if escaped { Text::Escaped } else { Text::Inner };
        self.tree.push(Kind::String, Span::new(start, self.at), text);
        Ok(())
    }

    fn escape(&mut self) -> Result<(), SyntaxError> {
        self.at += 1;
        match self.bytes.get(self.at) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.bytes.get(self.at).is_some_and(u8::is_ascii_hexdigit) {
                        return Err(self.expected("four hexadecimal digits after `\\u`"));
                    }
                    self.at += 1;
                }
            }
            _ => return Err(self.expected("one of `\" \\ / b f n r t u` after a backslash")),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        self.at += usize::from(self.bytes[self.at] == b'-');
        match self.bytes.get(self.at) {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits("a digit")?,
            _ => return Err(self.expected("a digit after `-`")),
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits("a digit after the decimal point")?;
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            self.digits("a digit in the exponent")?;
        }
        self.tree.push(Kind::Number, Span::new(start, self.at), Text::Whole);
        Ok(())
    }

    fn digits(&mut self, expected: &'static str) -> Result<(), SyntaxError> {
        let count = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return Err(self.expected(expected));
        }
        self.at += count;
        Ok(())
    }

    fn word(&mut self, word: &'static str, kind: Kind) -> Result<(), SyntaxError> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.expected("a value"));
        }
        self.tree.push(kind, Span::new(self.at, self.at + word.len()), Text::Whole);
        self.at += word.len();
        Ok(())
    }

    /// The next byte that is not white space, left in place.
    fn peek(&mut self) -> Option<u8> {
        while let Some(&byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    fn expected(&self, expected: &'static str) -> SyntaxError {
        SyntaxError::at(Syntax::Json, self.text, self.at, format!("expected {expected}"))
    }
}

/// How many bytes of `bytes` are plain string content: no quote, no backslash, no control character.
fn plain_prefix(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // Eight bytes at a time: a byte's high bit is set where it is below 0x20, a quote or a backslash. Borrows run
    // upwards only, so the lowest set bit is exact.
    let zero_bytes = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let mut at = 0;
    while let Some(&chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(chunk);
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
        let stops = control | zero_bytes(word ^ (ONES * 0x22)) | zero_bytes(word ^ (ONES * 0x5c));
        if stops != 0 {
            return at + stops.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes[at..].iter().take_while(|&&byte| byte >= 0x20 && byte != b'"' && byte != b'\\');
    at + rest.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (usize, String) {
        let error = scan(text).expect_err(text);
        (error.span.start as usize, error.to_string())
    }

    #[test]
    fn errors_name_the_place_and_what_may_stand_there() {
        let cases = [
            ("", 0, "expected a value, found the end of the file"),
            ("{\"a\":1,}", 7, "expected a member name in double quotes, found `}`"),
            ("{a:1}", 1, "expected a member name in double quotes or `}`, found `a`"),
            ("[1 2]", 3, "expected `,` or `]`, found `2`"),
            ("[1,]", 3, "expected a value, found `]`"),
            ("{\"a\" 1}", 5, "expected `:` after the member name, found `1`"),
            ("01", 1, "expected the end of the file, found `1`"),
            ("-x", 1, "expected a digit after `-`, found `x`"),
            ("1.", 2, "expected a digit after the decimal point, found the end of the file"),
            ("\"a", 2, "expected `\"` at the end of the string, found the end of the file"),
            ("tru", 0, "expected a value, found `t`"),
            ("\"\\u12G4\"", 5, "expected four hexadecimal digits after `\\u`, found `G`"),
            ("\"\\x\"", 2, "expected one of `\" \\ / b f n r t u` after a backslash, found `x`"),
        ];
        for (text, at, message) in cases {
            assert_eq!(refused(text), (at, message.to_owned()), "{text}");
        }
        assert!(refused("\"a\tb\"").1.ends_with("found the control character U+0009"));
    }

    #[test]
    fn nesting_ends_at_the_stated_limit() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(scan(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(refused(&nested(MAX_DEPTH + 1)).0, MAX_DEPTH);
    }

    #[test]
    fn plain_prefix_stops_at_every_offset() {
        for stop in [b'"', b'\\', 0, 0x1f, b'\n'] {
            for at in 0..40 {
                let mut bytes = vec![b'x'; 40];
                bytes[at] = stop;
                assert_eq!(plain_prefix(&bytes), at);
            }
        }
        for plain in [0x20, 0x7f, 0x80, 0xff, b'#', b'!', b'[', b']'] {
            assert_eq!(plain_prefix(&[plain; 21]), 21);
        }
    }
}
