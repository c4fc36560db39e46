//! YAML scalars: spells a value in the style of the one it replaces if that can represent it, or else like Postman.

use std::fmt::Write as _;

use crate::syntax::{Value, plain};

/// The notations of a YAML scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    /// `|`; also replaces `>`, since where to fold a new text is anyone's guess.
    Literal,
}

/// Postman has two YAML writers, which differ in what they quote and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writer {
    /// The writer of environments and globals: single quotes, also around text with colons.
    Variables,
    /// The writer of a collection's files, which state their `$kind`: double quotes, and only if necessary.
    Collection,
}

impl Writer {
    /// The writer of files whose root has members called `names`.
    pub(super) fn of<'n>(mut names: impl Iterator<Item = std::borrow::Cow<'n, str>>) -> Self {
        if names.any(|name| name == "$kind") { Self::Collection } else { Self::Variables }
    }
}

/// What the place of a scalar allows and requires.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room<'r> {
    pub(super) writer: Writer,
    /// Whether it is inside `[…]` or `{…}`, where more characters are special.
    pub(super) flow: bool,
    /// The indentation around a literal scalar and that of its own lines, if one is allowed.
    pub(super) literal: Option<(usize, usize)>,
    /// Whether blank lines at the end of a literal scalar are its own, with none of the file's after them.
    pub(super) blank_lines: bool,
    pub(super) eol: &'r str,
    /// Whether the file ends here, without a line break.
    pub(super) last_line: bool,
    /// The comment on the first line of the literal scalar that was here.
    pub(super) header: &'r str,
}

impl Room<'static> {
    /// Inside a flow collection.
    pub(super) const FLOW: Self = Self {
        writer: Writer::Variables,
        flow: true,
        literal: None,
        blank_lines: false,
        eol: "\n",
        last_line: false,
        header: "",
    };

    /// A member's name in a block mapping.
    pub(super) const NAME: Self = Self { flow: false, ..Self::FLOW };
}

impl Style {
    /// The style of a scalar spelled `raw`.
    pub(super) fn of(raw: &str) -> Self {
        match raw.as_bytes().first() {
            Some(b'\'') => Self::Single,
            Some(b'"') => Self::Double,
            Some(b'|' | b'>') => Self::Literal,
            _ => Self::Plain,
        }
    }

    /// The indentation of the lines of a literal or folded scalar whose surroundings are indented by `outer`: as given
    /// by a digit after its mark, or else that of its first line with content.
    pub(super) fn content_indent(raw: &str, outer: usize) -> Option<usize> {
        let mut lines = raw.split('\n').filter(|_| Self::of(raw) == Self::Literal);
        if let Some(step) = lines.next()?.chars().take(3).find_map(|c| c.to_digit(10)) {
            return Some(outer + step as usize);
        }
        let first = lines.find(|line| !line.trim().is_empty())?;
        Some(first.len() - first.trim_start_matches(' ').len()).filter(|indent| *indent > outer)
    }

    /// The comment on the first line of a literal or folded scalar, with the space before it.
    pub(super) fn header_comment(raw: &str) -> &str {
        let header =
            raw.split(['\n', '\r']).next().filter(|_| Self::of(raw) == Self::Literal).unwrap_or_default();
        header.find(" #").map_or("", |at| &header[header[..at].trim_end().len()..])
    }
}

/// Spells `value`, a scalar or an empty collection, in the style `like` if that can represent it.
pub(super) fn spell(value: &Value, like: Option<Style>, room: &Room<'_>) -> String {
    let Value::String(text) = value else { return format!("{}{}", value.to_json(), room.header) };
    match like {
        Some(Style::Plain) if is_plain(text, room.flow) => text.clone(),
        Some(Style::Single) if is_printable(text) => single(text),
        Some(Style::Double) => double(text),
        Some(Style::Literal) if room.allows_literal(text) => literal(text, room),
        _ => format!("{}{}", as_postman(text, room), room.header),
    }
}

/// Spells `text` like Postman: plain if it cannot be mistaken, with `|` if it has several lines, or else in quotes.
fn as_postman(text: &str, room: &Room<'_>) -> String {
    let variables = room.writer == Writer::Variables;
    let colons = text.contains([':', ',', '[', ']', '{', '}']) || text.starts_with(['-', '?']);
    if is_plain(text, variables || room.flow) && !(variables && colons) {
        return text.to_owned();
    }
    let lines = text.contains('\n') && text.split(['\n', '\t']).all(is_printable);
    if lines && room.header.is_empty() && room.allows_literal(text) {
        return literal(text, room);
    }
    let single_quotes = variables || (text.contains('"') && !text.contains('\''));
    if single_quotes && is_printable(text) { single(text) } else { double(text) }
}

/// Whether every reader reads `text` without quotes as that text.
fn is_plain(text: &str, flow: bool) -> bool {
    let indicator = |c: char| "-?:,[]{}#&*!|>'\"%@`".contains(c);
    let mut chars = text.chars();
    let (first, second) = (chars.next(), chars.next());
    let starts = match first {
        Some('-' | '?') => second.is_some_and(|c| c != ' ' && !(flow && ",[]{}".contains(c))),
        Some(c) => !indicator(c),
        None => false,
    };
    starts
        && is_printable(text)
        && text.trim() == text
        && !text.starts_with("---")
        && !text.starts_with("...")
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !(flow && text.contains([',', '[', ']', '{', '}', ':']))
        && !plain::is_ambiguous(text)
}

impl Room<'_> {
    /// Whether `text` can be a literal scalar here.
    fn allows_literal(&self, text: &str) -> bool {
        let ends = text.strip_suffix('\n');
        let last = ends.unwrap_or(text).rsplit('\n').next().unwrap_or_default();
        let allowed = |line: &str| line.split('\t').all(is_printable);
        // Postman writes all other texts in quotes, too.
        let told = !first_with_content(text).starts_with('\t')
            && (if last.is_empty() { self.blank_lines } else { !last.trim().is_empty() });
        let fits = |(outer, own): (usize, usize)| !is_indented(text) || (1..=9).contains(&(own - outer));
        self.literal.is_some_and(fits)
            && told
            && !text.trim().is_empty()
            && (ends.is_none() || !self.last_line)
            && text.split('\n').all(allowed)
    }
}

fn literal(text: &str, room: &Room<'_>) -> String {
    let (outer, indent) = room.literal.unwrap_or_default();
    let (chomping, lines) = match text.strip_suffix('\n') {
        Some(lines) if lines.ends_with('\n') => ("+", lines),
        Some(lines) => ("", lines),
        None => ("-", text),
    };
    let step = if is_indented(text) { (indent - outer).to_string() } else { String::new() };
    let mut out = format!("|{step}{chomping}{}", room.header);
    for line in lines.split('\n') {
        out.push_str(room.eol);
        if !line.is_empty() {
            let _ = write!(out, "{:indent$}{line}", "");
        }
    }
    out
}

/// Whether `text` starts with spaces that would be taken for indentation.
fn is_indented(text: &str) -> bool {
    text[..text.len() - text.trim_start().len()].contains(' ')
}

fn first_with_content(text: &str) -> &str {
    text.split('\n').find(|line| !line.trim().is_empty()).unwrap_or_default()
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c.encode_utf8(&mut [0; 4])) => out.push(c),
            c if (c as u32) < 0x100 => {
                let _ = write!(out, "\\x{:02X}", c as u32);
            }
            c => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
        }
    }
    out.push('"');
    out
}

/// Whether every character of `text` is allowed in any scalar on one line.
fn is_printable(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, ' '..='~' | '\u{a1}'..='\u{2027}' | '\u{202a}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
    })
}
