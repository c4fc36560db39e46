use std::collections::BTreeMap;

use super::notes::Notes;
use super::{Joined, Object, Part, SCHEMA, description, rows, text};
use crate::model::{Address, Role};
use crate::syntax::{Document, Kind, Node, Value};

const RESPONSE: [&str; 4] = ["statusCode", "statusText", "headers", "body"];

/// The v2.1 collection that the files `parts` of the folder called `name` stand for.
#[must_use]
pub fn join(name: &str, parts: &[Part]) -> Joined {
    let mut notes = Notes::default();
    let mut root = Folder::default();
    for part in parts {
        root.place(part, &mut notes);
    }
    let definition = root.definition.map(Document::root);
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
    collection.put("item", root.items(&mut notes));
    if let Some(definition) = definition {
        notes.unknown(definition, Role::Definition.members(), "the collection");
        own(&mut collection, definition, &mut notes, "the collection");
    }
    Joined { collection: collection.value(), notes: notes.sentences() }
}

/// A folder of files. Examples are listed under the path of the folder they are in.
#[derive(Default)]
struct Folder<'p> {
    definition: Option<&'p Document>,
    folders: BTreeMap<&'p str, Folder<'p>>,
    requests: Vec<(&'p str, &'p Document)>,
    examples: BTreeMap<String, Vec<(&'p str, &'p Document)>>,
}

impl<'p> Folder<'p> {
    fn place(&mut self, part: &'p Part, notes: &mut Notes) {
        let mut folder = self;
        let mut rest = part.path.as_str();
        while let Some((name, below)) = rest.split_once('/').filter(|(name, _)| *name != ".resources") {
            folder = folder.folders.entry(name).or_default();
            rest = below;
        }
        let (within, file) = rest.rsplit_once('/').unwrap_or(("", rest));
        let stem = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml")).unwrap_or(file);
        if within == ".resources" && stem == "definition" {
            folder.definition = Some(&part.document);
        } else if let Some(stem) = stem.strip_suffix(".example") {
            folder.examples.entry(within.to_owned()).or_default().push((stem, &part.document));
        } else if let Some(stem) = stem.strip_suffix(".request") {
            folder.requests.push((stem, &part.document));
        } else {
            notes.left_out("a file of another kind", &part.path);
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
            notes.left_out(format!("what is `{kind}`, which no v2.1 collection holds,"), &place);
            return None;
        }
        notes.unknown(node, Role::Request.members(), &place);
        let mut item = Object::default();
        item.put("name", name(Some(node), stem));
        item.put("id", node.get("id").and_then(text).map(Value::String));
        item.put("event", events(node, notes, &place));
        item.put(
            "protocolProfileBehavior",
            node.get("settings").filter(|it| it.kind() == Kind::Object).map(Value::of),
        );
        item.put("request", request(node, notes, &place));
        let mut responses = Vec::new();
        let inline = node.get("examples").filter(|examples| examples.kind() == Kind::Array);
        for example in inline.into_iter().flat_map(|list| list.items()) {
            responses.push((order(example), response("Example", example, notes, &place)));
        }
        let stated = node.get("examples").and_then(|path| path.as_str());
        let path = stated.map_or_else(
            || format!(".resources/{stem}.resources/examples"),
            |path| path.trim_start_matches("./").trim_end_matches('/').to_owned(),
        );
        for (stem, document) in self.examples.get(&path).into_iter().flatten() {
            responses.push((order(document.root()), response(stem, document.root(), notes, &place)));
        }
        responses.sort_by(|(a, _), (b, _)| a.unwrap_or(f64::INFINITY).total_cmp(&b.unwrap_or(f64::INFINITY)));
        item.put("response", Value::Array(responses.into_iter().map(|(_, response)| response).collect()));
        Some(item.value())
    }
}

/// The name that a file states, else that of the file; an empty one is none.
fn name(node: Option<Node<'_>>, stem: &str) -> Option<Value> {
    let stated = node.and_then(|node| node.get("name")).and_then(text);
    Some(stated.unwrap_or_else(|| stem.to_owned())).filter(|name| !name.is_empty()).map(Value::String)
}

fn order(node: Node<'_>) -> Option<f64> {
    node.get("order")?.as_number()?.parse().ok()
}

