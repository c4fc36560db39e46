//! Matches the items of one release of a collection with those of another.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::Hash;

use super::shape::Shape;
use super::{View, spelling};
use crate::model::{Collection, Item};
use crate::syntax::Value;

/// The items of two collections that are the same, in both directions.
#[derive(Debug)]
pub(super) struct Pairing {
    /// For every item of the first, its counterpart in the second.
    pub(super) forward: Vec<Option<usize>>,
    /// For every item of the second, its counterpart in the first.
    pub(super) backward: Vec<Option<usize>>,
}

/// Pairs items by id, then by folder path and name, then folders by their content, then requests by method and address.
///
/// Box derives an item's id from its content, so a changed item has a new one, and Postman assigns new ids to copies.
/// Method and address alone are not unique, so they decide last: first within the same folder, in order, then
/// elsewhere. An item without any of these is identified by its place.
pub(super) fn pair<'d>(one: &Collection<'d>, other: &Collection<'d>) -> Pairing {
    let candidates =
        [one, other].map(|side| side.items().iter().copied().map(Candidate::new).collect::<Vec<_>>());
    let mut matcher = Matcher {
        one,
        other,
        candidates: [&candidates[0], &candidates[1]],
        pairing: Pairing {
            forward: vec![None; one.items().len()],
            backward: vec![None; other.items().len()],
        },
    };
    let all = ((0..one.items().len()).collect::<Vec<_>>(), (0..other.items().len()).collect::<Vec<_>>());
    matcher.unique(&all.0, &all.1, |one| one.item.id());
    matcher.descend(None, None);
    matcher.unique(&all.0, &all.1, |one| {
        one.target().map(|target| (one.item.name().unwrap_or_default(), target))
    });
    matcher.unique(&all.0, &all.1, Candidate::target);
    matcher.moved_folders();
    matcher.pairing
}

/// Pairs by place alone.
pub(super) fn pair_in_order(one: &Collection<'_>, other: &Collection<'_>) -> Pairing {
    let pairs = |own: usize, twins: usize| (0..own).map(|at| Some(at).filter(|at| *at < twins)).collect();
    let (ones, others) = (one.items().len(), other.items().len());
    Pairing { forward: pairs(ones, others), backward: pairs(others, ones) }
}

/// The items directly in the folder `parent`. The content of a folder follows it, up to the first item of an earlier
/// folder.
pub(super) fn children(collection: &Collection<'_>, parent: Option<usize>) -> impl Iterator<Item = usize> {
    let items = collection.items().iter().enumerate().skip(parent.map_or(0, |at| at + 1));
    let inside = items.take_while(move |(_, item)| item.parent() >= parent);
    inside.filter_map(move |(at, item)| (item.parent() == parent).then_some(at))
}

/// Whether two items of the same name that were added independently are the same. The host may differ, since people
/// write it in their own way, such as a variable.
pub(super) fn is_same_new(one: &Item<'_>, other: &Item<'_>) -> bool {
    let is_one_id = one.id().is_some() && one.id() == other.id();
    one.is_folder() || is_one_id || target(one).map(Target::operation) == target(other).map(Target::operation)
}

/// What a request asks for, up to the `?`.
struct Target {
    method: String,
    host: String,
    path: String,
}

impl Target {
    fn address(self) -> String {
        format!("{} {}/{}", self.method, self.host, self.path)
    }

    /// The same on any host, if there is a path.
    fn operation(self) -> String {
        if self.path.is_empty() { self.address() } else { format!("{} {}", self.method, self.path) }
    }
}

fn target(item: &Item<'_>) -> Option<Target> {
    let request = item.request()?;
    let url = View::Node(request.url()?.node());
    let url = spelling::plain(&url, Shape::Url).unwrap_or(url);
    let part = |name: &str, shape| {
        let part = url.get(name)?;
        Some(spelling::plain(&part, shape).unwrap_or(part).shown())
    };
    let (host, path) = (part("host", Shape::Host), part("path", Shape::Path));
    let method = request.method().into_owned();
    Some(Target { method, host: host.unwrap_or_default(), path: path.unwrap_or_default() })
}

