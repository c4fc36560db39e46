use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::tree::{Kind, Slot, Text};
use super::{Document, Name, Syntax, Value, string};
use crate::text::{Position, Span};

/// The identity of a node within its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// A value in a document. Cheap to copy; everything it returns borrows from the document.
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
    #[inline]
    pub(super) fn new(document: &'d Document, at: usize) -> Self {
        Self { document, id: NodeId(at as u32) }
    }

    /// The index of its slot in the tree.
    #[inline]
    pub(super) fn at(&self) -> usize {
        self.id.0 as usize
    }

    #[inline]
    pub(super) fn slot(&self) -> &'d Slot {
        &self.document.tree.slots[self.at()]
    }

    /// The document that contains it.
    #[must_use]
    #[inline]
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// Its identity within the document.
    #[must_use]
    pub fn id(&self) -> NodeId {
        self.id
    }

    /// Its kind.
    #[must_use]
    #[inline]
    pub fn kind(&self) -> Kind {
        self.slot().kind
    }

    /// Its place in the text, quotes and brackets included.
    #[must_use]
    pub fn span(&self) -> Span {
        self.slot().span
    }

    /// The line and column of its first character.
    #[must_use]
    pub fn position(&self) -> Position {
        self.document.source().position(self.span().start as usize)
    }

    /// Its text in the file, quotes and escapes included.
    #[must_use]
    pub fn raw(&self) -> &'d str {
        self.document.source().slice(self.span())
    }

    /// Whether its text alone determines its value. In YAML, an alias refers to another place, and the indentation of a
    /// block scalar may be relative to its surroundings.
    fn is_self_contained(&self) -> bool {
        self.document.syntax() == Syntax::Json || !self.raw().contains(['*', '|', '>'])
    }

    /// Whether both are spelled the same, byte for byte, and so have the same value.
    #[must_use]
    pub fn is_spelled_as(&self, other: Node<'_>) -> bool {
        self.raw() == other.raw() && self.kind() == other.kind() && self.is_self_contained()
    }

    /// The value in JSON: as spelled in a JSON file; without spaces if the file is YAML.
    #[must_use]
    pub fn to_json(&self) -> Cow<'d, str> {
        match self.document.syntax() {
            Syntax::Json => Cow::Borrowed(self.raw()),
            Syntax::Yaml => Cow::Owned(Value::of(*self).to_json()),
        }
    }

    /// The text, if it is a string; an unpaired surrogate becomes U+FFFD.
    #[must_use]
    pub fn as_str(&self) -> Option<Cow<'d, str>> {
        (self.kind() == Kind::String).then(|| self.text())
    }

    /// Whether it is a string with an unpaired surrogate, half of a character, which only JSON can spell.
    #[must_use]
    pub fn has_unpaired_surrogate(&self) -> bool {
        self.slot().text == Text::Escaped && string::has_unpaired_surrogate(self.raw())
    }

    /// The JSON spelling, if it is a number.
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

    pub(super) fn has_text_of(&self, name: Name<'_>) -> bool {
        let slot = self.slot();
        match slot.text {
            // A faster way to do what the last arm does.
            Text::Inner => {
                let inner = slot.span.start as usize + 1..slot.span.end as usize - 1;
                self.document.source().text().as_bytes().get(inner) == Some(name.text().as_bytes())
            }
            Text::Escaped if slot.span.len() > string::longest_spelling(name.text()) => false,
            _ => self.text() == name.text(),
        }
    }

    /// The first item of `list` whose `name` is this string.
    #[must_use]
    #[inline]
    pub fn find_in<'l, T>(&self, list: &'l [T], name: impl Fn(&T) -> Name<'_>) -> Option<&'l T> {
        self.position_in(list, name).map(|at| &list[at])
    }

    /// The index in `list` of the first item whose `name` is this string.
    #[must_use]
    #[inline]
    pub fn position_in<T>(&self, list: &[T], name: impl Fn(&T) -> Name<'_>) -> Option<usize> {
        // Look up the slot once: rejecting a name, as happens to most, takes little more than that.
        let slot = self.slot();
        list.iter().map(name).position(|name| slot.may_be(name) && self.has_text_of(name))
    }

    /// The value, if it is a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        // YAML also allows `True` and `TRUE`.
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
