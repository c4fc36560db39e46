use std::cmp::Reverse;
use std::ops::Range;

/// Puts `items`, of which `range` tells where each stands, in order of their text and leaves out those that start inside
/// another. Of two that start together the longer one stays, of two that are the same the first.
pub fn keep_outermost<T>(items: &mut Vec<T>, range: impl Fn(&T) -> Range<usize>) {
    let order = |item: &T| {
        let Range { start, end } = range(item);
        (start, Reverse(end))
    };
    items.sort_by_key(order);
    let mut reached = 0;
    items.retain(|item| {
        let Range { start, end } = range(item);
        let outside = start >= reached;
        reached = reached.max(end);
        outside
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_another_goes() {
        let mut items =
            vec![("d", 7..9), ("b", 0..2), ("a", 0..5), ("c", 4..6), ("e", 7..9), ("f", 9..9), ("g", 5..6)];
        keep_outermost(&mut items, |(_, range)| range.clone());
        let names: Vec<_> = items.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["a", "d", "f"]);
    }
}
