use std::borrow::Cow;
use std::collections::HashSet;

use super::{Action, Change, EditError};
use crate::model::{Format, Scope, ScopeKind, Variable, mask_value, member_order};
use crate::secret;
use crate::syntax::{Value, write};
use crate::text::Edit;

/// Gives a variable a value; `None` if it already has it.
pub(super) fn assign(scope: &Scope<'_>, variable: &Variable<'_>, value: &Value) -> Option<(Edit, Change)> {
    let (edit, before) = match variable.value() {
        Some(node) if Value::of(node) == *value => return None,
        Some(node) => (write::replace(node, value), Some(Value::of(node))),
        None => (insert(scope, variable, "value", value), None),
    };
    let hidden = |value| is_secret(variable.key(), value);
    let secret = hidden(value)
        || before.as_ref().is_some_and(hidden)
        || variable.is_secret()
        || variable.is_typed_secret();
    Some((edit, Change::new(variable.key(), Action::Set { before, after: value.clone(), secret })))
}

/// Gives a variable a type; `None` if it already has it.
pub(super) fn assign_type(scope: &Scope<'_>, variable: &Variable<'_>, name: &str) -> Option<(Edit, Change)> {
    let value = Value::string(name);
    let (edit, before) = match variable.type_node() {
        Some(node) if Value::of(node) == value => return None,
        Some(node) => (write::replace(node, &value), node.as_str().map(Cow::into_owned)),
        None => (insert(scope, variable, "type", &value), None),
    };
    Some((edit, Change::new(variable.key(), Action::Typed { before, after: name.to_owned() })))
}

/// The edit that adds the member `name` to `variable`, in the same place as in the file's other variables.
pub(super) fn insert(scope: &Scope<'_>, variable: &Variable<'_>, name: &str, value: &Value) -> Edit {
    let order = sibling_members(scope);
    let order: Vec<&str> = order.iter().map(String::as_str).collect();
    let order = if order.contains(&name) { &order[..] } else { &member_order::VARIABLE };
    write::insert_member(variable.node(), name, value, order)
}

/// A variable to be added.
pub(super) struct New<'w> {
    key: &'w str,
    value: &'w Value,
    type_name: Option<&'w str>,
    is_enabled: bool,
}

impl<'w> New<'w> {
    pub(super) fn of(key: &'w str, value: &'w Value) -> Self {
        Self { key, value, type_name: None, is_enabled: true }
    }

    /// Gives it a type of its own instead of the one that the file's other variables suggest.
    pub(super) fn typed(self, type_name: Option<&'w str>) -> Self {
        Self { type_name, ..self }
    }

    pub(super) fn disabled_if(self, is_disabled: bool) -> Self {
        Self { is_enabled: !is_disabled, ..self }
    }

    /// Its addition, to be reported.
    pub(super) fn change(&self) -> Change {
        let secret = self.type_name == Some("secret") || is_secret(self.key, self.value);
        Change::new(self.key, Action::Added { value: self.value.clone(), secret })
    }
}

/// The edits that add `new` variables at the end, each with the same members as the file's last variable.
pub(super) fn add(scope: &Scope<'_>, new: &[New<'_>]) -> Result<Vec<Edit>, EditError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    if scope.is_map() {
        return add_entries(scope, new);
    }
    let items: Vec<_> = new.iter().map(|new| item(scope, new)).collect();
    let edit = match (scope.array(), scope.list()) {
        (Some(array), _) => write::append(array, &items),
        (None, Some(null)) if null.is_null() => write::replace(null, &Value::Array(items)),
        (None, Some(other)) => return Err(EditError::NoList(other.kind().name())),
        (None, None) => write::insert_member(
            scope.owner(),
            scope.list_name(),
            &Value::Array(items),
            member_order::first(scope.kind()),
        ),
    };
    Ok(vec![edit])
}

/// Like [`add`], for variables in a map.
fn add_entries(scope: &Scope<'_>, new: &[New<'_>]) -> Result<Vec<Edit>, EditError> {
    if let Some(more) = new.iter().find(|new| new.type_name.is_some() || !new.is_enabled) {
        return Err(EditError::MapEntry(more.key.to_owned()));
    }
    let entries = new.iter().map(|new| (new.key.to_owned(), new.value.clone()));
    let map = || Value::Object(entries.clone().collect());
    Ok(match scope.list() {
        Some(list) if list.members().next().is_some() => {
            entries.map(|(key, value)| write::insert_member(list, &key, &value, &[])).collect()
        }
        Some(empty) => vec![write::replace(empty, &map())],
        None => {
            let before = ["$kind", "id", "name", "description", "variables"];
            vec![write::insert_member(scope.owner(), scope.list_name(), &map(), &before)]
        }
    })
}

fn item(scope: &Scope<'_>, new: &New<'_>) -> Value {
    let order = sibling_members(scope);
    let sibling_type = scope.variables().last().and_then(Variable::type_name);
    let type_name = new.type_name.unwrap_or(match sibling_type.as_deref() {
        Some(name @ ("text" | "any" | "string")) => name,
        _ => "default",
    });
    let value_of = |name: &str| match name {
        "key" => Value::string(new.key),
        "value" => new.value.clone(),
        "type" => Value::string(type_name),
        _ => Value::Bool(new.is_enabled),
    };
    let mut members: Vec<_> = order.iter().map(|name| (name.clone(), value_of(name))).collect();
    let lacks = |name: &str| !order.iter().any(|other| other == name);
    if new.type_name.is_some() && lacks("type") {
        members.push(("type".to_owned(), Value::string(type_name)));
    }
    if !new.is_enabled && lacks("enabled") {
        members.push(("disabled".to_owned(), Value::Bool(true)));
    }
    Value::Object(members)
}

/// The members of a variable in this file, in order, as in the last one that has a key and a value.
fn sibling_members(scope: &Scope<'_>) -> Vec<String> {
    let names = |variable: &Variable<'_>| -> Vec<String> {
        let members = variable.node().members().map(|member| member.key());
        let mut seen = HashSet::new();
        let known = members.filter(|name| member_order::VARIABLE.contains(&&**name)).map(Cow::into_owned);
        known.filter(|name| seen.insert(name.clone())).collect()
    };
    let fallback: &[&str] = match (scope.kind(), scope.format()) {
        (ScopeKind::Collection, _) => &member_order::VARIABLE[..2],
        (_, Format::NewmanExport) => &["type", "value", "key"],
        (_, Format::V3Yaml) => &["key", "value", "enabled"],
        _ => &member_order::VARIABLE,
    };
    let found = scope
        .variables()
        .iter()
        .rev()
        .map(names)
        .find(|names| names.iter().filter(|name| *name == "key" || *name == "value").count() == 2);
    found.unwrap_or_else(|| fallback.iter().map(|&name| name.to_owned()).collect())
}

/// Whether `value` must not be shown as the value of a variable or member called `key`: it or a part of it is secret.
pub(super) fn is_secret(key: &str, value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::String(text) => secret::is_secret(key, text) || !secret::literals(text).is_empty(),
        other => secret::is_secret(key, &other.to_json()) || mask_value(other.clone(), key, false) != *other,
    }
}
