//! The schema of collections of version 2.0 and 2.1: the published schemas, relaxed where Postman itself deviates from
//! them. The versions keep the parameters of an authorization in different kinds; a rule of its own checks that.

use super::{Expected, Schema, members};
use crate::syntax::Kind;

static TEXT: Schema = Schema::of(&[Kind::String]);
static TEXT_OR_NULL: Schema = Schema::of(&[Kind::String, Kind::Null]);
static FLAG: Schema = Schema::of(&[Kind::Bool]);
static COUNT: Schema = Schema { counts: true, ..Schema::of(&[Kind::Number]) };
static LIST: Schema = Schema::of(&[Kind::Array]);
static OBJECT: Schema = Schema::of(&[Kind::Object]);
static OBJECT_OR_NULL: Schema = Schema::of(&[Kind::Object, Kind::Null]);
static DESCRIPTION: Schema = Schema::object(&members([("content", &TEXT), ("type", &TEXT)])).or(&[
    Kind::String,
    Kind::Object,
    Kind::Null,
]);
static AUTH: Schema = Schema::object(&members([
    ("type", &TEXT),
    ("apikey", &CREDENTIALS),
    ("asap", &CREDENTIALS),
    ("awsv4", &CREDENTIALS),
    ("basic", &CREDENTIALS),
    ("bearer", &CREDENTIALS),
    ("digest", &CREDENTIALS),
    ("edgegrid", &CREDENTIALS),
    ("hawk", &CREDENTIALS),
    ("jwt", &CREDENTIALS),
    ("ntlm", &CREDENTIALS),
    ("oauth1", &CREDENTIALS),
    ("oauth2", &CREDENTIALS),
]))
.or(&[Kind::Object, Kind::Null])
.requiring(&["type"]);
static CREDENTIALS: Schema = Schema::list(&CREDENTIAL).or(&[Kind::Array, Kind::Object]);
static CREDENTIAL: Schema = Schema::object(&members([("key", &TEXT), ("type", &TEXT)])).requiring(&["key"]);

pub(in crate::lint) static COLLECTION: Schema = Schema::object(&members([
    ("info", &INFO),
    ("item", &ITEMS),
    ("event", &EVENTS),
    ("variable", &VARIABLES),
    ("auth", &AUTH),
    ("protocolProfileBehavior", &OBJECT),
]))
.requiring(&["info", "item"]);

// The name and the schema have a rule of their own.
static INFO: Schema =
    Schema::object(&members([("_postman_id", &TEXT), ("description", &DESCRIPTION), ("version", &VERSION)]));
static VERSION: Schema = Schema::object(&members([
    ("major", &COUNT),
    ("minor", &COUNT),
    ("patch", &COUNT),
    ("identifier", &TEXT),
]))
.or(&[Kind::String, Kind::Object])
.requiring(&["major", "minor", "patch"]);

static ITEMS: Schema = Schema::list(&ITEM);
static ITEM: Schema = Schema::object(&members([
    ("id", &TEXT),
    ("name", &TEXT),
    ("description", &DESCRIPTION),
    ("variable", &VARIABLES),
    ("event", &EVENTS),
    ("request", &REQUEST),
    ("response", &RESPONSES),
    ("item", &ITEMS),
    ("auth", &AUTH),
    ("protocolProfileBehavior", &OBJECT),
]));

static REQUEST: Schema = Schema::object(&members([
    ("url", &URL),
    ("auth", &AUTH),
    ("proxy", &PROXY),
    ("certificate", &CERTIFICATE),
    ("method", &TEXT),
    ("description", &DESCRIPTION),
    ("header", &HEADERS),
    ("body", &BODY),
]))
.or(&[Kind::Object, Kind::String]);

static URL: Schema = Schema::object(&members([
    ("raw", &TEXT),
    ("protocol", &TEXT),
    ("host", &HOST),
    ("path", &PATH),
    ("port", &TEXT),
    ("query", &PARAMETERS),
    ("hash", &TEXT),
    ("variable", &VARIABLES),
]))
.or(&[Kind::Object, Kind::String]);
static HOST: Schema = Schema::list(&TEXT).or(&[Kind::String, Kind::Array]);
static PATH: Schema = Schema::list(&PATH_PIECE).or(&[Kind::String, Kind::Array]);
static PATH_PIECE: Schema =
    Schema::object(&members([("type", &TEXT), ("value", &TEXT)])).or(&[Kind::String, Kind::Object]);
static PARAMETERS: Schema = Schema::list(&PARAMETER);
static PARAMETER: Schema = Schema::object(&members([
    ("key", &TEXT_OR_NULL),
    ("value", &TEXT_OR_NULL),
    ("disabled", &FLAG),
    ("description", &DESCRIPTION),
]));

static PROXY: Schema = Schema::object(&members([
    ("match", &TEXT),
    ("host", &TEXT),
    ("port", &COUNT),
    ("tunnel", &FLAG),
    ("disabled", &FLAG),
]));
static CERTIFICATE: Schema = Schema::object(&members([
    ("name", &TEXT),
    ("matches", &TEXTS),
    ("key", &OBJECT),
    ("cert", &OBJECT),
    ("passphrase", &TEXT),
]));
static TEXTS: Schema = Schema::list(&TEXT);

