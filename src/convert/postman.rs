//! Postman's own two notations of environments and globals: the JSON of exports and imports, and the YAML that Postman
//! 12 keeps in a repository. Notes say what the other one cannot express.

use std::borrow::Cow;

use super::{Converted, note};
use crate::model::{Runtime, Scope, ScopeKind, member_order};
use crate::syntax::{Kind, Node, Syntax, Value, write};

type Members = Vec<(String, Value)>;

/// The member that tells an environment from globals in JSON.
const SCOPE: &str = "_postman_variable_scope";

pub(super) fn yaml(scope: &Scope<'_>) -> Converted {
    let (mut lost, mut spelled, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    let mut rows = Vec::new();
    for variable in scope.variables() {
        let mut row = known(variable.node(), &member_order::YAML_VARIABLE, &mut lost);
        for (name, value) in &mut row {
            match (name.as_str(), &*value) {
                ("value" | "key" | "type" | "id", Value::String(_)) => {}
                ("enabled", Value::Null) => *value = Value::Bool(variable.is_enabled(Runtime::App)),
                ("key", Value::Null) => *value = Value::string(""),
                ("value", Value::Null) => empty.push(variable.key().to_owned()),
                ("type" | "id", Value::Null) => {}
                ("value" | "key" | "type" | "id", _) => {
                    spelled.push(variable.key().to_owned());
                    *value = Value::string(variable.node().get(name).map(text).unwrap_or_default());
                }
                ("description", Value::Object(_)) => *value = content(variable.node()),
                _ => {}
            }
        }
        // Postman's linter reports `null`.
        row.retain(|(_, value)| *value != Value::Null);
        rows.push(Value::Object(row));
    }
    let mut file = members_of(scope.owner(), &member_order::FILE, &mut lost);
    file.retain(|(name, _)| name != SCOPE);
    if !says_its_kind(&file, scope.kind()) {
        file.push(kind(scope));
    }
    file.push(("values".to_owned(), Value::Array(rows)));
    let file = in_order(file, &member_order::FILE, &[]);
    let mut notes = Vec::new();
    note(&mut notes, &lost, |names| format!("left out, since Postman's YAML has no such member: {names}"));
    note(&mut notes, &spelled, |names| {
        format!("converted to text, the only kind of value in Postman's YAML: {names}")
    });
    note(&mut notes, &empty, |names| {
        format!("without a value, since Postman's YAML does not allow `null`: {names}")
    });
    Converted { text: write::document(&Value::Object(file), Syntax::Yaml), notes }
}

pub(super) fn json(scope: &Scope<'_>) -> Converted {
    let row = |node: Node<'_>| {
        let mut row = members(node);
        // Postman's import disables a row without it.
        if node.get("enabled").is_none() {
            row.push(("enabled".to_owned(), Value::Bool(true)));
        }
        Value::Object(in_order(row, &member_order::VARIABLE, &[]))
    };
    let mut file = if scope.owner().kind() == Kind::Object { members(scope.owner()) } else { Members::new() };
    file.retain(|(name, _)| name != "values");
    file.push((
        "values".to_owned(),
        Value::Array(scope.variables().iter().map(|it| row(it.node())).collect()),
    ));
    if !file.iter().any(|(name, _)| name == SCOPE) {
        file.push(kind(scope));
    }
    let file = in_order(file, member_order::first(scope.kind()), member_order::LAST);
    Converted { text: write::document(&Value::Object(file), Syntax::Json), notes: Vec::new() }
}

/// The member that states the kind of `scope`.
fn kind(scope: &Scope<'_>) -> (String, Value) {
    let name = if scope.kind() == ScopeKind::Globals { "globals" } else { "environment" };
    (SCOPE.to_owned(), Value::string(name))
}

/// Whether these YAML members imply this `kind`: the app writes only a name, which is the same for all globals.
fn says_its_kind(file: &Members, kind: ScopeKind) -> bool {
    let is_named_globals =
        file.iter().any(|(name, value)| name == "name" && *value == Value::string("Globals"));
    is_named_globals == (kind == ScopeKind::Globals)
}

fn members(object: Node<'_>) -> Members {
    object.members().map(|member| (member.key().into_owned(), Value::of(member.value))).collect()
}

/// The members of `object` that are in `known`, in that order; adds the names of the others to `lost`.
fn known(object: Node<'_>, known: &[&str], lost: &mut Vec<String>) -> Members {
    let (kept, others): (Members, Members) =
        members(object).into_iter().partition(|(name, _)| known.contains(&name.as_str()));
    lost.extend(others.into_iter().map(|(name, _)| name));
    in_order(kept, known, &[])
}

/// The members of a file without its rows; a bare array has none.
fn members_of(owner: Node<'_>, known_names: &[&str], lost: &mut Vec<String>) -> Members {
    let mut file =
        if owner.kind() == Kind::Object { known(owner, known_names, lost) } else { Members::new() };
    file.retain(|(name, _)| name != "values");
    file
}

/// `members` with those in `first` at the beginning and those in `last` at the end, each in the order of its list.
fn in_order(mut members: Members, first: &[&str], last: &[&str]) -> Members {
    members.sort_by_key(|(name, _)| member_order::rank(name, first, last));
    members
}

/// A value as text: a string as it is, anything else as JSON.
fn text(node: Node<'_>) -> String {
    node.as_str().map_or_else(|| node.to_json().into_owned(), Cow::into_owned)
}

/// The text of a description that is an object with `content` and `type`.
fn content(row: Node<'_>) -> Value {
    let content = row.get("description").and_then(|description| description.get("content"));
    content.map_or(Value::Null, |content| Value::string(text(content)))
}
