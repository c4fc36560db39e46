use std::collections::HashSet;

use super::entities::{BASE, Items, OURS, THEIRS};
use super::{Label, Merger, News, Side};
use crate::compare::shape::Shape;
use crate::syntax::Value;
use crate::text::Span;

/// The fates of folders and requests in ours. An item that moves leaves one list and comes into another.
#[derive(Default)]
pub(super) struct Fates {
    pub(super) leave: HashSet<usize>,
    pub(super) come: HashSet<usize>,
    /// The spans in ours of items that leave.
    pub(super) leaving: Vec<Span>,
}

impl Fates {
    /// The folder that will contain an entity that stays or comes; none at the top.
    fn parent(&self, items: &Items<'_>, entity: usize) -> Option<usize> {
        items.parent(entity, if self.come.contains(&entity) { THEIRS } else { OURS })
    }

    /// The number of folders that will contain an entity that stays or comes.
    pub(super) fn depth(&self, items: &Items<'_>, entity: usize) -> usize {
        let folders = std::iter::successors(self.parent(items, entity), |&folder| self.parent(items, folder));
        folders.take(items.entities.len()).count()
    }
}

/// The fates of folders and requests, each judged on its own.
#[derive(Default)]
struct Judged {
    moved: HashSet<usize>,
    /// Those on only one side that are kept.
    kept: HashSet<usize>,
    /// Those that one side removed and the other left unchanged.
    removed: Vec<usize>,
}

/// Whether an entity is only on `side`.
fn is_on(items: &Items<'_>, entity: usize, side: usize) -> bool {
    items.entities[entity][side].is_some() && items.entities[entity][OURS + THEIRS - side].is_none()
}

/// Adds the folders to `kept` that contain something that stays.
fn keep_folders(items: &Items<'_>, moved: &HashSet<usize>, kept: &mut HashSet<usize>) {
    for entity in 0..items.entities.len() {
        let side = match items.entities[entity] {
            [_, Some(_), Some(_)] if moved.contains(&entity) => THEIRS,
            [_, Some(_), Some(_)] => OURS,
            [_, Some(_), None] if kept.contains(&entity) => OURS,
            [_, None, Some(_)] if kept.contains(&entity) => THEIRS,
            _ => continue,
        };
        let lacking = |folder: &usize| items.entities[*folder][OURS + THEIRS - side].is_none();
        let mut folder = items.parent(entity, side).filter(lacking);
        while let Some(at) = folder.filter(|at| kept.insert(*at)) {
            folder = items.parent(at, side).filter(lacking);
        }
    }
}

