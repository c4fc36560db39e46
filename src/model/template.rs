use std::borrow::Cow;

use crate::syntax::{Document, Kind, Node};
use crate::text::Span;

/// One `{{name}}` in a string of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference<'d> {
    /// The text between the braces. Postman looks it up with its white space.
    pub name: Cow<'d, str>,
    /// Its span, including the braces.
    pub span: Span,
    /// The string that contains it.
    pub node: Node<'d>,
}

/// The names that `text` refers to and the span of each `{{name}}`, in order.
///
/// As in Postman (`/{{([^{}]*?)}}/g`), names contain no braces: in `{{a{{b}}}}`, only `b` is a name.
pub fn reference_spans(text: &str) -> impl Iterator<Item = (&str, Span)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + find_open(&text.as_bytes()[at..])?;
            let inner = open + 2 + text[open + 2..].bytes().take_while(|&byte| byte == b'{').count();
            let end = inner + text[inner..].find(['{', '}'])?;
            if text[end..].starts_with("}}") {
                at = end + 2;
                return Some((&text[inner..end], Span::new(inner - 2, end + 2)));
            }
            at = end + usize::from(text[end..].starts_with('}'));
        }
    })
}

/// The position of the first two adjacent opening braces.
fn find_open(text: &[u8]) -> Option<usize> {
    const BLOCK: usize = 64;
    let is_open = |pair: [u8; 2]| pair == *b"{{";
    // Most blocks have none, and the compiler can vectorize this test of a whole block.
    let mut at = 0;
    while let Some(block) = text.get(at..).and_then(|rest| rest.first_chunk::<{ BLOCK + 1 }>()) {
        if (0..BLOCK).fold(false, |any, i| any | is_open([block[i], block[i + 1]])) {
            break;
        }
        at += BLOCK;
    }
    text[at..].windows(2).position(|pair| is_open([pair[0], pair[1]])).map(|found| at + found)
}

/// Every reference in `node`, if it is a string.
pub fn references<'d>(node: Node<'d>) -> impl Iterator<Item = Reference<'d>> {
    // This searches the spelling instead of the text, so that spans need no conversion. Nobody escapes a brace.
    let spelling = if node.kind() == Kind::String { node.raw() } else { "" };
    reference_spans(spelling).map(move |(name, span)| {
        let start = node.span().start;
        let span = Span { start: start + span.start, end: start + span.end };
        Reference { name: unescaped(name, node), span, node }
    })
}

/// Every reference in the values of `document`, in order; the names of members are not searched.
pub fn all_references(document: &Document) -> impl Iterator<Item = Reference<'_>> {
    reference_spans(document.source().text()).filter_map(|(name, span)| {
        let node = document.string_at(span.start as usize).filter(|node| node.contains_span(span))?;
        Some(Reference { name: unescaped(name, node), span, node })
    })
}

fn unescaped<'d>(name: &'d str, node: Node<'_>) -> Cow<'d, str> {
    if name.contains('\n') && node.raw().starts_with(['"', '\'']) {
        // A YAML writer has folded a long line: the break means a space, or nothing after a backslash.
        let mut lines = name.split('\n').map(str::trim);
        let first = lines.next().unwrap_or_default().to_owned();
        let joined = lines.fold(first, |joined, line| match joined.strip_suffix('\\') {
            Some(joined) => joined.to_owned() + line,
            None => joined + " " + line,
        });
        Cow::Owned(joined)
    } else if name.contains('\\') && node.raw().starts_with('"') {
        let quoted = format!("\"{name}\"");
        Document::json(&quoted)
            .ok()
            .and_then(|document| document.root().as_str().map(Cow::into_owned))
            .map_or(Cow::Borrowed(name), Cow::Owned)
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        reference_spans(text).map(|(name, _)| name).collect()
    }

    #[test]
    fn names_are_between_the_innermost_braces() {
        assert_eq!(names("{{a}}/{{ b c }}{{}}"), ["a", " b c ", ""]);
        assert_eq!(names("{{a{{b}}}}"), ["b"]);
        assert_eq!(names("{{{a}}}"), ["a"]);
        assert_eq!(names("{{a} {{b}}"), ["b"]);
        assert_eq!(names("{{a"), [""; 0]);
        assert_eq!(names("{a}} {{"), [""; 0]);
        assert_eq!(names("{{a\nb}}"), ["a\nb"]);
    }

    #[test]
    fn a_name_may_span_lines() {
        let document = Document::yaml("url: \"x?id={{\\\n  app_id}}&{{a\n  b}}\"\n").expect("valid");
        let names: Vec<_> = all_references(&document).map(|it| it.name.into_owned()).collect();
        assert_eq!(names, ["app_id", "a b"]);
    }

    #[test]
    fn braces_are_found_at_any_offset() {
        for at in 0..200 {
            let text = format!("{}{{{{a}}}}{}", "{ ".repeat(at / 2) + &"x".repeat(at % 2), "x".repeat(100));
            assert_eq!(
                reference_spans(&text).map(|(name, span)| (name, span.start as usize)).collect::<Vec<_>>(),
                [("a", at)]
            );
        }
    }

    #[test]
    fn references_know_their_place_in_the_document() {
        let document =
            Document::json(r#"{"{{no}}": "é\n{{a\"b}}", "x": ["{{c}}", {"{{y}}": 1}]}"#).expect("valid");
        let found: Vec<_> = all_references(&document).collect();
        let shown: Vec<_> = found.iter().map(|it| (&*it.name, document.source().slice(it.span))).collect();
        assert_eq!(shown, [("a\"b", r#"{{a\"b}}"#), ("c", "{{c}}")]);
        assert_eq!(references(found[0].node).next().as_ref(), Some(&found[0]));
    }
}
