use std::collections::HashMap;

use crate::compare::content::Part;
use crate::syntax::Node;

/// For every part of theirs, the child to insert it after if ours lacks it, among those that `stay` in ours: the
/// counterpart of the part before it in theirs. Rows of the same key always keep their order, since the last one
/// counts. `own` returns the counterpart of a part in ours, if it stays.
pub(super) fn places<'p, 'd>(
    stay: &[Node<'d>],
    theirs: &'p [Part<'d>],
    own: impl Fn(&'p Part<'d>) -> Option<Node<'d>>,
) -> Vec<Option<Node<'d>>> {
    let mut next: HashMap<&str, Node<'d>> = HashMap::new();
    let mut limits: Vec<_> = theirs
        .iter()
        .rev()
        .map(|part| match own(part) {
            Some(own) => next.insert(&part.name.text, own),
            None => next.get(&*part.name.text).copied(),
        })
        .collect();
    limits.reverse();
    let (mut after, mut last) = (None, HashMap::new());
    let mut places = Vec::with_capacity(theirs.len());
    for (part, limit) in theirs.iter().zip(limits) {
        let own = own(part);
        after = own.or(after);
        let behind = after.into_iter().chain(last.get(&*part.name.text).copied()).max_by_key(Node::id);
        let is_behind = |limit: &Node<'d>| behind.is_some_and(|behind| behind.id() >= limit.id());
        let place = match limit.filter(is_behind) {
            Some(limit) => {
                let before = stay.partition_point(|child| child.id() < limit.id());
                before.checked_sub(1).map(|before| stay[before])
            }
            None => behind,
        };
        last.extend(own.or(place).map(|place| (&*part.name.text, place)));
        places.push(place);
    }
    places
}
