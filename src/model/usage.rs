mod script;
mod tokens;

use std::borrow::Cow;
use std::ops::Range;

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
    /// Whether the script calls something of its own by this word, too: `const { name } = environment`.
    pub is_shorthand: bool,
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
    /// A script reads it from the data of the run, which no file here holds: `pm.iterationData.get("name")`.
    Data,
    /// A saved answer holds it, which is never sent and nothing ever resolves.
    Saved,
    /// A description speaks of it, which nothing ever resolves.
    Mentioned,
}

impl How {
    /// Whether the name has a value then, though no scope holds one: a script sets it, or it comes with the data of a run.
    #[must_use]
    pub fn defines(self) -> bool {
        matches!(self, Self::Written | Self::Data)
    }
}

/// Every use of a variable in `document`, in order of the text: references in its values, and the literal names in the
/// scripts of a collection.
#[must_use]
pub fn usages(document: &Document) -> Vec<Usage<'_>> {
    let mut found: Vec<_> = all_references(document).map(of_reference).collect();
    for node in document.root().descendants() {
        match node.kind() {
            Kind::String if !node.parent().is_some_and(is_script_in_lines) => in_script(&[node], &mut found),
            Kind::Array if is_script_in_lines(node) => {
                in_script(&node.items().collect::<Vec<_>>(), &mut found);
            }
            _ => {}
        }
    }
    found.sort_by_key(|usage| usage.span);
    for usage in &mut found {
        if is_description(usage.node) {
            usage.how = How::Mentioned;
        } else if is_in_answer(usage.node) {
            usage.how = How::Saved;
        }
    }
    found
}

fn is_description(node: Node<'_>) -> bool {
    let mut around = std::iter::once(node).chain(node.ancestors());
    around.any(|node| node.as_member().is_some_and(|member| member.name.is_str("description")))
}

/// Whether `node` is part of a saved answer, and not of the request that it is the answer to.
fn is_in_answer(node: Node<'_>) -> bool {
    const ANSWERS: [&str; 3] = ["response", "responses", "examples"];
    const OTHERS: [&str; 6] =
        ["originalRequest", "request", "requestObject", "event", "variable", "variables"];
    let named = |names: &[&str], node: &Node<'_>| {
        node.as_member().is_some_and(|member| names.iter().any(|name| member.name.is_str(name)))
    };
    let innermost = node.ancestors().find(|node| named(&ANSWERS, node) || named(&OTHERS, node));
    innermost.is_some_and(|node| named(&ANSWERS, &node))
}

fn of_reference(reference: Reference<'_>) -> Usage<'_> {
    let span = Span { start: reference.span.start + 2, end: reference.span.end - 2 };
    Usage { name: reference.name, span, node: reference.node, how: How::Reference, is_shorthand: false }
}

/// Whether `node` is a script of which each item is a line.
fn is_script_in_lines(node: Node<'_>) -> bool {
    node.kind() == Kind::Array && node.as_member().is_some_and(|member| member.name.is_str("exec"))
}

/// Whether `node` is a script, or a line of one.
fn is_script(node: Node<'_>) -> bool {
    let names = ["exec", "script", "code", "tests", "preRequestScript"];
    let is_named = |node: Node<'_>| {
        node.as_member().is_some_and(|member| names.iter().any(|name| member.name.is_str(name)))
    };
    is_named(node) || node.parent().is_some_and(is_script_in_lines)
}

/// The names that a script spells out, which is written in `lines`.
fn in_script<'d>(lines: &[Node<'d>], found: &mut Vec<Usage<'d>>) {
    if !lines.iter().any(|line| script::may_name_variables(line.raw())) {
        return;
    }
    let texts: Vec<_> = lines.iter().map(|line| line.as_str().unwrap_or_default()).collect();
    let starts = texts.iter().scan(0, |next, text| {
        let start = *next;
        *next += text.len() + 1;
        Some(start)
    });
    let starts: Vec<_> = starts.collect();
    let mut text = texts.join("\n");
    // In a description it is code, and no text, that stands in back quotes.
    if lines.iter().any(|line| is_description(*line)) {
        text = text.replace('`', "\n");
    }
    let is_code = lines.iter().all(|line| is_script(*line));
    for script::Named { place, how, is_shorthand } in script::names(&text, is_code) {
        let line = starts.partition_point(|start| *start <= place.start) - 1;
        let range = place.start - starts[line]..place.end - starts[line];
        found.extend(place_of(lines[line], range).map(|span| Usage {
            name: text[place].to_owned().into(),
            span,
            node: lines[line],
            how,
            is_shorthand,
        }));
    }
}

/// Where the bytes `range` of the text of `node` are spelled, if that can be told.
fn place_of(node: Node<'_>, range: Range<usize>) -> Option<Span> {
    let span = node.span_of(range.clone());
    if span != node.span() || range.len() == span.len() {
        return Some(span);
    }
    let text = node.as_str()?;
    let mut places = node.raw().match_indices(&text[range]);
    let (start, name) = places.next().filter(|_| places.next().is_none())?;
    let start = span.start as usize + start;
    Some(Span::new(start, start + name.len()))
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
    #[test]
    fn a_saved_answer_uses_nothing_and_its_request_does() {
        let text = r#"{"item": [{"request": {"url": "{{a}}"}, "response": [{"originalRequest": {"url": "{{b}}"},
            "header": [{"value": "{{c}}"}], "body": "{{d}} pm.environment.set('e', 1)"}]}],
            "variable": [{"key": "response", "value": "{{f}}"}]}"#;
        let document = Document::json(text).expect("valid");
        let found: Vec<_> = usages(&document).into_iter().map(|it| (it.name.into_owned(), it.how)).collect();
        let wanted = [
            ("a", How::Reference),
            ("b", How::Reference),
            ("c", How::Saved),
            ("d", How::Saved),
            ("e", How::Saved),
            ("f", How::Reference),
        ];
        assert_eq!(found, wanted.map(|(name, how)| (name.to_owned(), how)));
    }
}
