use std::collections::{HashMap, HashSet};

use crate::compare::content::{self, Content, Part};
use crate::compare::namesakes;
use crate::compare::shape::{Include, Shape};
use crate::compare::view::View;
use crate::model::Scope;
use crate::syntax::Value;

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

/// The variables of all `scopes`, in the order of the first file that contains them.
pub(super) fn rows<'d>(scopes: &[Scope<'d>], include: Include) -> Vec<VariableRow<'d>> {
    let mut lists: Vec<Vec<Part<'d>>> = scopes.iter().map(|scope| list(scope, include)).collect();
    namesakes::number(&mut lists.iter_mut().collect::<Vec<_>>(), include);
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
            let mut distinct: Vec<&Part<'d>> = Vec::new();
            let groups: Vec<_> = parts
                .iter()
                .map(|part| {
                    let part = (*part)?;
                    let known = distinct
                        .iter()
                        .position(|other| content::same(&other.view, &part.view, Shape::Row, include));
                    Some(known.unwrap_or_else(|| {
                        distinct.push(part);
                        distinct.len() - 1
                    }))
                })
                .collect();
            let is = |part: &Part<'d>, member: &str, state: bool| {
                part.view.get(member).is_some_and(|flag| flag.to_value() == Value::Bool(state))
            };
            let off = |part: &Part<'d>| is(part, "enabled", false) || is(part, "disabled", true);
            let value = |part: &Part<'d>| part.view.get("value").unwrap_or_else(|| View::text_of(""));
            VariableRow {
                key: name.to_string(),
                name: name.text.to_string(),
                values: parts.iter().map(|part| part.map(value)).collect(),
                disabled: parts.iter().map(|part| part.is_some_and(off)).collect(),
                secret: distinct.iter().any(|part| part.view.is_typed_secret()),
                same: distinct.len() == 1 && groups.iter().all(Option::is_some),
                groups,
            }
        })
        .collect()
}

fn list<'d>(scope: &Scope<'d>, include: Include) -> Vec<Part<'d>> {
    match scope.list().map(|list| content::content(&View::Node(list), Shape::Rows, include)) {
        Some(Content::Parts(parts)) => parts,
        _ => Vec::new(),
    }
}
