use std::collections::{HashMap, HashSet};

use super::Distinct;
use crate::compare::changes::is_reordered;
use crate::compare::content::{self, Content, Part};
use crate::compare::namesakes;
use crate::compare::shape::{Include, Shape};
use crate::compare::view::View;
use crate::model::Scope;
use crate::syntax::{Node, Value};

/// One variable in several files.
#[derive(Clone, Debug)]
pub struct VariableRow<'d> {
    /// Its name, with a number if a file contains several of that name.
    pub key: String,
    /// Its name alone.
    pub name: String,
    /// Its value in every file; none if the variable is missing, an empty string if it has no value.
    pub values: Vec<Option<View<'d>>>,
    /// For every file, the number of its value among the different ones, counted from 0 in the order of the files.
    pub groups: Vec<Option<usize>>,
    /// For every file, whether the variable is disabled in the app.
    pub disabled: Vec<bool>,
    /// Whether its type says in some file that it is a secret.
    pub secret: bool,
    /// Whether it is in every file with the same meaning.
    pub same: bool,
}

/// The variables of all `scopes`, in the order of the first file that contains them, and the groups of files with the
/// same order.
pub(super) fn rows<'d>(scopes: &[Scope<'d>], include: Include) -> (Vec<VariableRow<'d>>, Option<Vec<usize>>) {
    let list = |scope: &Scope<'d>| scope.list().map(|list| parts(list, Shape::Rows, include));
    let mut lists: Vec<_> = scopes.iter().map(|scope| list(scope).unwrap_or_default()).collect();
    namesakes::number(&mut lists.iter_mut().collect::<Vec<_>>(), include);
    let order = orders(&lists).filter(|_| include.order);
    (side_by_side(&lists, include), order)
}

/// The members of environments that are not variables.
pub(super) fn head<'d>(scopes: &[Scope<'d>], include: Include) -> Vec<VariableRow<'d>> {
    let lists: Vec<_> =
        scopes.iter().map(|scope| parts(scope.owner(), Shape::Environment, include)).collect();
    side_by_side(&lists, include)
}

fn parts<'d>(node: Node<'d>, shape: Shape, include: Include) -> Vec<Part<'d>> {
    match content::content(&View::Node(node), shape, include) {
        Content::Parts(parts) => parts,
        _ => Vec::new(),
    }
}

/// For every list, the number of its order among the different ones; none if it is the same in all.
fn orders(lists: &[Vec<Part<'_>>]) -> Option<Vec<usize>> {
    let mut distinct = Distinct::default();
    let same = |one: &&Vec<Part<'_>>, other: &&Vec<Part<'_>>| !is_reordered(one, other);
    let groups = lists.iter().map(|list| distinct.number(list, same)).collect();
    (distinct.0.len() > 1).then_some(groups)
}

/// A row for every name in `lists`.
fn side_by_side<'d>(lists: &[Vec<Part<'d>>], include: Include) -> Vec<VariableRow<'d>> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    for part in lists.iter().flatten() {
        if seen.insert(part.name.clone()) {
            names.push(part.name.clone());
        }
    }
    let by_name: Vec<HashMap<_, _>> =
        lists.iter().map(|list| list.iter().map(|part| (&part.name, part)).collect()).collect();
    let found = |name: &content::Name<'d>| by_name.iter().map(|list| list.get(name).copied()).collect();
    names
        .iter()
        .map(|name| {
            let parts: Vec<Option<&Part<'d>>> = found(name);
            let mut distinct = Distinct::default();
            let same = |one: &&Part<'d>, other: &&Part<'d>| {
                content::same(&one.view, &other.view, other.shape, include)
            };
            let groups: Vec<_> =
                parts.iter().map(|part| part.map(|part| distinct.number(part, same))).collect();
            let is = |part: &Part<'d>, member: &str, state: bool| {
                part.view.get(member).is_some_and(|flag| flag.to_value() == Value::Bool(state))
            };
            let off = |part: &Part<'d>| is(part, "enabled", false) || is(part, "disabled", true);
            let value = |part: &Part<'d>| match part.shape {
                Shape::Row => part.view.get("value").unwrap_or_else(|| View::text_of("")),
                _ => part.view.clone(),
            };
            VariableRow {
                key: name.to_string(),
                name: name.text.to_string(),
                values: parts.iter().map(|part| part.map(value)).collect(),
                disabled: parts.iter().map(|part| part.is_some_and(off)).collect(),
                secret: distinct.0.iter().any(|part| part.view.is_typed_secret()),
                same: distinct.0.len() == 1 && groups.iter().all(Option::is_some),
                groups,
            }
        })
        .collect()
}
