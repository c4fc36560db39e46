//! Path variables: `:id` in a path, and the rows with their values.

use std::borrow::Cow;

use super::Request;
use super::address::{Address, outside_references};
use super::entry::{Row, rows};
use crate::syntax::{Kind, Node};

/// A segment of a path that Postman replaces: `:id`, or `:id.json`, of which it replaces the part before the dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPlace<'d> {
    /// The name between the colon and the first dot.
    pub name: Cow<'d, str>,
    /// The string that contains it: the segment itself, the path or the whole address.
    pub node: Node<'d>,
}

impl Row<'_> {
    /// Whether Postman puts the value of this path variable into the path: every string that is not empty.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.value.is_some_and(|value| value.kind() == Kind::String && !value.is_str(""))
    }
}

impl<'d> Request<'d> {
    /// The segments of its path that are variables.
    #[must_use]
    pub fn path_places(&self) -> Vec<PathPlace<'d>> {
        let Some(url) = self.url() else { return Vec::new() };
        let place = |text: &str, node| {
            let name = text.strip_prefix(':')?.split('.').next().filter(|name| !name.is_empty())?;
            Some(PathPlace { name: Cow::Owned(name.to_owned()), node })
        };
        if let Some(path) = url.node().get("path").filter(|path| path.kind() == Kind::Array) {
            let text = |node: Node<'d>| node.get("value").unwrap_or(node).as_str();
            return path.items().filter_map(|node| place(&text(node)?, node)).collect();
        }
        let path = url.node().get("path");
        let Some(node) = path.or_else(|| url.raw()) else { return Vec::new() };
        let text = node.as_str().unwrap_or_default();
        // A quick test, since most addresses have none.
        if !text.contains("/:") && !text.contains("\\:") {
            return Vec::new();
        }
        let written = if path.is_some() { Some(&*text) } else { Address::parse(&text).path };
        let parts = written.map(|path| outside_references(path, '/')).unwrap_or_default();
        parts.into_iter().filter_map(|part| place(part, node)).collect()
    }

    /// The rows with the values of path variables, named by their `key`, or by their `id` in old collections, even
    /// those that are not in the path. Postman ignores whether they are disabled.
    pub fn path_variables(&self) -> impl Iterator<Item = Row<'d>> + use<'d> {
        let url = self.url();
        let own = || ["pathVariableData", "pathVariables"].iter().find_map(|name| self.node().get(name));
        let list = url.and_then(|url| url.node().get("variable")).or_else(own);
        rows(list, |row| row.get("key").or_else(|| row.get("id")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    fn names(request: &Request<'_>) -> Vec<String> {
        request.path_places().into_iter().map(|place| place.name.into_owned()).collect()
    }

    #[test]
    fn a_path_variable_starts_a_segment() {
        for (url, expected) in [
            (r#""http://h:80/:a/x:b/{{c/:d}}/:e.json/:?q=/:f""#, &["a", "e"][..]),
            (r#"{"raw": "h/:a", "host": ["h"], "path": [":b", {"value": ":c"}, "x.:d", ":"]}"#, &["b", "c"]),
            (r#"{"raw": "h/:a/:b"}"#, &["a", "b"]),
            (r#""https:\\\\h\\:a""#, &["a"]),
            (r#"{"host": "h", "path": "/:a/b"}"#, &["a"]),
        ] {
            let text = format!("{{\"url\": {url}}}");
            let document = Document::json(&text).expect(url);
            assert_eq!(names(&Request::of(document.root())), expected, "{url}");
        }
    }

    #[test]
    fn rows_and_maps_give_path_variables_their_values() {
        let text = "url: https://h/:a/:b\npathVariables:\n  a: '1'\n  b: ''\n";
        let document = Document::yaml(text).expect("valid");
        let request = Request::of(document.root());
        let found: Vec<_> =
            request.path_variables().map(|it| (it.name.into_owned(), it.node.raw())).collect();
        assert_eq!(found, [("a".to_owned(), "'1'"), ("b".to_owned(), "''")]);
        assert_eq!(request.path_variables().filter(Row::has_text).count(), 1);
        assert_eq!(names(&request), ["a", "b"]);
    }
}
