//! What the parts of a collection are made of, as Postman reads it: the published schemas, eased where Postman itself
//! writes otherwise.

use crate::syntax::Kind;

/// What a value may be, and what may be inside it.
pub(super) struct Shape {
    pub(super) kinds: &'static [Kind],
    /// Of an array: every item.
    pub(super) items: Option<&'static Shape>,
    /// Of an object: the members that are looked at. Others are allowed.
    pub(super) members: &'static [(&'static str, &'static Shape)],
    /// Of an object: the members that must be there.
    pub(super) needed: &'static [&'static str],
}

impl Shape {
    /// The kinds in words.
    pub(super) fn words(&self) -> String {
        self.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" or ")
    }

    const fn of(kinds: &'static [Kind]) -> Self {
        Self { kinds, items: None, members: &[], needed: &[] }
    }

    const fn list(items: &'static Shape) -> Self {
        Self { kinds: &[Kind::Array], items: Some(items), members: &[], needed: &[] }
    }

    const fn object(
        members: &'static [(&'static str, &'static Shape)],
        needed: &'static [&'static str],
    ) -> Self {
        Self { kinds: &[Kind::Object], items: None, members, needed }
    }

    const fn or(self, kinds: &'static [Kind]) -> Self {
        Self { kinds, ..self }
    }
}

static TEXT: Shape = Shape::of(&[Kind::String]);
static TEXT_OR_NULL: Shape = Shape::of(&[Kind::String, Kind::Null]);
static FLAG: Shape = Shape::of(&[Kind::Bool]);
static OBJECT: Shape = Shape::of(&[Kind::Object]);
static DESCRIPTION: Shape = Shape::of(&[Kind::String, Kind::Object, Kind::Null]);
static AUTH: Shape = Shape::object(&[("type", &TEXT)], &["type"]).or(&[Kind::Object, Kind::Null]);

pub(super) static COLLECTION: Shape = Shape::object(
    &[
        ("info", &OBJECT),
        ("item", &ITEMS),
        ("event", &EVENTS),
        ("variable", &VARIABLES),
        ("auth", &AUTH),
        ("protocolProfileBehavior", &OBJECT),
    ],
    &["info", "item"],
);

pub(super) static COLLECTION_V1: Shape = Shape::object(
    &[
        ("id", &TEXT),
        ("name", &TEXT),
        ("order", &ORDER),
        ("requests", &REQUESTS_V1),
        ("folders", &FOLDERS_V1),
    ],
    &["id", "name", "order", "requests"],
);

static ORDER: Shape = Shape::list(&TEXT).or(&[Kind::Array, Kind::Null]);
static REQUESTS_V1: Shape = Shape::list(&REQUEST_V1);
static REQUEST_V1: Shape = Shape::object(&[("id", &TEXT), ("url", &TEXT_OR_NULL)], &["id"]);
static FOLDERS_V1: Shape = Shape::list(&FOLDER_V1);
static FOLDER_V1: Shape =
    Shape::object(&[("id", &TEXT), ("name", &TEXT), ("order", &ORDER)], &["id", "name"]);

static ITEMS: Shape = Shape::list(&ITEM);
static ITEM: Shape = Shape::object(
    &[
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
    ],
    &[],
);

static REQUEST: Shape = Shape::object(
    &[
        ("url", &URL),
        ("auth", &AUTH),
        ("method", &TEXT_OR_NULL),
        ("description", &DESCRIPTION),
        ("header", &HEADERS),
        ("body", &BODY),
        ("proxy", &OBJECT_OR_NULL),
        ("certificate", &OBJECT_OR_NULL),
    ],
    &[],
)
.or(&[Kind::Object, Kind::String]);
static OBJECT_OR_NULL: Shape = Shape::of(&[Kind::Object, Kind::Null]);

