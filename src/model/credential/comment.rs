//! Secrets in YAML comments, most of all in settings that are commented out.

use std::ops::Range;

use super::Credential;
use crate::secret::{describes_value, is_secret_by_name, literals};
use crate::syntax::Document;
use crate::text::Span;

/// The literal credentials in the comments of `document` that overlap `span`, in order. Their node is the root.
pub(super) fn in_comments(document: &Document, span: Span) -> Vec<Credential<'_>> {
    let mut found = Vec::new();
    // The `key` of a row that is commented out line by line.
    let mut row = "";
    for comment in document.comments().into_iter().filter(|comment| comment.meets(span)) {
        let text = document.source().slice(comment);
        let (name, place) = setting(text).unwrap_or_default();
        let value = &text[place.clone()];
        let called = if name == "value" { row } else { name };
        let credential = |name: &str, place: Range<usize>| {
            let start = comment.range().start;
            let span = Span::new(start + place.start, start + place.end);
            Credential { name: name.to_owned(), node: document.root(), span, part: None, goes_on: false }
        };
        let said = literals(text);
        if said.is_empty() && is_secret_by_name(called, value) && !describes_value(value) {
            found.push(credential(called, place));
        }
        found.extend(said.into_iter().map(|literal| {
            let name = if matches!(literal.name, "" | "value") { called } else { literal.name };
            credential(name, literal.range)
        }));
        row = if name == "key" { value } else { row };
    }
    found
}

/// The name of a setting that is commented out, and the place of its value, which is one word or in quotes.
fn setting(comment: &str) -> Option<(&str, Range<usize>)> {
    let line = comment.trim_start_matches('#').trim_start().trim_start_matches("- ");
    let (name, value) = line.split_once(": ")?;
    let (start, value) = (comment.len() - value.trim_start().len(), value.trim());
    let quoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    let place = match quoted {
        Some(quoted) => start + 1..start + 1 + quoted.len(),
        None if value.contains(char::is_whitespace) => return None,
        None => start..start + value.len(),
    };
    let name = name.trim();
    (!name.contains(char::is_whitespace) && !place.is_empty()).then_some((name, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_commented_out_settings_are_found() {
        let text = "# - key: token\n#   value: hunter2\nname: E # password: \"two words\"\n# api_key: k0x9\n\
            # token: required\n# token: the one of your app\n# Bearer AbCdEfGhIjKlMnOp\n";
        let document = Document::yaml(text).expect("YAML");
        let found = in_comments(&document, Span::new(0, text.len()));
        let found: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.text())).collect();
        let found: Vec<_> = found.iter().map(|(name, text)| (*name, &**text)).collect();
        assert_eq!(
            found,
            [("token", "hunter2"), ("password", "two words"), ("api_key", "k0x9"), ("", "AbCdEfGhIjKlMnOp")]
        );
    }
}
