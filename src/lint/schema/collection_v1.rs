//! The outer structure of collections of version 1.

use super::{Schema, members};
use crate::syntax::Kind;

static TEXT: Schema = Schema::of(&[Kind::String]);

pub(in crate::lint) static COLLECTION_V1: Schema = Schema::object(&members([
    ("id", &TEXT),
    ("name", &TEXT),
    ("order", &ORDER),
    ("requests", &REQUESTS),
    ("folders", &FOLDERS),
]))
.requiring(&["id", "name", "order", "requests"]);

static ORDER: Schema = Schema::list(&TEXT);
static REQUESTS: Schema = Schema::list(&REQUEST);
static REQUEST: Schema = Schema::object(&members([("id", &TEXT), ("url", &TEXT)])).requiring(&["id"]);
static FOLDERS: Schema = Schema::list(&FOLDER);
static FOLDER: Schema =
    Schema::object(&members([("id", &TEXT), ("name", &TEXT), ("order", &ORDER)])).requiring(&["id", "name"]);
