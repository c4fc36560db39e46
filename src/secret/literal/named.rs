use super::{Literal, range_of};
use crate::secret::made_up::describes_value;
use crate::secret::reference::is_filled_in;
use crate::secret::{is_secret, is_secret_key};

/// What may precede `name=value` in a query, a form, a list of fields or a command.
const OPENINGS: [&str; 15] = [
    "?", "&", "\n", "\"", "'", "`", "set ", "export ", "$env:", "-e ", "--env ", "--data ", "--form ", "$ ",
    "&& ",
];

/// The longest value of a field that is looked at, in bytes. Longer ones are judged by their name: they are neither
/// made up of references nor URLs.
const LONGEST: usize = 4096;

/// `name=value` in queries, forms and commands.
pub(super) fn fields(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let mut ends = Ahead::new(text, |c| c.is_whitespace() || "&#\"'`<>".contains(c));
    // Code looks similar, but has calls and semicolons.
    let mut codes = Ahead::new(text, |c| matches!(c, '(' | ';'));
    let mut done = 0;
    text.match_indices('=').filter_map(move |(at, _)| {
        // Skip the inside of a value already found.
        if at < done {
            return None;
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.[]%".contains(c);
        let name = text[..at].rsplit(|c| !is_name(c)).next()?;
        let before = &text[..at - name.len()];
        let opened = before.is_empty() || OPENINGS.iter().any(|opening| before.ends_with(opening));
        if !opened {
            return None;
        }
        let value = &text[at + 1..ends.from(at + 1)];
        let is_code = codes.from(at + 1) < at + 1 + value.len();
        // Fields may be nested in each other's values over and over: do not look at long values each time.
        let is_field = if value.len() > LONGEST { is_secret_key(name) } else { is_secret(name, value) };
        if is_code || !is_field {
            return None;
        }
        done = at + 1 + value.len();
        Some(Literal { name, range: range_of(value, text) })
    })
}

/// Finds some characters in a text. Searches every part only once if asked in ascending order.
struct Ahead<'t, F> {
    text: &'t str,
    is_wanted: F,
    next: Option<usize>,
}

impl<'t, F: Fn(char) -> bool> Ahead<'t, F> {
    fn new(text: &'t str, is_wanted: F) -> Self {
        Self { text, is_wanted, next: None }
    }

    /// The offset of the first such character at or after `from`, or the end of the text.
    fn from(&mut self, from: usize) -> usize {
        let next = self.next.filter(|next| *next >= from);
        let next = next.unwrap_or_else(|| {
            self.text[from..].find(&self.is_wanted).map_or(self.text.len(), |length| from + length)
        });
        self.next = Some(next);
        next
    }
}

/// `Name=value;` in connection strings, which begin with the server.
pub(super) fn settings(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let names = ["server", "data source", "host", "endpoint", "defaultendpointsprotocol", "driver"];
    // Most texts are not connection strings, and going through the lines is slow.
    let settings = if text.contains(';') && text.contains('=') { text } else { "" };
    settings.lines().filter(|line| line.contains(';')).flat_map(move |line| {
        let start = line.match_indices('=').find_map(|(at, _)| {
            let before = |name: &str| line.as_bytes().get(at.checked_sub(name.len())?..at);
            let is = |name: &&&str| before(name).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
            names.iter().find(is).map(|name| at - name.len())
        });
        let rest = start.map_or("", |start| &line[start..]);
        let rest = rest.split(['"', '\'', '`']).next().unwrap_or_default();
        rest.split(';').filter_map(move |setting| {
            let (name, value) = setting.split_once('=')?;
            let (name, value) = (name.trim(), value.trim());
            // Code looks similar, but has calls.
            (is_secret(name, value) && !value.contains('('))
                .then(|| Literal { name, range: range_of(value, text) })
        })
    })
}

/// The values of `Authorization: …` and other headers on their own lines.
pub(super) fn header_lines(text: &str) -> impl Iterator<Item = Literal<'_>> {
    text.lines().filter_map(move |line| header(line, text))
}

/// The secret value of a header, if `line`, a part of `text`, is one.
pub(super) fn header<'t>(line: &'t str, text: &'t str) -> Option<Literal<'t>> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    let length = line.bytes().take_while(is_name).count();
    let (name, rest) = line.split_at(length);
    let value = rest.strip_prefix(": ")?.trim();
    // Prose looks similar, but has more words and no parameters, or describes the value.
    let plain = value.split(' ').count() <= 2 || value.contains('=');
    let plain = plain && !describes_value(value) && !is_filled_in(value);
    (plain && is_secret(name, value)).then(|| Literal { name, range: range_of(value, text) })
}

