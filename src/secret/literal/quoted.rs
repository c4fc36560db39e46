use super::Literal;
use crate::secret::is_secret;
use crate::text::Unclosed;

/// The strings that JSON and scripts assign to names: `"name": "value"`, `name = 'value'`, `set("name", "value")`,
/// `{key: "name", value: "value"}`, even if all of it is inside a string with other quotes, such as JSON in a command.
pub(super) fn quoted(text: &str) -> Vec<Literal<'_>> {
    let mut found = Vec::new();
    for (at, content) in strings_given(text, &mut found) {
        let from = found.len();
        if content.contains(ESCAPED) {
            escaped_strings_given(content, &mut found);
        } else {
            strings_given(content, &mut found);
        }
        found[from..].iter_mut().for_each(|it| it.range = it.range.start + at..it.range.end + at);
    }
    found
}

/// A quote within a quoted string.
const ESCAPED: &str = "\\\"";

/// Adds the strings that `content` assigns to names to `found`, if the quotes in it are escaped with a backslash.
fn escaped_strings_given<'t>(content: &'t str, found: &mut Vec<Literal<'t>>) {
    // Replace the backslash before each quote by a blank after it, so that everything else keeps its offset.
    let plain = content.replace(ESCAPED, "\" ");
    let mut inside = Vec::new();
    strings_given(&plain, &mut inside);
    let without_blank = |at: usize| at + usize::from(content.as_bytes().get(at) == Some(&b'"'));
    found.extend(inside.into_iter().map(|literal| {
        let name = super::range_of(literal.name, &plain);
        let range = without_blank(literal.range.start)..literal.range.end;
        Literal { name: &content[without_blank(name.start)..name.end], range }
    }));
}

/// Adds the strings that `text` assigns to names to `found`. Returns the strings that contain strings themselves, with
/// their offsets.
fn strings_given<'t>(text: &'t str, found: &mut Vec<Literal<'t>>) -> Vec<(usize, &'t str)> {
    let bytes = text.as_bytes();
    let (mut holders, mut name, mut given, mut at) = (Vec::new(), Name::None, false, 0);
    // The `key` of the object around, and whether a colon gives it, or its `value`.
    let (mut key, mut is_member) = ("", false);
    let mut unclosed = Unclosed::default();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' | b'`' => {
                let Some(length) = unclosed.string_length(bytes, at) else {
                    (name, given, at) = (Name::None, false, at + 1);
                    continue;
                };
                let range = at + 1..at + 1 + length;
                let content = &text[range.clone()];
                if content.contains('"') {
                    holders.push((range.start, content));
                }
                // `JWT: 'JWT'` names one of several choices.
                let secret = |name: &&str| is_secret(name, content) && !name.eq_ignore_ascii_case(content);
                let called = name.text().filter(|_| given);
                let member = called.filter(|_| is_member).map(str::trim_start);
                let is_row = member == Some("value") && !key.is_empty();
                let secret = if is_row { Some(key) } else { called }.filter(secret);
                found.extend(secret.map(|name| Literal { name, range }));
                if matches!(member, Some("key" | "name")) {
                    key = content;
                }
                // A value is not a name itself.
                name = match name {
                    _ if given => Name::None,
                    Name::Call => Name::Argument(content),
                    _ => Name::Quoted(content),
                };
                (given, at) = (false, at + length + 2);
                continue;
            }
            b'=' if bytes.get(at + 1) == Some(&b'=') => {
                (name, given) = (Name::None, false);
                at += 1;
            }
            b':' | b'=' => (given, is_member) = (true, byte == b':'),
            // `=>` after a string assigns in PHP and Ruby; otherwise it is an arrow function of JavaScript.
            b'>' if given && matches!(name, Name::Quoted(_)) && bytes[at - 1] == b'=' => {}
            b',' if matches!(name, Name::Argument(_)) && !given => (given, is_member) = (true, false),
            byte if byte.is_ascii_whitespace() => {}
            b'(' => (name, given) = (Name::Call, false),
            byte if is_word(byte) => {
                let length = bytes[at..].iter().take_while(|&&byte| is_word(byte)).count();
                (name, given, at) = (Name::Word(&text[at..at + length]), false, at + length);
                continue;
            }
            b'}' => (name, given, key) = (Name::None, false, ""),
            _ => (name, given) = (Name::None, false),
        }
        at += 1;
    }
    holders
}

/// The name that the next string may be assigned to.
enum Name<'t> {
    None,
    Word(&'t str),
    Quoted(&'t str),
    /// A call has begun, so a string would be its first argument. Only arguments may be followed by a comma, since
    /// lists have commas, too.
    Call,
    Argument(&'t str),
}

impl<'t> Name<'t> {
    fn text(&self) -> Option<&'t str> {
        match *self {
            Self::None | Self::Call => None,
            Self::Word(text) | Self::Quoted(text) | Self::Argument(text) => Some(text),
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
}

#[cfg(test)]
mod tests {
    use crate::secret::literal::tests::found;

    #[test]
    fn the_key_of_an_object_names_its_value() {
        for (text, secrets) in [
            ("headers.add({key: 'X-Api-Key', value: 'tulip'})", &[("X-Api-Key", "tulip")][..]),
            ("[{\"name\": \"pin\", \"in\": \"query\", \"value\": \"4711\"}]", &[("pin", "4711")]),
            ("\"{\\\"key\\\": \\\"pin\\\", \\\"value\\\": \\\"4711\\\"}\"", &[("pin", "4711")]),
            ("f({key: 'token'}, {value: 'a1b2'}); g({key: 'host', value: 'a1b2'})", &[]),
            ("const name = 'token'; let value = 'a1b2'; const key = 'token'", &[]),
        ] {
            assert_eq!(found(text), secrets, "{text}");
        }
    }
}