/// An item that may have a counterpart on the other side.
struct Candidate<'d> {
    item: Item<'d>,
    is_folder: bool,
    /// Computed when first needed: most items are identified by their id.
    target: OnceCell<Option<String>>,
}

impl<'d> Candidate<'d> {
    fn new(item: Item<'d>) -> Self {
        Self { item, is_folder: item.is_folder(), target: OnceCell::new() }
    }

    /// The method and address of a request.
    fn target(&self) -> Option<&str> {
        self.target.get_or_init(|| target(&self.item).map(Target::address)).as_deref()
    }
}

/// The items with a certain key on one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Holder {
    #[default]
    Nobody,
    Only(usize),
    Several,
}

struct Matcher<'a, 'd> {
    one: &'a Collection<'d>,
    other: &'a Collection<'d>,
    /// The items of both sides.
    candidates: [&'a [Candidate<'d>]; 2],
    pairing: Pairing,
}

impl<'a, 'd> Matcher<'a, 'd> {
    fn join(&mut self, one: usize, other: usize) {
        self.pairing.forward[one] = Some(other);
        self.pairing.backward[other] = Some(one);
    }

    fn free(&self, one: &[usize], other: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let one = one.iter().copied().filter(|&at| self.pairing.forward[at].is_none());
        let other = other.iter().copied().filter(|&at| self.pairing.backward[at].is_none());
        (one.collect(), other.collect())
    }

    /// Joins items with the same key if each side has only one.
    fn unique<K: Hash + Eq>(
        &mut self,
        one: &[usize],
        other: &[usize],
        key: impl Fn(&'a Candidate<'d>) -> Option<K>,
    ) {
        let mut holders: HashMap<(bool, K), [Holder; 2]> = HashMap::with_capacity(one.len());
        let (one, other) = self.free(one, other);
        for (side, items) in [one, other].into_iter().enumerate() {
            for at in items {
                let candidate = &self.candidates[side][at];
                let Some(key) = key(candidate) else { continue };
                let holder = &mut holders.entry((candidate.is_folder, key)).or_default()[side];
                *holder = if *holder == Holder::Nobody { Holder::Only(at) } else { Holder::Several };
            }
        }
        for holders in holders.into_values() {
            if let [Holder::Only(one), Holder::Only(other)] = holders {
                self.join(one, other);
            }
        }
    }

    /// Joins items with the same key in order, the first with the first and so on.
    fn in_order<K: Hash + Eq>(
        &mut self,
        one: &[usize],
        other: &[usize],
        key: impl Fn(&'a Candidate<'d>) -> Option<K>,
    ) {
        for (ones, others) in self.groups(one, other, key) {
            ones.into_iter().zip(others).for_each(|(one, other)| self.join(one, other));
        }
    }

    /// Groups the unpaired items by key; folders and requests never share a group.
    fn groups<K: Hash + Eq>(
        &self,
        one: &[usize],
        other: &[usize],
        key: impl Fn(&'a Candidate<'d>) -> Option<K>,
    ) -> Vec<(Vec<usize>, Vec<usize>)> {
        let (one, other) = self.free(one, other);
        let mut groups: HashMap<(bool, K), (Vec<usize>, Vec<usize>)> = HashMap::new();
        let [ones, others] = self.candidates;
        for at in one {
            if let Some(key) = key(&ones[at]) {
                groups.entry((ones[at].is_folder, key)).or_default().0.push(at);
            }
        }
        for at in other {
            if let Some(key) = key(&others[at]) {
                groups.entry((others[at].is_folder, key)).or_default().1.push(at);
            }
        }
        groups.into_values().collect()
    }

