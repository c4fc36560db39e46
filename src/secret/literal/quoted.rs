use super::Literal;
use crate::secret::is_secret;
use crate::text::Unclosed;

/// The strings that JSON and scripts give to names: `"name": "value"`, `name = 'value'`, `set("name", "value")`, also when
/// all of it stands in quotes of another kind, as JSON does in a command.
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

/// A quote as it stands within quotes.
const ESCAPED: &str = "\\\"";

/// Adds the strings that `content` gives to names to `found`, where quotes have a backslash.
fn escaped_strings_given<'t>(content: &'t str, found: &mut Vec<Literal<'t>>) {
    // A blank behind each quote instead of the backslash before it: all else stays in its place.
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

/// Adds the strings that `text` gives to names to `found`. Those that hold strings themselves, and where they start.
fn strings_given<'t>(text: &'t str, found: &mut Vec<Literal<'t>>) -> Vec<(usize, &'t str)> {
    let bytes = text.as_bytes();
    let (mut holders, mut name, mut given, mut at) = (Vec::new(), Name::None, false, 0);
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
                let secret = name.text().filter(|_| given).filter(secret);
                found.extend(secret.map(|name| Literal { name, range }));
                // What was given to a name is none itself.
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
            b':' | b'=' => given = true,
            // PHP and Ruby write `=>` between the two, and JavaScript between what a function takes and gives.
            b'>' if given && matches!(name, Name::Quoted(_)) && bytes[at - 1] == b'=' => {}
            b',' if matches!(name, Name::Argument(_)) && !given => given = true,
            byte if byte.is_ascii_whitespace() => {}
            b'(' => (name, given) = (Name::Call, false),
            byte if is_word(byte) => {
                let length = bytes[at..].iter().take_while(|&&byte| is_word(byte)).count();
                (name, given, at) = (Name::Word(&text[at..at + length]), false, at + length);
                continue;
            }
            _ => (name, given) = (Name::None, false),
        }
        at += 1;
    }
    holders
}

/// What a string that follows may be given to.
enum Name<'t> {
    None,
    Word(&'t str),
    Quoted(&'t str),
    /// A call has been opened, and what follows is its first argument: lists have commas, too.
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
