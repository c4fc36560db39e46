use std::borrow::Cow;

use super::Node;
use crate::text::Span;

/// A named value in an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'d> {
    /// The name, a string.
    pub name: Node<'d>,
    /// The value.
    pub value: Node<'d>,
}

impl<'d> Member<'d> {
    /// The text of the name.
    #[must_use]
    pub fn key(&self) -> Cow<'d, str> {
        self.name.as_str().unwrap_or_default()
    }

    /// From the start of the name to the end of the value.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { start: self.name.span().start, end: self.value.span().end }
    }
}
