use super::{Conflict, Side};

/// The side to take if both changed the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preference {
    /// The side to take where no place applies.
    pub everywhere: Option<Side>,
    /// Places, as [paths](super::Conflict::path) are listed, and the side to take at and below them.
    pub places: Vec<(String, Side)>,
}

impl From<Option<Side>> for Preference {
    fn from(everywhere: Option<Side>) -> Self {
        Self { everywhere, places: Vec::new() }
    }
}

impl Preference {
    /// The side to take at `path`, according to the innermost place around it.
    #[must_use]
    pub fn at(&self, path: &[String]) -> Option<Side> {
        let around = self.places.iter().filter(|(place, _)| is_within(path, place));
        around.max_by_key(|(place, _)| place.len()).map_or(self.everywhere, |(_, side)| Some(*side))
    }

    /// The first place that has none of `conflicts` at or below it.
    #[must_use]
    pub fn unknown<'c>(&self, conflicts: impl Iterator<Item = &'c Conflict> + Clone) -> Option<&str> {
        let is_known = |place: &str| conflicts.clone().any(|conflict| is_within(&conflict.path, place));
        self.places.iter().map(|(place, _)| place.as_str()).find(|place| !is_known(place))
    }

    /// Whether it prefers `side` anywhere.
    #[must_use]
    pub fn takes(&self, side: Side) -> bool {
        self.everywhere == Some(side) || self.places.iter().any(|(_, own)| *own == side)
    }

    /// A preference for `side` where this one prefers it, and for the other side everywhere else.
    #[must_use]
    pub fn only(&self, side: Side) -> Self {
        let or_other = |own: Side| if own == side { own } else { side.other() };
        let places = self.places.iter().map(|(place, own)| (place.clone(), or_other(*own))).collect();
        Self { everywhere: Some(self.everywhere.map_or(side.other(), or_other)), places }
    }
}

/// Whether `path` is at or below `place`.
fn is_within(path: &[String], place: &str) -> bool {
    let path = path.join(" > ");
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(" > "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_place_decides() {
        let places = vec![("a".to_owned(), Side::Theirs), ("a > b".to_owned(), Side::Ours)];
        let preference = Preference { everywhere: None, places };
        for (path, expected) in [
            (&["a"][..], Some(Side::Theirs)),
            (&["a", "c"], Some(Side::Theirs)),
            (&["a", "b", "c"], Some(Side::Ours)),
            (&["ab"], None),
        ] {
            let path: Vec<_> = path.iter().map(|&name| name.to_owned()).collect();
            assert_eq!(preference.at(&path), expected);
            assert_eq!(preference.only(Side::Ours).at(&path), Some(expected.unwrap_or(Side::Theirs)));
        }
    }
}
