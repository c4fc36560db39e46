use std::borrow::Cow;

use super::{JsValue, ScopeKind, js_number_text};
use crate::secret;
use crate::syntax::{Kind, Member, Name, Node};

/// A program that reads variables. They disagree on what disables one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// The Postman app: `enabled: false` and `disabled: true` both disable.
    App,
    /// newman and the Postman CLI: only `disabled: true` disables; they ignore `enabled`.
    Newman,
}

/// One row of a variable scope.
#[derive(Clone, Debug)]
pub struct Variable<'d> {
    node: Node<'d>,
    key: Cow<'d, str>,
    owner: ScopeKind,
    /// Its name, if it is a member of a map; `node` is then the value itself.
    name: Option<Node<'d>>,
    text: Cow<'d, str>,
    members: Members<'d>,
    is_not_enabled: bool,
    is_disabled: bool,
}

/// The members that are read often, found in one pass. Of duplicates, the last counts.
#[derive(Clone, Copy, Debug, Default)]
struct Members<'d> {
    key: Option<Node<'d>>,
    value: Option<Node<'d>>,
    type_name: Option<Node<'d>>,
    enabled: Option<Node<'d>>,
    disabled: Option<Node<'d>>,
    secret: Option<Node<'d>>,
    source: Option<Node<'d>>,
}

impl<'d> Members<'d> {
    const NAMES: [Name<'static>; 8] =
        Name::all(["key", "value", "type", "enabled", "disabled", "secret", "source", "id"]);

    fn of(row: Node<'d>) -> Self {
        let mut found = [None; Self::NAMES.len()];
        for member in row.members() {
            if let Some(place) = member.name.position_in(&Self::NAMES, |name| *name) {
                found[place] = Some(member.value);
            }
        }
        let [key, value, type_name, enabled, disabled, secret, source, id] = found;
        // In old collections, `id` is the name of a variable.
        Self { key: key.or(id), value, type_name, enabled, disabled, secret, source }
    }

    fn type_name(&self) -> Option<Cow<'d, str>> {
        self.type_name?.as_str()
    }

    /// Whether there is `secret: true`.
    fn is_marked_secret(&self) -> bool {
        is(self.secret, true)
    }

    fn is_typed_secret(&self) -> bool {
        self.type_name().is_some_and(|name| secret::is_secret_type(&name)) || self.is_marked_secret()
    }
}

impl<'d> Variable<'d> {
    /// The variable of an `owner` in `node`; none if it is not an object with a name.
    #[must_use]
    pub fn of(node: Node<'d>, owner: ScopeKind) -> Option<Self> {
        let members = Members::of(node);
        let key = members.key?;
        let key = key.as_str().unwrap_or(Cow::Borrowed(key.raw()));
        let text = members.value.map_or(Cow::Borrowed(""), text_of);
        let (is_not_enabled, is_disabled) = (is(members.enabled, false), is(members.disabled, true));
        Some(Self { node, key, owner, name: None, text, members, is_not_enabled, is_disabled })
    }

    /// The variable of an `owner` in `member` of a map.
    pub(super) fn entry(member: Member<'d>, owner: ScopeKind) -> Self {
        let key = member.key();
        let (name, text) = (Some(member.name), text_of(member.value));
        let (members, is_not_enabled, is_disabled) = Default::default();
        Self { node: member.value, key, owner, name, text, members, is_not_enabled, is_disabled }
    }

    /// Whether it is a member of a map, so that it has only a name and a value.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        self.name.is_some()
    }

    /// The object that holds it; for an entry, its value.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.node
    }

    /// The string that is its name.
    #[must_use]
    pub fn key_node(&self) -> Node<'d> {
        self.name.or(self.members.key).unwrap_or(self.node)
    }

    /// Its name.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its value as written; none if the member is missing.
    #[must_use]
    pub fn value(&self) -> Option<Node<'d>> {
        if self.is_entry() { Some(self.node) } else { self.members.value }
    }

    /// Its value as text for people and other programs. A missing value is empty; arrays and objects become JSON.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text with which the app and newman, which share this code, replace a reference: JavaScript's text of the
    /// value after conversion to its type, such as `[object Object]`, or `true` for a `boolean` with the text `false`.
    /// A missing value is empty.
    #[must_use]
    pub fn substitution(&self) -> Cow<'d, str> {
        match JsValue::of(Some(self)) {
            JsValue::Undefined => Cow::Borrowed(""),
            JsValue::String(text) => text,
            value => Cow::Owned(value.text().into_owned()),
        }
    }

    /// Its type as written.
    #[must_use]
    pub fn type_node(&self) -> Option<Node<'d>> {
        self.members.type_name
    }

    /// Its type, if it has one.
    #[must_use]
    pub fn type_name(&self) -> Option<Cow<'d, str>> {
        self.members.type_name()
    }

    /// The flag `enabled`, which only environments and globals use.
    #[must_use]
    pub fn enabled(&self) -> Option<Node<'d>> {
        self.members.enabled
    }

    /// The vault from which its value comes.
    #[must_use]
    pub fn source(&self) -> Option<Node<'d>> {
        self.members.source
    }

    /// Whether `runtime` uses it. In a collection, `enabled` has no effect.
    #[must_use]
    pub fn is_enabled(&self, runtime: Runtime) -> bool {
        let reads_enabled = runtime == Runtime::App && self.owner != ScopeKind::Collection;
        !(self.is_disabled || (reads_enabled && self.is_not_enabled))
    }

    /// Whether its type marks it as secret: `type: "secret"` or, since Postman 12, `secret: true`.
    #[must_use]
    pub fn is_typed_secret(&self) -> bool {
        self.members.is_typed_secret()
    }

    /// Whether it is marked as secret in the way of Postman 12, whatever its type.
    #[must_use]
    pub fn is_marked_secret(&self) -> bool {
        self.members.is_marked_secret()
    }

    /// Whether its value must not be shown, judged by its type, its name and the shape of the value. An empty value or
    /// `null` may be shown.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.value().is_some_and(|value| self.hides(value, &self.text))
    }

    /// Its values that must not be shown: after duplicate members, which the last overrides, the value itself.
    pub(super) fn secret_values(&self) -> impl Iterator<Item = Node<'d>> {
        let own = self.value().filter(|_| self.is_entry());
        let rows = self.node.members().filter(|member| !self.is_entry() && member.name.is_str("value"));
        own.into_iter()
            .chain(rows.map(|member| member.value))
            .filter(|value| self.hides(*value, &text_of(*value)))
    }

    fn hides(&self, value: Node<'_>, text: &str) -> bool {
        !value.is_null()
            && !text.is_empty()
            && (self.is_typed_secret() || secret::is_secret(&self.key, text))
            && !secret::is_placeholder(text)
    }
}

fn text_of(value: Node<'_>) -> Cow<'_, str> {
    match value.kind() {
        Kind::String => value.as_str().unwrap_or_default(),
        Kind::Number => Cow::Owned(js_number_text(&value.as_number().unwrap_or_default())),
        _ => value.to_json(),
    }
}

fn is(flag: Option<Node<'_>>, state: bool) -> bool {
    flag.and_then(|flag| flag.as_bool()) == Some(state)
}

/// Whether the type of `row` marks its value as secret. The row may lack the name that a [`Variable`] needs.
pub(super) fn is_typed_secret(row: Node<'_>) -> bool {
    Members::of(row).is_typed_secret()
}
