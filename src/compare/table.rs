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
    /// What the files say about themselves, such as their names; for collections, a row of `items` stands for it.
    pub head: Vec<VariableRow<'d>>,
    /// For every file, the number of its order of variables among the different ones, if order matters and differs.
    pub order: Option<Vec<usize>>,
    /// The variables, in the order of the first file that contains them.
    pub variables: Vec<VariableRow<'d>>,
    /// The folders and requests of collections; none for other files.
    pub items: Option<Vec<ItemRow>>,
}

/// Different things, numbered as they come.
struct Distinct<T>(Vec<T>);

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Distinct<T> {
    /// The number of `thing`: that of the one before which it is the same as, or a new one.
    fn number(&mut self, thing: T, is_same: impl Fn(&T, &T) -> bool) -> usize {
        let known = self.0.iter().position(|other| is_same(other, &thing));
        known.unwrap_or_else(|| {
            self.0.push(thing);
            self.0.len() - 1
        })
    }
}

impl Table<'_> {
    /// Whether all files contain the same things with the same meaning.
    #[must_use]
    pub fn same(&self) -> bool {
        let rows = self.head.iter().chain(&self.variables);
        rows.clone().all(|row| row.same)
            && self.order.is_none()
            && self.items.iter().flatten().all(|row| row.same)
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
    let head = if items.is_none() { variables::head(scopes, include) } else { Vec::new() };
    let (variables, order) = variables::rows(scopes, include);
    Ok(Table { head, order, variables, items })
}
