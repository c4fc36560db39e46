use std::collections::{BTreeSet, HashSet};

use super::circles::circling;
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

/// What is decided about each folder and request, regardless of the folders that contain it.
#[derive(Default)]
struct Judged {
    /// Those that follow theirs into another folder.
    moved: HashSet<usize>,
    /// Those that follow theirs, or not, as a conflict was decided.
    disputed: HashSet<usize>,
    /// Those on only one side that are kept.
    kept: HashSet<usize>,
    /// Those that one side removed and the other changed.
    changed: Vec<usize>,
    /// Those that one side removed and the other left unchanged.
    removed: Vec<usize>,
}

impl Judged {
    /// Keeps the folders that contain something that stays; what is disputed counts only if `all` is settled.
    fn keep_folders(&mut self, items: &Items<'_>, all: bool) {
        for entity in 0..items.entities.len() {
            let side = match items.entities[entity] {
                [_, Some(_), Some(_)] if !all && self.disputed.contains(&entity) => continue,
                [_, Some(_), Some(_)] if self.moved.contains(&entity) => THEIRS,
                [_, Some(_), Some(_)] => OURS,
                [_, Some(_), None] if self.kept.contains(&entity) => OURS,
                [_, None, Some(_)] if self.kept.contains(&entity) => THEIRS,
                _ => continue,
            };
            let lacking = |folder: &usize| items.entities[*folder][OURS + THEIRS - side].is_none();
            let mut folder = items.parent(entity, side).filter(lacking);
            while let Some(at) = folder.filter(|at| self.kept.insert(*at)) {
                folder = items.parent(at, side).filter(lacking);
            }
        }
    }
}

/// Whether an entity is only on `side`.
fn is_on(items: &Items<'_>, entity: usize, side: usize) -> bool {
    items.entities[entity][side].is_some() && items.entities[entity][OURS + THEIRS - side].is_none()
}

impl Merger<'_> {
    /// Decides for every folder and request whether it stays, leaves, comes or moves; apart from conflicts, the result
    /// does not depend on which side is ours. An item that one side added, changed or moved is kept, and so are the
    /// folders that contain it there, even if the other side removed them; these then contain nothing else.
    pub(super) fn fates(&mut self, items: &Items<'_>) -> Fates {
        let mut judged = self.judge_each(items);
        // A folder that stays anyway is no conflict.
        judged.keep_folders(items, false);
        for entity in std::mem::take(&mut judged.changed) {
            if !judged.kept.contains(&entity) && self.outlives(items, entity) {
                judged.kept.insert(entity);
            }
        }
        judged.keep_folders(items, true);
        let Judged { moved, kept, removed, .. } = judged;
        self.note_removed(items, &removed, &kept);
        let all = 0..items.entities.len();
        let goes = |entity: &usize| is_on(items, *entity, OURS) && !kept.contains(entity);
        let comes = |entity: &usize| items.entities[*entity][OURS].is_none() && kept.contains(entity);
        let leave: HashSet<_> = all.clone().filter(goes).chain(moved.iter().copied()).collect();
        let place = |&entity: &usize| items.item(entity, OURS).map(|item| item.node().span());
        let leaving = leave.iter().filter_map(place).collect();
        Fates { leave, come: all.filter(comes).chain(moved.iter().copied()).collect(), leaving }
    }

    fn judge_each(&mut self, items: &Items<'_>) -> Judged {
        let mut judged = Judged::default();
        let circling = circling(items);
        if !circling.is_empty() {
            self.judge_circling(items, &circling, &mut judged);
        }
        for (entity, places) in items.entities.iter().enumerate() {
            self.path = items.path(entity);
            let side = match places {
                [_, Some(_), Some(_)] => {
                    if items.is_moved(entity) && !circling.contains(&entity) {
                        self.judge_move(items, entity, &mut judged);
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
            } else {
                judged.changed.push(entity);
            }
        }
        judged
    }

    /// Judges an entity that is in different folders in ours and theirs. It is a conflict if both sides moved or added
    /// it.
    fn judge_move(&mut self, items: &Items<'_>, entity: usize, judged: &mut Judged) {
        if items.is_disputed(entity) {
            let [here, there] = [OURS, THEIRS].map(|side| {
                let folder = items.parent(entity, side).map(|folder| items.path_on(folder, side));
                Some(Value::String(folder.map_or_else(|| "(top)".to_owned(), |path| path.join(" / "))))
            });
            self.path.push("folder".to_owned());
            judged.disputed.insert(entity);
            if self.conflict(Label::default(), here, there) == Side::Theirs {
                judged.moved.insert(entity);
            }
        } else if items.parent(entity, BASE) == items.parent(entity, OURS) {
            self.path = items.path_on(entity, THEIRS);
            self.note(THEIRS, News::Moved);
            judged.moved.insert(entity);
        } else {
            self.note(OURS, News::Moved);
        }
    }

    /// Judges folders that the two sides may have put into each other, as a single conflict, since some in one place
    /// and some in the other could be in none.
    fn judge_circling(&mut self, items: &Items<'_>, folders: &BTreeSet<usize>, judged: &mut Judged) {
        let names = folders.iter().filter_map(|&folder| items.path(folder).pop());
        self.path = vec![names.collect::<Vec<_>>().join(", "), "folder".to_owned()];
        let [here, there] = [OURS, THEIRS].map(|side| {
            let paths = folders.iter().map(|&folder| items.path_on(folder, side).join(" / "));
            Some(Value::String(paths.collect::<Vec<_>>().join(", ")))
        });
        judged.disputed.extend(folders);
        if self.conflict(Label::default(), here, there) == Side::Theirs {
            judged.moved.extend(folders);
        }
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

    /// Whether to keep an entity that one side changed and the other side removed.
    fn outlives(&mut self, items: &Items<'_>, entity: usize) -> bool {
        self.path = items.path(entity);
        let [ours, theirs] = [OURS, THEIRS].map(|side| items.view(entity, side).map(|view| view.to_value()));
        let side = if ours.is_some() { Side::Ours } else { Side::Theirs };
        self.conflict(Label::default(), ours, theirs) == side
    }

    /// Notes a change that only `side` made.
    fn note(&mut self, side: usize, what: News) {
        if side == THEIRS { self.take(what, Shape::Item) } else { self.keep(what, Shape::Item) }
    }
}

impl Items<'_> {
    /// Whether an entity that both sides have is in different folders there.
    pub(super) fn is_moved(&self, entity: usize) -> bool {
        let [_, ours, theirs] = self.entities[entity];
        ours.is_some() && theirs.is_some() && self.parent(entity, OURS) != self.parent(entity, THEIRS)
    }

    /// Whether both sides moved or added an entity.
    pub(super) fn is_disputed(&self, entity: usize) -> bool {
        let [was, here, there] = [BASE, OURS, THEIRS].map(|side| self.parent(entity, side));
        self.entities[entity][BASE].is_none() || (was != here && was != there)
    }
}
