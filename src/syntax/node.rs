use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::tree::{Kind, Slot, Text};
use super::{Document, Name, Path, Step, Syntax, Value, string};
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

/// A named value in an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'d> {
    /// The name, a string.
    pub name: Node<'d>,
    /// The value.
    pub value: Node<'d>,
}

impl<'d> Member<'d> {
    /// The text of its name.
    #[must_use]
    pub fn key(&self) -> Cow<'d, str> {
        self.name.as_str().unwrap_or_default()
    }
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

    /// Whether two members of an object may have names that are spelled alike. False when they have not.
    #[must_use]
    pub fn may_repeat_names(&self) -> bool {
        let mut seen = 0_u128;
        self.members().any(|member| {
            let bit = 1 << (member.name.slot().sketch.wrapping_mul(0x9e37) >> 9);
            let known = seen & bit != 0;
            seen |= bit;
            known
        })
    }

    fn children(&self, of: Kind) -> (usize, usize) {
        let at = self.at() + 1;
        (at, if self.kind() == of { self.slot().after as usize } else { at })
    }

    /// The member called `name`; of duplicates the last, as every JSON reader of Postman's takes it.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<Member<'d>> {
        let name = Name::of(name);
        let mut found = None;
        // Nearly every name is another one.
        for member in self.members().filter(|member| member.name.slot().may_be(name)) {
            if member.name.has_text_of(name) {
                found = Some(member);
            }
        }
        found
    }

    /// The value of the member called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Node<'d>> {
        self.member(name).map(|member| member.value)
    }

    /// The text of the member called `name`, if it is a string.
    #[must_use]
    pub fn get_str(&self, name: &str) -> Option<Cow<'d, str>> {
        self.get(name)?.as_str()
    }

    /// The items of the member called `name`; none unless it is an array.
    pub fn get_items(&self, name: &str) -> impl Iterator<Item = Node<'d>> + use<'d> {
        self.get(name).into_iter().flat_map(|list| list.items())
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
        let place = self.document.tree.place(self.at())?;
        Some(Self::new(self.document, place.parent as usize))
    }

    /// The member it is the value of; none of an item.
    #[must_use]
    pub fn as_member(&self) -> Option<Member<'d>> {
        self.parent().filter(|parent| parent.kind() == Kind::Object)?;
        Some(Member { name: Self::new(self.document, self.at() - 1), value: *self })
    }

    /// Whether it is the value of a member called `name`.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.as_member().is_some_and(|member| member.name.is_str(name))
    }

    /// The values directly inside: members' or items'.
    pub fn values(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        self.members().map(|member| member.value).chain(self.items())
    }

    /// Whether any value is inside: not if it is an empty container or a scalar.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.slot().after as usize > self.at() + 1
    }

    /// This node and every value inside it, in order of the text; members' names are left out.
    pub fn descendants(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let document = self.document;
        let slots = self.at()..self.slot().after as usize;
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
        let place = self.document.tree.place(self.at())?;
        Some(match self.as_member() {
            Some(member) => Step::Name(member.key().into_owned()),
            None => Step::Index(place.index as usize),
        })
    }
}
