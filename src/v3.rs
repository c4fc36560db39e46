//! Postman 12's git-native collections: a folder of YAML files, put together as one v2.1 collection and taken apart again.
//! Pure; what one form has and the other cannot hold is told. `join` and `split` walk the folders; each other module knows
//! one thing in both forms, and has a `joined` and a `split` of its own.

mod auth;
mod body;
mod example;
mod join;
mod names;
mod notes;
mod request;
mod rows;
mod scripts;
mod settings;
mod split;
mod url;

pub use join::{join, join_alone};
pub use names::file_stem;
pub use split::split;

use std::path::Path;

use crate::syntax::{Document, Kind, Node, Value};

/// One file of such a folder.
#[derive(Debug)]
pub struct File {
    /// Its path below the folder, with forward slashes.
    pub path: String,
    /// Its content.
    pub document: Document,
}

/// A collection put together.
#[derive(Debug)]
pub struct Joined {
    /// A v2.1 collection.
    pub collection: Value,
    /// What it does not hold of the folder, in sentences without a full stop.
    pub notes: Vec<String>,
}

/// A collection taken apart.
#[derive(Debug)]
pub struct Split {
    /// The name of its folder.
    pub name: String,
    /// Paths below the folder, with forward slashes, and what the files hold.
    pub files: Vec<(String, Value)>,
    /// What they do not hold of the collection, in sentences without a full stop.
    pub notes: Vec<String>,
}

/// Whether the files at `paths` make `folder` one collection, and not one that holds several: it has a definition or
/// a request of its own, or is where Postman keeps collections and has folders without definitions in it.
#[must_use]
pub fn is_collection(folder: &Path, paths: &[String]) -> bool {
    let at_the_top = |path: &String| {
        path == ".resources/definition.yaml"
            || path == ".resources/definition.yml"
            || (!path.contains('/') && path.contains(".request."))
    };
    let below = |path: &String| path.split('/').nth(1) == Some(".resources") && path.contains("/definition.");
    let plain = is_in_collections(folder) && !paths.is_empty() && !paths.iter().any(below);
    plain || paths.iter().any(at_the_top)
}

/// Whether `folder` is directly in one called `collections`, where Postman keeps them.
#[must_use]
pub fn is_in_collections(folder: &Path) -> bool {
    folder.parent().is_some_and(|parent| parent.ends_with("collections"))
}

/// The schema that a v2.1 collection names.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// An object with the members that have a value.
#[derive(Default)]
struct Object(Vec<(String, Value)>);

impl Object {
    fn put(&mut self, name: &str, value: impl Into<Option<Value>>) {
        self.0.extend(value.into().map(|value| (name.to_owned(), value)));
    }

    fn text(&mut self, name: &str, text: impl Into<String>) {
        self.put(name, Value::string(text));
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

/// A scalar as text, a collection as JSON; `null` is none.
fn text(node: Node<'_>) -> Option<String> {
    match node.as_str() {
        Some(text) => Some(text.into_owned()),
        None if node.is_null() => None,
        None => Some(node.to_json().into_owned()),
    }
}

/// The text of a description: a string, or `{content, type}`. An empty one is none.
fn description(owner: Node<'_>) -> Option<Value> {
    let description = owner.get("description")?;
    let content = if description.kind() == Kind::Object { description.get("content")? } else { description };
    text(content).filter(|text| !text.is_empty()).map(Value::String)
}

/// The name that a file states, else that of the file; an empty one is none.
fn name(node: Option<Node<'_>>, stem: &str) -> Option<Value> {
    let stated = node.and_then(|node| node.get("name")).and_then(text);
    Some(stated.unwrap_or_else(|| stem.to_owned())).filter(|name| !name.is_empty()).map(Value::String)
}

/// The id of an item of v2.
fn id(item: Node<'_>) -> Option<Value> {
    item.get("id").or_else(|| item.get("_postman_id")).and_then(text).map(Value::String)
}