/// What a collection and a folder have of their own: authorization, scripts, variables.
fn own(object: &mut Object, definition: Node<'_>, notes: &mut Notes, place: &str) {
    object.put("auth", auth(definition, notes, place));
    object.put("event", events(definition, notes, place));
    object.put(
        "variable",
        definition.get("variables").filter(|rows| rows.values().next().is_some()).map(rows::joined),
    );
}

/// The authorization, of several the first. To inherit is to say nothing.
fn auth(owner: Node<'_>, notes: &mut Notes, place: &str) -> Option<Value> {
    let stated = owner.get("auth")?;
    let auth = if stated.kind() == Kind::Array { stated.items().next()? } else { stated };
    if stated.items().count() > 1 {
        notes.left_out("all authorizations but the first", place);
    }
    let name = auth.get("type").and_then(text).filter(|name| name != "inherit")?;
    let mut out = Object::default();
    out.text("type", &name);
    let credentials = auth.get("credentials").filter(|rows| rows.values().next().is_some());
    out.put(
        &name,
        credentials.map(|credentials| {
            let pair = |key: String, value: Node<'_>| {
                let mut row = Object::default();
                row.text("key", key);
                row.put("value", Value::of(value));
                row.text(
                    "type",
                    match value.kind() {
                        Kind::String => "string",
                        Kind::Bool => "boolean",
                        Kind::Number => "number",
                        _ => "any",
                    },
                );
                row.value()
            };
            let of_map = credentials
                .members()
                .map(|member| pair(member.name.as_str().unwrap_or_default().into_owned(), member.value));
            let of_list = credentials
                .items()
                .filter_map(|row| Some(pair(row.get("key").and_then(text)?, row.get("value")?)));
            Value::Array(of_map.chain(of_list).collect())
        }),
    );
    Some(out.value())
}

fn events(owner: Node<'_>, notes: &mut Notes, place: &str) -> Option<Value> {
    let mut events = Vec::new();
    for script in owner.get("scripts").into_iter().flat_map(|scripts| scripts.items()) {
        let moment = script.get("type").and_then(text).unwrap_or_default();
        let listen = match moment.strip_prefix("http:").unwrap_or(&moment) {
            "beforeRequest" => "prerequest",
            "afterResponse" => "test",
            _ => {
                notes.left_out(format!("the script at `{moment}`"), place);
                continue;
            }
        };
        // The older dialect has a list of lines.
        let lines: Vec<_> = match script.get("code") {
            Some(lines) if lines.kind() == Kind::Array => lines.items().filter_map(text).collect(),
            code => code.and_then(text).unwrap_or_default().split('\n').map(str::to_owned).collect(),
        };
        let mut inner = Object::default();
        inner.put("type", script.get("language").and_then(text).map(Value::String));
        inner.put("exec", Value::Array(lines.into_iter().map(Value::string).collect()));
        let mut event = Object::default();
        event.text("listen", listen);
        event.put("script", inner.value());
        events.push(event.value());
    }
    (!events.is_empty()).then_some(Value::Array(events))
}

fn request(node: Node<'_>, notes: &mut Notes, place: &str) -> Value {
    let mut request = Object::default();
    request.put("auth", auth(node, notes, place));
    request.text("method", node.get("method").and_then(text).unwrap_or_else(|| "GET".to_owned()));
    request.put("header", node.get("headers").map_or(Value::Array(Vec::new()), rows::joined));
    request.put("body", node.get("body").and_then(|node| body(node, notes, place)));
    request.put("url", url(node));
    request.put("description", description(node));
    request.value()
}

