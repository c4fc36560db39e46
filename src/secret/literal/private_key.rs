use std::ops::Range;

use super::{Literal, range_of};

/// The start of a private key in PuTTY format.
const PUTTY_BEGIN: &str = "PuTTY-User-Key-File-";

/// The name of its last field.
const PUTTY_END: &str = "Private-MAC:";

/// Private keys in PEM format, from the first dash to the last, and in PuTTY format.
pub(super) fn private_keys(text: &str) -> Vec<Literal<'_>> {
    let mut found = pem_keys(text);
    found.extend(putty_keys(text));
    found
}

fn putty_keys(text: &str) -> impl Iterator<Item = Literal<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let begin = at + text[at..].find(PUTTY_BEGIN)?;
        let end = text[begin..].find(PUTTY_END).map(|length| begin + length + PUTTY_END.len());
        at = end.map_or(text.len(), |end| {
            let mac = text[end..].trim_start();
            text.len() - mac.trim_start_matches(|c: char| c.is_ascii_hexdigit()).len()
        });
        Some(Literal { name: "", range: begin..at })
    })
}

/// Whether `text` contains a private key in PuTTY format.
pub(in crate::secret) fn is_putty_key(text: &str) -> bool {
    text.contains(PUTTY_BEGIN)
}

/// Whether a private key, given line by line, is unfinished after `line`; `open` says whether one was before it.
#[must_use]
pub fn leaves_key_open(line: &str, open: bool) -> bool {
    // Most lines have no such dashes, which is quick to check.
    if line.contains("-----") {
        let begins = line.contains("-----BEGIN ") && line.contains("PRIVATE KEY");
        return (begins || open) && !line.contains("-----END ");
    }
    if open { !line.contains(PUTTY_END) } else { line.contains(PUTTY_BEGIN) }
}

fn pem_keys(text: &str) -> Vec<Literal<'_>> {
    const BEGIN: &str = "-----BEGIN ";
    const END: &str = "-----END ";
    const DASHES: &str = "-----";
    // PGP's are blocks.
    let of_key = |label: &&str| label.contains("PRIVATE KEY") && !label.contains('\n');
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = text[at..].find(BEGIN).map(|begin| at + begin) {
        at = begin + BEGIN.len();
        let Some((label, inside)) = text[at..].split_once(DASHES) else { break };
        // Certificates and public keys may come before private keys.
        if !of_key(&label) {
            continue;
        }
        let end_of = |(end, mark): (usize, &str)| {
            let (label, _) = inside[end + mark.len()..].split_once(DASHES)?;
            of_key(&label).then_some(end + mark.len() + label.len() + DASHES.len())
        };
        let end = inside.match_indices(END).find_map(end_of).unwrap_or(inside.len());
        at = text.len() - inside.len() + end;
        found.push(Literal { name: "", range: begin..at });
    }
    found
}

/// The range between the first and the last line of the private key `text`, or of a part of one, without the line
/// breaks around it, real ones or written as `\n`. None if it has neither of the two lines.
pub(in crate::secret) fn private_key_inside(text: &str) -> Option<Range<usize>> {
    const START: &str = "PRIVATE KEY-----";
    let pem = text.find("-----BEGIN").and_then(|at| Some(at + text[at..].find(START)? + START.len()));
    let first = pem.or_else(|| start_of_putty_lines(text));
    let start = first.unwrap_or(0);
    let last = text[start..].find("-----END").map(|length| start + length);
    first.or(last)?;
    let end = last.unwrap_or(text.len());
    let (mut inside, mut rest) = (&text[start..end], "");
    while inside != rest {
        rest = inside;
        inside = ["\\n", "\\r"].iter().fold(rest, |rest, mark| rest.strip_prefix(mark).unwrap_or(rest));
        inside = ["\\n", "\\r"].iter().fold(inside, |rest, mark| rest.strip_suffix(mark).unwrap_or(rest));
        inside = inside.trim();
    }
    Some(range_of(inside, text))
}

/// Where the secret part of the private key `text` in PuTTY format starts: after the number of its lines.
fn start_of_putty_lines(text: &str) -> Option<usize> {
    const LINES: &str = "Private-Lines:";
    let begin = text.find(PUTTY_BEGIN)?;
    let rest = text[begin..].split_once(LINES).map_or("", |(_, rest)| rest);
    Some(text.len() - rest.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit()).len())
}
