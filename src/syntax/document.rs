use super::tree::{Kind, Node, Tree};
use super::{SyntaxError, json};
use crate::text::{EditSet, Encoding, Source};

/// The notation a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// RFC 8259, strictly.
    Json,
}

/// A text and the tree that indexes it. The text is the document; nothing is ever printed from the tree.
#[derive(Debug)]
pub struct Document {
    source: Source,
    pub(super) tree: Tree,
    syntax: Syntax,
}

impl Document {
    /// Indexes `source`.
    ///
    /// # Errors
    /// The [`SyntaxError`], and the source for showing it, when the text breaks the rules of `syntax`.
    #[allow(clippy::result_large_err, reason = "the source is needed to show the error")]
    pub fn parse(source: Source, syntax: Syntax) -> Result<Self, (SyntaxError, Source)> {
        let tree = match syntax {
            Syntax::Json => json::scan(source.text()),
        };
        match tree {
            Ok(tree) => Ok(Self { source, tree, syntax }),
            Err(error) => Err((error, source)),
        }
    }

    /// A JSON document that comes from no file.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn json(text: &str) -> Result<Self, SyntaxError> {
        let source = Source::with(text.to_owned(), Encoding::Utf8);
        Self::parse(source, Syntax::Json).map_err(|(error, _)| error)
    }

    /// The text.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The notation.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node::new(self, 0)
    }

    /// The string value around the byte at `at`; none between values and in the name of a member.
    #[must_use]
    pub fn string_at(&self, at: usize) -> Option<Node<'_>> {
        let next = self.tree.slots.partition_point(|slot| slot.span.start as usize <= at);
        let slot = self.tree.slots.get(next.checked_sub(1)?)?;
        let text = self.source.text();
        let within = slot.kind == Kind::String && at < slot.span.end as usize;
        let is_name =
            || text[slot.span.end as usize..].trim_start_matches([' ', '\t', '\r', '\n']).starts_with(':');
        (within && !is_name()).then(|| Node::new(self, next - 1))
    }

    /// The document after `edits`: what a change must always pass through before it is written.
    ///
    /// # Errors
    /// The [`SyntaxError`] that the edits would make.
    pub fn edited(&self, edits: &EditSet) -> Result<Self, SyntaxError> {
        let source = Source::with(edits.apply(self.source.text()), self.source.encoding());
        Self::parse(source, self.syntax).map_err(|(error, _)| error)
    }

    /// The bytes of the file that holds this document.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.source.encode(self.source.text())
    }
}
