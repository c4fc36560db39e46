//! What the values of a document mean to Postman and to Box: views that borrow a tree and own nothing of it.

mod box_kind;
mod identity;
mod scope;
mod variable;

pub use box_kind::{BoxKind, names};
pub use identity::{CollectionVersion, FileKind, Format, identify};
pub use scope::{NotAScope, Scope, ScopeKind};
pub use variable::{Runtime, Variable};
