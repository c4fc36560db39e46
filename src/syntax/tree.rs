use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::OnceLock;

use super::{Document, Obstacle, Path, Step, Syntax, Value, string};
use crate::text::{Position, Span};

/// How deeply arrays and objects may be nested.
pub const MAX_DEPTH: usize = 1000;

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
}

/// A node's place in its document's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// One value, or the name of a member, as the scanner leaves it.
///
/// Nodes lie in order of the text: a container, then its children; a member is its name, then its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) span: Span,
    /// The slot after this one and everything inside it.
    pub(super) after: u32,
    pub(super) kind: Kind,
    pub(super) text: Text,
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
struct Place {
    parent: u32,
    /// Among the members or items, from 0.
    index: u32,
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
    /// Adds a node that has no end yet, or no children; returns where.
    pub(super) fn push(&mut self, kind: Kind, span: Span, text: Text) -> usize {
        let at = self.slots.len();
        self.slots.push(Slot { span, after: at as u32 + 1, kind, text });
        at
    }

    /// Adds a scalar whose text the file does not have as such.
    pub(super) fn push_stored(&mut self, kind: Kind, span: Span, text: impl Into<Box<str>>) {
        let at = self.push(kind, span, Text::Stored);
        self.stored.push((at as u32, text.into()));
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
                self.push(slot.kind, slot.span, slot.text);
            }
            if let Some(copy) = self.slots.last_mut() {
                copy.after = slot.after + moved;
            }
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
    fn place(&self, at: usize) -> Option<Place> {
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
        places.get(at).copied().filter(|_| at > 0)
    }

    /// Whether the slot at `at` names a member: then its value has the same place.
    fn is_name(&self, at: usize) -> bool {
        self.place(at).is_some_and(|place| Some(place) == self.place(at + 1))
    }
}

/// A value in a document. Cheap to copy; everything it answers borrows from the document.
#[derive(Clone, Copy, Debug)]
pub struct Node<'d> {
    document: &'d Document,
    id: NodeId,
}

/// A named value in an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'d> {
    /// The name, a string.
    pub name: Node<'d>,
    /// The value.
    pub value: Node<'d>,
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

impl Member<'_> {
    /// From the start of the name to the end of the value.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { start: self.name.span().start, end: self.value.span().end }
    }
}

impl<'d> Node<'d> {
    pub(super) fn new(document: &'d Document, at: usize) -> Self {
        Self { document, id: NodeId(at as u32) }
    }

    fn slot(&self) -> &'d Slot {
        &self.document.tree.slots[self.id.0 as usize]
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

    fn text(&self) -> Cow<'d, str> {
        let inner = || {
            let span = self.span();
            self.document.source().slice(Span { start: span.start + 1, end: span.end - 1 })
        };
        match self.slot().text {
            Text::Whole => Cow::Borrowed(self.raw()),
            Text::Inner => Cow::Borrowed(inner()),
            Text::Escaped => Cow::Owned(string::unescape(inner())),
            Text::Stored => Cow::Borrowed(self.document.tree.stored(self.id.0 as usize)),
        }
    }

    /// Where the bytes `range` of the text of a string are spelled; all of it where they cannot be told apart.
    #[must_use]
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let start = self.span().start as usize;
        let (start, range) = match self.slot().text {
            Text::Whole => (start, range),
            Text::Inner => (start + 1, range),
            Text::Escaped => (start + 1, string::spelling(&self.raw()[1..], range)),
            Text::Stored => return self.span(),
        };
        Span::new(start + range.start, start + range.end)
    }

    /// Whether it is the string `text`.
    #[must_use]
    pub fn is_str(&self, text: &str) -> bool {
        let slot = self.slot();
        let spelled = slot.span.len();
        // An escape is longer than what it says, at most six times, so that most strings need not be read.
        let possible = match slot.text {
            Text::Inner => spelled == text.len() + 2,
            Text::Escaped => text.len() + 2 < spelled && spelled <= text.len() * 6 + 2,
            Text::Whole | Text::Stored => true,
        };
        slot.kind == Kind::String && possible && self.text() == text
    }

    /// The value of a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw().eq_ignore_ascii_case("true"))
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    /// The members of an object, in order, duplicates included; none of anything else.
    pub fn members(&self) -> impl Iterator<Item = Member<'d>> + use<'d> {
        let document = self.document;
        let (mut at, end) = self.children(Kind::Object);
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let (name, value) = (Node::new(document, at), Node::new(document, at + 1));
                at = value.slot().after as usize;
                Member { name, value }
            })
        })
    }

    /// The items of an array, in order; none of anything else.
    pub fn items(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let document = self.document;
        let (mut at, end) = self.children(Kind::Array);
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let item = Node::new(document, at);
                at = item.slot().after as usize;
                item
            })
        })
    }

    fn children(&self, of: Kind) -> (usize, usize) {
        let at = self.id.0 as usize + 1;
        (at, if self.kind() == of { self.slot().after as usize } else { at })
    }

    /// The member called `name`; of duplicates the last, as every JSON reader of Postman's takes it.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<Member<'d>> {
        self.members().filter(|member| member.name.is_str(name)).last()
    }

    /// The value of the member called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Node<'d>> {
        self.member(name).map(|member| member.value)
    }

    /// Whether `span` lies within this node's.
    #[must_use]
    pub fn contains_span(&self, span: Span) -> bool {
        let own = self.span();
        own.start <= span.start && span.end <= own.end
    }

    /// Whether `inner` is this node or stands inside it.
    #[must_use]
    pub fn contains(&self, inner: Node<'_>) -> bool {
        (self.id.0..self.slot().after).contains(&inner.id.0)
    }

    /// The container it is directly inside; none of the outermost value.
    #[must_use]
    pub fn parent(&self) -> Option<Node<'d>> {
        let place = self.document.tree.place(self.id.0 as usize)?;
        Some(Self::new(self.document, place.parent as usize))
    }

    /// The member it is the value of; none of an item.
    #[must_use]
    pub fn as_member(&self) -> Option<Member<'d>> {
        self.parent().filter(|parent| parent.kind() == Kind::Object)?;
        Some(Member { name: Self::new(self.document, self.id.0 as usize - 1), value: *self })
    }

    /// The values directly inside: members' or items'.
    pub fn values(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        self.members().map(|member| member.value).chain(self.items())
    }

    /// This node and every value inside it, in order of the text; members' names are left out.
    pub fn descendants(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let document = self.document;
        let slots = self.id.0 as usize..self.slot().after as usize;
        slots.filter(|&at| !document.tree.is_name(at)).map(move |at| Node::new(document, at))
    }

    /// The way to this value from the outermost one.
    #[must_use]
    pub fn path(&self) -> Path {
        let mut steps: Vec<_> = self.ancestors().filter_map(|node| node.step()).collect();
        steps.reverse();
        Path(steps)
    }

    /// This node, its container, that one's container and so on.
    pub fn ancestors(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        std::iter::successors(Some(*self), Self::parent)
    }

    /// The step from its container to it.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        let place = self.document.tree.place(self.id.0 as usize)?;
        Some(match self.as_member() {
            Some(member) => Step::Name(member.name.as_str().unwrap_or_default().into_owned()),
            None => Step::Index(place.index as usize),
        })
    }
}
