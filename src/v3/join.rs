use std::collections::{BTreeMap, HashSet};

use super::notes::Notes;
use super::{
    File, Joined, Object, SCHEMA, auth, description, example, name, names, request, rows, scripts, settings,
    text,
};
use crate::model::{Part, Role};
use crate::syntax::{Document, Kind, Node, Value};

/// Joins `files`, those of the folder called `name`, into a v2.1 collection.
#[must_use]
pub fn join(name: &str, files: &[File]) -> Joined {
    let mut notes = Notes::default();
    let mut root = Folder::default();
    for file in files {
        root.place(file, &mut notes);
    }
    root.note_strays(&mut notes);
    let items = root.items(&mut notes);
    collection(name, root.definition, items, notes)
}

/// Makes a v2.1 collection of a single file: a definition without items, a request without its examples, or an example
/// in a request of which nothing else is known. `path` is the file's, and names whatever has no name of its own. None
/// if the file does not fit a v2.1 collection.
#[must_use]
pub fn join_alone(path: &str, document: &Document) -> Option<Joined> {
    let mut notes = Notes::default();
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let (definition, items) = match Part::of(document).filter(Part::fits_v2)?.role() {
        Role::Definition => (Some(document), Value::Array(Vec::new())),
        Role::Request => {
            let requests = vec![(names::file_stem(path), document)];
            (None, Folder { requests, ..Folder::default() }.items(&mut notes))
        }
        Role::Example => {
            let request = folders.strip_suffix(".resources/examples").unwrap_or_default();
            let request = request.rsplit('/').next().unwrap_or_default();
            let place = format!("the request `{request}`");
            let stem = file.split(".example.").next().unwrap_or_default();
            let example = example::joined(stem, document.root(), &mut notes, &place);
            let mut item = Object::default();
            item.text("name", request);
            item.put("response", Value::Array(vec![example]));
            (None, Value::Array(vec![item.value()]))
        }
        Role::OtherRequest | Role::Unknown => return None,
    };
    Some(collection("", definition, items, notes))
}

fn collection(name: &str, definition: Option<&Document>, items: Value, mut notes: Notes) -> Joined {
    let definition = definition.map(Document::root);
    let mut info = Object::default();
    info.put("_postman_id", definition.and_then(|node| node.get("id")).and_then(text).map(Value::String));
    info.text(
        "name",
        definition.and_then(|node| node.get("name")).and_then(text).unwrap_or_else(|| name.to_owned()),
    );
    info.put("description", definition.and_then(description));
    info.text("schema", SCHEMA);
    let mut collection = Object::default();
    collection.put("info", info.value());
    collection.put("item", items);
    if let Some(definition) = definition {
        notes.unknown(definition, Role::Definition.members(), "the collection");
        own(&mut collection, definition, &mut notes, "the collection");
    }
    Joined { collection: collection.value(), notes: notes.sentences() }
}

/// A folder of files, with examples by the path of the folder they are in, relative to this one.
#[derive(Default)]
struct Folder<'p> {
    definition: Option<&'p Document>,
    folders: BTreeMap<&'p str, Folder<'p>>,
    requests: Vec<(&'p str, &'p Document)>,
    examples: BTreeMap<String, Vec<(&'p str, &'p File)>>,
}

impl<'p> Folder<'p> {
    fn place(&mut self, file: &'p File, notes: &mut Notes) {
        let mut folder = self;
        let mut rest = file.path.as_str();
        while let Some((name, below)) = rest.split_once('/').filter(|(name, _)| *name != ".resources") {
            folder = folder.folders.entry(name).or_default();
            rest = below;
        }
        let (within, own) = rest.rsplit_once('/').unwrap_or(("", rest));
        let stem = own.strip_suffix(".yaml").or_else(|| own.strip_suffix(".yml")).unwrap_or(own);
        if within == ".resources" && stem == "definition" {
            folder.definition = Some(&file.document);
        } else if let Some(stem) = stem.strip_suffix(".example") {
            folder.examples.entry(within.to_owned()).or_default().push((stem, file));
        } else if let Some(stem) = stem.strip_suffix(".request") {
            folder.requests.push((stem, &file.document));
        } else {
            notes.left_out("a file of another kind", &format!("`{}`", file.path));
        }
    }

