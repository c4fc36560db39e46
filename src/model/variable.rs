use std::borrow::Cow;

use super::ScopeKind;
use crate::secret;
use crate::syntax::{Kind, Member, Node, js_number_text};

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
}

impl<'d> Variable<'d> {
    /// The variable of an `owner` that `node` is; none when it is not an object with a name.
    pub(super) fn of(node: Node<'d>, owner: ScopeKind) -> Option<Self> {
        // Old collections name a variable by `id`.
        let key = node.get("key").or_else(|| node.get("id"))?;
        let key = key.as_str().unwrap_or(Cow::Borrowed(key.raw()));
        Some(Self { node, key, owner, name: None })
    }

    /// The variable of an `owner` that `member` of a map is.
    pub(super) fn entry(member: Member<'d>, owner: ScopeKind) -> Self {
        let key = member.name.as_str().unwrap_or_default();
        Self { node: member.value, key, owner, name: Some(member.name) }
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
        self.name.or_else(|| self.node.get("key")).or_else(|| self.node.get("id")).unwrap_or(self.node)
    }

    /// Its name.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its name, borrowed from the file where it can be.
    pub(super) fn shared_key(&self) -> Cow<'d, str> {
        self.key.clone()
    }

    /// Its value as written; none when the member is missing.
    #[must_use]
    pub fn value(&self) -> Option<Node<'d>> {
        if self.is_entry() { Some(self.node) } else { self.node.get("value") }
    }

    /// Its value as text, the way Postman puts it in the place of a reference; a missing one is empty.
    ///
    /// Arrays and objects become their JSON here, more useful than JavaScript's `[object Object]`.
    #[must_use]
    pub fn text(&self) -> Cow<'d, str> {
        let Some(value) = self.value() else { return Cow::Borrowed("") };
        match value.kind() {
            Kind::String => value.as_str().unwrap_or_default(),
            Kind::Number => Cow::Owned(js_number_text(&value.as_number().unwrap_or_default())),
            _ => value.to_json(),
        }
    }

    /// Its type, when it has one.
    #[must_use]
    pub fn type_name(&self) -> Option<Cow<'d, str>> {
        self.node.get("type")?.as_str()
    }

    /// Whether `runtime` uses it. In a collection `enabled` means nothing to anyone.
    #[must_use]
    pub fn is_enabled(&self, runtime: Runtime) -> bool {
        let is = |name: &str, state: bool| self.node.get(name).and_then(|node| node.as_bool()) == Some(state);
        let read = runtime == Runtime::App && self.owner != ScopeKind::Collection;
        let switched_off = read && is("enabled", false);
        !switched_off && !is("disabled", true)
    }

    /// Whether its type says that it is a secret: `type: "secret"` or, since Postman 12, `secret: true`.
    #[must_use]
    pub fn is_typed_secret(&self) -> bool {
        self.type_name().is_some_and(|name| name.eq_ignore_ascii_case("secret"))
            || self.node.get("secret").and_then(|node| node.as_bool()) == Some(true)
    }

    /// Whether its value must not be shown: by type, by name or by the value's shape. An empty value and `null` may be.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        let text = self.text();
        let null = self.value().is_some_and(|value| value.is_null());
        !null
            && !text.is_empty()
            && (self.is_typed_secret() || secret::is_secret(&self.key, &text))
            && !secret::is_placeholder(&text)
    }
}
