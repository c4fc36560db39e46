//! What the files of a git-native collection are made of, going by what Postman's own tools write and refuse: there is no
//! published schema of version 3.

use super::{Expected, Schema, members};
use crate::syntax::Kind;

static TEXT: Schema = Schema::of(&[Kind::String]);
static TEXT_OR_NULL: Schema = Schema::of(&[Kind::String, Kind::Null]);
static FLAG: Schema = Schema::of(&[Kind::Bool]);
static NUMBER: Schema = Schema::of(&[Kind::Number]);
static OBJECT: Schema = Schema::of(&[Kind::Object]);

pub(in crate::lint) static DEFINITION: Schema = Schema::object(&members([
    ("id", &TEXT),
    ("name", &TEXT),
    ("description", &TEXT),
    ("variables", &ROWS),
    ("auth", &AUTH),
    ("scripts", &SCRIPTS),
    ("order", &NUMBER),
]));

pub(in crate::lint) static REQUEST: Schema = Schema::object(&members([
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

pub(in crate::lint) static EXAMPLE: Schema = Schema::object(&members([
    ("name", &TEXT),
    ("request", &REQUEST),
    ("response", &RESPONSE),
    ("order", &NUMBER),
]))
.needing(&["response"]);

static RESPONSE: Schema = Schema::object(&members([
    ("statusCode", &NUMBER),
    ("statusText", &TEXT),
    ("headers", &ROWS),
    ("body", &OBJECT),
]))
.needing(&["body"]);

/// A list of rows, or a map of names and texts.
static ROWS: Schema =
    Schema { every: Some(&TEXT_OR_NULL), ..Schema::list(&ROW).or(&[Kind::Array, Kind::Object]) };
static ROW: Schema = Schema::object(&members([
    ("key", &TEXT),
    ("value", &TEXT_OR_NULL),
    ("description", &TEXT_OR_NULL),
    ("disabled", &FLAG),
    ("secret", &FLAG),
    ("source", &OBJECT),
]))
.needing(&["key"]);

static BODY: Schema = Schema::object(&members([("type", &TEXT)]));

/// One, or a list of several to choose from.
static AUTH: Schema = Schema {
    items: Some(&ONE_AUTH),
    ..Schema::object(&AUTH_MEMBERS).or(&[Kind::Object, Kind::Array]).needing(&["type"])
};
static ONE_AUTH: Schema = Schema::object(&AUTH_MEMBERS).needing(&["type"]);
static AUTH_MEMBERS: [Expected; 2] = members([("type", &TEXT), ("credentials", &CREDENTIALS)]);
static CREDENTIALS: Schema = Schema::list(&CREDENTIAL).or(&[Kind::Array, Kind::Object]);
static CREDENTIAL: Schema = Schema::object(&members([("key", &TEXT)])).needing(&["key"]);

static SCRIPTS: Schema = Schema::list(&SCRIPT);
static SCRIPT: Schema = Schema::object(&members([("type", &TEXT), ("code", &CODE), ("language", &TEXT)]))
    .needing(&["type", "code"]);
/// The older dialect has a list of lines.
static CODE: Schema = Schema { taken: &[Kind::Array], ..Schema::of(&[Kind::String]) };
