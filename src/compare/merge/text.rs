use similar::{MergeResolution, TextMerge};

use crate::syntax::{Document, Kind, Node, Value};

/// Both changes of a text, made by lines; none where they touch the same lines,
/// or would make broken JSON of two texts that are JSON.
pub(super) fn merged(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let one_line = |text: &str| !text.contains('\n');
    if one_line(base) && one_line(ours) && one_line(theirs) {
        return None;
    }
    let merge = TextMerge::from_lines(base, ours, theirs);
    if merge.is_conflicted() {
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
    // Lines can fit where brackets do not.
    let is_json = |text: &str| Document::json(text).is_ok();
    (is_json(&text) || !is_json(ours) || !is_json(theirs)).then_some(text)
}

/// `value` spelled like the text at `place`: as a string, or as a list of lines.
pub(super) fn spelled_like(place: Node<'_>, value: &Value) -> Value {
    match (place.kind(), value) {
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
            text.map_or_else(|| value.clone(), |lines| Value::String(lines.join("\n")))
        }
        _ => value.clone(),
    }
}
