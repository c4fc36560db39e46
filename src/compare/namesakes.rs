//! Matches rows of the same name between files.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;

use super::content::{Content, Part, content};
use super::shape::Include;
use crate::syntax::Value;

/// Numbers namesakes in all `lists` so that corresponding ones have the same number, and numbers rise in every list.
/// Namesakes that mean the same as in the first list correspond if they are in the same order, since the last one
/// counts; the others in between correspond by place. Namesakes that the first list lacks correspond among the other
/// lists.
pub(super) fn number(lists: &mut [&mut Vec<Part<'_>>], include: Include) {
    let is_double = |part: &Part<'_>| part.name.nth > 0;
    if !lists.iter().any(|list| list.iter().any(is_double)) {
        return;
    }
    let doubles = lists.iter().flat_map(|list| list.iter().filter(|part| is_double(part)));
    let names = doubles.map(|part| part.name.text.clone().into_owned());
    let mut groups: HashMap<String, Vec<Vec<usize>>> =
        names.map(|name| (name, vec![Vec::new(); lists.len()])).collect();
    for (at, list) in lists.iter().enumerate() {
        for (place, part) in list.iter().enumerate() {
            if let Some(group) = groups.get_mut(&*part.name.text) {
                group[at].push(place);
            }
        }
    }
    for group in groups.into_values() {
        let parts = |list: usize| group[list].iter().map(move |&place| (list, place));
        let same_spelling = |list: usize| {
            let same = |(&one, &other): (&usize, &usize)| {
                lists[0][one].origin.is_spelled_as(&lists[list][other].origin)
            };
            group[list].len() == group[0].len() && group[0].iter().zip(&group[list]).all(same)
        };
        if (1..lists.len()).all(same_spelling) {
            continue;
        }
        let meanings: Vec<Vec<String>> = (0..lists.len())
            .map(|list| parts(list).map(|(list, place)| meaning(&lists[list][place], include)).collect())
            .collect();
        for (list, numbers) in numbers(&meanings).into_iter().enumerate() {
            for (&place, number) in group[list].iter().zip(numbers) {
                lists[list][place].name.nth = number;
            }
        }
    }
}

/// The numbers of the things in each list, equal for things that correspond, and rising.
fn numbers<T: Hash + Eq>(lists: &[Vec<T>]) -> Vec<Vec<usize>> {
    let Some((first, others)) = lists.split_first() else { return Vec::new() };
    let mut all = vec![(0..first.len()).collect::<Vec<_>>()];
    let mut next = first.len();
    // What only others have, in order, by how many of the first come before it.
    let mut extra: BTreeMap<usize, Vec<(usize, &T)>> = BTreeMap::new();
    for list in others {
        let mut known = pairs(&first.iter().collect::<Vec<_>>(), &list.iter().collect::<Vec<_>>());
        let mut gaps: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut before = 0;
        for (at, twin) in known.iter().enumerate() {
            match twin {
                Some(twin) => before = twin + 1,
                None => gaps.entry(before).or_default().push(at),
            }
        }
        for (gap, places) in gaps {
            let here = extra.entry(gap).or_default();
            let one: Vec<_> = here.iter().map(|(_, thing)| *thing).collect();
            let other: Vec<_> = places.iter().map(|&at| &list[at]).collect();
            let (mut behind, mut added) = (0, 0);
            for (at, twin) in places.into_iter().zip(pairs(&one, &other)) {
                if let Some(twin) = twin {
                    behind = twin + added + 1;
                } else {
                    here.insert(behind, (next, &list[at]));
                    (behind, added, next) = (behind + 1, added + 1, next + 1);
                }
                known[at] = Some(here[behind - 1].0);
            }
        }
        all.push(known.into_iter().flatten().collect());
    }
    let mut ranks = vec![0; next];
    let in_gap = |gap: usize| extra.get(&gap).into_iter().flatten().map(|(number, _)| *number);
    let order = (0..=first.len()).flat_map(|at| in_gap(at).chain((at < first.len()).then_some(at)));
    order.enumerate().for_each(|(rank, number)| ranks[number] = rank);
    all.iter().map(|list| list.iter().map(|&number| ranks[number]).collect()).collect()
}

/// The counterpart in `one` of each of `other`: equal things correspond in order, unless that would cross; the things
/// in between correspond in order too.
fn pairs<T: Hash + Eq>(one: &[&T], other: &[&T]) -> Vec<Option<usize>> {
    let shorter = one.len().min(other.len());
    let start = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let backward = one.iter().rev().zip(other.iter().rev()).take(shorter - start);
    let end = backward.take_while(|(one, other)| one == other).count();
    let (one_end, other_end) = (one.len() - end, other.len() - end);
    let mut places: HashMap<&T, VecDeque<usize>> = HashMap::new();
    for (at, thing) in one.iter().enumerate().take(one_end).skip(start) {
        places.entry(thing).or_default().push_back(at);
    }
    let mut equal = Vec::new();
    for (at, thing) in other.iter().enumerate().take(other_end).skip(start) {
        equal.extend(places.get_mut(thing).and_then(VecDeque::pop_front).map(|twin| (twin, at)));
    }
    if !equal.is_sorted() {
        equal.clear();
    }
    let mut found = vec![None; other.len()];
    (0..start).for_each(|at| found[at] = Some(at));
    (0..end).for_each(|at| found[other_end + at] = Some(one_end + at));
    let (mut next, mut other_next) = (start, start);
    for (at, other_at) in equal.into_iter().chain([(one_end, other_end)]) {
        for (twin, place) in (next..at).zip(other_next..other_at) {
            found[place] = Some(twin);
        }
        if other_at < other_end {
            found[other_at] = Some(at);
        }
        (next, other_next) = (at + 1, other_at + 1);
    }
    found
}

/// The meaning of a part as a text, which is equal for parts that mean the same, apart from a few spellings of numbers.
fn meaning(part: &Part<'_>, include: Include) -> String {
    match content(&part.view, part.shape, include) {
        Content::Text(text) => Value::string(&*text).to_json(),
        Content::Json(view) => view.to_value().to_json(),
        Content::Parts(parts) => {
            let mut members: Vec<_> = parts
                .iter()
                .map(|part| format!("{}{}={}", part.name.text, part.name.nth, meaning(part, include)))
                .collect();
            members.sort();
            format!("{{{}}}", members.join(";"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(lists: &[&str]) -> String {
        let lists: Vec<Vec<char>> = lists.iter().map(|list| list.chars().collect()).collect();
        let shown = |numbers: Vec<usize>| numbers.iter().map(usize::to_string).collect::<String>();
        numbers(&lists).into_iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn equal_things_correspond_in_order_and_others_by_place() {
        for (lists, expected) in [
            (&["ab", "b"][..], "01 1"),
            (&["ab", "a"], "01 0"),
            (&["ab", "ba"], "01 01"),
            (&["aab", "ab"], "012 02"),
            (&["abc", "axc"], "012 012"),
            (&["abc", "abxyc"], "014 01234"),
            (&["a", "xa"], "1 01"),
            (&["a", "ab", "ac"], "0 01 01"),
            (&["a", "ba", "ac"], "1 01 12"),
            (&["a", "abc", "ac"], "0 012 02"),
            (&["a", "ac", "abc"], "0 02 012"),
            (&["ab", "x", "b"], "01 0 1"),
            (&["", "aa", "a"], " 01 0"),
        ] {
            assert_eq!(numbered(lists), expected, "{lists:?}");
        }
    }
}
