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
    let (mut holders, mut assignment, mut at) = (Vec::new(), Assignment::default(), 0);
    let mut unclosed = Unclosed::default();
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'"' | b'\'' | b'`' => match unclosed.string_length(bytes, at) {
                Some(length) => {
                    let range = at + 1..at + 1 + length;
                    let content = &text[range.clone()];
                    if content.contains('"') {
                        holders.push((range.start, content));
                    }
                    found.extend(assignment.string(content).map(|name| Literal { name, range }));
                    length + 2
                }
                None => {
                    assignment.end();
                    1
                }
            },
            byte if is_word(byte) => {
                let length = bytes[at..].iter().take_while(|&&byte| is_word(byte)).count();
                assignment.word(&text[at..at + length]);
                length
            }
            b'=' if bytes.get(at + 1) == Some(&b'=') => {
                assignment.end();
                2
            }
            // `=>` after a string assigns in PHP and Ruby; otherwise it is an arrow function of JavaScript.
            b'>' if assignment.is_of_string() && bytes[..at].ends_with(b"=") => 1,
            byte => {
                assignment.mark(byte);
                1
            }
        };
    }
    holders
}

/// What is known of an assignment before its string comes.
#[derive(Default)]
struct Assignment<'t> {
    name: Name<'t>,
    /// What says that the next string is the value: a colon, an equals sign or, in a call, a comma.
    given: Option<u8>,
    /// The `key` of the object around.
    key: &'t str,
}

impl<'t> Assignment<'t> {
    /// Takes the next string; returns its name if it is a secret.
    fn string(&mut self, content: &'t str) -> Option<&'t str> {
        let called = self.name.text().filter(|_| self.given.is_some());
        let member = called.filter(|_| self.given == Some(b':')).map(str::trim_start);
        let is_row = member == Some("value") && !self.key.is_empty();
        let called = if is_row { Some(self.key) } else { called };
        if matches!(member, Some("key" | "name")) {
            self.key = content;
        }
        // A value is not a name itself.
        self.name = match self.name {
            _ if self.given.is_some() => Name::None,
            Name::Call => Name::Argument(content),
            _ => Name::Quoted(content),
        };
        self.given = None;
        // `JWT: 'JWT'` names one of several choices.
        called.filter(|name| is_secret(name, content) && !name.eq_ignore_ascii_case(content))
    }

    /// Takes a word, which may be a name.
    fn word(&mut self, word: &'t str) {
        (self.name, self.given) = (Name::Word(word), None);
    }

    /// Takes any other character.
    fn mark(&mut self, mark: u8) {
        match mark {
            b':' | b'=' => self.given = Some(mark),
            b',' if matches!(self.name, Name::Argument(_)) && self.given.is_none() => self.given = Some(mark),
            b'(' => (self.name, self.given) = (Name::Call, None),
            b'}' => *self = Self::default(),
            mark if mark.is_ascii_whitespace() => {}
            _ => self.end(),
        }
    }

    /// Forgets the name.
    fn end(&mut self) {
        (self.name, self.given) = (Name::None, None);
    }

    /// Whether a value is about to be assigned to a string.
    fn is_of_string(&self) -> bool {
        self.given.is_some() && matches!(self.name, Name::Quoted(_))
    }
}

/// The name that the next string may be assigned to.
#[derive(Default)]
enum Name<'t> {
    #[default]
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
