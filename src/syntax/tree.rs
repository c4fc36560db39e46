use std::ops::Range;
use std::sync::OnceLock;

use super::Obstacle;
use super::name::{Name, Sketch, sketch};
use crate::text::Span;

/// How deeply arrays and objects may be nested.
pub const MAX_DEPTH: usize = 1000;

/// The error for deeper nesting.
pub(super) const TOO_DEEP: &str = "more than 1000 levels of nesting, deeper than any export of Postman's";

/// The kind of a node. YAML's collections and scalars map to the same six.
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
    /// The kind in words, with an article.
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

    /// Whether it can contain other values.
    #[must_use]
    pub fn is_container(self) -> bool {
        matches!(self, Self::Object | Self::Array)
    }
}

/// A value or the name of a member, as the scanner found it.
///
/// Slots are in text order: a container, then its children; of a member the name, then the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) span: Span,
    /// The index of the slot after this one and everything inside it.
    pub(super) after: u32,
    pub(super) kind: Kind,
    pub(super) text: Text,
    /// The sketch of its text, if it is a string without escapes.
    pub(super) sketch: Sketch,
}

impl Slot {
    /// Whether it may be the string `name`. `false` is certain; `true` is not.
    #[inline]
    pub(super) fn may_be(&self, name: Name<'_>) -> bool {
        self.kind == Kind::String && (self.sketch == name.sketch() || self.text == Text::Escaped)
    }
}

/// Where to find the text of a string or the JSON spelling of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// It is the whole span.
    Whole,
    /// It is between the quotes.
    Inner,
    /// It is between the quotes, with JSON escapes.
    Escaped,
    /// The tree stores it.
    Stored,
}

/// The place of a slot in its container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) parent: u32,
    /// The index among the members or items, from 0.
    pub(super) index: u32,
}

/// The index of a document: the spans of its nodes.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) slots: Vec<Slot>,
    /// The texts that are not slices of the file, ordered by slot.
    stored: Vec<(u32, Box<str>)>,
    /// The first notation in the text that rules out edits.
    pub(super) obstacle: Option<Obstacle>,
    /// The place of each slot; computed when first needed.
    places: OnceLock<Vec<Place>>,
}

impl Tree {
    /// A tree with room for `count` nodes.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self { slots: Vec::with_capacity(count), ..Self::default() }
    }

    /// Adds a scalar, or a container that is still open; returns its index.
    pub(super) fn push(&mut self, kind: Kind, span: Span, text: Text) -> usize {
        let at = self.slots.len();
        self.slots.push(Slot { span, after: at as u32 + 1, kind, text, sketch: 0 });
        at
    }

    /// Adds a string whose text is `inner` unless it has escapes.
    #[inline]
    pub(super) fn push_string(&mut self, span: Span, text: Text, inner: &[u8]) {
        let after = self.slots.len() as u32 + 1;
        self.slots.push(Slot { span, after, kind: Kind::String, text, sketch: sketch(inner) });
    }

    /// Adds a scalar whose `text` is not a slice of the file.
    pub(super) fn push_stored(&mut self, kind: Kind, span: Span, text: impl Into<Box<str>>) {
        let (at, text) = (self.push(kind, span, Text::Stored), text.into());
        self.slots[at].sketch = sketch(text.as_bytes());
        self.stored.push((at as u32, text));
    }

    /// How many levels of collections the values in the slots of `range` have.
    pub(super) fn height(&self, range: Range<usize>) -> usize {
        let (mut height, mut ends) = (0, Vec::new());
        for at in range {
            while ends.last().is_some_and(|end| *end <= at) {
                ends.pop();
            }
            let slot = self.slots[at];
            if slot.kind.is_container() {
                ends.push(slot.after as usize);
                height = height.max(ends.len());
            }
        }
        height
    }

    /// Adds a copy of the slots of `range`.
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

    /// Adds a value at the byte `at` by copying `slots`, the same value in another document, where its first slot
    /// is number `first`. Returns the byte after the value.
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

    /// Turns the scalar at slot `at`, which is spelled `raw`, into a string.
    pub(super) fn turn_into_string(&mut self, at: usize, raw: &str) {
        let is_stored = self.slots[at].text == Text::Stored;
        let sketch = sketch(if is_stored { self.stored(at) } else { raw }.as_bytes());
        let slot = &mut self.slots[at];
        if slot.kind != Kind::String {
            (slot.kind, slot.sketch) = (Kind::String, sketch);
        }
    }

    /// The text stored for slot `at`.
    pub(super) fn stored(&self, at: usize) -> &str {
        let found = self.stored.binary_search_by_key(&(at as u32), |(slot, _)| *slot);
        found.map_or("", |at| &self.stored[at].1)
    }

    /// Closes the container at slot `at`, whose last byte precedes `end`: every slot added since is inside it.
    pub(super) fn close(&mut self, at: usize, end: usize) {
        let after = self.slots.len() as u32;
        let slot = &mut self.slots[at];
        slot.after = after;
        slot.span.end = end as u32;
    }

    /// The place of slot `at`; `None` for the root.
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

    /// Whether slot `at` is the name of a member: then the slot after it, the value, has the same place.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.place(at).is_some_and(|place| Some(place) == self.place(at + 1))
    }
}
