//! The shapes of members, and which members mean no more than their absence.

use std::borrow::Cow;

use super::shape::Shape;
use super::spelling;
use super::view::View;
use crate::syntax::{Kind, Value};

/// Names of ids, everywhere.
const IDS: [&str; 8] =
    ["id", "_postman_id", "uid", "_uid", "_exporter_id", "_collection_link", "owner", "collectionId"];

/// Names of members that describe the export, and of leftovers of the app.
const META: [&str; 24] = [
    "_postman_exported_at",
    "_postman_exported_using",
    "_postman_variable_scope",
    "_postman_previewlanguage",
    "_postman_isSubFolder",
    "_",
    "schema",
    "timestamp",
    "synced",
    "syncedFilename",
    "team",
    "isDeleted",
    "isPublic",
    "color",
    "createdAt",
    "updatedAt",
    "lastUpdatedBy",
    "lastRevision",
    "fork",
    "hovered",
    "warning",
    "sessionValue",
    "sessionIndex",
    "initialValue",
];

/// Types that mean no more than the absence of one; Postman and newman replace one with another.
const PLAIN_TYPES: [&str; 4] = ["default", "any", "text", "string"];

/// The shape of the member `name`; none if it is not compared here.
pub(super) fn member_shape(shape: Shape, name: &str) -> Option<Shape> {
    if shape == Shape::Json {
        return Some(Shape::Json);
    }
    Some(match (shape, name) {
        (Shape::Collection | Shape::Item, "item") | (Shape::Environment, "values") => return None,
        // In version 1.
        (Shape::Collection, "requests" | "folders") => return None,
        (Shape::Collection | Shape::Item, "order" | "folders_order") => Shape::Order,
        (Shape::Row, "key") | (Shape::Event, "listen") => return None,
        // Older files repeat a variable's name and a request's description.
        (Shape::Row, "name") | (Shape::Item, "folder") => return None,
        (Shape::Collection, "info") => Shape::Info,
        (Shape::Collection | Shape::Item | Shape::Url, "variable") => Shape::Rows,
        (Shape::Url, "query") => Shape::Rows,
        (Shape::Body, "urlencoded" | "formdata") => Shape::Rows,
        (Shape::Request | Shape::Response, "header") => Shape::Rows,
        (Shape::Collection | Shape::Item | Shape::Request, "auth") => Shape::Auth,
        (Shape::Auth, name) if name != "type" => Shape::Pairs,
        (Shape::Collection | Shape::Item, "event") => Shape::Events,
        (Shape::Event, "script") => Shape::Script,
        (Shape::Script, "exec") => Shape::Text,
        (Shape::Item, "request") | (Shape::Response, "originalRequest") => Shape::Request,
        (Shape::Item, "response") => Shape::Responses,
        (Shape::Request, "url") => Shape::Url,
        (Shape::Request, "body") => Shape::Body,
        (Shape::Body, "raw") | (Shape::Response, "body") => Shape::Text,
        (_, "description") => Shape::Text,
        (Shape::Row, "value") => Shape::Value,
        (Shape::Url, "host") => Shape::Host,
        (Shape::Url, "path") => Shape::Path,
        (Shape::Url, "raw") => Shape::Meta,
        (Shape::File, "headers" | "queryParams" | "pathVariables" | "variables" | "metadata") => Shape::Pairs,
        (Shape::Credentials, "credentials") | (Shape::Payload, "content") => Shape::Pairs,
        (Shape::File, "auth") => Shape::Credentials,
        (Shape::File, "scripts") => Shape::Scripts,
        (Shape::Code, "type") => return None,
        (Shape::Code, "code") => Shape::Text,
        (Shape::File, "body" | "message") => Shape::Payload,
        (Shape::File, "url") => Shape::Url,
        (Shape::File, "request" | "response") => Shape::File,
        (Shape::File, "examples") => Shape::Examples,
        (Shape::File, "order") => Shape::Order,
        (Shape::Environment, "color") => Shape::Color,
        // Of GraphQL requests, and of gRPC requests with a schema.
        (Shape::File, "query") => Shape::Text,
        (Shape::File, "schema") => Shape::Json,
        (_, name) if IDS.contains(&name) => Shape::Id,
        (_, name) if META.contains(&name) => Shape::Meta,
        _ => Shape::Json,
    })
}

