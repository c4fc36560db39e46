use super::names::{Names, file_name};
use super::notes::Notes;
use super::{Object, Split, description, rows, text};
use crate::model::{Collection, CollectionVersion, Request, Url};
use crate::syntax::{Kind, Node, Value};

/// How far apart neighbours are in `order`, so that others fit between them.
const STEP: usize = 1000;

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
const REQUEST: [&str; 6] = ["method", "header", "body", "url", "auth", "description"];
const RESPONSE: [&str; 8] =
    ["name", "id", "originalRequest", "status", "code", "header", "body", "_postman_previewlanguage"];
const INFO: [&str; 4] = ["_postman_id", "name", "description", "schema"];
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

/// The files of a git-native collection for `collection`, which must be of version 2; none of version 1.
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
    definition.put("name", (title != name).then(|| Value::string(&title)));
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
    /// The items of `owner`, whose files go below `path`, empty or with a slash at its end.
    fn items(&mut self, owner: Node<'_>, path: &str) {
        let (mut folders, mut requests) = (Names::default(), Names::default());
        let items = owner.get("item").into_iter().flat_map(|list| list.items());
        for (index, item) in items.filter(|item| item.kind() == Kind::Object).enumerate() {
            let order = Value::Number(((index + 1) * STEP).to_string());
            let name = item.get("name").and_then(text).unwrap_or_default();
            let place = format!("`{name}`");
            self.notes.unknown(item, &ITEM, &place);
            if item.get("item").is_some() {
                let stem = folders.of(&name);
                self.folder(item, &name, &format!("{path}{stem}/"), order);
            } else {
                let stem = requests.of(&name);
                self.request(item, &name, path, &stem, order);
            }
        }
    }

    fn folder(&mut self, item: Node<'_>, name: &str, path: &str, order: Value) {
        let place = format!("`{name}`");
        if item.get("protocolProfileBehavior").is_some_and(|it| it.values().next().is_some()) {
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

    /// Variables, scripts and authorization of a collection or folder.
    fn own(&mut self, definition: &mut Object, owner: Node<'_>, place: &str) {
        let kept = ["disabled", "secret", "source"];
        let variables = owner.get("variable");
        definition
            .put("variables", variables.and_then(|rows| rows::split(rows, &kept, &mut self.notes, place)));
        definition.put("scripts", self.scripts(owner, "http:", place));
        definition.put("auth", auth(owner));
    }

    fn request(&mut self, item: Node<'_>, name: &str, path: &str, stem: &str, order: Value) {
        let place = format!("`{name}`");
        if item.get("variable").is_some_and(|rows| rows.values().next().is_some()) {
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
                "the place of the description, now the request's,"
            };
            self.notes.left_out(lost, &place);
        }
        out.put("description", own.or(of_item));
        match request {
            Some(request) => self.sent(&mut out, request, &place),
            None => self.nothing_sent(&mut out, &place),
        }
        let own = request.and_then(auth).or_else(|| auth(item));
        out.put("auth", own);
        out.put("scripts", self.scripts(item, "", &place));
        let settings = item.get("protocolProfileBehavior").filter(|it| it.values().next().is_some());
        out.put("settings", settings.map(Value::of));
        let examples = self.examples(item, path, stem, &place);
        out.put(
            "examples",
            examples.then(|| Value::string(format!("./.resources/{stem}.resources/examples"))),
        );
        out.put("order", order);
        self.files.push((format!("{path}{stem}.request.yaml"), out.value()));
    }

    fn nothing_sent(&mut self, out: &mut Object, place: &str) {
        self.notes.left_out("the absence of a request", place);
        out.text("url", "");
        out.text("method", "GET");
    }

    /// The address, method, headers, parameters and body of a request.
    fn sent(&mut self, out: &mut Object, node: Node<'_>, place: &str) {
        if node.kind() == Kind::Object {
            self.notes.unknown(node, &REQUEST, place);
        }
        let request = Request::of(node);
        let url = request.url();
        out.text("url", url.map(|url| address(&url)).unwrap_or_default());
        out.text("method", request.method());
        let mut put = |name: &str, rows: Option<Node<'_>>| {
            let rows = rows.filter(|rows| rows.kind() == Kind::Array);
            out.put(name, rows.and_then(|rows| rows::split(rows, &["disabled"], &mut self.notes, place)));
        };
        put("headers", node.get("header"));
        put("queryParams", url.and_then(|url| url.node().get("query")));
        put("pathVariables", url.and_then(|url| url.node().get("variable")));
        if let Some(lines) = node.get("header").and_then(|header| header.as_str()) {
            out.put("headers", header_lines(&lines));
        }
        out.put("body", request.body().and_then(|body| self.body(body.node(), place)));
    }

    fn body(&mut self, body: Node<'_>, place: &str) -> Option<Value> {
        if body.get("disabled").and_then(|flag| flag.as_bool()) == Some(true) {
            self.notes.left_out("the disabled body", place);
            return None;
        }
        let mode = body.get("mode").and_then(text)?;
        let content = body.get(&mode);
        let mut out = Object::default();
        match mode.as_str() {
            "raw" => {
                let language =
                    body.get("options").and_then(|it| it.get("raw")?.get("language")).and_then(text);
                let known = ["json", "text", "xml", "html", "javascript"];
                let language = language.filter(|language| known.contains(&language.as_str()));
                let content = content.and_then(text).unwrap_or_default();
                let stated = body.get("options").into_iter().flat_map(|options| options.values());
                let understood = |node: Node<'_>| {
                    node.kind() == Kind::Object && node.members().all(|it| it.name.is_str("language"))
                };
                if stated.into_iter().any(|node| !understood(node)) {
                    self.notes.left_out("`options` of the body", place);
                }
                out.text("type", language.unwrap_or_else(|| "text".to_owned()));
                out.text("content", content);
            }
            "urlencoded" => {
                out.text("type", &mode);
                let rows = content.and_then(|rows| rows::split(rows, &["disabled"], &mut self.notes, place));
                out.put("content", rows.unwrap_or(Value::Array(Vec::new())));
            }
            "formdata" => {
                out.text("type", &mode);
                let kept = ["type", "src", "contentType", "fileName", "disabled"];
                let rows = content.and_then(|rows| rows::split(rows, &kept, &mut self.notes, place));
                out.put("content", rows.unwrap_or(Value::Array(Vec::new())));
            }
            "file" | "graphql" => {
                out.text("type", &mode);
                out.put("content", content.map(Value::of));
            }
            _ => {
                self.notes.left_out(format!("the body of mode `{mode}`"), place);
                return None;
            }
        }
        Some(out.value())
    }

    fn scripts(&mut self, owner: Node<'_>, prefix: &str, place: &str) -> Option<Value> {
        let mut scripts = Vec::new();
        for event in owner.get("event").into_iter().flat_map(|list| list.items()) {
            let listen = event.get("listen").and_then(text).unwrap_or_default();
            let moment = match listen.as_str() {
                "prerequest" => "beforeRequest",
                "test" => "afterResponse",
                _ => {
                    self.notes.left_out(format!("the script at `{listen}`"), place);
                    continue;
                }
            };
            if event.get("disabled").and_then(|flag| flag.as_bool()) == Some(true) {
                self.notes.left_out("a disabled script", place);
                continue;
            }
            let script = event.get("script");
            let code = script
                .and_then(|script| script.get("exec"))
                .or(script.filter(|it| it.kind() != Kind::Object));
            let code = code.map(|code| match code.kind() {
                Kind::Array => code.items().filter_map(text).collect::<Vec<_>>().join("\n"),
                _ => text(code).unwrap_or_default(),
            });
            let code = code.unwrap_or_default();
            if script.and_then(|script| script.get("src")).is_some() {
                self.notes.left_out("the file of a script", place);
            }
            let mut out = Object::default();
            out.text("type", format!("{prefix}{moment}"));
            out.text("code", code);
            out.text("language", "text/javascript");
            scripts.push(out.value());
        }
        (!scripts.is_empty()).then_some(Value::Array(scripts))
    }

    /// Writes the examples of `item`; whether there are any.
    fn examples(&mut self, item: Node<'_>, path: &str, stem: &str, place: &str) -> bool {
        let mut names = Names::default();
        let responses = item.get("response").into_iter().flat_map(|list| list.items());
        let responses = responses.filter(|response| response.kind() == Kind::Object);
        for (index, response) in responses.enumerate() {
            self.notes.unknown(response, &RESPONSE, place);
            let name = response.get("name").and_then(text).unwrap_or_default();
            let file = names.of(&name);
            let mut out = Object::default();
            out.text("$kind", "http-example");
            out.put("id", id(response));
            out.put("name", (name != file).then(|| Value::string(&name)));
            let mut sent = Object::default();
            if let Some(request) = response.get("originalRequest") {
                self.sent(&mut sent, request, place);
            }
            out.put("request", (!sent.0.is_empty()).then(|| sent.value()));
            out.put("response", self.answer(response, place));
            out.put("order", Value::Number(((index + 1) * STEP).to_string()));
            self.files.push((
                format!("{path}.resources/{stem}.resources/examples/{file}.example.yaml"),
                out.value(),
            ));
        }
        item.get("response").is_some_and(|list| list.items().any(|response| response.kind() == Kind::Object))
    }

    fn answer(&mut self, response: Node<'_>, place: &str) -> Value {
        let mut out = Object::default();
        // An example without a status is none for Postman.
        let code = response.get("code").filter(|code| code.kind() == Kind::Number).map(Value::of);
        let status = response.get("status").and_then(text);
        if code.is_none() || status.is_none() {
            self.notes.left_out("the absence of a status", place);
        }
        let usual = if code.is_none() { "OK" } else { "" };
        out.put("statusCode", code.unwrap_or_else(|| Value::Number("200".to_owned())));
        out.text("statusText", status.unwrap_or_else(|| usual.to_owned()));
        let headers = response.get("header");
        let rows = headers.filter(|rows| rows.kind() == Kind::Array);
        out.put("headers", rows.and_then(|rows| rows::split(rows, &["disabled"], &mut self.notes, place)));
        out.put("headers", headers.and_then(|lines| lines.as_str()).and_then(|lines| header_lines(&lines)));
        let mut body = Object::default();
        let language = response.get("_postman_previewlanguage").and_then(text);
        let known = ["json", "xml", "html", "javascript"];
        let language = language.map(|language| language.to_lowercase());
        body.text(
            "type",
            language.filter(|it| known.contains(&it.as_str())).unwrap_or_else(|| "text".to_owned()),
        );
        body.text("content", response.get("body").and_then(text).unwrap_or_default());
        out.put("body", body.value());
        out.value()
    }
}

