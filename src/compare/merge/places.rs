use std::collections::HashMap;

use crate::compare::content::Part;
use crate::syntax::Node;

/// For every part of theirs, the child to insert it after if ours lacks it, among those that `stay` in ours: the
/// counterpart of the part before it in theirs. Rows of the same key always keep their order, since the last one
/// counts. `own` returns the counterpart of a part in ours, if it stays.
pub(super) fn places<'p, 'd>(
    stay: &[(&'p Part<'d>, Node<'d>)],
    theirs: &'p [Part<'d>],
    own: impl Fn(&'p Part<'d>) -> Option<Node<'d>>,
) -> Vec<Option<Node<'d>>> {
    let mut namesakes: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (at, (part, _)) in stay.iter().enumerate() {
        namesakes.entry(&part.name.text).or_default().push((part.name.nth, at));
    }
    let (mut after, mut last) = (None, HashMap::new());
    let mut places = Vec::with_capacity(theirs.len());
    for part in theirs {
        let (name, own) = (&*part.name.text, own(part));
        after = own.or(after);
        let namesakes = namesakes.get(name).map(Vec::as_slice).unwrap_or_default();
        let (before, rest) = namesakes.split_at(namesakes.partition_point(|(nth, _)| *nth < part.name.nth));
        let before = before.last().map(|(_, at)| stay[*at].1);
        let behind = after.into_iter().chain(before).chain(last.get(name).copied()).max_by_key(Node::id);
        let is_behind = |limit: &usize| behind.is_some_and(|behind| behind.id() >= stay[*limit].1.id());
        let place = match rest.first().map(|(_, at)| *at).filter(is_behind) {
            Some(limit) => limit.checked_sub(1).map(|before| stay[before].1),
            None => behind,
        };
        last.extend(own.or(place).map(|place| (name, place)));
        places.push(place);
    }
    places
}
