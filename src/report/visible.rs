use std::borrow::Cow;

use crate::syntax::Value;
use crate::term::escape;

/// `text` on one line, made harmless for a terminal: as JSON where nobody could see its ends, which are white space or
/// nothing at all, otherwise without quotes.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let shown = escape(text);
    if shown.is_empty() || shown.trim() != shown {
        return Cow::Owned(escape(&Value::string(text).to_json()).into_owned());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_with_invisible_ends_are_quoted() {
        for (text, shown) in [
            ("", "\"\""),
            (" ", "\" \""),
            (" a\n", r#"" a\n""#),
            ("a\n", "a\\n"),
            ("a b", "a b"),
            ("\"a\"", "\"a\""),
            ("a\tb", "a\\tb"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
