use super::kinds::expect_alike;
use super::shape::Shape;
use crate::model::{FileKind, NotAScope, Part, Scope, ScopeKind, identify};
use crate::syntax::{Document, Node};

/// One of the files to merge.
#[derive(Clone, Debug)]
pub enum Version<'d> {
    /// A file with variables: an environment, a globals file or a collection.
    Scope(Scope<'d>),
    /// One file of a git-native collection.
    Part(Part<'d>),
}

impl<'d> Version<'d> {
    /// Recognizes `document`.
    ///
    /// # Errors
    /// [`NotAScope`] if it cannot be merged.
    pub fn of(document: &'d Document) -> Result<Self, NotAScope> {
        match Part::of(document) {
            Some(part) => Ok(Self::Part(part)),
            None => Scope::of(document).map(Self::Scope),
        }
    }

    /// Its variables; none for a file of a git-native collection, whose variables are rows like any others.
    pub(super) fn scope(&self) -> Option<&Scope<'d>> {
        match self {
            Self::Scope(scope) => Some(scope),
            Self::Part(_) => None,
        }
    }

    /// Its kind, for display.
    pub(super) fn kind(&self) -> FileKind {
        identify(self.owner().document())
    }

    /// The outermost object, or the array of a file without one.
    pub(super) fn owner(&self) -> Node<'d> {
        match self {
            Self::Scope(scope) => scope.owner(),
            Self::Part(part) => part.node(),
        }
    }

    /// The shape of its owner.
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Part(_) => Shape::File,
            Self::Scope(scope) if scope.kind() == ScopeKind::Collection => Shape::Collection,
            Self::Scope(_) => Shape::Environment,
        }
    }

    /// Whether it and `other` are of the same kind, so that they can be merged.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Part(one), Self::Part(other)) => one.role() == other.role(),
            (Self::Scope(_), Self::Scope(_)) => expect_alike(self.kind(), other.kind()).is_ok(),
            _ => false,
        }
    }
}
