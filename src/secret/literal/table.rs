//! Secrets in the cells of Markdown and HTML tables: `| client_secret | … |`, or a column whose title names a secret.

use super::prose::{MARKUP, SHORTEST, is_plain, without_tags};
use super::{Literal, range_of};
use crate::secret::is_secret;
use crate::secret::made_up::describes_value;
use crate::secret::name::words;

/// Names of secrets that people choose themselves. Others are random, and [`stated`](super::prose::stated) finds them.
const CHOSEN: [&str; 12] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "pass",
    "pw",
    "secret",
    "passwort",
    "kennwort",
    "contraseña",
    "senha",
];

/// The secrets in table cells that people have chosen themselves.
pub(super) fn cells(text: &str) -> Vec<Literal<'_>> {
    let mut found = Vec::new();
    // Most texts have no tables, and going through the lines is slow.
    if text.contains('|') {
        let is_line = |line: &&str| line.contains('|');
        for table in text.lines().collect::<Vec<_>>().split(|line| !is_line(line)) {
            let rows: Vec<Vec<_>> = table.iter().map(|line| line.split('|').map(word).collect()).collect();
            let has_titles = rows.get(1).is_some_and(|row| row.iter().all(|cell| is_rule(cell)));
            stated(&rows, has_titles, text, &mut found);
        }
    }
    if text.contains("</t") {
        for table in text.split("</table>") {
            let rows: Vec<Vec<_>> =
                table.split("</tr>").map(|row| row.split("</t").map(cell).collect()).collect();
            let has_titles = table.contains("<th");
            stated(&rows, has_titles, text, &mut found);
        }
    }
    found
}

/// Adds the secrets in the `rows` of a table to `found`. The first row may have the titles of the columns.
fn stated<'t>(rows: &[Vec<&'t str>], has_titles: bool, text: &'t str, found: &mut Vec<Literal<'t>>) {
    let titles = rows.first().filter(|_| has_titles);
    for row in rows {
        for (at, value) in row.iter().copied().enumerate().filter(|(_, value)| is_chosen(value)) {
            let beside = at.checked_sub(1).map(|before| row[before]);
            let above = titles.and_then(|titles| titles.get(at).copied());
            let name = [beside, above]
                .into_iter()
                .flatten()
                .find(|name| names_chosen(name) && is_secret(name, value));
            found.extend(name.map(|name| Literal { name, range: range_of(value, text) }));
        }
    }
}

/// The text of a cell without the marks around it.
fn word(cell: &str) -> &str {
    cell.trim().trim_matches(MARKUP)
}

/// The text of the HTML cell at the end of `rest`.
fn cell(rest: &str) -> &str {
    let inner =
        rest.rsplit_once("<t").and_then(|(_, cell)| cell.split_once('>')).map_or("", |(_, inner)| inner);
    word(without_tags(inner.trim()).split('<').next().unwrap_or_default())
}

/// Whether `cell` belongs to the rule below the titles.
fn is_rule(cell: &str) -> bool {
    cell.bytes().all(|byte| b"-: ".contains(&byte))
}

/// Whether `name` is that of a secret that people choose themselves.
pub(super) fn names_chosen(name: &str) -> bool {
    const MOST: usize = 3;
    const LONGEST: usize = 64;
    let words = if name.len() > LONGEST { Vec::new() } else { words(name) };
    words.len() <= MOST && words.iter().any(|word| CHOSEN.contains(&word.as_str()))
}

/// Whether someone may have chosen `word` as a secret: it has letters and digits, or is a [pass
/// phrase](is_pass_phrase), and does not describe a value.
pub(super) fn is_chosen(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    let shaped = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) && word.bytes().all(is_plain);
    word.len() >= SHORTEST && (shaped || is_pass_phrase(word)) && !describes_value(word)
}

/// Whether `word` is several words in a row, none of which names a secret, or has letters on both sides of an unusual
/// mark: `correct-horse-battery`, `Tulip!Garden`. A single plain word may as well be part of the sentence.
pub(super) fn is_pass_phrase(word: &str) -> bool {
    const FEWEST: usize = 3;
    let is_part = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut parts = word.split('-');
    let is_phrase = parts.clone().count() >= FEWEST && parts.all(|part| is_part(part) && !names_chosen(part));
    let is_odd = || {
        let (before, behind) = word.split_once(['!', '@', '#', '$', '%', '^', '*', '+', '~', '?'])?;
        Some(is_part(before) && is_part(behind) && word.len() > SHORTEST)
    };
    is_phrase || is_odd().unwrap_or_default()
}
