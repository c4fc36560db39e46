use super::shape::Shape;
use crate::model::{FileKind, NotAScope, Part, Scope, ScopeKind, identify};
use crate::syntax::{Document, Node};

/// One of the files that are merged.
#[derive(Clone, Debug)]
pub enum Version<'d> {
    /// Variables, and what they are in: an environment, a globals file or a collection.
    Scope(Scope<'d>),
    /// One file of a git-native collection.
    Part(Part<'d>),
}

impl<'d> Version<'d> {
    /// What `document` is.
    ///
    /// # Errors
    /// [`NotAScope`] when it is nothing that can be merged.
    pub fn of(document: &'d Document) -> Result<Self, NotAScope> {
        match Part::of(document) {
            Some(part) => Ok(Self::Part(part)),
            None => Scope::of(document).map(Self::Scope),
        }
    }

    /// Its variables; none of a file of a git-native collection, which has them as rows like others.
    pub(super) fn scope(&self) -> Option<&Scope<'d>> {
        match self {
            Self::Scope(scope) => Some(scope),
            Self::Part(_) => None,
        }
    }

    /// What it is, for people.
    pub(super) fn kind(&self) -> FileKind {
        identify(self.owner().document())
    }

    /// The object that holds it.
    pub(super) fn owner(&self) -> Node<'d> {
        match self {
            Self::Scope(scope) => scope.owner(),
            Self::Part(part) => part.node(),
        }
    }

    /// What its owner is.
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Part(_) => Shape::File,
            Self::Scope(scope) if scope.kind() == ScopeKind::Collection => Shape::Collection,
            Self::Scope(_) => Shape::Environment,
        }
    }

    /// Whether it and `other` are of one kind, so that they have something in common.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Part(one), Self::Part(other)) => one.role() == other.role(),
            _ => self.shape() == other.shape(),
        }
    }
}
