//! Recognizes the parts of a text that it shares with an indexed document, so that they need not be indexed again.

use std::ops::Range;

use super::tree::{Kind, Slot, Tree};

/// How many containers may have been added or removed at one place of an array before the rest of it is no longer
/// recognized.
const REACH: usize = 3;

/// The documents are considered unlike after this many containers were not found, plus one for each node in those that
/// were.
const PATIENCE: usize = 500;

/// A JSON document that is followed along while a similar text is scanned.
///
/// If a container of the text has a counterpart, so has each container in it: the one presumed to be at the same place.
/// A container that is spelled like its counterpart is just as valid and has the same slots, moved; a wrong guess costs
/// only time.
pub(super) struct Likeness<'t> {
    bytes: &'t [u8],
    slots: &'t [Slot],
    /// The rests of the counterparts of the containers around the current place, innermost last. Empty once the
    /// documents are considered unlike.
    open: Vec<Rest>,
    patience: usize,
}

/// The children of a counterpart that may still come in the text.
#[derive(Clone, Copy, Default)]
struct Rest {
    /// The slots of the children, from `at` to `end`.
    at: usize,
    end: usize,
    /// How many slots precede each value: one in an object, for the name.
    names: usize,
    /// How many of the last containers of the text were not found here.
    missed: usize,
}

impl<'t> Likeness<'t> {
    pub(super) fn of(text: &'t str, tree: &'t Tree) -> Self {
        let whole = Rest { end: tree.slots.len(), ..Rest::default() };
        Self { bytes: text.as_bytes(), slots: &tree.slots, open: vec![whole], patience: PATIENCE }
    }

    /// The slots of the array or object that `text` starts with, if it is spelled like its counterpart. If not, it must
    /// be scanned, and then [closed](Self::close).
    pub(super) fn open(&mut self, text: &[u8]) -> Option<Range<usize>> {
        let (bytes, slots) = (self.bytes, self.slots);
        let rest = self.open.last_mut()?;
        let mut counterpart = None;
        for (nth, at) in rest.containers(slots).take(rest.missed + 1 + rest.reach()).enumerate() {
            if text.starts_with(&bytes[slots[at].span.range()]) {
                rest.at = slots[at].after as usize;
                rest.missed = 0;
                self.patience += rest.at - at;
                return Some(at..rest.at);
            }
            if nth == rest.missed {
                counterpart = Some(at);
            }
        }
        rest.miss(slots);
        self.patience -= 1;
        if self.patience == 0 {
            self.open.clear();
            return None;
        }
        self.open.push(counterpart.map_or_else(Rest::default, |at| Rest::of(slots, at)));
        None
    }

    /// Leaves the container that was opened last.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// The slots of `range`.
    pub(super) fn slots(&self, range: Range<usize>) -> &'t [Slot] {
        &self.slots[range]
    }
}

impl Rest {
    /// All children of the container at slot `at`.
    fn of(slots: &[Slot], at: usize) -> Self {
        let names = usize::from(slots[at].kind == Kind::Object);
        Self { at: at + 1, end: slots[at].after as usize, names, missed: 0 }
    }

    /// How many containers to try besides the expected one. Members are seldom added or removed.
    fn reach(self) -> usize {
        if self.names == 0 { REACH } else { 0 }
    }

    /// Notes that a container of the text was not found. It may be new, so its counterpart stays for now.
    fn miss(&mut self, slots: &[Slot]) {
        self.missed += 1;
        if self.missed > self.reach() {
            self.missed -= 1;
            let first = self.containers(slots).next();
            self.at = first.map_or(self.end, |at| slots[at].after as usize);
        }
    }

    /// The slots of the containers among the children.
    fn containers(self, slots: &[Slot]) -> impl Iterator<Item = usize> {
        let mut at = self.at;
        let values = std::iter::from_fn(move || {
            let value = (at < self.end).then_some(at + self.names)?;
            at = slots[value].after as usize;
            Some(value)
        });
        values.filter(|&at| slots[at].kind.is_container())
    }
}
