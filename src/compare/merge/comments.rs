use std::collections::HashMap;

use crate::syntax::Document;
use crate::text::Span;

/// The comments of `theirs` that are new since `base` and are not in `after`, what was merged: a merge by meaning takes none.
#[must_use]
pub fn lost_comments(base: Option<&Document>, theirs: &Document, after: &Document) -> Vec<Span> {
    let new = theirs.comments();
    if new.is_empty() {
        return new;
    }
    let (mut old, mut here) = (base.map(counts).unwrap_or_default(), counts(after));
    let mut is_lost = |span: &Span| {
        let text = theirs.source().slice(*span).trim_end();
        // Each comment of the one side stands for one of the other.
        let mut known = false;
        for count in [old.get_mut(text), here.get_mut(text)].into_iter().flatten().filter(|count| **count > 0)
        {
            *count -= 1;
            known = true;
        }
        !known
    };
    new.into_iter().filter(|span| is_lost(span)).collect()
}

/// How often each comment stands in `document`.
fn counts(document: &Document) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for span in document.comments() {
        *counts.entry(document.source().slice(span).trim_end()).or_default() += 1;
    }
    counts
}
