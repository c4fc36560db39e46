use std::borrow::Cow;

use super::{Reference, all_references};
use crate::syntax::{Document, Kind, Node};
use crate::text::Span;

/// A place where a variable is used by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage<'d> {
    /// The variable's name.
    pub name: Cow<'d, str>,
    /// The bytes of the name alone.
    pub span: Span,
    /// The string it stands in.
    pub node: Node<'d>,
    /// How it is used.
    pub how: How,
}

/// How a variable is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// `{{name}}`.
    Reference,
    /// A script reads it: `pm.environment.get("name")`.
    Read,
    /// A script writes or removes it: `pm.environment.set("name", …)`.
    Written,
    /// A description speaks of it, which nothing ever resolves.
    Mentioned,
}

/// The calls that name a variable, up to the bracket.
const READS: [&str; 10] = [
    "environment.get",
    "environment.has",
    "globals.get",
    "globals.has",
    "collectionVariables.get",
    "collectionVariables.has",
    "variables.get",
    "variables.has",
    "postman.getEnvironmentVariable",
    "postman.getGlobalVariable",
];

/// The same for writing and removing.
const WRITES: [&str; 12] = [
    "environment.set",
    "environment.unset",
    "globals.set",
    "globals.unset",
    "collectionVariables.set",
    "collectionVariables.unset",
    "variables.set",
    "variables.unset",
    "postman.setEnvironmentVariable",
    "postman.setGlobalVariable",
    "postman.clearEnvironmentVariable",
    "postman.clearGlobalVariable",
];

/// Every use of a variable in `document`, in order of the text: references in its values, and the literal names in the
/// scripts of a collection.
#[must_use]
pub fn usages(document: &Document) -> Vec<Usage<'_>> {
    let mut found: Vec<_> = all_references(document).map(of_reference).collect();
    for node in document.root().descendants().filter(|node| node.kind() == Kind::String) {
        in_script(node, &mut found);
    }
    found.sort_by_key(|usage| usage.span);
    for usage in &mut found {
        if is_description(usage.node) {
            usage.how = How::Mentioned;
        }
    }
    found
}

fn is_description(node: Node<'_>) -> bool {
    let mut around = std::iter::once(node).chain(node.ancestors());
    around.any(|node| node.as_member().is_some_and(|member| member.name.is_str("description")))
}

fn of_reference(reference: Reference<'_>) -> Usage<'_> {
    let span = Span { start: reference.span.start + 2, end: reference.span.end - 2 };
    Usage { name: reference.name, span, node: reference.node, how: How::Reference }
}

/// The names in calls of Postman's functions. The spelling is searched, so that places need no translation.
fn in_script<'d>(node: Node<'d>, found: &mut Vec<Usage<'d>>) {
    let raw = node.raw();
    for (bracket, _) in raw.match_indices('(') {
        let before = raw[..bracket].trim_end();
        let how = if READS.iter().any(|call| ends_in_call(before, call)) {
            How::Read
        } else if WRITES.iter().any(|call| ends_in_call(before, call)) {
            How::Written
        } else {
            continue;
        };
        if is_comment(before) {
            continue;
        }
        let after = raw[bracket + 1..].trim_start();
        let Some(quote) = ["\\\"", "'", "`", "\""].into_iter().find(|quote| after.starts_with(quote)) else {
            continue;
        };
        let name = &after[quote.len()..];
        let Some(end) = name.find(quote) else { continue };
        let start = raw.len() - name.len();
        let span = node.span().start as usize + start;
        let name = &name[..end];
        // An escape, or a name that is put together, is no literal name.
        if !name.contains(['\\', '$', '\n']) {
            found.push(Usage { name: name.into(), span: Span::new(span, span + end), node, how });
        }
    }
}

/// Whether the last line of `script`, spelled as in a file, is switched off by two slashes.
fn is_comment(script: &str) -> bool {
    let line = script.rsplit('\n').next().unwrap_or_default();
    let line = line.rsplit("\\n").next().unwrap_or_default();
    line.trim_start_matches('"').trim_start_matches("\\t").trim_start().starts_with("//")
}

/// Whether `script` ends in `call`, of `pm` or of nothing that is named.
fn ends_in_call(script: &str, call: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
    script.strip_suffix(call).is_some_and(|before| before.ends_with("pm.") || !before.ends_with(is_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_references_are_found_with_their_places() {
        let text = r#"{"exec": ["pm.environment.get(\"a\") + pm.variables.has( 'b' )", "postman.setGlobalVariable(`c`, '{{d}}')", "x.get('no') pm.environment.get(name) my.variables.get('no') dataenvironment.get('no')", "// pm.environment.get('no')", "a();\n\t// pm.environment.get('no')\nlet u = 'https://x' + pm.environment.get('f')"], "description": {"content": "{{e}}"}}"#;
        let document = Document::json(text).expect("valid");
        let found = usages(&document);
        let shown: Vec<_> =
            found.iter().map(|it| (&*it.name, it.how, document.source().slice(it.span))).collect();
        assert_eq!(
            shown,
            [
                ("a", How::Read, "a"),
                ("b", How::Read, "b"),
                ("c", How::Written, "c"),
                ("d", How::Reference, "d"),
                ("f", How::Read, "f"),
                ("e", How::Mentioned, "e")
            ]
        );
    }
}
