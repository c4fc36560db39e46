//! Finds things by name in lists, quickly if they are looked up in the order of the list.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use super::content::Part;
use super::view::Field;

/// The number of things up to which a linear search is faster than hashing names.
const FEW: usize = 12;

/// A name in a list, and a number for namesakes.
pub(super) type Key<'n> = (&'n str, usize);

/// A thing with a unique name in its list.
pub(super) trait Named {
    fn key(&self) -> Key<'_>;
}

impl Named for Field<'_> {
    fn key(&self) -> Key<'_> {
        (&self.0, 0)
    }
}

impl Named for Part<'_> {
    fn key(&self) -> Key<'_> {
        self.name.key()
    }
}

/// A list to find things in.
pub(super) struct ByName<'l, T> {
    list: &'l [T],
    /// The place after the last one found.
    next: Cell<usize>,
    /// Computed when first needed.
    places: OnceCell<HashMap<Key<'l>, usize>>,
}

impl<'l, T: Named> ByName<'l, T> {
    pub(super) fn of(list: &'l [T]) -> Self {
        Self { list, next: Cell::new(0), places: OnceCell::new() }
    }

    /// The place of the namesake of `other`.
    pub(super) fn place(&self, other: &impl Named) -> Option<usize> {
        let (key, next) = (other.key(), self.next.get());
        let place = if self.list.get(next).is_some_and(|own| own.key() == key) {
            Some(next)
        } else if self.list.len() <= FEW {
            self.list.iter().position(|own| own.key() == key)
        } else {
            let places = || self.list.iter().enumerate().map(|(place, own)| (own.key(), place)).collect();
            self.places.get_or_init(places).get(&key).copied()
        };
        self.next.set(place.map_or(next, |place| place + 1));
        place
    }

    /// The namesake of `other`.
    pub(super) fn get(&self, other: &impl Named) -> Option<&'l T> {
        self.place(other).map(|place| &self.list[place])
    }
}

/// Pairs parts with their namesakes: those in `one`, in order, then those only in `other`.
pub(super) fn pairs<'p, 'd, 'e>(
    one: &'p [Part<'d>],
    other: &'p [Part<'e>],
) -> Vec<(Option<&'p Part<'d>>, Option<&'p Part<'e>>)> {
    let (ones, others) = (ByName::of(one), ByName::of(other));
    let both = one.iter().map(|part| (Some(part), others.get(part)));
    let added = other.iter().filter(|part| ones.get(*part).is_none());
    both.chain(added.map(|part| (None, Some(part)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Named for String {
        fn key(&self) -> Key<'_> {
            (self, 0)
        }
    }

    #[test]
    fn names_are_found_in_any_order_and_number() {
        for count in [0, 1, FEW, 5 * FEW] {
            let names: Vec<_> = (0..count).map(|at| format!("name {at}")).collect();
            let list = ByName::of(&names);
            for at in (0..count).chain((0..count).rev()).chain((0..count).map(|at| at * 7 % count)) {
                assert_eq!(list.place(&names[at]), Some(at));
            }
            assert_eq!(list.place(&"another".to_owned()), None);
        }
    }
}
