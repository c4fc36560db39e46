use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The files that this run has changed, created or deleted.
#[derive(Debug, Default)]
pub struct Changed(RefCell<BTreeSet<PathBuf>>);

impl Changed {
    /// Their paths, links resolved, in order.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        self.0.borrow().iter().cloned().collect()
    }

    pub(super) fn note(&self, target: &Path) {
        self.0.borrow_mut().insert(target.to_owned());
    }

    /// `target` is as it was before.
    pub(super) fn forget(&self, target: &Path) {
        self.0.borrow_mut().remove(target);
    }
}
