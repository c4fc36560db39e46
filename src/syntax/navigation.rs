//! From a node to the nodes inside and around it.

use std::borrow::Cow;

use super::{Kind, Member, Name, Node, Path, Step};
use crate::text::Span;

impl<'d> Node<'d> {
    /// The members, in order, duplicates included; none unless it is an object.
    pub fn members(&self) -> impl Iterator<Item = Member<'d>> + use<'d> {
        let document = self.document();
        let (mut at, end) = self.children(Kind::Object);
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let (name, value) = (Node::new(document, at), Node::new(document, at + 1));
                at = value.slot().after as usize;
                Member { name, value }
            })
        })
    }

    /// The items, in order; none unless it is an array.
    pub fn items(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let document = self.document();
        let (mut at, end) = self.children(Kind::Array);
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let item = Node::new(document, at);
                at = item.slot().after as usize;
                item
            })
        })
    }

    /// Whether two members may have the same name. `false` is certain; `true` is not.
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

    /// The member called `name`; of duplicates the last, as in every JSON reader Postman uses.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<Member<'d>> {
        let name = Name::of(name);
        let mut found = None;
        // Most members have another name, which takes no text to see.
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

    /// Whether `span` is within this node's.
    #[must_use]
    pub fn contains_span(&self, span: Span) -> bool {
        let own = self.span();
        own.start <= span.start && span.end <= own.end
    }

    /// Whether `inner` is this node or inside it.
    #[must_use]
    pub fn contains(&self, inner: Node<'_>) -> bool {
        (self.at()..self.slot().after as usize).contains(&inner.at())
    }

    /// The container it is directly in; `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Node<'d>> {
        let place = self.document().tree.place(self.at())?;
        Some(Self::new(self.document(), place.parent as usize))
    }

    /// The member whose value it is; `None` for an item.
    #[must_use]
    pub fn as_member(&self) -> Option<Member<'d>> {
        self.parent().filter(|parent| parent.kind() == Kind::Object)?;
        Some(Member { name: Self::new(self.document(), self.at() - 1), value: *self })
    }

    /// Whether it is the value of a member called `name`.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.as_member().is_some_and(|member| member.name.is_str(name))
    }

    /// The values directly inside: those of its members, or its items.
    pub fn values(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        self.members().map(|member| member.value).chain(self.items())
    }

    /// Whether any value is inside: `false` for an empty container and a scalar.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.slot().after as usize > self.at() + 1
    }

    /// This node and every value inside it, in text order, without the names of members.
    pub fn descendants(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let document = self.document();
        let slots = self.at()..self.slot().after as usize;
        slots.filter(|&at| !document.tree.is_name(at)).map(move |at| Node::new(document, at))
    }

    /// The path from the root to this value.
    #[must_use]
    pub fn path(&self) -> Path {
        let mut steps: Vec<_> = self.ancestors().filter_map(|node| node.step()).collect();
        steps.reverse();
        Path(steps)
    }

    /// This node, its container, the container of that, and so on.
    pub fn ancestors(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        std::iter::successors(Some(*self), Self::parent)
    }

    /// The step to it from its container; `None` for the root.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        let place = self.document().tree.place(self.at())?;
        Some(match self.as_member() {
            Some(member) => Step::Name(member.key().into_owned()),
            None => Step::Index(place.index as usize),
        })
    }

    fn children(&self, of: Kind) -> (usize, usize) {
        let at = self.at() + 1;
        (at, if self.kind() == of { self.slot().after as usize } else { at })
    }
}
