use std::borrow::Cow;

use super::{SUBSTANCE, grouping};
use crate::compare::content::{self};
use crate::compare::identity::children;
use crate::compare::shape::Shape;
use crate::compare::view::View;
use crate::model::{Collection, Item, Scope};

/// A folder or request: its number in base, ours and theirs.
pub(super) type Entity = [Option<usize>; 3];

pub(super) const BASE: usize = 0;
pub(super) const OURS: usize = 1;
pub(super) const THEIRS: usize = 2;

/// The items of three collections, grouped into entities.
pub(super) struct Items<'d> {
    pub(super) sides: [Option<Collection<'d>>; 3],
    pub(super) entities: Vec<Entity>,
    /// For every item of every side, its entity.
    of: [Vec<usize>; 3],
}

impl<'d> Items<'d> {
    pub(super) fn of(base: Option<&Scope<'d>>, ours: &Scope<'d>, theirs: &Scope<'d>) -> Self {
        let collection = |scope: &Scope<'d>| Collection::of(scope.owner().document());
        let sides = [base.and_then(collection), collection(ours), collection(theirs)];
        let entities = grouping::entities(&sides);
        let count = |side: usize| sides[side].as_ref().map_or(0, |side| side.items().len());
        let of = [BASE, OURS, THEIRS].map(|side| {
            let mut of = vec![0; count(side)];
            for (entity, places) in entities.iter().enumerate() {
                if let Some(at) = places[side] {
                    of[at] = entity;
                }
            }
            of
        });
        Self { sides, entities, of }
    }

    pub(super) fn item(&self, entity: usize, side: usize) -> Option<&Item<'d>> {
        self.sides[side].as_ref()?.items().get(self.entities[entity][side]?)
    }

    pub(super) fn view(&self, entity: usize, side: usize) -> Option<View<'d>> {
        self.item(entity, side).map(|item| View::Node(item.node()))
    }

    pub(super) fn is_folder(&self, entity: usize) -> bool {
        [OURS, THEIRS, BASE].iter().any(|&side| self.item(entity, side).is_some_and(Item::is_folder))
    }

    /// The folder that contains an entity on a side; none at the top.
    pub(super) fn parent(&self, entity: usize, side: usize) -> Option<usize> {
        self.item(entity, side)?.parent().map(|at| self.of[side][at])
    }

    /// The entities directly in a folder, or at the top, on a side.
    pub(super) fn inside(&self, folder: Option<usize>, side: usize) -> Vec<usize> {
        let Some(collection) = &self.sides[side] else { return Vec::new() };
        let at = folder.map(|folder| self.entities[folder][side]);
        match at {
            Some(None) => Vec::new(),
            at => children(collection, at.flatten()).map(|child| self.of[side][child]).collect(),
        }
    }

    /// The names of the folders of an entity and its own on a side; nothing if the side lacks it.
    pub(super) fn path_on(&self, entity: usize, side: usize) -> Vec<String> {
        let path = self.sides[side].as_ref().zip(self.item(entity, side));
        let path = path.map(|(collection, item)| collection.path(item));
        path.unwrap_or_default().into_iter().map(Cow::into_owned).collect()
    }

    /// The same on the first side that has it.
    pub(super) fn path(&self, entity: usize) -> Vec<String> {
        let side = [OURS, THEIRS, BASE].into_iter().find(|&side| self.entities[entity][side].is_some());
        side.map(|side| self.path_on(entity, side)).unwrap_or_default()
    }

    /// Whether an entity, apart from its items, is the same on this side as in the base, ignoring noise.
    pub(super) fn unchanged(&self, entity: usize, side: usize) -> bool {
        match (self.view(entity, BASE), self.view(entity, side)) {
            (Some(base), Some(other)) => content::same(&base, &other, Shape::Item, SUBSTANCE),
            _ => false,
        }
    }
}