/// Whether a member means no more than its absence.
pub(super) fn says_nothing(shape: Shape, name: &str, value: &View<'_>) -> bool {
    let is = |text: &str| value.as_str().is_some_and(|own| own == text);
    match (shape, name) {
        (Shape::Collection | Shape::Item, "event") => value.items().iter().all(runs_nothing),
        (_, "disabled") => value.to_value() == Value::Bool(false),
        (Shape::Row, "enabled") => value.to_value() == Value::Bool(true),
        (Shape::Row, "type") => value.as_str().is_some_and(|own| PLAIN_TYPES.contains(&&*own)),
        (Shape::Row, "secret") => value.to_value() == Value::Bool(false),
        (Shape::Script, "type") | (Shape::Code, "language") => is("text/javascript"),
        (Shape::Script, "packages" | "requests") => value.is_empty(),
        (Shape::Request | Shape::File, "method") => is("GET"),
        (Shape::File, "scripts") => {
            let is_blank = |script: &View<'_>| script.get("code").is_none_or(|code| is_blank_code(&code));
            value.items().iter().all(is_blank)
        }
        (Shape::File, "auth") => is_typed(value, "inherit"),
        (Shape::File, "body") => is_typed(value, "none"),
        // A body is text unless its language says otherwise.
        (Shape::Body, "options") => value.get("raw").is_some_and(|raw| {
            raw.is_empty()
                || (raw.members().len() == 1
                    && raw.get("language").is_some_and(|it| it.as_str().is_some_and(|text| text == "text")))
        }),
        _ => false,
    }
}

/// Whether an authorization or body of a git-native collection is of the type `name`.
fn is_typed(value: &View<'_>, name: &str) -> bool {
    value.get("type").and_then(|own| own.as_str()).is_some_and(|own| own == name)
}

/// Whether the types of two authorizations or bodies in git-native files differ so much that no part of one means
/// anything in the other.
pub(super) fn are_incompatible(one: &View<'_>, other: &View<'_>, shape: Shape) -> bool {
    // The types of text bodies are languages.
    let is_text = |name: &str| !matches!(name, "urlencoded" | "formdata" | "file" | "graphql");
    let kind = |value: &View<'_>| {
        let name = value.get("type").and_then(|own| own.as_str().map(Cow::into_owned));
        name.filter(|name| shape == Shape::Credentials || !is_text(name))
    };
    matches!(shape, Shape::Credentials | Shape::Payload) && kind(one) != kind(other)
}

/// Whether a row's type only repeats the kind of its value.
pub(super) fn repeats_kind(type_name: &View<'_>, value: Option<View<'_>>) -> bool {
    let kind = value.map(|value| value.kind());
    let is = |word: &str| type_name.as_str().is_some_and(|own| own == word);
    (kind == Some(Kind::Bool) && is("boolean")) || (kind == Some(Kind::Number) && is("number"))
}

/// Whether an empty member still means something: Postman substitutes the word for a variable that is `null`.
pub(super) fn keeps_empty(shape: Shape, name: &str, value: &View<'_>) -> bool {
    (shape, name, value.kind()) == (Shape::Row, "value", Kind::Null)
}

/// Whether an event has an empty script.
pub(super) fn runs_nothing(event: &View<'_>) -> bool {
    let Some(script) = event.get("script").filter(|script| script.get("src").is_none()) else { return false };
    let code = if script.kind() == Kind::Object { script.get("exec") } else { Some(script) };
    code.is_none_or(|code| is_blank_code(&code))
}

/// Whether the text of a script, or each of its lines, is blank.
fn is_blank_code(code: &View<'_>) -> bool {
    match code.kind() {
        Kind::Array => code.items().iter().all(is_blank),
        _ => {
            let code = spelling::plain(code, Shape::Text).unwrap_or_else(|| code.clone());
            code.is_empty() || is_blank(&code)
        }
    }
}

/// Whether it is a string of white space only.
fn is_blank(text: &View<'_>) -> bool {
    // The first character usually settles it, without reading escapes.
    let first = text.node().and_then(|node| node.raw().strip_prefix('"')?.chars().next());
    if first.is_some_and(|first| !first.is_whitespace() && !matches!(first, '\\' | '"')) {
        return false;
    }
    text.text().is_some_and(|text| text.trim().is_empty())
}
