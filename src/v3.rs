//! Postman 12's git-native collections: joins a folder of YAML files into one v2.1 collection, and splits it again.
//! Pure; notes say what one form contains that the other cannot. `join` and `split` walk the folders; each of the other
//! modules knows one thing in both forms, and has a `joined` and a `split` of its own.

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

/// One file of such a collection.
#[derive(Debug)]
pub struct File {
    /// Its path relative to the folder, with forward slashes.
    pub path: String,
    /// Its content.
    pub document: Document,
}

/// A collection joined from its files.
#[derive(Debug)]
pub struct Joined {
    /// A v2.1 collection.
    pub collection: Value,
    /// What it leaves out of the folder, in sentences without a full stop.
    pub notes: Vec<String>,
}

/// A collection split into files.
#[derive(Debug)]
pub struct Split {
    /// The name for its folder.
    pub name: String,
    /// Paths relative to the folder, with forward slashes, and the content of the files.
    pub files: Vec<(String, Value)>,
    /// What they leave out of the collection, in sentences without a full stop.
    pub notes: Vec<String>,
}

/// Whether the files at `paths` make `folder` a collection rather than a folder of collections: it has a definition or
/// a request of its own, or is where Postman keeps collections and contains no folder with a definition.
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

/// Whether `folder` is directly inside a folder called `collections`, where Postman keeps them.
#[must_use]
pub fn is_in_collections(folder: &Path) -> bool {
    folder.parent().is_some_and(|parent| parent.ends_with("collections"))
}

/// The schema that v2.1 collections refer to.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// An object under construction; members without a value are skipped.
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

/// A string as it is, any other value as JSON; none for `null`.
fn text(node: Node<'_>) -> Option<String> {
    match node.as_str() {
        Some(text) => Some(text.into_owned()),
        None if node.is_null() => None,
        None => Some(node.to_json().into_owned()),
    }
}

/// The text of a description, a string or `{content, type}`; none if it is empty.
fn description(owner: Node<'_>) -> Option<Value> {
    let description = owner.get("description")?;
    let content = if description.kind() == Kind::Object { description.get("content")? } else { description };
    text(content).filter(|text| !text.is_empty()).map(Value::String)
}

/// The name that a file states, or else `stem`; none if it is empty.
fn name(node: Option<Node<'_>>, stem: &str) -> Option<Value> {
    let stated = node.and_then(|node| node.get("name")).and_then(text);
    Some(stated.unwrap_or_else(|| stem.to_owned())).filter(|name| !name.is_empty()).map(Value::String)
}

/// The id of a v2 item.
fn id(item: Node<'_>) -> Option<Value> {
    item.get("id").or_else(|| item.get("_postman_id")).and_then(text).map(Value::String)
}
