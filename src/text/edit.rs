use super::Span;

/// One replacement: the bytes of `span` become `replacement`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to remove; empty for an insertion.
    pub span: Span,
    /// The text to put there; empty for a removal.
    pub replacement: String,
}

impl Edit {
    /// Inserts `text` before the byte at `at`.
    #[must_use]
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { span: Span::at(at), replacement: text.into() }
    }

    /// Replaces `span` by `text`.
    #[must_use]
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, replacement: text.into() }
    }

    /// Removes `span`.
    #[must_use]
    pub fn remove(span: Span) -> Self {
        Self { span, replacement: String::new() }
    }
}

/// A change to one text: edits in text order that do not overlap.
///
/// Insertions at the same place keep the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditSet {
    edits: Vec<Edit>,
}

/// Two edits of one set change the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two changes overlap at byte {}", second.start)]
pub struct Overlap {
    /// The edit that comes first in the text.
    pub first: Span,
    /// The edit that starts inside it.
    pub second: Span,
}

impl EditSet {
    /// Puts `edits` in order.
    ///
    /// # Errors
    /// [`Overlap`] if two of them share a byte.
    pub fn new(mut edits: Vec<Edit>) -> Result<Self, Overlap> {
        edits.sort_by_key(|edit| edit.span);
        for pair in edits.windows(2) {
            if pair[1].span.start < pair[0].span.end {
                return Err(Overlap { first: pair[0].span, second: pair[1].span });
            }
        }
        Ok(Self { edits })
    }

    /// Adds all of `edits` or none.
    ///
    /// # Errors
    /// [`Overlap`] if one of them shares a byte with another or with an edit in the set.
    pub fn add(&mut self, edits: &[Edit]) -> Result<(), Overlap> {
        let added = Self::new(edits.to_vec())?;
        for Edit { span, .. } in &added.edits {
            let at = self.place_of(*span);
            let before = at.checked_sub(1).map(|before| self.edits[before].span);
            let around = [before, Some(*span), self.edits.get(at).map(|after| after.span)];
            for pair in around.windows(2) {
                if let [Some(first), Some(second)] = *pair
                    && second.start < first.end
                {
                    return Err(Overlap { first, second });
                }
            }
        }
        for edit in added.edits {
            self.edits.insert(self.place_of(edit.span), edit);
        }
        Ok(())
    }

    /// The index of an edit of `span` among the edits: after those at the same place.
    fn place_of(&self, span: Span) -> usize {
        self.edits.partition_point(|edit| edit.span <= span)
    }

    /// The edits, in text order.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether the set has no edits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Returns `text` with every edit made; the bytes outside the edits are copied unchanged.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let grown: usize = self.edits.iter().map(|edit| edit.replacement.len()).sum();
        let mut out = String::with_capacity(text.len() + grown);
        let mut done = 0;
        for edit in &self.edits {
            let range = edit.span.range();
            out.push_str(&text[done..range.start]);
            out.push_str(&edit.replacement);
            done = range.end;
        }
        out.push_str(&text[done..]);
        out
    }
}

impl From<Edit> for EditSet {
    fn from(edit: Edit) -> Self {
        Self { edits: vec![edit] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_text_order_and_keep_the_order_of_insertions() {
        let set = EditSet::new(vec![
            Edit::insert(4, "X"),
            Edit::replace(Span::new(0, 2), "ab!"),
            Edit::insert(4, "Y"),
            Edit::remove(Span::new(4, 5)),
        ])
        .expect("no overlap");
        assert_eq!(set.apply("ABCDEF"), "ab!CDXYF");
    }

    #[test]
    fn an_overlap_is_refused() {
        let (first, second) = (Span::new(0, 3), Span::new(2, 4));
        let refused = EditSet::new(vec![Edit::remove(second), Edit::remove(first)]);
        assert_eq!(refused, Err(Overlap { first, second }));
    }

    #[test]
    fn edits_are_added_together_or_not_at_all() {
        let given = [
            vec![Edit::insert(4, "X"), Edit::replace(Span::new(0, 2), "ab!")],
            vec![Edit::insert(4, "Y"), Edit::remove(Span::new(4, 5))],
            // Each of the next three overlaps an earlier edit or one of its own.
            vec![Edit::insert(6, "no"), Edit::insert(1, "no")],
            vec![Edit::insert(6, "no"), Edit::remove(Span::new(3, 5))],
            vec![Edit::insert(6, "no"), Edit::remove(Span::new(5, 8)), Edit::remove(Span::new(7, 9))],
            vec![Edit::insert(4, "Z"), Edit::remove(Span::new(2, 4))],
        ];
        let mut set = EditSet::default();
        let added = given.iter().map(|edits| set.add(edits).is_ok()).collect::<Vec<_>>();
        assert_eq!(added, [true, true, false, false, false, true]);
        let taken = given.iter().zip(added).filter(|(_, added)| *added).flat_map(|(edits, _)| edits.clone());
        assert_eq!(EditSet::new(taken.collect()), Ok(set));
    }
}
