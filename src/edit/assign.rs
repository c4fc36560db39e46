use std::borrow::Cow;

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
    let order = member_order(scope);
    let order: Vec<&str> = order.iter().map(String::as_str).collect();
    let order = if order.contains(&name) { &order[..] } else { &member_order::VARIABLE };
    write::insert_member(variable.node(), name, value, order)
}

/// A variable to be added.
pub(super) struct New<'w> {
    pub(super) key: &'w str,
    pub(super) value: &'w Value,
    pub(super) type_name: Option<&'w str>,
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
    if let Some(typed) = new.iter().find(|new| new.type_name.is_some()) {
        return Err(EditError::MapEntry(typed.key.to_owned()));
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
    let order = member_order(scope);
    let sibling_type = scope.variables().last().and_then(Variable::type_name);
    let type_name = new.type_name.map(str::to_owned).or_else(|| match sibling_type.as_deref() {
        Some(name @ ("text" | "any" | "string")) => Some(name.to_owned()),
        _ => Some("default".to_owned()),
    });
    let mut members: Vec<(String, Value)> = order
        .iter()
        .filter_map(|name| {
            let value = match name.as_str() {
                "key" => Value::string(new.key),
                "value" => new.value.clone(),
                "type" => Value::String(type_name.clone()?),
                _ => Value::Bool(true),
            };
            Some((name.clone(), value))
        })
        .collect();
    if new.type_name.is_some() && !order.iter().any(|name| name == "type") {
        members.push(("type".to_owned(), Value::String(type_name.unwrap_or_default())));
    }
    Value::Object(members)
}

/// The members of a variable in this file, in order, as in the last one that has a key and a value.
fn member_order(scope: &Scope<'_>) -> Vec<String> {
    let names = |variable: &Variable<'_>| -> Vec<String> {
        let members = variable.node().members().map(|member| member.key());
        members.filter(|name| member_order::VARIABLE.contains(&&**name)).map(Cow::into_owned).collect()
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
