use std::ops::Range;
use std::sync::OnceLock;

use super::Obstacle;
use super::name::{Name, Sketch, sketch};
use crate::text::Span;

/// How deeply arrays and objects may be nested.
pub const MAX_DEPTH: usize = 1000;

/// What is said of deeper ones.
pub(super) const TOO_DEEP: &str = "more than 1000 levels of nesting, deeper than any export of Postman's";

/// What a node is. YAML's collections and scalars fall into the same six.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Members with names, in order, duplicates included.
    Object,
    /// Items in order.
    Array,
    /// A string.
    String,
    /// A number of any length.
    Number,
    /// `true` or `false`.
    Bool,
    /// `null`.
    Null,
}

impl Kind {
    /// The kind in words, with its article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Bool => "a boolean",
            Self::Null => "null",
        }
    }

    /// Whether it holds other values.
    #[must_use]
    pub fn is_container(self) -> bool {
        matches!(self, Self::Object | Self::Array)
    }
}

/// One value, or the name of a member, as the scanner leaves it.
///
/// Nodes lie in order of the text: a container, then its children; a member is its name, then its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) span: Span,
    /// The slot after this one and everything inside it.
    pub(super) after: u32,
    pub(super) kind: Kind,
    pub(super) text: Text,
    /// Of a string without escapes: that of its text.
    pub(super) sketch: Sketch,
}

impl Slot {
    /// False when it is not the string `name`.
    #[inline]
    pub(super) fn may_be(&self, name: Name<'_>) -> bool {
        self.kind == Kind::String && (self.sketch == name.sketch() || self.text == Text::Escaped)
    }
}

/// Where the text of a string, or a number's spelling in JSON, is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// It is what stands in the file.
    Whole,
    /// It stands between the quotes.
    Inner,
    /// It stands between the quotes, with JSON's escapes.
    Escaped,
    /// The tree keeps it.
    Stored,
}

/// Where a slot stands in its container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) parent: u32,
    /// Among the members or items, from 0.
    pub(super) index: u32,
}

/// The index of a document: its nodes' spans.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) slots: Vec<Slot>,
    /// The texts that cannot be read off the file, by slot, in order.
    stored: Vec<(u32, Box<str>)>,
    /// What the text uses that keeps it from being edited.
    pub(super) obstacle: Option<Obstacle>,
    /// The way up, for each slot; made when it is first asked for.
    places: OnceLock<Vec<Place>>,
}

impl Tree {
    /// A tree with room for `count` nodes.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self { slots: Vec::with_capacity(count), ..Self::default() }
    }

    /// Adds a node that has no end yet, or no children; returns where.
    pub(super) fn push(&mut self, kind: Kind, span: Span, text: Text) -> usize {
        let at = self.slots.len();
        self.slots.push(Slot { span, after: at as u32 + 1, kind, text, sketch: 0 });
        at
    }

    /// Adds a string whose text, unless it has escapes, is `inner`.
    #[inline]
    pub(super) fn push_string(&mut self, span: Span, text: Text, inner: &[u8]) {
        let after = self.slots.len() as u32 + 1;
        self.slots.push(Slot { span, after, kind: Kind::String, text, sketch: sketch(inner) });
    }

    /// Adds a scalar whose text the file does not have as such.
    pub(super) fn push_stored(&mut self, kind: Kind, span: Span, text: impl Into<Box<str>>) {
        let (at, text) = (self.push(kind, span, Text::Stored), text.into());
        self.slots[at].sketch = sketch(text.as_bytes());
        self.stored.push((at as u32, text));
    }

    /// Adds the slots of `range` once more.
    pub(super) fn copy(&mut self, range: Range<usize>) {
        let moved = (self.slots.len() - range.start) as u32;
        for at in range {
            let slot = self.slots[at];
            if slot.text == Text::Stored {
                let text = self.stored(at).to_owned();
                self.push_stored(slot.kind, slot.span, text);
            } else {
                self.slots.push(slot);
            }
            if let Some(copy) = self.slots.last_mut() {
                copy.after = slot.after + moved;
            }
        }
    }

    /// Adds `slots`, which are a value of another document and start at its slot `first`, for the same value at the byte
    /// `at`; returns where it ends.
    pub(super) fn take_over(&mut self, slots: &[Slot], first: usize, at: usize) -> usize {
        let Some(value) = slots.first() else { return at };
        let moved = (self.slots.len() as u32).wrapping_sub(first as u32);
        let shift = (at as u32).wrapping_sub(value.span.start);
        let place = |byte: u32| byte.wrapping_add(shift);
        self.slots.extend(slots.iter().map(|slot| Slot {
            span: Span { start: place(slot.span.start), end: place(slot.span.end) },
            after: slot.after.wrapping_add(moved),
            ..*slot
        }));
        at + value.span.len()
    }

    /// Makes the scalar at `at`, which is spelled `raw`, a string.
    pub(super) fn turn_into_string(&mut self, at: usize, raw: &str) {
        let is_stored = self.slots[at].text == Text::Stored;
        let sketch = sketch(if is_stored { self.stored(at) } else { raw }.as_bytes());
        let slot = &mut self.slots[at];
        if slot.kind != Kind::String {
            (slot.kind, slot.sketch) = (Kind::String, sketch);
        }
    }

    /// The text kept for the slot at `at`.
    pub(super) fn stored(&self, at: usize) -> &str {
        let found = self.stored.binary_search_by_key(&(at as u32), |(slot, _)| *slot);
        found.map_or("", |at| &self.stored[at].1)
    }

    /// Ends the container at `at`: everything pushed since is inside it.
    pub(super) fn close(&mut self, at: usize, end: usize) {
        let after = self.slots.len() as u32;
        let slot = &mut self.slots[at];
        slot.after = after;
        slot.span.end = end as u32;
    }

    /// Where the slot at `at` stands; none of the outermost value.
    pub(super) fn place(&self, at: usize) -> Option<Place> {
        if at == 0 {
            return None;
        }
        let places = self.places.get_or_init(|| {
            let mut places = vec![Place::default(); self.slots.len()];
            for (parent, container) in self.slots.iter().enumerate() {
                let name = usize::from(container.kind == Kind::Object);
                let (mut at, mut index) = (parent + 1, 0);
                while at < container.after as usize {
                    places[at..=at + name].fill(Place { parent: parent as u32, index });
                    at = self.slots[at + name].after as usize;
                    index += 1;
                }
            }
            places
        });
        places.get(at).copied()
    }

    /// Whether the slot at `at` names a member: then its value has the same place.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.place(at).is_some_and(|place| Some(place) == self.place(at + 1))
    }
}
