//! Anchors, and the aliases that stand for their values.

use super::Builder;
use crate::syntax::tree::{Kind, MAX_DEPTH, TOO_DEEP, Text};
use crate::syntax::{Obstacle, SyntaxError};
use crate::text::Span;

/// How many values all aliases together may stand for.
const MAX_COPIES: usize = 1_000_000;

impl Builder<'_> {
    /// Notes that the next value has the anchor of this number; 0 is none.
    pub(super) fn anchor(&mut self, anchor: usize) {
        if anchor != 0 {
            self.obstacle(Obstacle::Anchor);
            self.anchors.insert(anchor, self.tree.slots.len());
        }
    }

    /// Copies the value of the anchor. An alias inside its own anchor is null.
    pub(super) fn alias(&mut self, anchor: usize, span: Span) -> Result<(), SyntaxError> {
        self.obstacle(Obstacle::Anchor);
        let is_name = self.is_name_next();
        self.value_follows();
        self.at = span.end as usize;
        let slot = self.anchors.get(&anchor).copied();
        let Some(slot) = slot.filter(|slot| self.open.iter().all(|open| open.slot != *slot)) else {
            if is_name {
                self.tree.push_string(span, Text::Whole, self.text[span.range()].as_bytes());
            } else {
                self.tree.push(Kind::Null, span, Text::Whole);
            }
            return Ok(());
        };
        let after = self.tree.slots[slot].after as usize;
        self.copies += after - slot;
        if self.copies > MAX_COPIES {
            let problem = "expected aliases that stand for at most a million values";
            return Err(self.error_at(span.start as usize, problem));
        }
        if self.open.len() + self.tree.height(slot..after) > MAX_DEPTH {
            return Err(self.error_at(span.start as usize, TOO_DEEP));
        }
        let copy = self.tree.slots.len();
        self.tree.copy(slot..after);
        match self.tree.slots[copy].kind {
            Kind::Array | Kind::Object if is_name => Err(self.no_name(span)),
            _ if is_name => {
                let raw = &self.text[self.tree.slots[copy].span.range()];
                self.tree.turn_into_string(copy, raw);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
