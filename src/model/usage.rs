mod lexer;
mod regex;
mod script;

use std::borrow::Cow;
use std::ops::Range;

use super::credential::is_sent_without_place;
use super::script::{is_code, is_lines};
use super::{Place, Reference, all_references};
use crate::syntax::{Document, Kind, Node, Spelling};
use crate::text::Span;

/// A place where a variable is used by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage<'d> {
    /// The variable's name.
    pub name: Cow<'d, str>,
    /// The span of the name alone.
    pub span: Span,
    /// The string that contains it.
    pub node: Node<'d>,
    /// The way in which it is used.
    pub kind: UsageKind,
    /// Whether the word is also the name of a local variable: `const { name } = environment`.
    pub is_shorthand: bool,
}

/// The way in which a variable is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsageKind {
    /// `{{name}}` in text that is sent.
    Reference,
    /// `{{name}}` in a string of a script. Some calls resolve it; others send or show it unchanged.
    Quoted,
    /// `{{name}}` in a disabled header, parameter, field, body or variable.
    Disabled,
    /// A script reads it: `pm.environment.get("name")`, `pm.variables.replaceIn("{{name}}")`.
    Read,
    /// A script writes or removes it: `pm.environment.set("name", …)`.
    Written,
    /// A script reads it from the data of the run, which is no part of the files: `pm.iterationData.get("name")`.
    Data,
    /// It is in a saved example, whose request and response are never sent.
    Saved,
    /// A description or a name mentions it, where nothing resolves it.
    Mentioned,
}

impl UsageKind {
    /// Whether the name has a value even if no scope defines it: a script sets it, or the data of a run contains it.
    #[must_use]
    pub fn defines(self) -> bool {
        matches!(self, Self::Written | Self::Data)
    }

    /// Its name in `--json` output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Quoted => "quoted",
            Self::Disabled => "disabled",
            Self::Read => "read",
            Self::Written => "written",
            Self::Data => "data",
            Self::Saved => "saved",
            Self::Mentioned => "mentioned",
        }
    }

    /// The kind of usage that `reference` is.
    #[must_use]
    pub fn of_reference(reference: &Reference<'_>) -> Self {
        let node = reference.node;
        match Place::of(node) {
            _ if let Some(kind) = Self::unsent(node) => kind,
            Place::Script if is_replaced(reference) => Self::Read,
            Place::Script => Self::Quoted,
            _ if is_disabled(node) => Self::Disabled,
            Place::Other if !is_sent_without_place(node) => Self::Mentioned,
            _ => Self::Reference,
        }
    }

    /// The kind of every usage in the string `node` if that is a description or part of a saved example.
    fn unsent(node: Node<'_>) -> Option<Self> {
        if is_description(node) {
            return Some(Self::Mentioned);
        }
        (Place::of(node) == Place::Example).then_some(Self::Saved)
    }
}

/// Every use of a variable in `document`, in the order of the text: references in values, and literal names in the
/// scripts of a collection.
#[must_use]
pub fn usages(document: &Document) -> Vec<Usage<'_>> {
    let mut found: Vec<_> = all_references(document).map(of_reference).collect();
    for node in document.root().descendants() {
        match node.kind() {
            Kind::String if !node.parent().is_some_and(is_lines) => in_script(&[node], &mut found),
            Kind::Array if is_lines(node) => {
                in_script(&node.items().collect::<Vec<_>>(), &mut found);
            }
            _ => {}
        }
    }
    found.sort_by_key(|usage| usage.span);
    found
}

/// Whether a script resolves `reference`: `pm.variables.replaceIn("{{name}}")`.
fn is_replaced(reference: &Reference<'_>) -> bool {
    let text = reference.node.document().source().text();
    let before = &text[reference.node.span().start as usize..reference.span.start as usize];
    let statement = before.rsplit([';', '\n', ')']).next().unwrap_or_default();
    statement.contains("replaceIn(")
}

/// Whether `node` is part of a disabled header, parameter, field, body or variable.
fn is_disabled(node: Node<'_>) -> bool {
    let says = |node: Node<'_>, name: &str, flag: bool| node.get(name).is_some_and(|node| node.is_bool(flag));
    // Only environments and globals have `enabled`.
    let of_environment = |node: Node<'_>| node.parent().is_some_and(|list| list.is_named("values"));
    node.ancestors()
        .any(|node| says(node, "disabled", true) || (says(node, "enabled", false) && of_environment(node)))
}

fn is_description(node: Node<'_>) -> bool {
    node.ancestors().any(|node| node.is_named("description"))
}

