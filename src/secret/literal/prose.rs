//! Secrets in sentences, lists and tables: `the password is …`, `token = …`, `| api key | … |`.

use super::table::{is_chosen, is_pass_phrase, names_chosen};
use super::{Literal, range_of};
use crate::secret::made_up::is_prose;
use crate::secret::placeholder::SCHEMES;
use crate::secret::{hint, is_secret};

/// Marks around code and quotations.
const QUOTES: [char; 3] = ['`', '"', '\''];

/// Marks around bold and italic text.
const BOLD: [char; 2] = ['*', '_'];

/// All of these marks.
pub(super) const MARKUP: [char; 5] = ['*', '_', '`', '"', '\''];

/// The shortest word that is considered a secret, in bytes.
pub(super) const SHORTEST: usize = 7;

/// The longest word that is considered a secret, in characters.
const LONGEST: usize = 512;

/// The words that follow the name of a secret, unless they are ordinary words or code.
pub(super) fn stated(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let mut end = 0;
    hint::name_hints(text).filter_map(move |place| {
        let (before, behind) = text.split_at_checked(place)?;
        // A word may contain several hints.
        if before.len() < end {
            return None;
        }
        let start = before.trim_end_matches(is_word).len();
        end = text.len() - behind.trim_start_matches(is_word).len();
        let one = &text[start..end];
        let value = value_after(&text[end..], names_chosen(one))?;
        let two =
            text[..start].strip_suffix(' ').map(|before| &text[before.trim_end_matches(is_word).len()..end]);
        let name = [Some(one), two].into_iter().flatten().find(|name| is_secret(name, value))?;
        Some(Literal { name, range: range_of(value, text) })
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_-".contains(c)
}

/// The secret that `rest` states after the name of one. `chosen` says whether people choose such secrets themselves.
fn value_after(rest: &str, chosen: bool) -> Option<&str> {
    let blank = |text: &'_ str| text.len() - text.trim_start_matches(' ').len();
    let rest = rest.trim_start_matches(MARKUP);
    let rest = without_tags(&rest[blank(rest)..]);
    let linked = [":", "=", "|", "is "].iter().find_map(|link| rest.strip_prefix(link));
    let value = linked.unwrap_or(rest);
    // As in `**Password:** …`.
    let is_title = linked.is_some() && value.starts_with(['*', '_', '<']);
    let value = value.trim_start_matches(BOLD);
    let value = without_tags(&value[blank(value)..]);
    let marked = value.trim_start_matches(MARKUP);
    let is_marked = marked.len() < value.len();
    // Without a link, only a marked word is the value.
    if linked.is_none() && !is_marked {
        return None;
    }
    let bare = SCHEMES.iter().find_map(|scheme| marked.strip_prefix(scheme)).unwrap_or(marked);
    let ends = |c: char| c.is_whitespace() || QUOTES.contains(&c) || c == '|';
    // A longer run is not a word. It may contain many names, so do not search it to its end for each.
    let length = match bare.char_indices().take(LONGEST).find(|(_, c)| ends(*c)) {
        Some((at, _)) => at,
        None if bare.len() <= LONGEST => bare.len(),
        None => return None,
    };
    let word = &bare[..length];
    let word = word.trim_end_matches(['.', ',', ':', '!', '?', ')', '*']);
    // In code, a name follows, perhaps of a member.
    let is_code = !is_marked && (word.contains('.') || word.starts_with(['$', '%', '@', '#']));
    // If the text goes on after the word, it may be a sentence.
    let is_alone = || is_marked || bare[word.len()..].trim_start_matches(['.', '!', ')']).starts_with('\n');
    let is_phrase = || linked.is_some() && (is_alone() || bare.len() == length) && is_pass_phrase(word);
    let is_value = is_random(word) || (chosen && ((is_title && is_chosen(word)) || is_phrase()));
    (is_value && !is_code).then_some(word)
}

/// Returns `text` without leading HTML tags and the blanks after them.
pub(super) fn without_tags(mut text: &str) -> &str {
    const LONGEST: usize = 12;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '/';
    // Search an unclosed tag only as far as the longest one.
    let end = |text: &'_ str| text.bytes().take(LONGEST).position(|byte| byte == b'>');
    let tag = |text: &'_ str| end(text.strip_prefix('<')?).map(|length| length + 2);
    while let Some(length) = tag(text).filter(|length| *length <= LONGEST) {
        if !text[1..length - 1].chars().all(is_part) {
            break;
        }
        text = text[length..].trim_start_matches(' ');
    }
    text
}

/// Whether `word` is neither an ordinary word nor made up of some as the names in programs are: `base64Value`,
/// `sha-256`.
fn is_random(word: &str) -> bool {
    const SHORTEST_WORD: usize = 3;
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    let shaped = word.len() >= SHORTEST && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    let mut letters = word.split(|c: char| !c.is_ascii_alphabetic()).filter(|run| !run.is_empty());
    let odd = word.contains(|c: char| !c.is_ascii_alphanumeric() && !"_-.".contains(c));
    shaped
        && word.bytes().all(is_plain)
        && !is_prose(word)
        && (odd || letters.any(|run| run.len() < SHORTEST_WORD))
}

/// Whether `byte` is not punctuation of prose or code.
pub(super) fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"()[]{}<>\"'`,;:=/\\|&".contains(&byte)
}
