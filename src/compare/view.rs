use std::borrow::Cow;

use crate::syntax::{Kind, Member, Node, Value, same_number};

/// A value that is compared: one that stands in a document, or one made from a spelling that means the same.
#[derive(Clone, Debug)]
pub enum View<'d> {
    /// As it stands in the file.
    Node(Node<'d>),
    /// Made from another spelling, such as the parts of an address that was written as one string.
    Made(Value),
}

impl<'d> View<'d> {
    pub(super) fn text_of(text: impl Into<String>) -> Self {
        Self::Made(Value::String(text.into()))
    }

    /// The node, when it stands in a document.
    #[must_use]
    pub fn node(&self) -> Option<Node<'d>> {
        match self {
            Self::Node(node) => Some(*node),
            Self::Made(_) => None,
        }
    }

    /// Whether it stands in a file of the same notation as `other`.
    pub(super) fn is_written_like(&self, other: Node<'_>) -> bool {
        self.node().is_none_or(|node| node.document().syntax() == other.document().syntax())
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Node(node) => node.kind(),
            Self::Made(Value::Null) => Kind::Null,
            Self::Made(Value::Bool(_)) => Kind::Bool,
            Self::Made(Value::Number(_)) => Kind::Number,
            Self::Made(Value::String(_)) => Kind::String,
            Self::Made(Value::Array(_)) => Kind::Array,
            Self::Made(Value::Object(_)) => Kind::Object,
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<Cow<'d, str>> {
        match self {
            Self::Node(node) => node.as_str(),
            Self::Made(Value::String(text)) => Some(Cow::Owned(text.clone())),
            Self::Made(_) => None,
        }
    }

    /// The same, without a copy of a text that was made.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Made(Value::String(text)) => Some(Cow::Borrowed(text)),
            other => other.as_str(),
        }
    }

    /// For people: a string's text, anything else as JSON on one line.
    #[must_use]
    pub fn shown(&self) -> String {
        self.as_str().map_or_else(|| self.to_value().to_json(), Cow::into_owned)
    }

    /// Whether, as a row with a key and a value, it says by its type that it is a secret.
    #[must_use]
    pub fn is_typed_secret(&self) -> bool {
        let is_secret = |name: &Self| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case("secret"));
        self.get("type").is_some_and(|name| is_secret(&name))
            || self.get("secret").is_some_and(|secret| secret.to_value() == Value::Bool(true))
    }

    /// A copy of the value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Self::Node(node) => Value::of(*node),
            Self::Made(value) => value.clone(),
        }
    }

    /// The members of an object, each name once: of duplicates the last, as JSON readers take it.
    pub(super) fn members(&self) -> Vec<(Cow<'d, str>, Self)> {
        let mut members: Vec<(Cow<'d, str>, Self)> = Vec::new();
        let mut add = |name: Cow<'d, str>, value: Self| match members.iter_mut().find(|(own, _)| *own == name)
        {
            Some(twice) => twice.1 = value,
            None => members.push((name, value)),
        };
        match self {
            Self::Node(node) => node.members().for_each(|member| {
                add(member.name.as_str().unwrap_or_default(), Self::Node(member.value));
            }),
            Self::Made(Value::Object(made)) => {
                made.iter().for_each(|(name, value)| add(Cow::Owned(name.clone()), Self::Made(value.clone())))
            }
            Self::Made(_) => {}
        }
        members
    }

    /// The items of an array.
    pub(super) fn items(&self) -> Vec<Self> {
        match self {
            Self::Node(node) => node.items().map(Self::Node).collect(),
            Self::Made(Value::Array(made)) => made.iter().cloned().map(Self::Made).collect(),
            Self::Made(_) => Vec::new(),
        }
    }

    /// The member called `name`.
    pub(super) fn get(&self, name: &str) -> Option<Self> {
        match self {
            Self::Node(node) => node.get(name).map(Self::Node),
            Self::Made(Value::Object(made)) => {
                made.iter().rfind(|(own, _)| own == name).map(|(_, value)| Self::Made(value.clone()))
            }
            Self::Made(_) => None,
        }
    }

    /// Whether it says nothing: `null`, `""`, `[]` or `{}`.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Node(node) => match node.kind() {
                Kind::Null => true,
                Kind::String => node.is_str(""),
                Kind::Array | Kind::Object => node.values().next().is_none(),
                Kind::Number | Kind::Bool => false,
            },
            Self::Made(Value::Null) => true,
            Self::Made(Value::String(text)) => text.is_empty(),
            Self::Made(Value::Array(items)) => items.is_empty(),
            Self::Made(Value::Object(members)) => members.is_empty(),
            Self::Made(Value::Number(_) | Value::Bool(_)) => false,
        }
    }

    /// Whether both stand in their files byte for byte alike, and so mean the same.
    pub(super) fn is_spelled_as(&self, other: &View<'_>) -> bool {
        matches!((self, other), (Self::Node(one), View::Node(other)) if one.is_spelled_as(*other))
    }

    /// Whether both are spelled alike but for layout and the order of members, which mean nothing.
    pub(super) fn is_rearranged(&self, other: &View<'_>) -> bool {
        matches!((self, other), (Self::Node(one), View::Node(other)) if rearranged(*one, *other))
    }

    /// Whether both are the same JSON value, however spelled and ordered.
    pub(super) fn same_json(&self, other: &Self) -> bool {
        if self.is_spelled_as(other) {
            return true;
        }
        match (self.kind(), other.kind()) {
            (Kind::Null, Kind::Null) => true,
            (Kind::String, Kind::String) => self.as_str() == other.as_str(),
            (Kind::Bool, Kind::Bool) => self.to_value() == other.to_value(),
            (Kind::Number, Kind::Number) => {
                same_number(&self.to_value().to_json(), &other.to_value().to_json())
            }
            (Kind::Array, Kind::Array) => {
                let (one, other) = (self.items(), other.items());
                one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| one.same_json(other))
            }
            (Kind::Object, Kind::Object) => {
                let (one, other) = (self.members(), other.members());
                one.len() == other.len()
                    && one.iter().all(|(name, value)| {
                        other.iter().any(|(own, other)| own == name && value.same_json(other))
                    })
            }
            _ => false,
        }
    }
}

fn rearranged(one: Node<'_>, other: Node<'_>) -> bool {
    match one.kind() {
        kind if kind != other.kind() => false,
        _ if one.is_spelled_as(other) => true,
        Kind::Object => {
            let both = |member: Member<'_>| {
                let namesake = namesake(member, other);
                namesake.is_some_and(|namesake| rearranged(member.value, namesake.value))
            };
            one.members().all(both) && other.members().all(|member| namesake(member, one).is_some())
        }
        Kind::Array => {
            one.items().count() == other.items().count()
                && one.items().zip(other.items()).all(|(one, other)| rearranged(one, other))
        }
        _ => false,
    }
}

/// The member of `object` whose name is spelled like that of `member`.
fn namesake<'d>(member: Member<'_>, object: Node<'d>) -> Option<Member<'d>> {
    let (name, length) = (member.name.raw(), member.name.span().len());
    object.members().filter(|other| other.name.span().len() == length && other.name.raw() == name).last()
}
