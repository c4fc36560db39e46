//! What the parts of a collection are made of since version 2.0, as the published schemas have it, eased where Postman
//! itself writes otherwise. Which kind of block holds an authorization differs between the versions; a rule of its own
//! looks at that.

use super::{Expected, Shape, members};
use crate::syntax::Kind;

static TEXT: Shape = Shape::of(&[Kind::String]);
static TEXT_OR_NULL: Shape = Shape::of(&[Kind::String, Kind::Null]);
static FLAG: Shape = Shape::of(&[Kind::Bool]);
static COUNT: Shape = Shape { counts: true, ..Shape::of(&[Kind::Number]) };
static LIST: Shape = Shape::of(&[Kind::Array]);
static OBJECT: Shape = Shape::of(&[Kind::Object]);
static OBJECT_OR_NULL: Shape = Shape::of(&[Kind::Object, Kind::Null]);
static DESCRIPTION: Shape = Shape::object(&members([("content", &TEXT), ("type", &TEXT)])).or(&[
    Kind::String,
    Kind::Object,
    Kind::Null,
]);
static AUTH: Shape = Shape::object(&members([
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
.needing(&["type"]);
static CREDENTIALS: Shape = Shape::list(&CREDENTIAL).or(&[Kind::Array, Kind::Object]);
static CREDENTIAL: Shape = Shape::object(&members([("key", &TEXT), ("type", &TEXT)])).needing(&["key"]);

pub(in crate::lint) static COLLECTION: Shape = Shape::object(&members([
    ("info", &INFO),
    ("item", &ITEMS),
    ("event", &EVENTS),
    ("variable", &VARIABLES),
    ("auth", &AUTH),
    ("protocolProfileBehavior", &OBJECT),
]))
.needing(&["info", "item"]);

// The name and the schema have a rule of their own.
static INFO: Shape =
    Shape::object(&members([("_postman_id", &TEXT), ("description", &DESCRIPTION), ("version", &VERSION)]));
static VERSION: Shape =
    Shape::object(&members([("major", &COUNT), ("minor", &COUNT), ("patch", &COUNT), ("identifier", &TEXT)]))
        .or(&[Kind::String, Kind::Object])
        .needing(&["major", "minor", "patch"]);

static ITEMS: Shape = Shape::list(&ITEM);
static ITEM: Shape = Shape::object(&members([
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

static REQUEST: Shape = Shape::object(&members([
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

static URL: Shape = Shape::object(&members([
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
static HOST: Shape = Shape::list(&TEXT).or(&[Kind::String, Kind::Array]);
static PATH: Shape = Shape::list(&PATH_PIECE).or(&[Kind::String, Kind::Array]);
static PATH_PIECE: Shape =
    Shape::object(&members([("type", &TEXT), ("value", &TEXT)])).or(&[Kind::String, Kind::Object]);
static PARAMETERS: Shape = Shape::list(&PARAMETER);
static PARAMETER: Shape = Shape::object(&members([
    ("key", &TEXT_OR_NULL),
    ("value", &TEXT_OR_NULL),
    ("disabled", &FLAG),
    ("description", &DESCRIPTION),
]));

static PROXY: Shape = Shape::object(&members([
    ("match", &TEXT),
    ("host", &TEXT),
    ("port", &COUNT),
    ("tunnel", &FLAG),
    ("disabled", &FLAG),
]));
static CERTIFICATE: Shape = Shape::object(&members([
    ("name", &TEXT),
    ("matches", &TEXTS),
    ("key", &OBJECT),
    ("cert", &OBJECT),
    ("passphrase", &TEXT),
]));
static TEXTS: Shape = Shape::list(&TEXT);

static HEADERS: Shape = Shape::list(&HEADER).or(&[Kind::Array, Kind::String]);
static HEADER: Shape = header(&HEADER_MEMBERS);
static HEADER_MEMBERS: [Expected; 4] =
    members([("key", &TEXT), ("value", &TEXT), ("disabled", &FLAG), ("description", &DESCRIPTION)]);

const fn header(members: &'static [Expected]) -> Shape {
    Shape { wanted: &["value"], ..Shape::object(members).needing(&["key"]) }
}

static BODY: Shape = Shape::object(&members([
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
static FILE: Shape = Shape::object(&members([("src", &TEXT_OR_NULL), ("content", &TEXT)]));
// newman takes `a=b&c=d` apart.
static FIELDS: Shape = Shape { taken: &[Kind::String], ..Shape::list(&FIELD) };
static FIELD: Shape = Shape::object(&members([
    ("key", &TEXT),
    ("value", &TEXT),
    ("disabled", &FLAG),
    ("description", &DESCRIPTION),
]))
.needing(&["key"]);
static FORM_FIELDS: Shape = Shape::list(&FORM_FIELD);
static FORM_FIELD: Shape = Shape {
    told_by: Some(("type", &[("text", &TEXT_FIELD), ("file", &FILE_FIELD)])),
    ..Shape::object(&members([
        ("key", &TEXT),
        ("type", &TEXT),
        ("disabled", &FLAG),
        ("contentType", &TEXT),
        ("description", &DESCRIPTION),
    ]))
    .needing(&["key"])
};
static TEXT_FIELD: Shape = Shape::object(&members([("value", &TEXT)]));
static FILE_FIELD: Shape = Shape::object(&members([("src", &SOURCES)]));
static SOURCES: Shape = Shape::of(&[Kind::String, Kind::Array, Kind::Null]);

static EVENTS: Shape = Shape::list(&EVENT);
static EVENT: Shape =
    Shape::object(&members([("id", &TEXT), ("listen", &TEXT), ("script", &SCRIPT), ("disabled", &FLAG)]))
        .needing(&["listen"]);
static SCRIPT: Shape = Shape {
    taken: &[Kind::String, Kind::Array],
    ..Shape::object(&members([
        ("id", &TEXT),
        ("type", &TEXT),
        ("exec", &LINES),
        ("src", &URL),
        ("name", &TEXT),
    ]))
};
static LINES: Shape = Shape::list(&TEXT).or(&[Kind::Array, Kind::String]);

static VARIABLES: Shape = Shape::list(&VARIABLE);
static VARIABLE: Shape = Shape {
    either: &["key", "id"],
    ..Shape::object(&members([
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
static VARIABLE_TYPE: Shape = Shape {
    words: &["string", "boolean", "any", "number", "default", "secret", "text", "array", "object", "json"],
    ..Shape::of(&[Kind::String])
};

static RESPONSES: Shape = Shape::list(&RESPONSE);
static RESPONSE: Shape = Shape::object(&members([
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
static TIME: Shape = Shape::of(&[Kind::Number, Kind::String, Kind::Null]);
static RESPONSE_HEADERS: Shape = Shape::list(&RESPONSE_HEADER).or(&[Kind::Array, Kind::String, Kind::Null]);
static RESPONSE_HEADER: Shape = header(&HEADER_MEMBERS).or(&[Kind::Object, Kind::String]);
static COOKIES: Shape = Shape::list(&COOKIE);
static COOKIE: Shape = Shape {
    wanted: &["domain", "path"],
    ..Shape::object(&members([
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
static EXPIRES: Shape = Shape { taken: &[Kind::Number], ..Shape::of(&[Kind::String, Kind::Null]) };
static TEXT_OR_COUNT: Shape = Shape { taken: &[Kind::Number], ..Shape::of(&[Kind::String]) };
