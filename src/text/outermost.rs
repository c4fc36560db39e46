use std::cmp::Reverse;
use std::ops::Range;

/// Sorts `items` by their `range` in the text and drops those that start inside another. Of two with the same start the
/// longer one stays; of two with the same range, the first.
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
    fn items_inside_another_are_dropped() {
        let mut items =
            vec![("d", 7..9), ("b", 0..2), ("a", 0..5), ("c", 4..6), ("e", 7..9), ("f", 9..9), ("g", 5..6)];
        keep_outermost(&mut items, |(_, range)| range.clone());
        let names: Vec<_> = items.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["a", "d", "f"]);
    }
}
