use std::borrow::Cow;
use std::cell::LazyCell;

use super::SUBSTANCE;
use crate::compare::content::{self};
use crate::compare::identity::{self, children};
use crate::compare::shape::Shape;
use crate::compare::view::View;
use crate::model::{Collection, Item, Scope};

/// A folder or request: its number in base, ours and theirs.
pub(super) type Entity = [Option<usize>; 3];

pub(super) const BASE: usize = 0;
pub(super) const OURS: usize = 1;
pub(super) const THEIRS: usize = 2;

/// The items of a side that already belong to an entity.
struct Known {
    marks: Vec<bool>,
    missing: usize,
}

impl Known {
    fn of(count: usize, items: impl Iterator<Item = usize>) -> Self {
        let mut known = Self { marks: vec![false; count], missing: count };
        for item in items {
            known.insert(item);
        }
        known
    }

    /// Adds `item`; returns false if it was already there.
    fn insert(&mut self, item: usize) -> bool {
        let is_new = !std::mem::replace(&mut self.marks[item], true);
        self.missing -= usize::from(is_new);
        is_new
    }

    fn lacks_some(&self) -> bool {
        self.missing > 0
    }

    /// The items that do not belong to any entity, in order.
    fn others(&self) -> impl Iterator<Item = usize> {
        self.marks.iter().enumerate().filter(|(_, known)| !**known).map(|(at, _)| at)
    }
}

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
        let count = |side: usize| sides[side].as_ref().map_or(0, |side| side.items().len());
        let pairs = |one: usize, other: usize| match (&sides[one], &sides[other]) {
            (Some(one), Some(other)) => {
                let pairing = identity::pair(one, other);
                [pairing.forward, pairing.backward]
            }
            _ => [one, other].map(|side| vec![None; count(side)]),
        };
        let ([to_ours, _], [to_theirs, _]) = (pairs(BASE, OURS), pairs(BASE, THEIRS));
        // Computed only if some items of ours or theirs may still have a counterpart on the other side.
        let across = LazyCell::new(|| pairs(OURS, THEIRS));
        let mut entities: Vec<Entity> =
            (0..count(BASE)).map(|at| [Some(at), to_ours[at], to_theirs[at]]).collect();
        let known = |side: usize| Known::of(count(side), entities.iter().filter_map(|entity| entity[side]));
        let (mut known_ours, mut known_theirs) = (known(OURS), known(THEIRS));
        // An item of the base that one side replaced with what the other side now has is not lost.
        for entity in &mut entities {
            match *entity {
                [_, Some(at), None] if known_theirs.lacks_some() => {
                    entity[THEIRS] = across[0][at].filter(|other| known_theirs.insert(*other));
                }
                [_, None, Some(at)] if known_ours.lacks_some() => {
                    entity[OURS] = across[1][at].filter(|other| known_ours.insert(*other));
                }
                _ => {}
            }
        }
        for at in known_ours.others() {
            let twin = if known_theirs.lacks_some() { across[0][at] } else { None };
            let other = twin.filter(|&other| {
                let items = [(OURS, at), (THEIRS, other)];
                let items =
                    items.map(|(side, at)| sides[side].as_ref().and_then(|side| side.items().get(at)));
                let [Some(one), Some(other)] = items else { return false };
                base.is_none() || identity::is_same_new(one, other)
            });
            let other = other.filter(|other| known_theirs.insert(*other));
            entities.push([None, Some(at), other]);
        }
        entities.extend(known_theirs.others().map(|at| [None, None, Some(at)]));
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

    pub(super) fn path(&self, entity: usize) -> Vec<String> {
        let side = [OURS, THEIRS, BASE].into_iter().find(|&side| self.entities[entity][side].is_some());
        let found = side.and_then(|side| {
            let collection = self.sides[side].as_ref()?;
            Some(collection.path(collection.items().get(self.entities[entity][side]?)?))
        });
        found.unwrap_or_default().into_iter().map(Cow::into_owned).collect()
    }

    /// Whether an entity, apart from its items, is the same on this side as in the base, ignoring noise.
    pub(super) fn unchanged(&self, entity: usize, side: usize) -> bool {
        match (self.view(entity, BASE), self.view(entity, side)) {
            (Some(base), Some(other)) => content::same(&base, &other, Shape::Item, SUBSTANCE),
            _ => false,
        }
    }
}
