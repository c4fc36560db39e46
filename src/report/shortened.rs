use std::borrow::Cow;

/// `text`, with an ellipsis in place of everything after the first `most` characters.
#[must_use]
pub fn shortened<'t>(text: impl Into<Cow<'t, str>>, most: usize) -> Cow<'t, str> {
    let text = text.into();
    match start(&text, most) {
        Some(start) => Cow::Owned(format!("{start}…")),
        None => text,
    }
}

/// The same, followed by the length of the whole.
pub(super) fn shortened_with_length(text: &str, most: usize) -> String {
    match start(text, most) {
        Some(start) => format!("{start}… ({} characters)", text.chars().count()),
        None => text.to_owned(),
    }
}

/// The first `most` characters of `text`, if it has more.
fn start(text: &str, most: usize) -> Option<&str> {
    text.char_indices().nth(most).map(|(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_longer_texts_are_shortened() {
        assert_eq!(shortened("äöü", 3), "äöü");
        assert_eq!(shortened("äöü", 2), "äö…");
        assert_eq!(shortened_with_length("äöü", 3), "äöü");
        assert_eq!(shortened_with_length("äöü", 2), "äö… (3 characters)");
    }
}
