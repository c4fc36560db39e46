//! Strict RFC 8259: text to spans in one pass, without recursion.

use super::chunk::{Bits, Chunk};
use super::likeness::Likeness;
use super::marks::{BLOCK, Marks};
use super::tree::{Kind, MAX_DEPTH, TOO_DEEP, Text, Tree};
use super::{Syntax, SyntaxError};
use crate::text::Span;

/// A Postman file laid out in lines has at least this many bytes per node.
const BYTES_PER_NODE: usize = 12;

/// Indexes `text`, taking over from `like` what is spelled the same.
///
/// # Errors
/// The first place where `text` is not JSON, with what was expected there.
pub(super) fn scan(text: &str, like: Option<Likeness<'_>>) -> Result<Tree, SyntaxError> {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        marks: Marks::default(),
        marked: 0,
        tree: Tree::with_capacity(text.len() / BYTES_PER_NODE),
        open: Vec::new(),
        like,
    };
    match scanner.document() {
        Ok(()) => Ok(scanner.tree),
        Err(problem) => Err(SyntaxError::at(Syntax::Json, text, scanner.at, problem.to_owned())),
    }
}

/// The problem at the current place, in words.
type Problem = &'static str;

struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    /// The marks of the block that ends at `marked`; the current place is in it or after it.
    marks: Marks,
    marked: usize,
    tree: Tree,
    /// The containers around the current place, innermost last, and whether they are objects.
    open: Vec<(usize, bool)>,
    like: Option<Likeness<'t>>,
}

