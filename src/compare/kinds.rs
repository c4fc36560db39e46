//! Which files can be compared with each other.

use crate::model::{CollectionVersion, FileKind, Scope, identify};

/// The files are of different kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} and {1} cannot be compared with each other; name files of the same kind")]
pub struct DifferentKinds(pub FileKind, pub FileKind);

/// Refuses files of kinds that have no parts in common: environments, which may be globals, collections, and
/// collections of version 1.
pub(super) fn expect_alike(one: FileKind, other: FileKind) -> Result<(), DifferentKinds> {
    let has_items = |kind| matches!(kind, FileKind::Collection(_));
    let is_alike = has_items(one) == has_items(other) && is_flat(one) == is_flat(other);
    if is_alike { Ok(()) } else { Err(DifferentKinds(one, other)) }
}

/// The same for the files of these scopes.
pub(super) fn expect_scopes_alike(one: &Scope<'_>, other: &Scope<'_>) -> Result<(), DifferentKinds> {
    let [one, other] = [one, other].map(|scope| identify(scope.owner().document()));
    expect_alike(one, other)
}

/// Whether it is a collection whose requests are in one list and their order in others.
pub(super) fn is_flat(kind: FileKind) -> bool {
    kind == FileKind::Collection(CollectionVersion::V1)
}
