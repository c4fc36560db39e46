use std::borrow::Cow;
use std::cmp::Ordering;

use super::by_name::ByName;
use crate::secret;
use crate::syntax::{Kind, Member, Node, Value, same_number};

/// A value to compare: one in a document, or one made from a different spelling of the same meaning.
#[derive(Clone, Debug)]
pub enum View<'d> {
    /// A value in a document.
    Node(Node<'d>),
    /// A value made from a different spelling, such as the parts of an address that is a single string.
    Made(Value),
}

/// A member of an object to compare: its name and value.
pub(super) type Field<'d> = (Cow<'d, str>, View<'d>);

impl<'d> View<'d> {
    pub(super) fn text_of(text: impl Into<String>) -> Self {
        Self::Made(Value::String(text.into()))
    }

    /// The node, if the value is in a document.
    #[must_use]
    pub fn node(&self) -> Option<Node<'d>> {
        match self {
            Self::Node(node) => Some(*node),
            Self::Made(_) => None,
        }
    }

    /// Whether it is in a document of the same notation as `other`, or in none.
    pub(super) fn is_written_like(&self, other: Node<'_>) -> bool {
        self.node().is_none_or(|node| node.document().syntax() == other.document().syntax())
    }

    /// The kind of the value.
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

    /// The same, without copying the text of a value that was made.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Made(Value::String(text)) => Some(Cow::Borrowed(text)),
            other => other.as_str(),
        }
    }

    /// The value for display: a string's text, anything else as JSON on one line.
    #[must_use]
    pub fn shown(&self) -> String {
        self.as_str().map_or_else(|| self.to_value().to_json(), Cow::into_owned)
    }

    /// Whether it is a row whose type says that its value is a secret.
    #[must_use]
    pub fn is_typed_secret(&self) -> bool {
        let is_secret = |name: &Self| name.as_str().is_some_and(|name| secret::is_secret_type(&name));
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

    /// The members of an object with unique names: the last of several counts, as it does for JSON readers.
    pub(super) fn members(&self) -> Vec<Field<'d>> {
        let members = match self {
            Self::Node(node) => {
                let name = |name: Node<'d>| name.as_str().unwrap_or_default();
                let members = node.members().map(|member| (name(member.name), Self::Node(member.value)));
                let members: Vec<_> = members.collect();
                // Without escapes, different spellings are different names.
                let is_spelled_out = |(name, _): &Field<'_>| matches!(name, Cow::Borrowed(_));
                if members.iter().all(is_spelled_out) && !node.may_repeat_names() {
                    return members;
                }
                members
            }
            Self::Made(Value::Object(made)) => {
                let copy =
                    |(name, value): &(String, Value)| (Cow::Owned(name.clone()), Self::Made(value.clone()));
                made.iter().map(copy).collect()
            }
            Self::Made(_) => Vec::new(),
        };
        each_once(members)
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

    /// Whether it is empty: `null`, `""`, `[]` or `{}`.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Node(node) => match node.kind() {
                Kind::Null => true,
                Kind::String => node.is_str(""),
                Kind::Array | Kind::Object => !node.has_values(),
                Kind::Number | Kind::Bool => false,
            },
            Self::Made(Value::Null) => true,
            Self::Made(Value::String(text)) => text.is_empty(),
            Self::Made(Value::Array(items)) => items.is_empty(),
            Self::Made(Value::Object(members)) => members.is_empty(),
            Self::Made(Value::Number(_) | Value::Bool(_)) => false,
        }
    }

    /// Whether both are spelled the same, byte for byte, and so mean the same.
    pub(super) fn is_spelled_as(&self, other: &View<'_>) -> bool {
        matches!((self, other), (Self::Node(one), View::Node(other)) if one.is_spelled_as(*other))
    }

    /// Whether both are spelled the same but for layout and the order of members, which mean nothing.
    pub(super) fn is_rearranged(&self, other: &View<'_>) -> bool {
        matches!((self, other), (Self::Node(one), View::Node(other)) if rearranged(*one, *other))
    }

    /// Whether both are the same JSON value in any spelling and order.
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
                let names = ByName::of(&other);
                let same = |member: &Field<'_>| names.get(member).is_some_and(|it| member.1.same_json(&it.1));
                one.len() == other.len() && one.iter().all(same)
            }
            _ => false,
        }
    }
}

