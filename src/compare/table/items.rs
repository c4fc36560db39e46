use super::Distinct;
use crate::compare::diff::head_changes;
use crate::compare::difference::Subject;
use crate::compare::identity::pair;
use crate::compare::items::{Items, path, subject};
use crate::compare::shape::{Include, Shape};
use crate::model::Collection;

/// A folder or a request in several collections, or the collections themselves.
#[derive(Clone, Debug)]
pub struct ItemRow {
    /// The kind of thing.
    pub subject: Subject,
    /// The names of its folders and its own, as in the first file that contains it.
    pub path: Vec<String>,
    /// The method of a request in that file.
    pub method: Option<String>,
    /// Its state in every file; none if missing.
    pub states: Vec<Option<ItemState>>,
    /// Whether it is in every file, in the same place and with the same meaning.
    pub same: bool,
}

/// A folder or a request in one file, compared with the first file that contains it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemState {
    /// The number of its content among the different ones, counted from 0 in the order of the files.
    pub group: usize,
    /// Whether it is in a different folder.
    pub moved: bool,
    /// Whether it has a different name.
    pub renamed: bool,
}

/// The folders and requests of all `collections`, in the order of the first; new ones follow their predecessor in their
/// own file.
pub(super) fn rows(collections: &[Collection<'_>], include: Include) -> Vec<ItemRow> {
    let earlier = |(at, other)| {
        let items = |one| Items { one, other, pairing: pair(one, other), include };
        collections[..at].iter().map(items).collect()
    };
    let side_by_side =
        SideBySide { collections, earlier: collections.iter().enumerate().map(earlier).collect() };
    let line_up = LineUp::of(&side_by_side);
    line_up.in_order().map(|row| side_by_side.row(&line_up.places[row])).collect()
}

/// The subject of a row in one file: an item by its number, or the collection itself if none.
type Place = Option<usize>;

struct SideBySide<'c, 'd> {
    collections: &'c [Collection<'d>],
    /// For every file, its comparison with each of the files before it.
    earlier: Vec<Vec<Items<'c, 'd>>>,
}

/// The things that items of several files stand for.
struct LineUp {
    /// The place of each thing in every file that contains it. The first thing is the collection itself.
    places: Vec<Vec<Option<Place>>>,
    /// For each thing, the one that follows it in the table.
    next: Vec<Option<usize>>,
}

impl LineUp {
    fn of(files: &SideBySide<'_, '_>) -> Self {
        let count = files.collections.len();
        let mut line_up = Self { places: vec![vec![Some(None); count]], next: vec![None] };
        // For every file, the things that its items stand for.
        let mut things: Vec<Vec<usize>> = Vec::new();
        for (file, collection) in files.collections.iter().enumerate() {
            let mut own: Vec<Option<usize>> = vec![None; collection.items().len()];
            // The first file decides, since all others are compared with it; then the nearest.
            for before in (0..file.min(1)).chain((1..file).rev()) {
                let pairing = &files.earlier[file][before].pairing;
                for (at, was) in pairing.backward.iter().enumerate() {
                    let thing = was.map(|was| things[before][was]);
                    let is_free = |thing: &usize| line_up.places[*thing][file].is_none();
                    if own[at].is_none()
                        && let Some(thing) = thing.filter(is_free)
                    {
                        line_up.places[thing][file] = Some(Some(at));
                        own[at] = Some(thing);
                    }
                }
            }
            let mut last = 0;
            let known = own.into_iter().enumerate().map(|(at, thing)| {
                last = thing.unwrap_or_else(|| line_up.insert(last, file, at));
                last
            });
            things.push(known.collect());
        }
        line_up
    }

    /// Adds the thing that item `at` of `file` stands for, after the thing `last`.
    fn insert(&mut self, last: usize, file: usize, at: usize) -> usize {
        let new = self.places.len();
        let mut places = vec![None; self.places[0].len()];
        places[file] = Some(Some(at));
        self.places.push(places);
        let following = self.next[last].replace(new);
        self.next.push(following);
        new
    }

    fn in_order(&self) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(0), |&thing| self.next[thing])
    }
}

impl SideBySide<'_, '_> {
    fn row(&self, places: &[Option<Place>]) -> ItemRow {
        let mut states: Vec<Option<ItemState>> = Vec::new();
        // A file and the place in it for each different content.
        let mut distinct = Distinct::default();
        for (file, place) in places.iter().enumerate() {
            let state = place.map(|place| {
                let group = distinct.number((file, place), |one, other| self.is_same(*one, *other));
                self.state(group, distinct.0[0], (file, place))
            });
            states.push(state);
        }
        let same = states.iter().all(|state| *state == Some(ItemState::default()));
        let first =
            distinct.0.first().copied().and_then(|(file, place)| Some((&self.collections[file], place?)));
        let Some((collection, at)) = first else {
            return ItemRow { subject: Subject::Head, path: Vec::new(), method: None, states, same };
        };
        let item = &collection.items()[at];
        let method = item.request().map(|request| request.method().into_owned());
        ItemRow { subject: subject(item), path: path(collection, at), method, states, same }
    }

    /// The state of a thing with the content `group` in one file, compared with the `first` file that contains it.
    fn state(&self, group: usize, first: (usize, Place), (file, place): (usize, Place)) -> ItemState {
        let (Some(was), Some(at), true) = (first.1, place, first.0 < file) else {
            return ItemState { group, ..ItemState::default() };
        };
        let items = &self.earlier[file][first.0];
        ItemState { group, moved: items.is_moved(was, at), renamed: items.is_renamed(was, at) }
    }

    /// Whether a thing means the same in two files, the second of which comes later.
    fn is_same(&self, (before, was): (usize, Place), (file, place): (usize, Place)) -> bool {
        let items = &self.earlier[file][before];
        let holds_items = place.is_none_or(|at| items.other.items()[at].is_folder());
        if items.include.order && holds_items && items.is_reordered(place) {
            return false;
        }
        match (was, place) {
            (Some(was), Some(at)) => items.changes(was, at).is_empty(),
            _ => {
                let [one, other] = [items.one, items.other].map(Collection::owner);
                head_changes(one, other, Shape::Collection, items.include).is_empty()
            }
        }
    }
}