impl Scanner<'_> {
    fn document(&mut self) -> Result<(), Problem> {
        loop {
            self.value()?;
            if self.after_value()? {
                break;
            }
        }
        match self.peek() {
            None => Ok(()),
            Some(_) => Err("expected the end of the file"),
        }
    }

    /// Reads one scalar or empty container, or descends to the first value inside a container.
    fn value(&mut self) -> Result<(), Problem> {
        loop {
            match self.peek() {
                Some(b'"') => return self.string(),
                Some(b'{' | b'[') if self.take_over() => return Ok(()),
                Some(b'{') => {
                    self.open(Kind::Object)?;
                    if self.peek() == Some(b'}') {
                        self.close();
                        return Ok(());
                    }
                    self.name("expected a member name in double quotes or `}`")?;
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
                _ => return Err("expected a value"),
            }
        }
    }

    /// Closes the containers that end here. Returns whether the document ends, too.
    fn after_value(&mut self) -> Result<bool, Problem> {
        while let Some(&(_, object)) = self.open.last() {
            match (self.peek(), object) {
                (Some(b','), true) => {
                    self.at += 1;
                    self.name("expected a member name in double quotes after the comma")?;
                    return Ok(false);
                }
                (Some(b','), false) => {
                    self.at += 1;
                    if self.peek() == Some(b']') {
                        return Err("expected a value after the comma");
                    }
                    return Ok(false);
                }
                (Some(b'}'), true) | (Some(b']'), false) => self.close(),
                (_, true) => return Err("expected `,` or `}`"),
                (_, false) => return Err("expected `,` or `]`"),
            }
        }
        Ok(true)
    }

    fn open(&mut self, kind: Kind) -> Result<(), Problem> {
        if self.open.len() == MAX_DEPTH {
            return Err(TOO_DEEP);
        }
        let container = self.tree.push(kind, Span::at(self.at), Text::Whole);
        self.open.push((container, kind == Kind::Object));
        self.at += 1;
        Ok(())
    }

    /// Takes over the container that starts here, if it is known, and moves past it. Returns whether it did.
    fn take_over(&mut self) -> bool {
        let Some(like) = &mut self.like else { return false };
        let Some(known) = like.open(&self.bytes[self.at..]) else { return false };
        self.at = self.tree.take_over(like.slots(known.clone()), known.start, self.at);
        if self.at >= self.marked {
            // The current place is not in a string, whatever the last block ended with.
            self.marks = Marks::default();
        }
        true
    }

    fn close(&mut self) {
        self.at += 1;
        if let Some(like) = &mut self.like {
            like.close();
        }
        if let Some((container, _)) = self.open.pop() {
            self.tree.close(container, self.at);
        }
    }

    fn name(&mut self, problem: Problem) -> Result<(), Problem> {
        if self.peek() != Some(b'"') {
            return Err(problem);
        }
        self.string()?;
        if self.peek() != Some(b':') {
            return Err("expected `:` after the member name");
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<(), Problem> {
        let start = self.at;
        let mut text = Text::Inner;
        self.at += 1;
        loop {
            self.mark();
            let stops = self.marks.stops >> (self.at % BLOCK);
            let before_stop = !stops & stops.wrapping_sub(1);
            if (self.marks.backslashes >> (self.at % BLOCK)) & before_stop != 0 {
                text = Text::Escaped;
            }
            if stops == 0 {
                self.at = self.marked;
                continue;
            }
            self.at += stops.trailing_zeros() as usize;
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                _ => self.not_the_end()?,
            }
        }
        let inner = &self.bytes[start + 1..self.at];
        self.at += 1;
        self.tree.push_string(Span::new(start, self.at), text, inner);
        Ok(())
    }

    /// Continues at a stop that is not the closing quote of the string.
    #[cold]
    fn not_the_end(&mut self) -> Result<(), Problem> {
        if self.marks.rare_escapes >> (self.at % BLOCK) & 1 != 0 {
            return self.long_escape();
        }
        Err(match self.bytes.get(self.at) {
            Some(_) => {
                "expected an escape such as `\\n`, since a string cannot contain a raw control character"
            }
            None => "expected `\"` at the end of the string",
        })
    }

    /// Reads the rest of an escape that is not a single letter or mark.
    fn long_escape(&mut self) -> Result<(), Problem> {
        if self.bytes.get(self.at) != Some(&b'u') {
            return Err("expected one of `\" \\ / b f n r t u` after a backslash");
        }
        self.at += 1;
        for _ in 0..4 {
            if !self.bytes.get(self.at).is_some_and(u8::is_ascii_hexdigit) {
                return Err("expected four hexadecimal digits after `\\u`");
            }
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Problem> {
        let start = self.at;
        self.at += usize::from(self.bytes[self.at] == b'-');
        match self.bytes.get(self.at) {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits("expected a digit")?,
            _ => return Err("expected a digit after `-`"),
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits("expected a digit after the decimal point")?;
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            self.digits("expected a digit in the exponent")?;
        }
        self.tree.push(Kind::Number, Span::new(start, self.at), Text::Whole);
        Ok(())
    }

    fn digits(&mut self, problem: Problem) -> Result<(), Problem> {
        let count = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return Err(problem);
        }
        self.at += count;
        Ok(())
    }

    fn word(&mut self, word: &'static str, kind: Kind) -> Result<(), Problem> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err("expected a value");
        }
        self.tree.push(kind, Span::new(self.at, self.at + word.len()), Text::Whole);
        self.at += word.len();
        Ok(())
    }

    /// The next byte that is not white space, left in place.
    fn peek(&mut self) -> Option<u8> {
        match self.bytes.get(self.at) {
            Some(&byte) if byte > b' ' => Some(byte),
            _ => self.after_space(),
        }
    }

    fn after_space(&mut self) -> Option<u8> {
        // One space, as after a colon, is the most frequent case.
        if self.bytes.get(self.at) == Some(&b' ')
            && let Some(&byte @ b'!'..) = self.bytes.get(self.at + 1)
        {
            self.at += 1;
            return Some(byte);
        }
        loop {
            let blanks = Chunk::at(self.bytes, self.at).is_any(b' ', b"\n\t\r").bits();
            self.at += blanks.trailing_ones() as usize;
            if blanks != Bits::MAX {
                return self.bytes.get(self.at).copied();
            }
        }
    }

    /// Marks the block that contains the current place.
    #[inline]
    fn mark(&mut self) {
        if self.at >= self.marked {
            self.mark_block();
        }
    }

    #[inline(never)]
    fn mark_block(&mut self) {
        let block = self.at - self.at % BLOCK;
        self.marks = Marks::of(self.bytes, block, self.marks.next_is_escaped);
        self.marked = block + BLOCK;
    }
}

#[cfg(test)]
mod tests;
