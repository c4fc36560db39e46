use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::tree::{Kind, Slot, Text};
use super::{Document, Name, Syntax, Value, string};
use crate::text::{Position, Span};

/// A node's place in its document's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// A value in a document. Cheap to copy; everything it answers borrows from the document.
#[derive(Clone, Copy, Debug)]
pub struct Node<'d> {
    document: &'d Document,
    id: NodeId,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.id == other.id
    }
}

impl Eq for Node<'_> {}

impl Hash for Node<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.document).hash(state);
        self.id.hash(state);
    }
}

impl<'d> Node<'d> {
    pub(super) fn new(document: &'d Document, at: usize) -> Self {
        Self { document, id: NodeId(at as u32) }
    }

    /// Its slot's place in the tree.
    pub(super) fn at(&self) -> usize {
        self.id.0 as usize
    }

    pub(super) fn slot(&self) -> &'d Slot {
        &self.document.tree.slots[self.at()]
    }

    /// The document it stands in.
    #[must_use]
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// Its place in the tree.
    #[must_use]
    pub fn id(&self) -> NodeId {
        self.id
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.slot().kind
    }

    /// Where it stands, quotes and brackets included.
    #[must_use]
    pub fn span(&self) -> Span {
        self.slot().span
    }

    /// Line and column of its first character.
    #[must_use]
    pub fn position(&self) -> Position {
        self.document.source().position(self.span().start as usize)
    }

    /// Its spelling in the file.
    #[must_use]
    pub fn raw(&self) -> &'d str {
        self.document.source().slice(self.span())
    }

    /// Whether its text alone tells what it means: not in YAML with an alias, which stands for something elsewhere, or a block
    /// scalar, which may count its indentation from outside.
    fn speaks_for_itself(&self) -> bool {
        self.document.syntax() == Syntax::Json || !self.raw().contains(['*', '|', '>'])
    }

    /// Whether both stand byte for byte alike, and so mean the same.
    #[must_use]
    pub fn is_spelled_as(&self, other: Node<'_>) -> bool {
        self.raw() == other.raw() && self.kind() == other.kind() && self.speaks_for_itself()
    }

    /// The value in JSON: as it stands in a JSON file, without spaces in a YAML one.
    #[must_use]
    pub fn to_json(&self) -> Cow<'d, str> {
        match self.document.syntax() {
            Syntax::Json => Cow::Borrowed(self.raw()),
            Syntax::Yaml => Cow::Owned(Value::of(*self).to_json()),
        }
    }

    /// The text of a string; half a surrogate pair becomes U+FFFD.
    #[must_use]
    pub fn as_str(&self) -> Option<Cow<'d, str>> {
        (self.kind() == Kind::String).then(|| self.text())
    }

    /// The spelling of a number in JSON.
    #[must_use]
    pub fn as_number(&self) -> Option<Cow<'d, str>> {
        (self.kind() == Kind::Number).then(|| self.text())
    }

    pub(super) fn text(&self) -> Cow<'d, str> {
        let inner = || {
            let span = self.span();
            self.document.source().slice(Span { start: span.start + 1, end: span.end - 1 })
        };
        match self.slot().text {
            Text::Whole => Cow::Borrowed(self.raw()),
            Text::Inner => Cow::Borrowed(inner()),
            Text::Escaped => Cow::Owned(string::unescape(inner())),
            Text::Stored => Cow::Borrowed(self.document.tree.stored(self.at())),
        }
    }

    /// Whether it is the string `text`.
    #[must_use]
    #[inline]
    pub fn is_str(&self, text: &str) -> bool {
        self.is(Name::of(text))
    }

    /// Whether it is the string `name`.
    #[must_use]
    #[inline]
    pub fn is(&self, name: Name<'_>) -> bool {
        self.slot().may_be(name) && self.has_text_of(name)
    }

    fn has_text_of(&self, name: Name<'_>) -> bool {
        let slot = self.slot();
        match slot.text {
            // The same as below, which takes longer.
            Text::Inner => {
                let inner = slot.span.start as usize + 1..slot.span.end as usize - 1;
                self.document.source().text().as_bytes().get(inner) == Some(name.text().as_bytes())
            }
            Text::Escaped if slot.span.len() > string::longest_spelling(name.text()) => false,
            _ => self.text() == name.text(),
        }
    }

    /// The first item of `list` whose `name` it is.
    #[must_use]
    #[inline]
    pub fn find_in<'l, T>(&self, list: &'l [T], name: impl Fn(&T) -> Name<'_>) -> Option<&'l T> {
        self.position_in(list, name).map(|at| &list[at])
    }

    /// The place in `list` of that item.
    #[must_use]
    #[inline]
    pub fn position_in<T>(&self, list: &[T], name: impl Fn(&T) -> Name<'_>) -> Option<usize> {
        // Looked up once: most names are others, and telling so takes little more.
        let slot = self.slot();
        list.iter().map(name).position(|name| slot.may_be(name) && self.has_text_of(name))
    }

    /// The value of a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        // YAML spells it in capitals, too.
        (self.kind() == Kind::Bool).then(|| self.raw().starts_with(['t', 'T']))
    }

    /// Whether it is the boolean `value`.
    #[must_use]
    pub fn is_bool(&self, value: bool) -> bool {
        self.as_bool() == Some(value)
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }
}
