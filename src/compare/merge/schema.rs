//! Merging collections of version 2.0 and 2.1, whose only difference is how they write authorizations.

use crate::compare::version::Version;
use crate::model::{Auth, Collection, CollectionVersion, FileKind};
use crate::syntax::{Document, Kind, Node, Value, write};
use crate::text::{Edit, EditSet};

/// `theirs` in the version of `ours`, if it is a collection of another.
pub(super) fn in_version_of(ours: &Version<'_>, theirs: &Version<'_>) -> Option<Document> {
    let (FileKind::Collection(version), FileKind::Collection(other)) = (ours.kind(), theirs.kind()) else {
        return None;
    };
    if version == other {
        return None;
    }
    let document = theirs.owner().document();
    let collection = Collection::of(document)?;
    let mut edits: Vec<Edit> = collection.auths().flat_map(|auth| respelled(auth, version)).collect();
    edits.extend(schema(theirs).zip(schema(ours)).map(|(old, new)| write::replace(old, &Value::of(new))));
    document.edited(&EditSet::new(edits).ok()?).ok()
}

fn schema<'d>(version: &Version<'d>) -> Option<Node<'d>> {
    version.owner().get("info")?.get("schema")
}

/// The edits that write the credentials of each type in `auth` as in a collection of `version`.
fn respelled<'d>(auth: Auth<'d>, version: CollectionVersion) -> impl Iterator<Item = Edit> + use<'d> {
    auth.node().members().filter_map(move |block| {
        let value = match (block.value.kind(), version) {
            (Kind::Array, CollectionVersion::V2_0) => {
                let member =
                    |row: Node<'d>| Some((row.get_str("key")?.into_owned(), Value::of(row.get("value")?)));
                Value::Object(block.value.items().filter_map(member).collect())
            }
            (Kind::Object, CollectionVersion::V2_1) => {
                let row = |key: String, value| Value::object([("key", Value::String(key)), ("value", value)]);
                let members = block.value.members();
                Value::Array(members.map(|own| row(own.key().into_owned(), Value::of(own.value))).collect())
            }
            _ => return None,
        };
        Some(write::replace(block.value, &value))
    })
}