/// Keeps the last of several members of the same name, at the place of the first.
fn each_once(mut members: Vec<Field<'_>>) -> Vec<Field<'_>> {
    let mut order: Vec<_> = (0..members.len()).collect();
    order.sort_by(|&one, &other| members[one].0.cmp(&members[other].0));
    let same = order.chunk_by(|&one, &other| members[one].0 == members[other].0);
    let repeated: Vec<_> = same.filter(|same| same.len() > 1).collect();
    if !repeated.is_empty() {
        let mut stays = vec![true; members.len()];
        for same in repeated {
            members.swap(same[0], same[same.len() - 1]);
            same[1..].iter().for_each(|&at| stays[at] = false);
        }
        retain_places(&mut members, &stays);
    }
    members
}

/// Keeps the things at the marked places.
pub(super) fn retain_places<T>(things: &mut Vec<T>, marks: &[bool]) {
    let mut marks = marks.iter();
    things.retain(|_| marks.next() == Some(&true));
}

fn rearranged(one: Node<'_>, other: Node<'_>) -> bool {
    match one.kind() {
        kind if kind != other.kind() => false,
        _ if one.is_spelled_as(other) => true,
        Kind::Object if one.members().count() != other.members().count() => false,
        Kind::Object => {
            let pairs = || one.members().zip(other.members());
            if pairs().all(|(one, other)| order_of_names(&one, &other).is_eq()) {
                return pairs().all(|(one, other)| rearranged(one.value, other.value));
            }
            let mut pairs = sorted(one).into_iter().zip(sorted(other));
            pairs.all(|(one, other)| {
                order_of_names(&one, &other).is_eq() && rearranged(one.value, other.value)
            })
        }
        Kind::Array => {
            one.items().count() == other.items().count()
                && one.items().zip(other.items()).all(|(one, other)| rearranged(one, other))
        }
        _ => false,
    }
}

/// The members of `object` sorted by name; those of the same name stay in order.
fn sorted(object: Node<'_>) -> Vec<Member<'_>> {
    let mut members: Vec<_> = object.members().collect();
    members.sort_by(order_of_names);
    members
}

/// Orders members by the spelling of their names alone.
fn order_of_names(one: &Member<'_>, other: &Member<'_>) -> Ordering {
    let length = |member: &Member<'_>| member.name.span().len();
    length(one).cmp(&length(other)).then_with(|| one.name.raw().cmp(other.name.raw()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    #[test]
    fn the_last_of_several_members_of_one_name_counts_in_any_spelling() {
        let document =
            Document::json(r#"{"a": 1, "b": 2, "a": 3, "c": 4, "\u0062": 5, "a": 6}"#).expect("JSON");
        let node = View::Node(document.root());
        for view in [View::Made(node.to_value()), node] {
            let members = view.members().into_iter().map(|(name, value)| format!("{name}{}", value.shown()));
            assert_eq!(members.collect::<Vec<_>>(), ["a6", "b5", "c4"]);
        }
    }

    #[test]
    fn layout_and_order_alone_are_a_rearrangement() {
        for (one, other, expected) in [
            (r#"{"a": 1, "b": [{"c": 2, "d": 3}]}"#, r#"{"b":[{"d":3,"c":2}],"a":1}"#, true),
            (r#"{"a": 1, "b": [2, 3]}"#, r#"{"b": [3, 2], "a": 1}"#, false),
            (r#"{"a": 1, "b": 2}"#, r#"{"b": 2}"#, false),
            (r#"{"a": 1, "a": 2}"#, r#"{"a": 2, "b": 1}"#, false),
        ] {
            let documents = [one, other].map(|text| Document::json(text).expect("JSON"));
            let [one, other] = documents.each_ref().map(|document| View::Node(document.root()));
            assert_eq!(one.is_rearranged(&other), expected);
            assert_eq!(other.is_rearranged(&one), expected);
        }
    }
}
