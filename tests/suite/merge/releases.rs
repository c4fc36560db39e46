//! Real releases of Box's collection, from the corpus if it is there.

use envtool::compare::{self, Include, News};
use envtool::model::Scope;

use super::merge;
use crate::support::from_corpus;

/// The corpus holds two releases of Box's collection and somebody's ten edits of the first.
#[test]
fn merging_a_release_of_boxs_collection_keeps_every_own_edit() {
    let [base, theirs] =
        ["2026-04-22", "2026-06-29"].map(|day| from_corpus("collections", &format!("classic-en-{day}")));
    let (Some(base), Some(theirs), Some(ours)) = (base, theirs, from_corpus("derived", "mine.")) else {
        return;
    };
    let [b, o, t] = [&base, &ours, &theirs].map(|document| Scope::of(document).unwrap());
    let merge = merge(Some(&b), &o, &t, None);
    let after = ours.edited(&merge.edits).unwrap();
    let after = Scope::of(&after).unwrap();
    assert_eq!(brief(&t, &after), brief(&b, &o), "every own edit is there");
    assert_eq!(brief(&o, &after), brief(&b, &t), "every change of the release is there");
    // Both changed the body of one request in different lines, which is merged and reported.
    let merged: Vec<_> = merge.taken.iter().filter(|taken| taken.what == News::Merged).collect();
    assert_eq!(merged.len(), 1);
    assert_eq!(merged[0].path, ["AI", "Extract metadata (structured)", "request", "body", "raw"]);
    assert!(merge.conflicts.is_empty());
}

#[test]
fn merging_a_release_without_own_edits_takes_all_of_it() {
    for [(base_in, base), (news_in, news)] in [
        [("collections", "classic-en-2019-07-23"), ("collections", "classic-en-2026-06-29")],
        [("collections", "classic-jp-2026-06-30"), ("collections", "classic-en-2022-11-10.gen")],
        [("derived", "sdk-5.3.1"), ("collections", "classic-jp-2026-06-30")],
    ] {
        let Some((base, news)) = from_corpus(base_in, base).zip(from_corpus(news_in, news)) else { return };
        let [b, n] = [&base, &news].map(|document| Scope::of(document).unwrap());
        let merge = merge(Some(&b), &b, &n, None);
        assert!(merge.conflicts.is_empty());
        let after = base.edited(&merge.edits).unwrap();
        assert_eq!(brief(&n, &Scope::of(&after).unwrap()), [""; 0]);
    }
}

fn brief<'d>(one: &Scope<'d>, other: &Scope<'d>) -> Vec<String> {
    let entries = compare::diff(one, other, Include::default()).unwrap().entries;
    let mut brief: Vec<_> = entries
        .iter()
        .map(|entry| {
            let places: Vec<_> = entry.changes.iter().map(|change| change.place.join(".")).collect();
            format!("{:?} {:?} {:?} {places:?}", entry.presence, entry.path, entry.renamed_from)
        })
        .collect();
    brief.sort();
    brief
}
