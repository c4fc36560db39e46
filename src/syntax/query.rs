use std::collections::HashMap;

use jsonpath_rust::JsonPath as _;

use super::{Document, Kind, Node, Path};

/// A path that is not a JSONPath by RFC 9535.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` is not a JSONPath (RFC 9535): {reason}")]
pub struct QueryError {
    /// The path as given.
    pub path: String,
    /// What is wrong with it, and where.
    pub reason: String,
}

/// The nodes of `document` that the JSONPath `path` selects, in its order. Of duplicate members only the last can be
/// selected.
///
/// # Errors
/// [`QueryError`] if `path` is not a JSONPath.
pub fn select<'d>(document: &'d Document, path: &str) -> Result<Vec<Node<'d>>, QueryError> {
    let root = document.root();
    // Most paths name one place, which takes neither the grammar nor a copy of the document.
    if let Some(singular) = Path::parse(path) {
        return Ok(singular.resolve(root).into_iter().collect());
    }
    let copy = as_serde(root);
    let selected = copy
        .query(path)
        .map_err(|error| QueryError { path: path.to_owned(), reason: reason(&error.to_string()) })?;
    let mut nodes = selected.iter().map(|&value| (std::ptr::from_ref(value), root)).collect();
    find(root, &copy, &mut nodes);
    Ok(selected.iter().filter_map(|&value| nodes.get(&std::ptr::from_ref(value)).copied()).collect())
}

/// The parser's message without its picture: ` --> 1:3`, the path, an arrow, ` = expected selector`.
fn reason(said: &str) -> String {
    let place = said.split_once("--> 1:").map(|(_, place)| place.lines().next().unwrap_or_default());
    let problem = said.lines().filter_map(|line| line.trim_start().strip_prefix("= ")).next_back();
    match (problem, place) {
        (Some(problem), Some(place)) => format!("{problem} at character {place}"),
        _ => said.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// For each value of the copy that is a key of `nodes`, stores the node it is a copy of. The last of duplicate members
/// wins.
fn find<'d>(
    node: Node<'d>,
    copy: &serde_json::Value,
    nodes: &mut HashMap<*const serde_json::Value, Node<'d>>,
) {
    if let Some(place) = nodes.get_mut(&std::ptr::from_ref(copy)) {
        *place = node;
    }
    for member in node.members() {
        if let Some(value) = copy.get(&*member.key()) {
            find(member.value, value, nodes);
        }
    }
    for (item, value) in node.items().zip(copy.as_array().into_iter().flatten()) {
        find(item, value, nodes);
    }
}

/// Copies `node` for the query. Numbers beyond the range of `serde_json` change, which only filters can notice.
fn as_serde(node: Node<'_>) -> serde_json::Value {
    match node.kind() {
        Kind::Object => node
            .members()
            .map(|member| (member.key().into_owned(), as_serde(member.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Kind::Array => node.items().map(as_serde).collect::<Vec<_>>().into(),
        Kind::String => node.as_str().unwrap_or_default().into_owned().into(),
        Kind::Number => {
            serde_json::from_str(&node.as_number().unwrap_or_default()).unwrap_or(f64::MAX.into())
        }
        Kind::Bool => node.is_bool(true).into(),
        Kind::Null => serde_json::Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(path: &str) -> Vec<&'static str> {
        let text =
            r#"{"values": [{"key": "a", "n": 1}, {"key": "it's", "n": 1e999}], "a": 1, "a": {"b c": 2}}"#;
        let document = Box::leak(Box::new(Document::json(text).expect("valid")));
        select(document, path).expect("a path").iter().map(|node| node.raw()).collect()
    }

    #[test]
    fn paths_select_nodes() {
        assert_eq!(selected("$.values[0].key"), [r#""a""#]);
        assert_eq!(selected("$.values[*].n"), ["1", "1e999"]);
        assert_eq!(selected("$.values[-1].key"), [r#""it's""#]);
        assert_eq!(selected("$.values[?@.key == \"it's\"].n"), ["1e999"]);
        assert_eq!(selected("$..['b c']"), ["2"]);
        assert_eq!(selected("$.none"), [""; 0]);
    }

    #[test]
    fn an_invalid_path_is_refused_on_one_line() {
        let document = Document::json("{}").expect("valid");
        let error = select(&document, "$.values[").expect_err("no path").to_string();
        assert!(error.starts_with("`$.values[` is not a JSONPath (RFC 9535): "), "{error}");
        assert!(!error.contains('\n'));
    }
}