fn of_reference(reference: Reference<'_>) -> Usage<'_> {
    let span = Span { start: reference.span.start + 2, end: reference.span.end - 2 };
    let kind = UsageKind::of_reference(&reference);
    Usage { name: reference.name, span, node: reference.node, kind, is_shorthand: false }
}

/// Adds the literal names in the script with these `lines` to `found`.
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
    // In a description, back quotes enclose code, not template literals.
    if lines.iter().any(|line| is_description(*line)) {
        text = text.replace('`', "\n");
    }
    let is_script = lines.iter().all(|line| is_code(*line));
    let mut spellings: Vec<_> = lines.iter().map(|line| Spelling::of(*line)).collect();
    for script::Named { place, kind, is_shorthand } in script::names(&text, is_script) {
        let line = starts.partition_point(|start| *start <= place.start) - 1;
        let range = place.start - starts[line]..place.end - starts[line];
        found.extend(place_of(lines[line], &mut spellings[line], range).map(|span| Usage {
            name: text[place].to_owned().into(),
            span,
            node: lines[line],
            kind: UsageKind::unsent(lines[line]).unwrap_or(kind),
            is_shorthand,
        }));
    }
}

/// The span of the bytes `range` of the text of `node`, which has this `spelling`, if it can be located.
fn place_of(node: Node<'_>, spelling: &mut Spelling<'_>, range: Range<usize>) -> Option<Span> {
    let span = spelling.span_of(range.clone());
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
        let text = r#"{"event": {"exec": ["pm.environment.get(\"a\") + pm.variables.has( 'b' )", "postman.setGlobalVariable(`c`, '{{d}}')", "pm.variables.replaceIn('/{{r}}/{{s}}') + '{{q}}'", "x.get('no') pm.environment.get(name) my.variables.get('no') dataenvironment.get('no')", "// pm.environment.get('no')", "a();\n\t// pm.environment.get('no')\nlet u = 'https://x' + pm.environment.get('f')"]}, "description": {"content": "{{e}}"}}"#;
        let document = Document::json(text).expect("valid");
        let found = usages(&document);
        let shown: Vec<_> =
            found.iter().map(|it| (&*it.name, it.kind, document.source().slice(it.span))).collect();
        assert_eq!(
            shown,
            [
                ("a", UsageKind::Read, "a"),
                ("b", UsageKind::Read, "b"),
                ("c", UsageKind::Written, "c"),
                ("d", UsageKind::Quoted, "d"),
                ("r", UsageKind::Read, "r"),
                ("s", UsageKind::Read, "s"),
                ("q", UsageKind::Quoted, "q"),
                ("f", UsageKind::Read, "f"),
                ("e", UsageKind::Mentioned, "e")
            ]
        );
    }

    #[test]
    fn unsent_references_are_told_apart_from_sent_ones() {
        let text = r#"{"item": [{"name": "{{a}}", "request": {"method": "{{b}}", "url": "{{c}}", "header": [
                {"key": "x", "value": "{{d}}", "disabled": true}, {"key": "x", "value": "{{e}}", "enabled": false}]},
            "response": [{"originalRequest": {"url": "{{f}}"}, "body": "{{g}} pm.environment.set('h', 1)"}]},
            {"request": "{{i}}"}],
            "auth": {"bearer": [{"value": "{{j}}"}]}, "variable": [{"key": "response", "value": "{{k}}"},
            {"key": "x", "value": "{{l}}", "disabled": true}]}"#;
        let found = |text: &str| -> Vec<_> {
            let document = Document::json(text).expect(text);
            usages(&document).into_iter().map(|usage| (usage.name.into_owned(), usage.kind)).collect()
        };
        let wanted = |list: &[(&str, UsageKind)]| -> Vec<_> {
            list.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
        };
        assert_eq!(
            found(text),
            wanted(&[
                ("a", UsageKind::Mentioned),
                ("b", UsageKind::Reference),
                ("c", UsageKind::Reference),
                ("d", UsageKind::Disabled),
                ("e", UsageKind::Reference),
                ("f", UsageKind::Saved),
                ("g", UsageKind::Saved),
                ("h", UsageKind::Saved),
                ("i", UsageKind::Reference),
                ("j", UsageKind::Reference),
                ("k", UsageKind::Reference),
                ("l", UsageKind::Disabled),
            ])
        );
        let environment = r#"{"name": "{{a}}", "values": [{"key": "x", "value": "{{b}}", "enabled": true},
            {"key": "y", "value": "{{c}}", "enabled": false}]}"#;
        assert_eq!(
            found(environment),
            wanted(&[("a", UsageKind::Mentioned), ("b", UsageKind::Reference), ("c", UsageKind::Disabled)])
        );
        assert_eq!(found(r#"[{"key": "x", "value": "{{a}}"}]"#), wanted(&[("a", UsageKind::Reference)]));
    }

    #[test]
    fn each_of_many_names_in_one_string_is_located() {
        const COUNT: usize = 50_000;
        let call = r#"pm.environment.get(\"a\");\n"#;
        let text = format!(r#"{{"event": {{"exec": "{}"}}}}"#, call.repeat(COUNT));
        let document = Document::json(&text).expect("valid");
        let found = usages(&document);
        assert_eq!(found.len(), COUNT);
        let start = found[0].span.start as usize;
        for (at, usage) in found.iter().enumerate() {
            let start = start + at * call.len();
            assert_eq!(usage.span, Span::new(start, start + 1));
        }
    }
}