static URL: Shape = Shape::object(
    &[
        ("raw", &TEXT),
        ("protocol", &TEXT_OR_NULL),
        ("host", &PIECES),
        ("path", &PATH),
        ("port", &TEXT_OR_NULL),
        ("query", &PARAMETERS),
        ("hash", &TEXT_OR_NULL),
        ("variable", &VARIABLES),
    ],
    &[],
)
.or(&[Kind::Object, Kind::String, Kind::Null]);
static PIECES: Shape = Shape::list(&TEXT).or(&[Kind::Array, Kind::String]);
static PATH: Shape = Shape::list(&PATH_PIECE).or(&[Kind::Array, Kind::String]);
static PATH_PIECE: Shape =
    Shape::object(&[("type", &TEXT), ("value", &TEXT)], &[]).or(&[Kind::String, Kind::Object]);
static PARAMETERS: Shape = Shape::list(&PARAMETER);
static PARAMETER: Shape = Shape::object(
    &[("key", &TEXT_OR_NULL), ("value", &TEXT_OR_NULL), ("disabled", &FLAG), ("description", &DESCRIPTION)],
    &[],
);

static HEADERS: Shape = Shape::list(&HEADER).or(&[Kind::Array, Kind::String, Kind::Null]);
static HEADER: Shape = Shape::object(
    &[("key", &TEXT), ("value", &TEXT_OR_NULL), ("disabled", &FLAG), ("description", &DESCRIPTION)],
    &["key"],
);

static BODY: Shape = Shape::object(
    &[
        ("mode", &TEXT_OR_NULL),
        ("raw", &TEXT_OR_NULL),
        ("graphql", &OBJECT_OR_NULL),
        ("urlencoded", &FIELDS),
        ("formdata", &FIELDS),
        ("file", &OBJECT_OR_NULL),
        ("options", &OBJECT_OR_NULL),
        ("disabled", &FLAG),
    ],
    &[],
)
.or(&[Kind::Object, Kind::Null]);
static FIELDS: Shape = Shape::list(&FIELD).or(&[Kind::Array, Kind::Null]);
static FIELD: Shape = Shape::object(
    &[("key", &TEXT_OR_NULL), ("disabled", &FLAG), ("description", &DESCRIPTION), ("type", &TEXT)],
    &["key"],
);

static EVENTS: Shape = Shape::list(&EVENT);
static EVENT: Shape =
    Shape::object(&[("id", &TEXT), ("listen", &TEXT), ("script", &SCRIPT), ("disabled", &FLAG)], &["listen"]);
static SCRIPT: Shape =
    Shape::object(&[("id", &TEXT), ("type", &TEXT), ("exec", &LINES), ("name", &TEXT)], &[]);
static LINES: Shape = Shape::list(&TEXT).or(&[Kind::Array, Kind::String]);

static VARIABLES: Shape = Shape::list(&VARIABLE);
static VARIABLE: Shape = Shape::object(
    &[
        ("id", &TEXT),
        ("key", &TEXT),
        ("type", &TEXT),
        ("name", &TEXT),
        ("description", &DESCRIPTION),
        ("system", &FLAG),
        ("disabled", &FLAG),
        ("secret", &FLAG),
    ],
    &[],
);

static RESPONSES: Shape = Shape::list(&RESPONSE);
static RESPONSE: Shape = Shape::object(
    &[
        ("id", &TEXT),
        ("originalRequest", &REQUEST),
        ("header", &RESPONSE_HEADERS),
        ("cookie", &COOKIES),
        ("body", &TEXT_OR_NULL),
        ("status", &TEXT),
        ("code", &NUMBER),
    ],
    &[],
)
.or(&[Kind::Object, Kind::Null]);
static NUMBER: Shape = Shape::of(&[Kind::Number]);
static RESPONSE_HEADERS: Shape = Shape::list(&RESPONSE_HEADER).or(&[Kind::Array, Kind::String, Kind::Null]);
static RESPONSE_HEADER: Shape =
    Shape::object(&[("key", &TEXT), ("value", &TEXT_OR_NULL)], &["key"]).or(&[Kind::Object, Kind::String]);
static COOKIES: Shape = Shape::list(&OBJECT);