    /// Pairs the items directly in two paired folders, then the content of those that are folders.
    fn descend(&mut self, one: Option<usize>, other: Option<usize>) {
        let ones: Vec<_> = children(self.one, one).collect();
        let others: Vec<_> = children(self.other, other).collect();
        self.namesakes(&ones, &others);
        self.in_order(&ones, &others, |one| one.item.name());
        self.renamed_folders(&ones, &others);
        self.in_order(&ones, &others, Candidate::target);
        // Items about which nothing is known are paired by place.
        self.in_order(&ones, &others, |one| {
            (one.item.name().is_none() && one.target().is_none()).then_some(())
        });
        for at in ones {
            if let Some(other) = self.pairing.forward[at].filter(|_| self.candidates[0][at].is_folder) {
                self.descend(Some(at), Some(other));
            }
        }
    }

    /// Joins namesakes that are alike in any layout, then those with the same method and address.
    fn namesakes(&mut self, one: &[usize], other: &[usize]) {
        for (ones, others) in self.groups(one, other, |one| one.item.name()) {
            if ones.len() != 1 || others.len() != 1 {
                self.in_order(&ones, &others, |one| Some(Value::of(one.item.node()).to_json()));
                self.in_order(&ones, &others, Candidate::target);
            }
        }
    }

    /// Joins folders of the same name that moved and got a new id, if they share most of what the smaller one contains.
    fn moved_folders(&mut self) {
        // Backwards, so that the content of a folder is settled before the folder.
        for at in (0..self.one.items().len()).rev() {
            if !self.candidates[0][at].is_folder || self.pairing.forward[at].is_some() {
                continue;
            }
            let stayed = children(self.one, Some(at)).filter_map(|child| self.pairing.forward[child]);
            let parents: Vec<_> = stayed.filter_map(|child| self.other.items()[child].parent()).collect();
            let free = parents.iter().filter(|parent| self.pairing.backward[**parent].is_none());
            let shared = |parent: usize| parents.iter().filter(|other| **other == parent).count();
            let Some(other) = free.copied().max_by_key(|&parent| (shared(parent), std::cmp::Reverse(parent)))
            else {
                continue;
            };
            let is_same_name = self.candidates[0][at].item.name() == self.candidates[1][other].item.name();
            if is_same_name && self.is_most(shared(other), at, other) {
                self.join(at, other);
                self.descend(Some(at), Some(other));
            }
        }
    }

    /// Whether `shared` is more than half of the items in the smaller of two folders.
    fn is_most(&self, shared: usize, one: usize, other: usize) -> bool {
        let size = |side, at| children(side, Some(at)).count().max(1);
        shared * 2 > size(self.one, one).min(size(self.other, other))
    }

    /// Joins folders that share most of what the smaller one contains.
    fn renamed_folders(&mut self, one: &[usize], other: &[usize]) {
        let (ones, others) = self.free(one, other);
        let candidates = self.candidates;
        for at in ones.into_iter().filter(|&at| candidates[0][at].is_folder) {
            let free = others
                .iter()
                .copied()
                .filter(|&other| candidates[1][other].is_folder && self.pairing.backward[other].is_none());
            let best = free
                .map(|other| (self.shared(at, other), other))
                .max_by_key(|&(shared, other)| (shared, std::cmp::Reverse(other)));
            if let Some((shared, other)) = best
                && self.is_most(shared, at, other)
            {
                self.join(at, other);
            }
        }
    }

    /// The number of items that two folders share, by id or by method and address.
    fn shared(&self, one: usize, other: usize) -> usize {
        let mut others: Vec<_> = children(self.other, Some(other)).collect();
        let mut shared = 0;
        let [ours, theirs] = self.candidates;
        for at in children(self.one, Some(one)) {
            let same = |candidate: &usize| {
                let by_target = || {
                    let target = ours[at].target();
                    target.is_some() && target == theirs[*candidate].target()
                };
                self.pairing.forward[at] == Some(*candidate) || by_target()
            };
            if let Some(found) = others.iter().position(same) {
                others.swap_remove(found);
                shared += 1;
            }
        }
        shared
    }
}
