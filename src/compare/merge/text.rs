use std::collections::HashSet;

use similar::{MergeRegion, MergeResolution, TextMerge};

use super::Three;
use crate::compare::shape::Shape;
use crate::compare::view::View;
use crate::model::outside_references;
use crate::syntax::{Document, Kind, Node, Value};

/// Merges both changes of a text by lines. None if they affect the same or adjacent lines, as in git, or if two texts
/// that are JSON would become invalid or repeat the name of a member.
pub(super) fn merged([base, ours, theirs]: Three<'_, View<'_>>) -> Option<String> {
    merged_lines(&base?.as_str()?, &ours?.as_str()?, &theirs?.as_str()?)
}

fn merged_lines(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let one_line = |text: &str| !text.contains('\n');
    if one_line(base) && one_line(ours) && one_line(theirs) {
        return None;
    }
    // With a line break, the last line stays the same if more lines follow.
    let lines = [base, ours, theirs].map(|text| format!("{text}\n"));
    let merge = TextMerge::from_lines(&lines[0], &lines[1], &lines[2]);
    let touch = |pair: &[MergeRegion]| {
        use MergeResolution::{Ours, Theirs};
        matches!([pair[0].resolution(), pair[1].resolution()], [Ours, Theirs] | [Theirs, Ours])
    };
    if merge.is_conflicted() || merge.regions().windows(2).any(touch) {
        return None;
    }
    let mut text = String::new();
    for region in merge.regions() {
        match region.resolution() {
            MergeResolution::Theirs => {
                region.theirs_range().for_each(|at| text.extend(merge.theirs_line(at)))
            }
            _ => region.ours_range().for_each(|at| text.extend(merge.ours_line(at))),
        }
    }
    text.pop();
    // Lines may merge although brackets and names do not.
    let is_sound = |text: &str| Document::json(text).is_ok_and(|document| !names_twice(&document));
    (is_sound(&text) || !is_sound(ours) || !is_sound(theirs)).then_some(text)
}

/// Whether an object in `document` repeats the name of a member.
fn names_twice(document: &Document) -> bool {
    document.root().descendants().any(|node| {
        let mut seen = HashSet::new();
        node.members().any(|member| !seen.insert(member.key()))
    })
}

/// `value`, of this `shape`, in the spelling of `place`: as a string, or as a list of lines or of an address's pieces.
pub(super) fn spelled_like(place: Node<'_>, value: &Value, shape: Shape) -> Value {
    let mark = match shape {
        Shape::Host => '.',
        Shape::Path => '/',
        Shape::Text => '\n',
        _ => return value.clone(),
    };
    match (place.kind(), value) {
        (Kind::Array, Value::String(text)) if mark != '\n' => {
            let text = text.strip_prefix('/').unwrap_or(text);
            Value::Array(outside_references(text, mark).into_iter().map(Value::string).collect())
        }
        (Kind::Array, Value::String(text)) => {
            let whole = place.items().any(|item| item.as_str().is_some_and(|line| line.contains('\n')));
            let lines: Vec<_> =
                if whole { vec![Value::string(text)] } else { text.split('\n').map(Value::string).collect() };
            Value::Array(lines)
        }
        (Kind::String, Value::Array(lines)) => {
            let text: Option<Vec<_>> = lines
                .iter()
                .map(|line| match line {
                    Value::String(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            // A path that is one string may start with its slash.
            let start = if mark == '/' && place.as_str().is_some_and(|path| path.starts_with('/')) {
                "/"
            } else {
                ""
            };
            let mark = mark.to_string();
            text.map_or_else(|| value.clone(), |pieces| Value::String(start.to_owned() + &pieces.join(&mark)))
        }
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_merge_as_in_git() {
        for (base, ours, theirs, expected) in [
            ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", Some("A\nb\nC\n")),
            ("a\nb\nc\n", "A\nb\nc\n", "a\nB\nc\n", None),
            ("a\nb\nc\n", "A\nb\nc\n", "A\nb\nC\n", Some("A\nb\nC\n")),
            ("a\nb\nc", "b\nc", "a\nb\nc\nd", Some("b\nc\nd")),
            ("a\nb\nc", "a\nb\nc\nx", "a\nb\nc\ny", None),
            ("a\nb", "A\nb", "a\nb\nc", Some("A\nb\nc")),
            ("a\nb\nc", "A\nb\nc", "a\nb\nc\n", Some("A\nb\nc\n")),
            ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nc", Some("A\nb\nc")),
            ("one line", "my line", "their line", None),
        ] {
            assert_eq!(merged_lines(base, ours, theirs).as_deref(), expected, "{base:?} {ours:?} {theirs:?}");
        }
    }

    #[test]
    fn json_stays_valid() {
        let base = "{\n\"a\": 1,\n\"b\": 2,\n\"c\": 3,\n\"d\": 4\n}";
        let ours = base.replace("\"a\": 1", "\"a\": 1, \"new\": 5");
        let theirs = base.replace("\"c\": 3", "\"c\": 30");
        let both = ours.replace("\"c\": 3", "\"c\": 30");
        assert_eq!(merged_lines(base, &ours, &theirs), Some(both));
        let twice = base.replace("\"c\": 3", "\"new\": 6, \"c\": 3");
        assert_eq!(merged_lines(base, &ours, &twice), None);
        let opened = base.replace("{\n", "{\"x\": {\n").replace("4\n}", "4}\n}");
        let cut = base.replace("\"c\": 3,\n\"d\": 4", "\"c\": 3");
        assert_eq!(merged_lines(base, &opened, &cut), None);
    }
}
