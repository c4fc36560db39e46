use std::collections::HashSet;

use super::assign::{self, New};
use super::{Action, Change, Draft, EditError, Plan, target};
use crate::model::{Runtime, Scope, Variable, mistaken, name_of, secrets, value_name};
use crate::syntax::{Kind, Node, Path, Step, Value, is_path, write};
use crate::text::Edit;

/// A request to give a variable, or whatever a JSONPath selects, a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The name of the variable or the JSONPath.
    pub key: String,
    /// The new value.
    pub value: Value,
}

/// How to carry out assignments.
#[derive(Clone, Debug, Default)]
pub struct SetOptions {
    /// Add a variable even if its name looks like a misspelling.
    pub create: bool,
    /// The type of the variables.
    pub type_name: Option<String>,
    /// Give a new variable the type `secret` if it looks like one.
    pub type_secrets: bool,
}

/// Gives variables values, adding those that are missing.
///
/// Of duplicates, changes the one that the Postman app reads.
///
/// # Errors
/// A misspelled name, a path that cannot be given the value, or two values for one of them.
pub fn set(scope: &Scope<'_>, wishes: &[Assignment], options: &SetOptions) -> Result<Plan, EditError> {
    let (mut draft, mut new) = (Draft::default(), Vec::new());
    let mut keys = HashSet::new();
    for wish in wishes {
        if !keys.insert(&wish.key) {
            return Err(EditError::TwoValues(wish.key.clone()));
        }
        if is_path(&wish.key) {
            set_path(scope, wish, &mut draft)?;
        } else if let Some(variable) = scope.target(&wish.key) {
            draft.extend(set_variable(scope, variable, wish, options)?);
            draft.note(note_on_target(scope, &wish.key));
        } else {
            draft.note(expect_new(scope, &wish.key, options)?);
            let added = added(scope, wish, options);
            draft.change([], added.change());
            new.push(added);
        }
    }
    draft.edit(assign::add(scope, &new)?);
    draft.finish()
}

fn set_variable(
    scope: &Scope<'_>,
    variable: &Variable<'_>,
    wish: &Assignment,
    options: &SetOptions,
) -> Result<impl Iterator<Item = (Edit, Change)>, EditError> {
    if options.type_name.is_some() && variable.is_entry() {
        return Err(EditError::MapEntry(wish.key.clone()));
    }
    let assigned = assign::assign(scope, variable, &wish.value);
    let typed = options.type_name.as_ref().and_then(|name| assign::assign_type(scope, variable, name));
    Ok(assigned.into_iter().chain(typed))
}

/// Refuses a name that no new variable should have; returns a note on an unusual one.
fn expect_new(scope: &Scope<'_>, key: &str, options: &SetOptions) -> Result<Option<String>, EditError> {
    let note = match target::expect_name(key) {
        Err(EditError::Brace(_)) if options.create => {
            Some(format!("nothing can refer to `{key}`, since a reference ends at the first brace"))
        }
        expected => expected.map(|()| None)?,
    };
    let names = scope.variables().iter().map(Variable::key);
    match mistaken(names, key).filter(|_| !options.create) {
        Some(nearest) => Err(EditError::Misspelled { key: key.to_owned(), nearest: nearest.to_owned() }),
        None => Ok(note),
    }
}

/// The variable that `wish` adds.
fn added<'w>(scope: &Scope<'_>, wish: &'w Assignment, options: &'w SetOptions) -> New<'w> {
    let Assignment { key, value } = wish;
    let is_guessed = options.type_secrets && assign::is_secret(key, value) && !scope.is_map();
    let type_name = options.type_name.as_deref().or(is_guessed.then_some("secret"));
    New::of(key, value).typed(type_name)
}

