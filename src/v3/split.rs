use super::names::{Names, file_name};
use super::notes::Notes;
use super::rows::Rows;
use super::{Object, Split, auth, description, example, id, request, rows, scripts, settings, text};
use crate::model::{Collection, CollectionVersion};
use crate::syntax::{Kind, Node, Value};

/// The distance between neighbors in `order`, which leaves room for others in between.
const STEP: usize = 1000;

/// The members of a v2 item that v3 can express.
const ITEM: [&str; 12] = [
    "name",
    "id",
    "_postman_id",
    "description",
    "item",
    "request",
    "response",
    "event",
    "auth",
    "variable",
    "protocolProfileBehavior",
    "_postman_isSubFolder",
];
/// The members of a v2 `info` that v3 can express.
const INFO: [&str; 4] = ["_postman_id", "name", "description", "schema"];
/// The members of a v2 collection that v3 can express.
const COLLECTION: [&str; 9] = [
    "info",
    "item",
    "event",
    "variable",
    "auth",
    "name",
    "_postman_variable_scope",
    "_postman_exported_at",
    "_postman_exported_using",
];

/// Splits `collection` into the files of a git-native one; none if it is of version 1.
#[must_use]
pub fn split(collection: &Collection<'_>) -> Option<Split> {
    if collection.version() == CollectionVersion::V1 {
        return None;
    }
    let mut splitter = Splitter::default();
    let (owner, info) = (collection.owner(), collection.info());
    let title = collection.name().unwrap_or_default().into_owned();
    let name = file_name(&title);
    splitter.notes.unknown(owner, &COLLECTION, "the collection");
    splitter.notes.unknown(info, &INFO, "`info`");
    let mut definition = Object::default();
    definition.text("$kind", "collection");
    definition.put("id", info.get("_postman_id").and_then(text).map(Value::String));
    // Always stated, since the folder can have any name.
    definition.text("name", &title);
    definition.put("description", description(info));
    splitter.own(&mut definition, owner, "the collection");
    splitter.files.push((".resources/definition.yaml".to_owned(), definition.value()));
    splitter.items(owner, "");
    Some(Split { name, files: splitter.files, notes: splitter.notes.sentences() })
}

#[derive(Default)]
struct Splitter {
    files: Vec<(String, Value)>,
    notes: Notes,
}

impl Splitter {
    /// Writes the items of `owner` below `path`, which is empty or ends with a slash.
    fn items(&mut self, owner: Node<'_>, path: &str) {
        let (mut folders, mut requests) = (Names::default(), Names::default());
        let items = owner.get_items("item");
        for (index, item) in items.filter(|item| item.kind() == Kind::Object).enumerate() {
            let name = item.get("name").and_then(text).unwrap_or_default();
            let place = format!("`{name}`");
            self.notes.unknown(item, &ITEM, &place);
            if item.get("item").is_some() {
                let stem = folders.of(&name);
                self.folder(item, &name, &format!("{path}{stem}/"), order(index));
            } else {
                let stem = requests.of(&name);
                self.request(item, &name, path, &stem, order(index));
            }
        }
    }

    fn folder(&mut self, item: Node<'_>, name: &str, path: &str, order: Value) {
        let place = format!("`{name}`");
        if item.get("protocolProfileBehavior").is_some_and(|it| it.has_values()) {
            self.notes.left_out("`protocolProfileBehavior`", &place);
        }
        let stem = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let mut definition = Object::default();
        definition.text("$kind", "collection");
        definition.put("id", id(item));
        definition.put("name", (name != stem).then(|| Value::string(name)));
        definition.put("description", description(item));
        self.own(&mut definition, item, &place);
        definition.put("order", order);
        self.files.push((format!("{path}.resources/definition.yaml"), definition.value()));
        self.items(item, path);
    }

    /// Adds the variables, scripts and authorization of a collection or folder.
    fn own(&mut self, definition: &mut Object, owner: Node<'_>, place: &str) {
        let variables = owner.get("variable");
        definition.put(
            "variables",
            variables.and_then(|rows| rows::split(rows, Rows::Variables, &mut self.notes, place)),
        );
        definition.put("scripts", scripts::split(owner, "http:", &mut self.notes, place));
        definition.put("auth", auth::split(owner, &mut self.notes, place));
    }

    fn request(&mut self, item: Node<'_>, name: &str, path: &str, stem: &str, order: Value) {
        let place = format!("`{name}`");
        if item.get("variable").is_some_and(|rows| rows.has_values()) {
            self.notes.left_out("`variable`", &place);
        }
        let request = item.get("request");
        let mut out = Object::default();
        out.text("$kind", "http-request");
        out.put("id", id(item));
        out.put("name", (name != stem).then(|| Value::string(name)));
        let (own, of_item) = (request.and_then(description), description(item));
        if of_item.is_some() && own != of_item {
            let lost = if own.is_some() {
                "`description`"
            } else {
                "that the `description` is the item's, not the request's"
            };
            self.notes.left_out(lost, &place);
        }
        out.put("description", own.or(of_item));
        match request {
            Some(request) => request::split(&mut out, request, &mut self.notes, &place),
            None => self.nothing_sent(&mut out, &place),
        }
        let own = request.and_then(|request| auth::split(request, &mut self.notes, &place));
        out.put("auth", own.or_else(|| auth::split(item, &mut self.notes, &place)));
        out.put("scripts", scripts::split(item, "", &mut self.notes, &place));
        let settings = item.get("protocolProfileBehavior").filter(|it| it.has_values());
        out.put("settings", settings.map(settings::split));
        let examples = self.examples(item, path, stem, &place);
        out.put(
            "examples",
            examples.then(|| Value::string(format!("./.resources/{stem}.resources/examples"))),
        );
        out.put("order", order);
        self.files.push((format!("{path}{stem}.request.yaml"), out.value()));
    }

    fn nothing_sent(&mut self, out: &mut Object, place: &str) {
        self.notes.left_out("that there is no `request`", place);
        out.text("url", "");
        out.text("method", "GET");
    }

    /// Writes the examples of `item`; returns whether there are any.
    fn examples(&mut self, item: Node<'_>, path: &str, stem: &str, place: &str) -> bool {
        let mut names = Names::default();
        let responses = item.get_items("response");
        let before = self.files.len();
        for (index, response) in responses.filter(|response| response.kind() == Kind::Object).enumerate() {
            let file = names.of(&response.get("name").and_then(text).unwrap_or_default());
            let path = format!("{path}.resources/{stem}.resources/examples/{file}.example.yaml");
            let example = example::split(response, &file, order(index), &mut self.notes, place);
            self.files.push((path, example));
        }
        self.files.len() > before
    }
}

/// The `order` of the item at `index` among its neighbors, counted from 0.
fn order(index: usize) -> Value {
    Value::Number(((index + 1) * STEP).to_string())
}
