//! What the files of a git-native collection are made of, going by what Postman's own tools write and refuse: there is no
//! published schema of version 3.

use super::{Expected, Shape, members};
use crate::syntax::Kind;

static TEXT: Shape = Shape::of(&[Kind::String]);
static TEXT_OR_NULL: Shape = Shape::of(&[Kind::String, Kind::Null]);
static FLAG: Shape = Shape::of(&[Kind::Bool]);
static NUMBER: Shape = Shape::of(&[Kind::Number]);
static OBJECT: Shape = Shape::of(&[Kind::Object]);

pub(in crate::lint) static DEFINITION: Shape = Shape::object(&members([
    ("id", &TEXT),
    ("name", &TEXT),
    ("description", &TEXT),
    ("variables", &ROWS),
    ("auth", &AUTH),
    ("scripts", &SCRIPTS),
    ("order", &NUMBER),
]));

pub(in crate::lint) static REQUEST: Shape = Shape::object(&members([
    ("id", &TEXT),
    ("name", &TEXT),
    ("description", &TEXT),
    ("url", &TEXT),
    ("method", &TEXT),
    ("headers", &ROWS),
    ("queryParams", &ROWS),
    ("pathVariables", &ROWS),
    ("body", &BODY),
    ("auth", &AUTH),
    ("scripts", &SCRIPTS),
    ("settings", &OBJECT),
    ("order", &NUMBER),
]))
.needing(&["url", "method"]);

pub(in crate::lint) static EXAMPLE: Shape = Shape::object(&members([
    ("name", &TEXT),
    ("request", &REQUEST),
    ("response", &RESPONSE),
    ("order", &NUMBER),
]))
.needing(&["response"]);

static RESPONSE: Shape = Shape::object(&members([
    ("statusCode", &NUMBER),
    ("statusText", &TEXT),
    ("headers", &ROWS),
    ("body", &OBJECT),
]))
.needing(&["body"]);

/// A list of rows, or a map of names and texts.
static ROWS: Shape =
    Shape { every: Some(&TEXT_OR_NULL), ..Shape::list(&ROW).or(&[Kind::Array, Kind::Object]) };
static ROW: Shape = Shape::object(&members([
    ("key", &TEXT),
    ("value", &TEXT_OR_NULL),
    ("description", &TEXT_OR_NULL),
    ("disabled", &FLAG),
    ("secret", &FLAG),
    ("source", &OBJECT),
]))
.needing(&["key"]);

static BODY: Shape = Shape::object(&members([("type", &TEXT)]));

/// One, or a list of several to choose from.
static AUTH: Shape = Shape {
    items: Some(&ONE_AUTH),
    ..Shape::object(&AUTH_MEMBERS).or(&[Kind::Object, Kind::Array]).needing(&["type"])
};
static ONE_AUTH: Shape = Shape::object(&AUTH_MEMBERS).needing(&["type"]);
static AUTH_MEMBERS: [Expected; 2] = members([("type", &TEXT), ("credentials", &CREDENTIALS)]);
static CREDENTIALS: Shape = Shape::list(&CREDENTIAL).or(&[Kind::Array, Kind::Object]);
static CREDENTIAL: Shape = Shape::object(&members([("key", &TEXT)])).needing(&["key"]);

static SCRIPTS: Shape = Shape::list(&SCRIPT);
static SCRIPT: Shape = Shape::object(&members([("type", &TEXT), ("code", &CODE), ("language", &TEXT)]))
    .needing(&["type", "code"]);
/// The older dialect has a list of lines.
static CODE: Shape = Shape { taken: &[Kind::Array], ..Shape::of(&[Kind::String]) };
