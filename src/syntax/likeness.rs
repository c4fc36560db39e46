//! What a text has in common with a document that is indexed already, so that nothing is indexed twice.

use std::ops::Range;

use super::tree::{Kind, Slot, Tree};

/// How many containers may have come or gone at one place of an array until the rest of it is not recognized any more.
const REACH: usize = 3;

/// After how many containers that were looked for in vain the documents are held to be unlike, one more for each node in those
/// that were found.
const PATIENCE: usize = 500;

/// A JSON document, followed along while a text like it is scanned.
///
/// Each container of the text has a counterpart where the one around it has: the one at the same place, as far as can be
/// told. What is spelled like its counterpart is just as valid and has the same index, elsewhere; a wrong guess costs only
/// time.
pub(super) struct Likeness<'t> {
    bytes: &'t [u8],
    slots: &'t [Slot],
    /// What is left of the counterparts of the containers around the current place, innermost last. Empty when the
    /// documents are unlike.
    open: Vec<Rest>,
    patience: usize,
}

/// The children of a counterpart that may be those of the text from here on.
#[derive(Clone, Copy, Default)]
struct Rest {
    /// The slots of the children.
    at: usize,
    end: usize,
    /// How many slots are in front of each value: a member has a name.
    names: usize,
    /// How many containers of the text, the last ones, were not found here.
    missed: usize,
}

impl<'t> Likeness<'t> {
    pub(super) fn of(text: &'t str, tree: &'t Tree) -> Self {
        let whole = Rest { end: tree.slots.len(), ..Rest::default() };
        Self { bytes: text.as_bytes(), slots: &tree.slots, open: vec![whole], patience: PATIENCE }
    }

    /// The slots of the array or object that `text` starts with, when it is spelled like its counterpart. When it is not, it
    /// is to be gone through until [`close`](Self::close).
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
    /// All that is in the container at `at`.
    fn of(slots: &[Slot], at: usize) -> Self {
        let names = usize::from(slots[at].kind == Kind::Object);
        Self { at: at + 1, end: slots[at].after as usize, names, missed: 0 }
    }

    /// How many containers are looked at besides the one that is expected: members do not come and go much.
    fn reach(self) -> usize {
        if self.names == 0 { REACH } else { 0 }
    }

    /// Notes that a container of the text was not found. It may have come, so what it was compared with stays for now.
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
