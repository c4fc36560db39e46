//! What sentences, lists and tables say of secrets: `the password is …`, `token = …`, `| api key | … |`, and what commands
//! in them are given.

use super::table::{is_chosen, names_chosen};
use super::{Literal, range_of};
use crate::secret::made_up::is_prose;
use crate::secret::placeholder::SCHEMES;
use crate::secret::{hint, is_secret};

/// What stands around words to make them code or a quotation.
const QUOTES: [char; 3] = ['`', '"', '\''];

/// What makes them bold.
const BOLD: [char; 2] = ['*', '_'];

/// Both.
pub(super) const MARKUP: [char; 5] = ['*', '_', '`', '"', '\''];

/// The shortest word that is taken for a secret.
pub(super) const SHORTEST: usize = 7;

/// The longest one, in characters.
const LONGEST: usize = 512;

/// The words that texts state to be what the name of a secret says, where they are no words of a language or a program.
pub(super) fn stated(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let mut end = 0;
    hint::names(text).filter_map(move |place| {
        let (before, behind) = text.split_at_checked(place)?;
        // One word may give several hints.
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

/// What is said to be the thing whose name `rest` follows, `chosen` when that is one that people think up.
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
    // Without a link only what is marked is meant.
    if linked.is_none() && !is_marked {
        return None;
    }
    let bare = SCHEMES.iter().find_map(|scheme| marked.strip_prefix(scheme)).unwrap_or(marked);
    let ends = |c: char| c.is_whitespace() || QUOTES.contains(&c) || c == '|';
    // What goes on for long is no word, and there may be as many names in it.
    let length = match bare.char_indices().take(LONGEST).find(|(_, c)| ends(*c)) {
        Some((at, _)) => at,
        None if bare.len() <= LONGEST => bare.len(),
        None => return None,
    };
    let word = &bare[..length];
    let word = word.trim_end_matches(['.', ',', ':', '!', '?', ')', '*']);
    // In code a name stands there, maybe of a member.
    let is_code = !is_marked && (word.contains('.') || word.starts_with(['$', '%', '@', '#']));
    let is_value = is_random(word) || (chosen && is_title && is_chosen(word));
    (is_value && !is_code).then_some(word)
}

/// `text` without the tags of HTML that it starts with, and the blanks around them.
pub(super) fn without_tags(mut text: &str) -> &str {
    const LONGEST: usize = 12;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '/';
    // One that does not end is looked for no further than the longest.
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

/// Whether `word` is none of a language, and not made of some as the names in programs are: `base64Value`, `sha-256`.
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

/// Whether `byte` is no mark of a language or a program's.
pub(super) fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"()[]{}<>\"'`,;:=/\\|&".contains(&byte)
}

/// The passwords and tokens that `curl` is given: `-u user:password`, `--oauth2-bearer token`.
pub(super) fn users(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let commands = text.split("curl").skip(1).filter_map(|rest| {
        let rest = rest.strip_prefix(".exe").unwrap_or(rest);
        rest.starts_with(char::is_whitespace).then(|| rest.split([';', '|']).next())?
    });
    commands.flat_map(given).filter_map(move |(name, value)| {
        let value = value.trim_matches(|c| MARKUP.contains(&c) || c == '\\');
        let value = if name == PASSWORD { value.split_once(':')?.1 } else { value };
        is_secret(name, value).then(|| Literal { name, range: range_of(value, text) })
    })
}

/// What stands behind a user's name and a colon.
const PASSWORD: &str = "password";

/// The values of the options of `command` that hold a secret, and what that is.
fn given(command: &str) -> impl Iterator<Item = (&'static str, &str)> {
    let mut words = command.split_whitespace();
    std::iter::from_fn(move || {
        loop {
            let word = words.next()?;
            let (option, joined) =
                word.split_once('=').map_or((word, None), |(option, value)| (option, Some(value)));
            let letters = option.strip_prefix('-').unwrap_or_default();
            // Also behind others, as in `-sSu`.
            let is_short = letters.ends_with('u') && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
            let name = match option {
                "--user" | "--proxy-user" | "-U" => PASSWORD,
                "--oauth2-bearer" => "token",
                "--pass" => "pass",
                _ if is_short && joined.is_none() => PASSWORD,
                _ => match word.strip_prefix("-u") {
                    Some(joined) => return Some((PASSWORD, joined)),
                    None => continue,
                },
            };
            return joined.or_else(|| words.next()).map(|value| (name, value));
        }
    })
}