/// A string where that says all, so that every reader takes it apart by itself.
fn url(request: Node<'_>) -> Option<Value> {
    let rows = |name: &str| request.get(name).filter(|rows| rows.values().next().is_some()).map(rows::joined);
    let (query, variables) = (rows("queryParams"), rows("pathVariables"));
    let raw = request.get("url").and_then(text).filter(|raw| !raw.is_empty())?;
    if query.is_none() && variables.is_none() {
        return Some(Value::String(raw));
    }
    let address = Address::parse(&raw);
    let mut url = Object::default();
    url.text("raw", with_query(&raw, &address, query.as_ref()));
    let list = |text: &str, mark: char| {
        Value::Array(outside_references(text, mark).into_iter().map(Value::string).collect())
    };
    url.put(
        "auth",
        address.auth.map(|(user, password)| {
            let mut auth = Object::default();
            auth.text("user", user);
            auth.text("password", password);
            auth.value()
        }),
    );
    url.put("protocol", address.protocol.map(Value::string));
    url.put("host", list(address.host, '.'));
    url.put("port", address.port.map(Value::string));
    url.put("path", address.path.map(|path| list(path, '/')));
    let written = address.query.map(|pairs| {
        let row = |(key, value): (&str, Option<&str>)| {
            let mut row = Object::default();
            row.text("key", key);
            row.put("value", value.map_or(Value::Null, Value::string));
            row.value()
        };
        Value::Array(pairs.into_iter().map(row).collect())
    });
    url.put("query", query.or(written));
    url.put("hash", address.hash.map(Value::string));
    url.put("variable", variables);
    Some(url.value())
}

/// `raw` with the parameters that are sent, unless it has some already.
fn with_query(raw: &str, address: &Address<'_>, query: Option<&Value>) -> String {
    let (Some(Value::Array(rows)), None) = (query, &address.query) else { return raw.to_owned() };
    let sent = rows.iter().filter_map(|row| {
        let Value::Object(members) = row else { return None };
        let get = |name: &str| members.iter().find(|(own, _)| own == name).map(|(_, value)| value);
        match (get("disabled"), get("key"), get("value")) {
            (Some(Value::Bool(true)), _, _) => None,
            (_, Some(Value::String(key)), Some(Value::String(value))) => Some(format!("{key}={value}")),
            (_, Some(Value::String(key)), _) => Some(key.clone()),
            _ => None,
        }
    });
    let sent = sent.collect::<Vec<_>>().join("&");
    let end = address.hash.map_or(raw.len(), |hash| raw.len() - hash.len() - 1);
    if sent.is_empty() { raw.to_owned() } else { format!("{}?{sent}{}", &raw[..end], &raw[end..]) }
}

/// `text` in pieces at each `mark` that stands in no `{{reference}}`.
fn outside_references(text: &str, mark: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if c == mark && depth == 0 => {
                pieces.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&text[start..]);
    pieces
}

fn body(body: Node<'_>, notes: &mut Notes, place: &str) -> Option<Value> {
    let mode = body.get("type").and_then(text)?;
    let content = body.get("content");
    let mut out = Object::default();
    match mode.as_str() {
        "none" => return None,
        "urlencoded" | "formdata" => {
            out.text("mode", &mode);
            out.put(&mode, content.map_or(Value::Array(Vec::new()), rows::joined));
        }
        "file" | "graphql" => {
            out.text("mode", &mode);
            out.put(&mode, content.map(Value::of));
        }
        "json" | "text" | "xml" | "html" | "javascript" => {
            out.text("mode", "raw");
            out.text("raw", content.and_then(text).unwrap_or_default());
            let (mut raw, mut options) = (Object::default(), Object::default());
            raw.text("language", &mode);
            options.put("raw", raw.value());
            // Without a word on it, a body is text.
            out.put("options", (mode != "text").then(|| options.value()));
        }
        _ => {
            notes.left_out(format!("the body of type `{mode}`"), place);
            return None;
        }
    }
    Some(out.value())
}

fn response(stem: &str, example: Node<'_>, notes: &mut Notes, place: &str) -> Value {
    notes.unknown(example, Role::Example.members(), place);
    let mut out = Object::default();
    out.put("name", name(Some(example), stem));
    out.put("id", example.get("id").and_then(text).map(Value::String));
    out.put("originalRequest", example.get("request").map(|node| request(node, notes, place)));
    if let Some(response) = example.get("response") {
        notes.unknown(response, &RESPONSE, place);
        out.put("status", response.get("statusText").and_then(text).map(Value::String));
        out.put("code", response.get("statusCode").map(Value::of));
        let body = response.get("body");
        let language = body.and_then(|body| body.get("type")).and_then(text);
        out.put("_postman_previewlanguage", language.map(Value::String));
        out.put("header", response.get("headers").map_or(Value::Array(Vec::new()), rows::joined));
        out.put("cookie", Value::Array(Vec::new()));
        out.text("body", body.and_then(|body| body.get("content")).and_then(text).unwrap_or_default());
    }
    out.value()
}
