//! Where the parts of a string's text stand in the file.

use std::borrow::Cow;
use std::ops::Range;

use super::tree::Text;
use super::{Node, block, string};
use crate::text::Span;

/// Where parts of the text of a string are spelled. Asked for in order, they take no longer than one of them.
#[derive(Debug)]
pub struct Spelling<'d> {
    node: Node<'d>,
    reached: string::Reached,
    reached_in_block: block::Reached,
}

impl<'d> Spelling<'d> {
    /// Of the string `node`.
    #[must_use]
    pub fn of(node: Node<'d>) -> Self {
        let (reached, reached_in_block) = Default::default();
        Self { node, reached, reached_in_block }
    }

    /// Where the bytes `range` of the text are; all of the string where they cannot be told apart.
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
    /// Where the bytes `range` of the text of a string are spelled; all of it where they cannot be told apart.
    #[must_use]
    pub fn span_of(&self, range: Range<usize>) -> Span {
        Spelling::of(*self).span_of(range)
    }

    /// The bytes `range` of the text of a string, which [stand](Self::span_of) at `span`.
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