impl Merger<'_> {
    /// Decides for every folder and request whether it stays, leaves, comes or moves; apart from conflicts, the result
    /// does not depend on which side is ours. An item that is new or changed on one side is kept, and so are the
    /// folders that contain it there, even if the other side removed them; these then contain nothing else.
    pub(super) fn fates(&mut self, items: &Items<'_>) -> Fates {
        let Judged { moved, mut kept, removed } = self.judge_each(items);
        keep_folders(items, &moved, &mut kept);
        self.note_removed(items, &removed, &kept);
        let all = 0..items.entities.len();
        let goes = |entity: &usize| is_on(items, *entity, OURS) && !kept.contains(entity);
        let comes = |entity: &usize| items.entities[*entity][OURS].is_none() && kept.contains(entity);
        let leave: HashSet<_> = all.clone().filter(goes).chain(moved.iter().copied()).collect();
        let place = |&entity: &usize| items.item(entity, OURS).map(|item| item.node().span());
        let leaving = leave.iter().filter_map(place).collect();
        Fates { leave, come: all.filter(comes).chain(moved.iter().copied()).collect(), leaving }
    }

    /// Judges each folder and request, regardless of the folders that contain it.
    fn judge_each(&mut self, items: &Items<'_>) -> Judged {
        let circular = items.can_go_in_circles();
        let mut judged = Judged::default();
        for (entity, places) in items.entities.iter().enumerate() {
            let stays = || items.parent(entity, OURS) == items.parent(entity, THEIRS);
            if matches!(places, [_, Some(_), Some(_)]) && stays() {
                continue;
            }
            self.path = items.path(entity);
            let side = match places {
                [_, Some(_), Some(_)] => {
                    if self.follows(items, entity, circular) {
                        judged.moved.insert(entity);
                    }
                    continue;
                }
                [_, Some(_), None] => OURS,
                [_, None, Some(_)] => THEIRS,
                [_, None, None] => continue,
            };
            if places[BASE].is_none() {
                judged.kept.insert(entity);
                let other = OURS + THEIRS - side;
                let is_new = |folder: usize| [BASE, other].map(|at| items.entities[folder][at]) == [None; 2];
                if !items.parent(entity, side).is_some_and(is_new) {
                    self.note(side, News::Added);
                }
            } else if items.unchanged(entity, side) {
                judged.removed.push(entity);
            } else if self.outlives(items, entity, side) {
                judged.kept.insert(entity);
            }
        }
        judged
    }

    /// Notes which of `removed` are gone, except those that are removed with their folder.
    fn note_removed(&mut self, items: &Items<'_>, removed: &[usize], kept: &HashSet<usize>) {
        for &entity in removed.iter().filter(|entity| !kept.contains(entity)) {
            let side = if items.entities[entity][OURS].is_some() { OURS } else { THEIRS };
            let is_gone = |folder: usize| is_on(items, folder, side) && !kept.contains(&folder);
            if !items.parent(entity, side).is_some_and(is_gone) {
                self.path = items.path(entity);
                self.note(OURS + THEIRS - side, News::Removed);
            }
        }
    }

    /// Whether to keep an entity that `side` changed and the other side removed.
    fn outlives(&mut self, items: &Items<'_>, entity: usize, side: usize) -> bool {
        let [ours, theirs] = [OURS, THEIRS].map(|side| items.view(entity, side).map(|view| view.to_value()));
        let stands = self.conflict(Label::default(), ours, theirs);
        stands == if side == OURS { Side::Ours } else { Side::Theirs }
    }

    /// Whether an entity that is in different folders in ours and theirs moves to that of theirs. It is a conflict if
    /// the move is disputed, or if moves could put a folder into itself.
    fn follows(&mut self, items: &Items<'_>, entity: usize, circular: bool) -> bool {
        let [was, here, there] = [BASE, OURS, THEIRS].map(|side| items.parent(entity, side));
        if items.is_disputed(entity) || (circular && items.is_folder(entity)) {
            let name = |folder: Option<usize>| {
                let names = folder.map_or_else(|| "(top)".to_owned(), |at| items.path(at).join(" / "));
                Some(Value::String(names))
            };
            self.path.push("folder".to_owned());
            return self.conflict(Label::default(), name(here), name(there)) == Side::Theirs;
        }
        self.note(if was == here { THEIRS } else { OURS }, News::Moved);
        was == here
    }

    /// Notes a change that only `side` made.
    fn note(&mut self, side: usize, what: News) {
        if side == THEIRS { self.take(what, Shape::Item) } else { self.keep(what, Shape::Item) }
    }
}

impl Items<'_> {
    /// Whether both sides caused an entity to be in different folders in ours and theirs: both moved or added it, or
    /// one moved it into a folder that the other removed.
    fn is_disputed(&self, entity: usize) -> bool {
        let [was, here, there] = [BASE, OURS, THEIRS].map(|side| self.parent(entity, side));
        let is_gone = |folder: Option<usize>, side: usize| {
            folder.is_some_and(|at| self.entities[at][BASE].is_some() && self.entities[at][side].is_none())
        };
        if self.entities[entity][BASE].is_none() || (was != here && was != there) {
            return true;
        }
        if was == here { is_gone(there, OURS) } else { is_gone(here, THEIRS) }
    }

    /// The folders that may contain an entity after the merge; none is the top.
    fn possible_parents(&self, entity: usize) -> Vec<Option<usize>> {
        let [was, here, there] = [BASE, OURS, THEIRS].map(|side| self.parent(entity, side));
        match self.entities[entity] {
            [_, Some(_), None] => vec![here],
            [_, None, _] => vec![there],
            _ if self.is_disputed(entity) => vec![here, there],
            _ if was == here => vec![there],
            _ => vec![here],
        }
    }

    /// Whether the moves of both sides, combined, could put a folder into itself.
    fn can_go_in_circles(&self) -> bool {
        let folders: Vec<_> = (0..self.entities.len()).filter(|&entity| self.is_folder(entity)).collect();
        let moves = |&&entity: &&usize| {
            let [_, ours, theirs] = self.entities[entity];
            ours.is_some() && theirs.is_some() && self.parent(entity, OURS) != self.parent(entity, THEIRS)
        };
        // It takes two moves.
        if folders.iter().filter(moves).count() < 2 {
            return false;
        }
        let (mut rooted, mut rest) = (HashSet::new(), folders);
        loop {
            let before = rest.len();
            rest.retain(|&folder| {
                let is_rooted = |parent: &Option<usize>| parent.is_none_or(|parent| rooted.contains(&parent));
                let waits = !self.possible_parents(folder).iter().all(is_rooted);
                waits || !rooted.insert(folder)
            });
            if rest.is_empty() || rest.len() == before {
                return !rest.is_empty();
            }
        }
    }
}
