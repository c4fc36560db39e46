//! Which folders and requests of base, ours and theirs are the same.

use std::cell::OnceCell;

use super::entities::{BASE, Entity, OURS, THEIRS};
use crate::compare::identity::{self, Pairing};
use crate::model::Collection;

/// Groups the items of three collections into entities, first those of the base.
pub(super) fn entities(sides: &[Option<Collection<'_>>; 3]) -> Vec<Entity> {
    let mut grouping = Grouping::of_base(sides);
    grouping.rejoin();
    grouping.add_new();
    grouping.entities
}

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
    fn others(&self) -> Vec<usize> {
        self.marks.iter().enumerate().filter(|(_, known)| !**known).map(|(at, _)| at).collect()
    }
}

struct Grouping<'s, 'd> {
    sides: &'s [Option<Collection<'d>>; 3],
    entities: Vec<Entity>,
    known: [Known; 3],
    /// The items of ours and theirs that are the same; computed only if some may still have a counterpart.
    across: OnceCell<Pairing>,
}

fn count(side: Option<&Collection<'_>>) -> usize {
    side.map_or(0, |side| side.items().len())
}

fn pairing<'d>(one: Option<&Collection<'d>>, other: Option<&Collection<'d>>) -> Pairing {
    match (one, other) {
        (Some(one), Some(other)) => identity::pair(one, other),
        _ => Pairing { forward: vec![None; count(one)], backward: vec![None; count(other)] },
    }
}

impl<'s, 'd> Grouping<'s, 'd> {
    /// An entity for each item of the base, with its counterparts.
    fn of_base(sides: &'s [Option<Collection<'d>>; 3]) -> Self {
        let all = sides.each_ref().map(Option::as_ref);
        let [ours, theirs] = [OURS, THEIRS].map(|side| pairing(all[BASE], all[side]).forward);
        let entities: Vec<_> = (0..count(all[BASE])).map(|at| [Some(at), ours[at], theirs[at]]).collect();
        let known =
            |side: usize| Known::of(count(all[side]), entities.iter().filter_map(|entity| entity[side]));
        let known = [BASE, OURS, THEIRS].map(known);
        Self { sides, entities, known, across: OnceCell::new() }
    }

    fn across(&self) -> &Pairing {
        self.across.get_or_init(|| pairing(self.sides[OURS].as_ref(), self.sides[THEIRS].as_ref()))
    }

    /// The item of theirs that is the same as item `at` of ours, or the other way round, if it belongs to no entity.
    fn twin(&mut self, side: usize, at: usize) -> Option<usize> {
        let other = OURS + THEIRS - side;
        if !self.known[other].lacks_some() {
            return None;
        }
        let across = self.across();
        let twin = if side == OURS { across.forward[at] } else { across.backward[at] };
        twin.filter(|twin| self.known[other].insert(*twin))
    }

    /// Completes entities of the base that one side replaced with what the other side has now: these are not lost.
    fn rejoin(&mut self) {
        for entity in 0..self.entities.len() {
            match self.entities[entity] {
                [_, Some(at), None] => self.entities[entity][THEIRS] = self.twin(OURS, at),
                [_, None, Some(at)] => self.entities[entity][OURS] = self.twin(THEIRS, at),
                _ => {}
            }
        }
    }

    /// Adds what the base lacks.
    fn add_new(&mut self) {
        for at in self.known[OURS].others() {
            let twin = self.new_twin(at);
            self.entities.push([None, Some(at), twin]);
        }
        let others = self.known[THEIRS].others();
        self.entities.extend(others.into_iter().map(|at| [None, None, Some(at)]));
    }

    /// The new item of theirs that is the same as the new item `at` of ours.
    fn new_twin(&mut self, at: usize) -> Option<usize> {
        if !self.known[THEIRS].lacks_some() {
            return None;
        }
        let twin = self.across().forward[at]?;
        let [ours, theirs] = [(OURS, at), (THEIRS, twin)]
            .map(|(side, at)| self.sides[side].as_ref().and_then(|side| side.items().get(at)));
        let same = identity::is_same_new(ours?, theirs?);
        Some(twin).filter(|twin| same && self.known[THEIRS].insert(*twin))
    }
}
