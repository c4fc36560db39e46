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
        .map_err(|error| QueryError { path: path.to_owned(), reason: reason(path, &error.to_string()) })?;
    let mut nodes = selected.iter().map(|&value| (std::ptr::from_ref(value), root)).collect();
    find(root, &copy, &mut nodes);
    Ok(selected.iter().filter_map(|&value| nodes.get(&std::ptr::from_ref(value)).copied()).collect())
}

/// What is wrong with `path`, going by the place in what the parser `said`: ` --> 1:3`, and a picture with the names of
/// the grammar's rules, which mean nothing to a reader.
fn reason(path: &str, said: &str) -> String {
    let place = said.split_once("--> 1:").and_then(|(_, place)| place.lines().next()?.trim().parse().ok());
    let Some(place) = place.filter(|place: &usize| *place > 0) else {
        return said.split_whitespace().collect::<Vec<_>>().join(" ");
    };
    let at = path.char_indices().nth(place - 1).map_or(path.len(), |(at, _)| at);
    let (before, rest) = path.split_at(at);
    let starts_with_name = rest.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let problem = if rest.starts_with('=') {
        "`=` is not an operator; use `==`".to_owned()
    } else if before.ends_with('?') && starts_with_name {
        "a filter compares members of `@`, as in `[?@.key == 'a']`".to_owned()
    } else if before.ends_with(['[', '=', ' ']) && starts_with_name {
        "a name or text here needs quotes, as in `['a']`".to_owned()
    } else if path.matches('[').count() > path.matches(']').count() {
        "a `[` is not closed".to_owned()
    } else if rest.is_empty() {
        "it ends too early".to_owned()
    } else if before.ends_with(char::is_alphanumeric) {
        format!(
            "`{rest}` cannot follow a name; quote a name that contains more than letters, as in `['a-b']`"
        )
    } else {
        format!("`{rest}` makes no sense")
    };
    format!("{problem} (character {place})")
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
    fn an_invalid_path_is_refused_in_plain_words() {
        let document = Document::json("{}").expect("valid");
        for (path, reason) in [
            ("$.values[", "a `[` is not closed (character 10)"),
            ("$.values[0", "a `[` is not closed (character 10)"),
            ("$.", "it ends too early (character 3)"),
            ("$.values[?@.key=\"a\"]", "`=` is not an operator; use `==` (character 16)"),
            ("$.v[?@.key==a]", "a name or text here needs quotes, as in `['a']` (character 13)"),
            ("$.values[a]", "a name or text here needs quotes, as in `['a']` (character 10)"),
            ("$.values[?key==1]", "a filter compares members of `@`, as in `[?@.key == 'a']` (character 11)"),
            (
                "$.a-b",
                "`-b` cannot follow a name; quote a name that contains more than letters, as in `['a-b']` (character 4)",
            ),
            ("$.values[01]", "`01]` makes no sense (character 10)"),
        ] {
            let error = select(&document, path).expect_err("no path");
            assert_eq!(error.reason, reason, "{path}");
        }
    }
}
