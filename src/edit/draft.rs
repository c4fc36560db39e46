use super::{Change, EditError, Plan};
use crate::text::{Edit, EditSet};

/// A plan in progress.
#[derive(Default)]
pub(super) struct Draft {
    edits: Vec<Edit>,
    changes: Vec<Change>,
    notes: Vec<String>,
}

impl Draft {
    /// Adds `change`, made by `edits`.
    pub(super) fn change(&mut self, edits: impl IntoIterator<Item = Edit>, change: Change) {
        self.edits.extend(edits);
        self.changes.push(change);
    }

    /// Adds changes, each made by one edit.
    pub(super) fn extend(&mut self, changes: impl IntoIterator<Item = (Edit, Change)>) {
        changes.into_iter().for_each(|(edit, change)| self.change([edit], change));
    }

    /// Adds the edits of changes that have been added already.
    pub(super) fn edit(&mut self, edits: impl IntoIterator<Item = Edit>) {
        self.edits.extend(edits);
    }

    /// Adds notes for the user.
    pub(super) fn note(&mut self, notes: impl IntoIterator<Item = String>) {
        self.notes.extend(notes);
    }

    /// Finishes the plan.
    ///
    /// # Errors
    /// [`EditError::Overlap`] if two of the edits share a byte.
    pub(super) fn finish(self) -> Result<Plan, EditError> {
        Ok(Plan { edits: EditSet::new(self.edits)?, changes: self.changes, notes: self.notes })
    }
}
