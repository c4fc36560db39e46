//! The outer structure of collections of version 1.

use super::{Shape, members};
use crate::syntax::Kind;

static TEXT: Shape = Shape::of(&[Kind::String]);

pub(in crate::lint) static COLLECTION_V1: Shape = Shape::object(&members([
    ("id", &TEXT),
    ("name", &TEXT),
    ("order", &ORDER),
    ("requests", &REQUESTS),
    ("folders", &FOLDERS),
]))
.needing(&["id", "name", "order", "requests"]);

static ORDER: Shape = Shape::list(&TEXT);
static REQUESTS: Shape = Shape::list(&REQUEST);
static REQUEST: Shape = Shape::object(&members([("id", &TEXT), ("url", &TEXT)])).needing(&["id"]);
static FOLDERS: Shape = Shape::list(&FOLDER);
static FOLDER: Shape =
    Shape::object(&members([("id", &TEXT), ("name", &TEXT), ("order", &ORDER)])).needing(&["id", "name"]);
