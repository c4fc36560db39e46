mod places;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use places::{Comments, Place};

use super::{Decision, News};
use crate::compare::view::View;
use crate::syntax::Document;
use crate::text::{Edit, EditSet, Span};

/// `after`, what was merged, with the comments of `theirs` on what it has, too: where theirs has new ones since `base` and
/// ours has those of the base. Those that theirs alone has not stay, also on what was spelled anew. Says in `taken` what
/// has got comments.
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
    // What is no comment there, such as a line in a text, would not be one here.
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

/// What is not yet in what was merged.
struct Search<'d> {
    base: Option<Comments<'d>>,
    ours: Comments<'d>,
    theirs: Comments<'d>,
    /// Those of what was merged.
    now: Comments<'d>,
    /// How often each comment of ours is missing there, and each of theirs.
    gone: HashMap<&'d str, isize>,
    new: HashMap<&'d str, isize>,
}

impl<'d> Search<'d> {
    /// The edits that put each comment to its place, and whether they are news, in the order in which they are made.
    fn edits(&mut self) -> Vec<(Place, bool, Edit)> {
        let mut open: BTreeSet<_> = self.ours.places().chain(self.theirs.places()).cloned().collect();
        let mut edits = Vec::new();
        // What is replaced at one place may be what was thought to have only moved from another.
        loop {
            let before = edits.len();
            open.retain(|place| {
                let Some((wanted, is_news)) = self.wanted(place) else { return true };
                if let Some(edit) = self.put(place, &wanted) {
                    edits.push((place.clone(), is_news, edit));
                }
                false
            });
            if edits.len() == before {
                break;
            }
        }
        // At the end of one line, first what is beside the last thing, then what is below it, and what is around that.
        edits.sort_by_key(|(place, ..)| (place.position, Reverse(place.names.len())));
        edits
    }

    /// The comments that belong at `place` and are not there, and whether they are news of theirs.
    fn wanted(&self, place: &Place) -> Option<(Vec<&'d str>, bool)> {
        let was = self.base.as_ref().map(|base| base.at(place)).unwrap_or_default();
        let [own, other, now] = [&self.ours, &self.theirs, &self.now].map(|side| side.at(place));
        let lacks = |counts: &HashMap<&str, isize>, text: &str| counts.get(text).is_some_and(|it| *it > 0);
        let is_news = own == was && other.iter().any(|it| !was.contains(it) && lacks(&self.new, it));
        let is_gone =
            now.is_empty() && !own.is_empty() && (own == other || own.iter().any(|it| lacks(&self.gone, it)));
        let is_open = now.is_empty() || now == own;
        ((is_news || is_gone) && is_open).then(|| (if is_news { other } else { own }, is_news))
    }

    /// The edit that puts `wanted` to its place, if there is room, counted as made.
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

/// How often each comment of `side` stands there more often than `here`.
fn missing<'d>(side: &'d Document, here: &HashMap<&str, usize>) -> HashMap<&'d str, isize> {
    let counts = counts(side).into_iter();
    let here = |text: &str| here.get(text).copied().unwrap_or_default() as isize;
    counts.map(|(text, count)| (text, count as isize - here(text))).collect()
}

/// The names of `place` as they are listed: the variables of an environment are by themselves.
fn path(place: &Place) -> Vec<String> {
    let names: Vec<_> = place.names.iter().map(|(name, _)| name.clone()).collect();
    let names = names.strip_prefix(&["values".to_owned()]).unwrap_or(&names);
    if names.is_empty() { vec!["(top)".to_owned()] } else { names.to_vec() }
}

/// The comments of ours and those of theirs that are not in `after`, what was merged: of ours but for those of `base` that
/// theirs has deleted, of theirs those that are new.
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

/// The comments of `document` but for the first so many of those that are spelled alike.
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

/// How often each comment stands in `document`.
fn counts(document: &Document) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for span in document.comments() {
        *counts.entry(document.source().slice(span).trim_end()).or_default() += 1;
    }
    counts
}
