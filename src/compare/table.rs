//! Several files side by side.

mod items;
mod variables;

pub use items::{ItemRow, ItemState};
pub use variables::VariableRow;

use super::diff::DifferentKinds;
use super::shape::Include;
use crate::model::{Collection, Scope, ScopeKind, identify};

/// The content of several files, a row for each thing with its state in every file.
#[derive(Debug)]
pub struct Table<'d> {
    /// The variables, in the order of the first file that contains them.
    pub variables: Vec<VariableRow<'d>>,
    /// The folders and requests of collections; none for other files.
    pub items: Option<Vec<ItemRow>>,
}

impl Table<'_> {
    /// Whether all files contain the same things with the same meaning.
    #[must_use]
    pub fn same(&self) -> bool {
        self.variables.iter().all(|row| row.same) && self.items.iter().flatten().all(|row| row.same)
    }
}

/// Compares the files of several scopes: environments and globals files, or collections.
///
/// # Errors
/// [`DifferentKinds`] if some of them are collections and others are not.
pub fn table<'d>(scopes: &[Scope<'d>], include: Include) -> Result<Table<'d>, DifferentKinds> {
    let variables = variables::rows(scopes, include);
    let is_collection = |scope: &&Scope<'d>| scope.kind() == ScopeKind::Collection;
    let (collections, others): (Vec<_>, Vec<_>) = scopes.iter().partition(is_collection);
    let items = match (&collections[..], &others[..]) {
        ([], _) => None,
        (collections, []) => {
            let collections = collections.iter().map(|scope| Collection::of(scope.owner().document()));
            Some(items::rows(&collections.collect::<Option<Vec<_>>>().unwrap_or_default(), include))
        }
        ([one, ..], [other, ..]) => {
            let [one, other] = [one, other].map(|scope| identify(scope.owner().document()));
            return Err(DifferentKinds(one, other));
        }
    };
    Ok(Table { variables, items })
}
