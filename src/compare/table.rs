//! Several files side by side.

mod items;
mod variables;

pub use items::{ItemRow, ItemState};
pub use variables::VariableRow;

use super::kinds::{DifferentKinds, expect_scopes_alike};
use super::shape::Include;
use crate::model::{Collection, Scope};

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
/// [`DifferentKinds`] if some of them are collections, or collections of version 1, and others are not.
pub fn table<'d>(scopes: &[Scope<'d>], include: Include) -> Result<Table<'d>, DifferentKinds> {
    scopes.windows(2).try_for_each(|pair| expect_scopes_alike(&pair[0], &pair[1]))?;
    let collections = scopes.iter().map(|scope| Collection::of(scope.owner().document()));
    let collections = collections.collect::<Option<Vec<_>>>();
    let items = collections.map(|collections| items::rows(&collections, include));
    Ok(Table { variables: variables::rows(scopes, include), items })
}