/// A note on which row was changed, if that is not obvious.
fn note_on_target(scope: &Scope<'_>, key: &str) -> Option<String> {
    let variable = scope.target(key)?;
    let rows: Vec<_> = scope.called(key).collect();
    let line = variable.node().position().line;
    let enabled = variable.is_enabled(Runtime::App);
    match (rows.len(), enabled) {
        (1, true) => None,
        (1, false) => {
            Some(format!("`{key}` is disabled: the Postman app does not use it (envtool enable {key})"))
        }
        (count, true) => Some(match scope.winner(key, Runtime::Newman).map(|winner| winner.node()) {
            Some(other) if other != variable.node() => format!(
                "`{key}` is there {count} times; changed the one on line {line}, which wins in the app; newman uses \
                 the one on line {}",
                other.position().line
            ),
            _ => format!("`{key}` is there {count} times; changed the one on line {line}, which wins"),
        }),
        (count, false) => {
            Some(format!("`{key}` is there {count} times, each disabled; changed the one on line {line}"))
        }
    }
}

fn set_path(scope: &Scope<'_>, wish: &Assignment, draft: &mut Draft) -> Result<(), EditError> {
    let Assignment { key: path, value } = wish;
    let nodes = match target::nodes(scope, path) {
        Err(EditError::NothingSelected(_)) => {
            draft.extend([add_member(scope, path, value)?]);
            return Ok(());
        }
        nodes => nodes?,
    };
    let mut former = None;
    let secrets = secrets(scope.owner().document());
    for node in nodes {
        let before = Value::of(node);
        let is_text = matches!(value, Value::String(_));
        if is_text && node.kind().is_container() {
            return Err(EditError::WouldFlatten { path: path.to_owned(), found: node.kind().name() });
        }
        if before != *value {
            former = former
                .or(Some(node.kind()).filter(|kind| is_text && matches!(kind, Kind::Bool | Kind::Number)));
            let hidden = secrets.iter().any(|secret| secret.span.meets(node.span()));
            let secret = hidden || is_secret_place(scope, node, value);
            let action = Action::Set { before: Some(before), after: value.clone(), secret };
            draft.change([write::replace(node, value)], Change::new(node.path().to_string(), action));
        }
    }
    // That is how values are given, but flags such as `enabled` are not strings.
    draft.note(former.map(|kind| {
        format!("`{path}` was {} and is now a string; `--json-value` keeps its kind", kind.name())
    }));
    Ok(())
}

/// Adds the member that `path`, which leads to no value yet, names in its last step.
fn add_member(scope: &Scope<'_>, path: &str, value: &Value) -> Result<(Edit, Change), EditError> {
    let nothing = || EditError::NothingSelected(path.to_owned());
    let mut parent = Path::parse(path).ok_or_else(nothing)?;
    let Some(Step::Name(name)) = parent.0.pop() else { return Err(nothing()) };
    let object = parent.resolve(scope.owner().document().root()).ok_or_else(nothing)?;
    if object.kind() != Kind::Object {
        return Err(nothing());
    }
    let variable = scope.variable_at(object).filter(|variable| variable.node() == object && name == "value");
    let list = name_of(object);
    let key = object.get_str("key").filter(|_| name == "value");
    let called = key.as_ref().map(|key| value_name(&list, key)).unwrap_or(&name);
    let secret = assign::is_secret(called, value) || variable.is_some_and(|of| is_secret_in(of, value));
    let change = Change::new(path, Action::Added { value: value.clone(), secret });
    Ok((write::insert_member(object, &name, value, &[]), change))
}

/// Whether the old or the new value at `node` must not be shown, judging by its variable, its name and its content.
fn is_secret_place<'d>(scope: &Scope<'d>, node: Node<'d>, value: &Value) -> bool {
    let name = name_of(node);
    let variable =
        scope.variable_at(node).filter(|variable| variable.value().is_some_and(|own| own.contains(node)));
    [&Value::of(node), value].into_iter().any(|value| {
        assign::is_secret(&name, value) || variable.is_some_and(|variable| is_secret_in(variable, value))
    })
}

/// Whether `value`, as the value of `variable` or a part of it, must not be shown.
fn is_secret_in(variable: &Variable<'_>, value: &Value) -> bool {
    variable.is_typed_secret() || variable.is_secret() || assign::is_secret(variable.key(), value)
}
