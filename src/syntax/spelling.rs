//! From parts of a string's text to their places in the file.

use std::borrow::Cow;
use std::ops::Range;

use super::tree::Text;
use super::{Node, block, string};
use crate::text::Span;

/// Finds where parts of a string's text are spelled. Parts asked for in order take one pass.
#[derive(Debug)]
pub struct Spelling<'d> {
    node: Node<'d>,
    reached: string::Reached,
    reached_in_block: block::Reached,
}

impl<'d> Spelling<'d> {
    /// Starts at the beginning of the string `node`.
    #[must_use]
    pub fn of(node: Node<'d>) -> Self {
        let (reached, reached_in_block) = Default::default();
        Self { node, reached, reached_in_block }
    }

    /// The place of the bytes `range` of the text; the whole string if they cannot be told apart.
    #[must_use]
    pub fn span_of(&mut self, range: Range<usize>) -> Span {
        let node = self.node;
        let start = node.span().start as usize;
        let (start, range) = match node.slot().text {
            Text::Whole => (start, range),
            Text::Inner => (start + 1, range),
            Text::Escaped => (start + 1, self.reached.spelling(&node.raw()[1..], range)),
            Text::Stored => match self.reached_in_block.spelling(node.raw(), &node.text(), &range) {
                Some(spelled) => (start, spelled),
                None => return node.span(),
            },
        };
        Span::new(start + range.start, start + range.end)
    }
}

impl<'d> Node<'d> {
    /// The place of the bytes `range` of a string's text; the whole string if they cannot be told apart.
    #[must_use]
    pub fn span_of(&self, range: Range<usize>) -> Span {
        Spelling::of(*self).span_of(range)
    }

    /// The bytes `range` of a string's text, given that their [place](Self::span_of) is `span`.
    #[must_use]
    pub fn text_at(&self, range: Range<usize>, span: Span) -> Cow<'d, str> {
        if matches!(self.slot().text, Text::Escaped) {
            return Cow::Owned(string::unescape(self.document().source().slice(span)));
        }
        match self.text() {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(range).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(range).unwrap_or_default().to_owned()),
        }
    }
}
