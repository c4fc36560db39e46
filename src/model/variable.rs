use std::borrow::Cow;

use super::{JsValue, ScopeKind, js_number_text};
use crate::secret;
use crate::syntax::{Kind, Member, Name, Node};

/// Who reads the variables. They disagree on what disables one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// The Postman app: `enabled: false` and `disabled: true` both disable.
    App,
    /// newman and the Postman CLI: only `disabled: true` disables; `enabled` is not read at all.
    Newman,
}

/// One row of a variable scope.
#[derive(Clone, Debug)]
pub struct Variable<'d> {
    node: Node<'d>,
    key: Cow<'d, str>,
    owner: ScopeKind,
    /// Its name in a map of names and values, where `node` is the value itself.
    name: Option<Node<'d>>,
    text: Cow<'d, str>,
    members: Members<'d>,
    is_not_enabled: bool,
    is_disabled: bool,
}

/// The members that are asked for again and again, found in one pass; of duplicates the last.
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
        // Old collections name a variable by `id`.
        Self { key: key.or(id), value, type_name, enabled, disabled, secret, source }
    }

    fn type_name(&self) -> Option<Cow<'d, str>> {
        self.type_name?.as_str()
    }

    /// Whether `secret: true` is there.
    fn is_marked_secret(&self) -> bool {
        is(self.secret, true)
    }

    fn is_typed_secret(&self) -> bool {
        self.type_name().is_some_and(|name| secret::is_secret_type(&name)) || self.is_marked_secret()
    }
}

impl<'d> Variable<'d> {
    /// The variable of an `owner` that `node` is; none when it is not an object with a name.
    #[must_use]
    pub fn of(node: Node<'d>, owner: ScopeKind) -> Option<Self> {
        let members = Members::of(node);
        let key = members.key?;
        let key = key.as_str().unwrap_or(Cow::Borrowed(key.raw()));
        let text = members.value.map_or(Cow::Borrowed(""), text_of);
        let (is_not_enabled, is_disabled) = (is(members.enabled, false), is(members.disabled, true));
        Some(Self { node, key, owner, name: None, text, members, is_not_enabled, is_disabled })
    }

    /// The variable of an `owner` that `member` of a map is.
    pub(super) fn entry(member: Member<'d>, owner: ScopeKind) -> Self {
        let key = member.key();
        let (name, text) = (Some(member.name), text_of(member.value));
        let (members, is_not_enabled, is_disabled) = Default::default();
        Self { node: member.value, key, owner, name, text, members, is_not_enabled, is_disabled }
    }

    /// Whether it stands in a map, with a name and a value and room for nothing else.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        self.name.is_some()
    }

    /// The object that holds it; of an entry its value.
    #[must_use]
    pub fn node(&self) -> Node<'d> {
        self.node
    }

    /// The member that names it.
    #[must_use]
    pub fn key_node(&self) -> Node<'d> {
        self.name.or(self.members.key).unwrap_or(self.node)
    }

    /// Its name.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its value as written; none when the member is missing.
    #[must_use]
    pub fn value(&self) -> Option<Node<'d>> {
        if self.is_entry() { Some(self.node) } else { self.members.value }
    }

    /// Its value as text for people and other programs; a missing one is empty. Arrays and objects become their JSON.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the app and newman, which share that code, put in the place of a reference: JavaScript's text of what the
    /// type makes of the value, such as `[object Object]`, and `true` of a `boolean` with the text `false`. A missing value
    /// is empty.
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

    /// Its type, when it has one.
    #[must_use]
    pub fn type_name(&self) -> Option<Cow<'d, str>> {
        self.members.type_name()
    }

    /// The flag that only environments and globals have.
    #[must_use]
    pub fn enabled(&self) -> Option<Node<'d>> {
        self.members.enabled
    }

    /// The vault its value comes from.
    #[must_use]
    pub fn source(&self) -> Option<Node<'d>> {
        self.members.source
    }

    /// Whether `runtime` uses it. In a collection `enabled` means nothing to anyone.
    #[must_use]
    pub fn is_enabled(&self, runtime: Runtime) -> bool {
        let reads_enabled = runtime == Runtime::App && self.owner != ScopeKind::Collection;
        !(self.is_disabled || (reads_enabled && self.is_not_enabled))
    }

    /// Whether its type says that it is a secret: `type: "secret"` or, since Postman 12, `secret: true`.
    #[must_use]
    pub fn is_typed_secret(&self) -> bool {
        self.members.is_typed_secret()
    }

    /// Whether it is a secret as Postman 12 says it, whatever its type.
    #[must_use]
    pub fn is_marked_secret(&self) -> bool {
        self.members.is_marked_secret()
    }

    /// Whether its value must not be shown: by type, by name or by the value's shape. An empty value and `null` may be.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.value().is_some_and(|value| self.hides(value, &self.text))
    }

    /// The values that must not be shown: its own, and before it those that it overrides.
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

/// Whether the type of `row`, which may lack the name that a [`Variable`] needs, says that its value is a secret.
pub(super) fn is_typed_secret(row: Node<'_>) -> bool {
    Members::of(row).is_typed_secret()
}