    fn items(&self, notes: &mut Notes) -> Value {
        let folders = self.folders.iter().filter(|(_, folder)| !folder.is_empty()).map(|(name, folder)| {
            let order = folder.definition.and_then(|definition| order(definition.root()));
            (order, *name, folder.item(name, notes))
        });
        let mut items: Vec<_> = folders.collect();
        for (stem, document) in &self.requests {
            if let Some(item) = self.request(stem, document.root(), notes) {
                items.push((order(document.root()), *stem, item));
            }
        }
        let rank = |order: Option<f64>| order.unwrap_or(f64::INFINITY);
        items.sort_by(|(a, a_name, _), (b, b_name, _)| {
            rank(*a).total_cmp(&rank(*b)).then_with(|| a_name.cmp(b_name))
        });
        Value::Array(items.into_iter().map(|(_, _, item)| item).collect())
    }

    /// Notes the examples that belong to no request, here and in the folders below.
    fn note_strays(&self, notes: &mut Notes) {
        let requests = self.requests.iter();
        let claimed: HashSet<_> =
            requests.map(|(stem, document)| examples_of(stem, document.root())).collect();
        let strays = self.examples.iter().filter(|(path, _)| !claimed.contains(*path));
        for (_, file) in strays.flat_map(|(_, examples)| examples) {
            notes.left_out("an example that belongs to no request", &format!("`{}`", file.path));
        }
        self.folders.values().for_each(|folder| folder.note_strays(notes));
    }

    fn is_empty(&self) -> bool {
        self.definition.is_none() && self.requests.is_empty() && self.folders.values().all(Self::is_empty)
    }

    fn item(&self, stem: &str, notes: &mut Notes) -> Value {
        let definition = self.definition.map(Document::root);
        let mut item = Object::default();
        item.put("name", name(definition, stem));
        item.put("id", definition.and_then(|node| node.get("id")).and_then(text).map(Value::String));
        item.put("item", self.items(notes));
        item.put("description", definition.and_then(description));
        if let Some(definition) = definition {
            let place = format!("the folder `{stem}`");
            notes.unknown(definition, Role::Definition.members(), &place);
            own(&mut item, definition, notes, &place);
        }
        item.value()
    }

    fn request(&self, stem: &str, node: Node<'_>, notes: &mut Notes) -> Option<Value> {
        let kind = node.get("$kind").or_else(|| node.get("type")).and_then(text).unwrap_or_default();
        let place = format!("the request `{stem}`");
        if !matches!(kind.as_str(), "http-request" | "http" | "") {
            notes.left_out(
                format!("a request of the kind `{kind}`, which does not fit a v2.1 collection"),
                &place,
            );
            return None;
        }
        notes.unknown(node, Role::Request.members(), &place);
        let mut item = Object::default();
        item.put("name", name(Some(node), stem));
        item.put("id", node.get("id").and_then(text).map(Value::String));
        item.put("event", scripts::joined(node, notes, &place));
        let settings = node.get("settings").filter(|it| it.kind() == Kind::Object);
        item.put("protocolProfileBehavior", settings.map(settings::joined));
        item.put("request", request::joined(node, notes, &place));
        let mut responses = Vec::new();
        let inline = node.get("examples").filter(|examples| examples.kind() == Kind::Array);
        for example in inline.into_iter().flat_map(|list| list.items()) {
            responses.push((order(example), example::joined("Example", example, notes, &place)));
        }
        for (stem, file) in self.examples.get(&examples_of(stem, node)).into_iter().flatten() {
            let example = file.document.root();
            responses.push((order(example), example::joined(stem, example, notes, &place)));
        }
        responses.sort_by(|(a, _), (b, _)| a.unwrap_or(f64::INFINITY).total_cmp(&b.unwrap_or(f64::INFINITY)));
        item.put("response", Value::Array(responses.into_iter().map(|(_, response)| response).collect()));
        Some(item.value())
    }
}

/// The folder with the examples of the request in the file `stem`, relative to the request's folder.
fn examples_of(stem: &str, request: Node<'_>) -> String {
    let stated = request.get_str("examples");
    stated.map_or_else(
        || format!(".resources/{stem}.resources/examples"),
        |path| path.trim_start_matches("./").trim_end_matches('/').to_owned(),
    )
}

fn order(node: Node<'_>) -> Option<f64> {
    node.get("order")?.as_number()?.parse().ok()
}

/// Adds what both collections and folders have: authorization, scripts and variables.
fn own(object: &mut Object, definition: Node<'_>, notes: &mut Notes, place: &str) {
    object.put("auth", auth::joined(definition, notes, place));
    object.put("event", scripts::joined(definition, notes, place));
    object.put("variable", definition.get("variables").filter(|rows| rows.has_values()).map(rows::joined));
}
