//! The schemas of the files of a git-native collection, based on what Postman's own tools write and refuse, since there
//! is no published schema of version 3.

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
.requiring(&["url", "method"]);

pub(in crate::lint) static EXAMPLE: Schema = Schema::object(&members([
    ("name", &TEXT),
    ("request", &REQUEST),
    ("response", &RESPONSE),
    ("order", &NUMBER),
]))
.requiring(&["response"]);

static RESPONSE: Schema = Schema::object(&members([
    ("statusCode", &NUMBER),
    ("statusText", &TEXT),
    ("headers", &ROWS),
    ("body", &OBJECT),
]))
.requiring(&["body"]);

/// A list of rows, or a map of names and strings.
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
.requiring(&["key"]);

static BODY: Schema = Schema::object(&members([("type", &TEXT)]));

/// One authorization, or a list of several to choose from.
static AUTH: Schema = Schema {
    items: Some(&ONE_AUTH),
    ..Schema::object(&AUTH_MEMBERS).or(&[Kind::Object, Kind::Array]).requiring(&["type"])
};
static ONE_AUTH: Schema = Schema::object(&AUTH_MEMBERS).requiring(&["type"]);
static AUTH_MEMBERS: [Expected; 2] = members([("type", &TEXT), ("credentials", &CREDENTIALS)]);
static CREDENTIALS: Schema = Schema::list(&CREDENTIAL).or(&[Kind::Array, Kind::Object]);
static CREDENTIAL: Schema = Schema::object(&members([("key", &TEXT)])).requiring(&["key"]);

static SCRIPTS: Schema = Schema::list(&SCRIPT);
static SCRIPT: Schema = Schema::object(&members([("type", &TEXT), ("code", &CODE), ("language", &TEXT)]))
    .requiring(&["type", "code"]);
/// The older dialect has a list of lines.
static CODE: Schema = Schema { accepted: &[Kind::Array], ..Schema::of(&[Kind::String]) };