/// `name: value` in comments of scripts, if the value is a single word and not code.
pub(super) fn comments(text: &str) -> impl Iterator<Item = Literal<'_>> {
    text.lines().filter_map(move |line| {
        let said = ["//", "#", "*", "--"].iter().find_map(|mark| line.trim_start().strip_prefix(mark))?;
        let (name, value) = said.trim().split_once(':')?;
        let value = value.trim();
        let is_word = value.bytes().any(|byte| byte.is_ascii_digit())
            && !value.contains(|c: char| c.is_whitespace() || "()[]{},;\"'`".contains(c));
        let is_name = name.split_whitespace().count() <= 2;
        let is_value = is_word && !describes_value(value);
        (is_value && is_name && is_secret(name, value))
            .then(|| Literal { name, range: range_of(value, text) })
    })
}

/// `name: value` in the middle of a sentence, if the value is not an ordinary word.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let is_word = |c: char| c.is_alphanumeric() || "_-".contains(c);
    // Most texts have none, and going through the lines is slow. In JSON, a quote precedes the colon.
    let is_after_word = |(at, _): (usize, &str)| text[..at].ends_with(is_word);
    let sentences = if text.match_indices(": ").any(is_after_word) { text } else { "" };
    sentences.lines().flat_map(move |line| {
        // Code looks similar, but has brackets and assignments.
        let prose = line.split(['{', '[', '=', ';', '"', '`', '<']).next().unwrap_or_default();
        let letter = prose.find(char::is_alphabetic).unwrap_or(prose.len());
        prose.match_indices(": ").filter_map(move |(at, mark)| {
            let value = sentence_value(&line[at + mark.len()..])?;
            let last = line[..at].rsplit(|c| !is_word(c)).next()?;
            let before = line[..at - last.len()].strip_suffix(' ')?;
            // At the start of a line, it may be code.
            if last.is_empty() || before.len() <= letter {
                return None;
            }
            let first = before.rsplit(|c| !is_word(c)).next()?;
            let both = &line[before.len() - first.len()..at];
            let name = [last, both].into_iter().find(|name| is_secret(name, value))?;
            Some(Literal { name, range: range_of(value, text) })
        })
    })
}

/// The first word of `rest`, if it is not an ordinary word.
fn sentence_value(rest: &str) -> Option<&str> {
    const SHORTEST: usize = 7;
    let word = rest.split(char::is_whitespace).next()?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"()[]{}<>\"'`,;=/\\|".contains(&byte);
    let shaped = word.len() >= SHORTEST && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    // Texts mention `OAuth2.0` with tokens and authorization everywhere.
    (shaped && word.bytes().all(is_plain) && !word.starts_with("OAuth")).then_some(word)
}

/// `name=value; …` in cookies.
pub(super) fn cookies(text: &str) -> impl Iterator<Item = Literal<'_>> {
    // Most texts have none, and going through the lines is slow.
    let cookies = if text.contains("; ") && text.contains('=') { text } else { "" };
    let is_plain = |c: char| c.is_ascii_graphic() && !"\"'`()[]{}<>,;".contains(c);
    let is_part =
        move |part: &str| part.split('=').next().is_some_and(|name| !name.is_empty() && !name.contains(' '));
    cookies.lines().filter(move |line| line.contains("; ") && line.split("; ").all(is_part)).flat_map(
        move |line| {
            line.split("; ").filter_map(move |part| {
                let (name, value) = part.split_once('=')?;
                (value.chars().all(is_plain) && is_secret(name, value))
                    .then(|| Literal { name, range: range_of(value, text) })
            })
        },
    )
}

/// The contents of XML elements: `<password>…</password>`.
pub(super) fn elements(text: &str) -> impl Iterator<Item = Literal<'_>> {
    text.match_indices("</").filter_map(move |(end, _)| {
        let rest = &text[end + 2..];
        // Search an unclosed tag only up to the next one.
        let length = rest.find(['>', '<']).filter(|length| rest[*length..].starts_with('>'))?;
        let tag = rest[..length].trim();
        let (before, value) = text[..end].rsplit_once('>')?;
        let opening = before.rsplit_once('<')?.1.strip_prefix(tag)?;
        let name = tag.rsplit(':').next()?;
        let value = value.trim();
        let same = opening.is_empty() || opening.starts_with(char::is_whitespace);
        // SoapUI writes a question mark for a value to fill in.
        (same && value != "?" && is_secret(name, value))
            .then(|| Literal { name, range: range_of(value, text) })
    })
}