static HEADERS: Schema = Schema::list(&HEADER).or(&[Kind::Array, Kind::String]);
static HEADER: Schema = header(&HEADER_MEMBERS);
static HEADER_MEMBERS: [Expected; 4] =
    members([("key", &TEXT), ("value", &TEXT), ("disabled", &FLAG), ("description", &DESCRIPTION)]);

const fn header(members: &'static [Expected]) -> Schema {
    Schema { wanted: &["value"], ..Schema::object(members).requiring(&["key"]) }
}

static BODY: Schema = Schema::object(&members([
    ("mode", &TEXT),
    ("raw", &TEXT),
    ("graphql", &OBJECT),
    ("urlencoded", &FIELDS),
    ("formdata", &FORM_FIELDS),
    ("file", &FILE),
    ("options", &OBJECT),
    ("disabled", &FLAG),
]))
.or(&[Kind::Object, Kind::Null]);
static FILE: Schema = Schema::object(&members([("src", &TEXT_OR_NULL), ("content", &TEXT)]));
// newman takes `a=b&c=d` apart.
static FIELDS: Schema = Schema { accepted: &[Kind::String], ..Schema::list(&FIELD) };
static FIELD: Schema = Schema::object(&members([
    ("key", &TEXT),
    ("value", &TEXT),
    ("disabled", &FLAG),
    ("description", &DESCRIPTION),
]))
.requiring(&["key"]);
static FORM_FIELDS: Schema = Schema::list(&FORM_FIELD);
static FORM_FIELD: Schema = Schema {
    selected_by: Some(("type", &[("text", &TEXT_FIELD), ("file", &FILE_FIELD)])),
    ..Schema::object(&members([
        ("key", &TEXT),
        ("type", &TEXT),
        ("disabled", &FLAG),
        ("contentType", &TEXT),
        ("description", &DESCRIPTION),
    ]))
    .requiring(&["key"])
};
static TEXT_FIELD: Schema = Schema::object(&members([("value", &TEXT)]));
static FILE_FIELD: Schema = Schema::object(&members([("src", &SOURCES)]));
static SOURCES: Schema = Schema::of(&[Kind::String, Kind::Array, Kind::Null]);

static EVENTS: Schema = Schema::list(&EVENT);
static EVENT: Schema =
    Schema::object(&members([("id", &TEXT), ("listen", &TEXT), ("script", &SCRIPT), ("disabled", &FLAG)]))
        .requiring(&["listen"]);
static SCRIPT: Schema = Schema {
    accepted: &[Kind::String, Kind::Array],
    ..Schema::object(&members([
        ("id", &TEXT),
        ("type", &TEXT),
        ("exec", &LINES),
        ("src", &URL),
        ("name", &TEXT),
    ]))
};
static LINES: Schema = Schema::list(&TEXT).or(&[Kind::Array, Kind::String]);

static VARIABLES: Schema = Schema::list(&VARIABLE);
static VARIABLE: Schema = Schema {
    either: &["key", "id"],
    ..Schema::object(&members([
        ("id", &TEXT),
        ("key", &TEXT),
        ("type", &VARIABLE_TYPE),
        ("name", &TEXT),
        ("description", &DESCRIPTION),
        ("system", &FLAG),
        ("disabled", &FLAG),
        ("secret", &FLAG),
    ]))
};
static VARIABLE_TYPE: Schema = Schema {
    words: &["string", "boolean", "any", "number", "default", "secret", "text", "array", "object", "json"],
    ..Schema::of(&[Kind::String])
};

static RESPONSES: Schema = Schema::list(&RESPONSE);
static RESPONSE: Schema = Schema::object(&members([
    ("id", &TEXT),
    ("originalRequest", &REQUEST),
    ("responseTime", &TIME),
    ("timings", &OBJECT_OR_NULL),
    ("header", &RESPONSE_HEADERS),
    ("cookie", &COOKIES),
    ("body", &TEXT_OR_NULL),
    ("status", &TEXT),
    ("code", &COUNT),
]))
.or(&[Kind::Object, Kind::Null]);
static TIME: Schema = Schema::of(&[Kind::Number, Kind::String, Kind::Null]);
static RESPONSE_HEADERS: Schema = Schema::list(&RESPONSE_HEADER).or(&[Kind::Array, Kind::String, Kind::Null]);
static RESPONSE_HEADER: Schema = header(&HEADER_MEMBERS).or(&[Kind::Object, Kind::String]);
static COOKIES: Schema = Schema::list(&COOKIE);
static COOKIE: Schema = Schema {
    wanted: &["domain", "path"],
    ..Schema::object(&members([
        ("domain", &TEXT),
        ("path", &TEXT),
        ("expires", &EXPIRES),
        ("maxAge", &TEXT_OR_COUNT),
        ("hostOnly", &FLAG),
        ("httpOnly", &FLAG),
        ("name", &TEXT),
        ("secure", &FLAG),
        ("session", &FLAG),
        ("value", &TEXT),
        ("extensions", &LIST),
    ]))
};
// The app keeps them as numbers as well.
static EXPIRES: Schema = Schema { accepted: &[Kind::Number], ..Schema::of(&[Kind::String, Kind::Null]) };
static TEXT_OR_COUNT: Schema = Schema { accepted: &[Kind::Number], ..Schema::of(&[Kind::String]) };
