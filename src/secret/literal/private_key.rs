use std::ops::Range;

use super::{Literal, range_of};

/// Private keys as PEM spells them, from the first dash to the last.
pub(super) fn private_keys(text: &str) -> Vec<Literal<'_>> {
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
        // Certificates and what is public stand in front of keys.
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

/// What stands between the first and the last line of the private key `text`, or of a part of one, without the line breaks
/// around it, be they breaks or written `\n`. None when it has neither line.
pub(in crate::secret) fn private_key_inside(text: &str) -> Option<Range<usize>> {
    const START: &str = "PRIVATE KEY-----";
    let first = text.find("-----BEGIN").and_then(|at| Some(at + text[at..].find(START)? + START.len()));
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
