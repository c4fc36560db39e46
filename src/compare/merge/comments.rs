mod places;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use places::{Comments, Place};

use super::{Decision, News};
use crate::compare::view::View;
use crate::syntax::Document;
use crate::text::{Edit, EditSet, Span};

/// Adds comments to `after`, the result of the merge: new ones of `theirs` since `base` where ours has those of the
/// base, and those of ours on parts that were spelled anew. Comments that only theirs lacks stay. Adds the parts with
/// new comments to `taken`.
#[must_use]
pub fn take_comments(
    base: Option<&Document>,
    [ours, theirs]: [&Document; 2],
    after: Document,
    taken: &mut Vec<Decision>,
) -> Document {
    let here = counts(&after);
    let [gone, new] = [ours, theirs].map(|side| missing(side, &here));
    if gone.values().chain(new.values()).all(|count| *count <= 0) {
        return after;
    }
    let [ours, theirs, now] = [ours, theirs, &after].map(Comments::of);
    let mut search = Search { base: base.map(Comments::of), ours, theirs, now, gone, new };
    let edits = search.edits();
    let news = edits.iter().filter(|(_, is_news, _)| *is_news).map(|(place, ..)| path(place));
    let commented: BTreeSet<_> = news.collect();
    let edits = EditSet::new(edits.into_iter().map(|(.., edit)| edit).collect()).ok();
    // If the result differs in meaning, something was not a comment, such as a line in a text.
    let edited = edits.filter(|edits| !edits.is_empty()).and_then(|edits| after.edited(&edits).ok());
    let edited = edited.filter(|edited| View::Node(edited.root()).same_json(&View::Node(after.root())));
    let Some(edited) = edited else { return after };
    let came_along = |path: &Vec<String>| {
        taken.iter().any(|taken| taken.what == News::Added && path.starts_with(&taken.path))
    };
    let commented: Vec<_> = commented.into_iter().filter(|path| !came_along(path)).collect();
    taken.extend(commented.into_iter().map(|path| Decision { path, what: News::Commented }));
    edited
}

/// The search for comments that the result of the merge still lacks.
struct Search<'d> {
    base: Option<Comments<'d>>,
    ours: Comments<'d>,
    theirs: Comments<'d>,
    /// The comments of the result so far.
    now: Comments<'d>,
    /// How often the result lacks each comment of ours, and each of theirs.
    gone: HashMap<&'d str, isize>,
    new: HashMap<&'d str, isize>,
}

impl<'d> Search<'d> {
    /// The edits that put comments in their places, and whether these are news, in the order to apply them.
    fn edits(&mut self) -> Vec<(Place, bool, Edit)> {
        let mut open: BTreeSet<_> = self.ours.places().chain(self.theirs.places()).cloned().collect();
        let mut edits = Vec::new();
        // News first: the comments they replace may make room elsewhere. A comment replaced at one place may have been
        // counted as moved there from another, so repeat.
        for news_only in [true, false] {
            loop {
                let before = edits.len();
                open.retain(|place| {
                    let wanted = self.wanted(place).filter(|(_, is_news)| *is_news || !news_only);
                    let Some((wanted, is_news)) = wanted else { return true };
                    if let Some(edit) = self.put(place, &wanted) {
                        edits.push((place.clone(), is_news, edit));
                    }
                    false
                });
                if edits.len() == before {
                    break;
                }
            }
        }
        // At the end of the same line: first the comment beside the last thing, then those below it, innermost first.
        edits.sort_by_key(|(place, ..)| (place.position, Reverse(place.names.len())));
        edits
    }

    /// The comments that are missing at `place`, and whether they are news of theirs.
    fn wanted(&self, place: &Place) -> Option<(Vec<&'d str>, bool)> {
        let was = self.base.as_ref().map(|base| base.at(place)).unwrap_or_default();
        let [own, other, now] = [&self.ours, &self.theirs, &self.now].map(|side| side.at(place));
        let lacks = |counts: &HashMap<&str, isize>, text: &str| counts.get(text).is_some_and(|it| *it > 0);
        let is_news = own == was && other.iter().any(|it| !was.contains(it) && lacks(&self.new, it));
        let is_gone =
            now.is_empty() && !own.is_empty() && (own == other || own.iter().any(|it| lacks(&self.gone, it)));
        let is_open = now.is_empty() || now == own;
        ((is_news || is_gone) && is_open).then_some((if is_news { other } else { own }, is_news))
    }

    /// The edit that puts `wanted` in its place, if there is room, and counts it as done.
    fn put(&mut self, place: &Place, wanted: &[&str]) -> Option<Edit> {
        let edit = self.now.put(place, wanted)?;
        let replaced = self.now.at(place);
        let changes = wanted.iter().map(|it| (*it, -1)).chain(replaced.iter().map(|it| (*it, 1)));
        for (text, change) in changes {
            for count in [self.gone.get_mut(text), self.new.get_mut(text)].into_iter().flatten() {
                *count += change;
            }
        }
        Some(edit)
    }
}

/// How much more often `side` contains each of its comments than `here`.
fn missing<'d>(side: &'d Document, here: &HashMap<&str, usize>) -> HashMap<&'d str, isize> {
    let counts = counts(side).into_iter();
    let here = |text: &str| here.get(text).copied().unwrap_or_default() as isize;
    counts.map(|(text, count)| (text, count as isize - here(text))).collect()
}

/// The names of `place` as they are listed: variables of an environment without `values`.
fn path(place: &Place) -> Vec<String> {
    let names: Vec<_> = place.names.iter().map(|(name, _)| name.clone()).collect();
    let names = names.strip_prefix(&["values".to_owned()]).unwrap_or(&names);
    if names.is_empty() { vec!["(top)".to_owned()] } else { names.to_vec() }
}

/// Returns the comments of ours and of theirs that `after`, the result of the merge, lacks: those of ours unless theirs
/// deleted them since `base`, and those of theirs that are new.
#[must_use]
pub fn lost_comments(
    base: Option<&Document>,
    [ours, theirs]: [&Document; 2],
    after: &Document,
) -> [Vec<Span>; 2] {
    let (base, of_theirs, here) = (base.map(counts).unwrap_or_default(), counts(theirs), counts(after));
    let count = |counts: &HashMap<&str, usize>, text: &str| counts.get(text).copied().unwrap_or_default();
    let deleted = |text: &str| count(&base, text).saturating_sub(count(&of_theirs, text));
    [
        without(ours, |text| count(&here, text) + deleted(text)),
        without(theirs, |text| count(&here, text).max(count(&base, text))),
    ]
}

/// The comments of `document` without the first `many` of each spelling.
fn without(document: &Document, many: impl Fn(&str) -> usize) -> Vec<Span> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut comments = document.comments();
    comments.retain(|span| {
        let text = document.source().slice(*span).trim_end();
        let count = seen.entry(text).or_default();
        *count += 1;
        *count > many(text)
    });
    comments
}

/// How often `document` contains each comment.
fn counts(document: &Document) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for span in document.comments() {
        *counts.entry(document.source().slice(span).trim_end()).or_default() += 1;
    }
    counts
}
