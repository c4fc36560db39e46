use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

/// `text` on one line, without anything that a terminal would act on: control characters and marks that change the
/// direction of writing become visible escapes.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    escape_except(text, &[])
}

/// The name of a file, for people.
#[must_use]
pub fn escape_path(path: &Path) -> String {
    escape(&path.display().to_string()).into_owned()
}

/// As [`escape`], but keeps the characters in `layout`: line ends and tabs, where they are ours or harmless.
///
/// JSON keeps its meaning if `layout` has all of its white space.
#[must_use]
pub fn escape_except<'t>(text: &'t str, layout: &[char]) -> Cow<'t, str> {
    let is_active = |c| is_active(c) && !layout.contains(&c);
    if !text.chars().any(is_active) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            c if !is_active(c) => out.push(c),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
        }
    }
    Cow::Owned(out)
}

fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{escape, escape_except};

    #[test]
    fn no_active_character_is_left() {
        assert_eq!(escape("plain ü 😀"), "plain ü 😀");
        assert_eq!(escape("a\n\t\u{1b}[31m\u{9b}\u{7f}\u{202e}"), "a\\n\\t\\u001b[31m\\u009b\\u007f\\u202e");
        assert_eq!(escape_except("a\n\tb\r", &['\n', '\t']), "a\n\tb\\r");
    }
}