fn id(item: Node<'_>) -> Option<Value> {
    item.get("id").or_else(|| item.get("_postman_id")).and_then(text).map(Value::String)
}

/// The address as it is spelled, unless its parts, which are what is sent, say something else.
fn address(url: &Url<'_>) -> String {
    let raw = url.raw().and_then(|raw| raw.as_str());
    // The parts that are sent do not hold a name and password.
    if let (Some(raw), true) = (&raw, url.node().get("auth").is_some()) {
        return raw.clone().into_owned();
    }
    let before_query =
        |text: &str| text.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned();
    match (raw, url.from_parts()) {
        (Some(raw), Some(parts)) if before_query(&raw) != before_query(&parts) => parts,
        (Some(raw), _) => raw.into_owned(),
        (None, parts) => parts.unwrap_or_default(),
    }
}

/// The authorization of `owner` and its credentials, in both shapes of version 2.
fn auth(owner: Node<'_>) -> Option<Value> {
    let auth = owner.get("auth").filter(|auth| auth.kind() == Kind::Object)?;
    let name = auth.get("type").and_then(text)?;
    let mut out = Object::default();
    out.text("type", &name);
    let block = auth.get(&name).filter(|block| block.values().next().is_some());
    out.put(
        "credentials",
        block.map(|block| {
            let of_list = block
                .items()
                .filter_map(|row| Some((row.get("key").and_then(text)?, Value::of(row.get("value")?))));
            let of_map = block.members().map(|member| {
                (member.name.as_str().unwrap_or_default().into_owned(), Value::of(member.value))
            });
            Value::Object(of_list.chain(of_map).collect())
        }),
    );
    Some(out.value())
}

/// Headers in one string, a line each, as older collections have them.
fn header_lines(lines: &str) -> Option<Value> {
    let pair = |line: &str| {
        let (key, value) = line.split_once(':')?;
        let mut row = Object::default();
        row.text("key", key.trim());
        row.text("value", value.trim());
        Some(row.value())
    };
    let rows: Vec<_> = lines.lines().filter_map(pair).collect();
    (!rows.is_empty()).then_some(Value::Array(rows))
}
