use std::ops::Range;

use super::{MASK, is_secret_value};

/// Everything in `text` that may be a secret, in order, if `text` should be JSON or YAML but does not parse.
///
/// Without the structure, nothing tells which value belongs to which name, where a string ends, or whether something
/// that looks like a reference is one. So only what is certainly not a secret stays: punctuation, names before a colon,
/// the keys and types of rows, `true`, `false` and `null`, and line breaks.
#[must_use]
pub fn hidden_in_unreadable(text: &str) -> Vec<Range<usize>> {
    let mut hidden: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        at = word.end;
        let word = without_line_ends(text, word);
        if is_open(text, &word) {
            continue;
        }
        match hidden.last_mut() {
            Some(last) if text[last.end..word.start].bytes().all(|byte| byte == b' ') => last.end = word.end,
            _ => hidden.push(word),
        }
    }
    hidden
}

/// Returns `text`, which should be JSON or YAML but does not parse, with everything masked that
/// [may be a secret](hidden_in_unreadable). The number of lines stays the same.
#[must_use]
pub fn mask_unreadable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for hidden in hidden_in_unreadable(text) {
        out.push_str(&text[done..hidden.start]);
        out.push_str(MASK);
        done = hidden.end;
    }
    out + &text[done..]
}

/// Whether `c` separates words anywhere in JSON or YAML; so does every character that neither allows. A colon separates
/// only before a blank or one of these.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "{}[],\"'".contains(c)
}

/// The first word from `at` on.
fn next_word(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + text[at..].find(|c| !is_separator(c) && c != ':')?;
    let ends = |(at, c): &(usize, char)| {
        let next = || text[start + at + 1..].chars().next();
        is_separator(*c) || (*c == ':' && next().is_none_or(|next| is_separator(next) || next == ':'))
    };
    let end = text[start..].char_indices().find(ends).map_or(text.len(), |(length, _)| start + length);
    Some(start..end)
}

/// The `word` of `text` without the escaped line breaks and tabs of JSON around it, which separate words as real ones
/// do, and without the backslash of an escaped quote that follows.
fn without_line_ends(text: &str, word: Range<usize>) -> Range<usize> {
    const ESCAPES: [&str; 3] = ["\\n", "\\r", "\\t"];
    let mut rest = &text[word.clone()];
    while let Some(inner) = ESCAPES.iter().find_map(|escape| rest.strip_prefix(escape)) {
        rest = inner;
    }
    let start = word.end - rest.len();
    // Two backslashes in a row are an escaped backslash.
    let is_escape = |before: &str| (before.len() - before.trim_end_matches('\\').len()).is_multiple_of(2);
    let quoted =
        rest.strip_suffix('\\').filter(|before| is_escape(before) && text[word.end..].starts_with('"'));
    rest = quoted.unwrap_or(rest);
    while let Some(inner) =
        ESCAPES.iter().find_map(|escape| rest.strip_suffix(escape)).filter(|before| is_escape(before))
    {
        rest = inner;
    }
    start..start + rest.len()
}

/// Whether the word at `range` is certainly not a secret.
fn is_open(text: &str, range: &Range<usize>) -> bool {
    let (before, word, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let cut_short = |known: &&str| known.starts_with(word);
    ["true", "false", "null"].iter().any(cut_short)
        || is_punctuation(word)
        || (is_identifier(word) && is_name(before, after))
        || (is_plain(word) && is_name_of_row(before))
}

/// Whether `word` is punctuation, such as YAML's dashes and git's conflict markers.
fn is_punctuation(word: &str) -> bool {
    let same = || word.bytes().all(|byte| Some(byte) == word.bytes().next());
    !word.contains(char::is_alphanumeric) && (word.len() <= 3 || same())
}

fn is_identifier(word: &str) -> bool {
    word.chars().all(|c| c.is_alphanumeric() || "_-.$".contains(c)) && !is_secret_value(word)
}

/// Whether `word` has no digits, which most secrets have.
fn is_plain(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() || "_-.".contains(c)) && !is_secret_value(word)
}

/// Whether the word between `before` and `after` is a name: followed by a colon, but not preceded by one.
fn is_name(before: &str, after: &str) -> bool {
    let Some(quote) = before.chars().next_back().filter(|c| matches!(c, '"' | '\'')) else {
        let indent = before.trim_end_matches([' ', '\t', '-']);
        return after.starts_with(':') && (indent.is_empty() || indent.ends_with('\n'));
    };
    let outside = before[..before.len() - 1].trim_end();
    let follows = after.strip_prefix(quote).is_some_and(|rest| rest.trim_start().starts_with(':'));
    follows && !outside.ends_with([':', '\\'])
}

/// Whether `before` ends with `key:` or `type:`.
fn is_name_of_row(before: &str) -> bool {
    let unquoted = |text: &str| text.strip_suffix(['"', '\'']).unwrap_or(text).len();
    let Some(name) = before[..unquoted(before)].trim_end_matches(' ').strip_suffix(':') else { return false };
    let name = &name[..unquoted(name)];
    let outside = name.strip_suffix("key").or_else(|| name.strip_suffix("type"));
    outside.is_some_and(|outside| outside.is_empty() || outside.ends_with([' ', '"', '\'', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_and_punctuation_of_a_broken_file_are_shown() {
        for (text, shown) in [
            (
                "{\"key\": \"pin\",\n\"value\": \"1234\",\r\n\"type\": \"any\"\n<<<<<<< ours\n",
                "{\"key\": \"pin\",\n\"value\": \"********\",\r\n\"type\": \"any\"\n<<<<<<< ********\n",
            ),
            (
                "[{\"value\":12,\"key\":\"a\"},{\"value\":\"b c\"}",
                "[{\"value\":********,\"key\":\"a\"},{\"value\":\"********\"}",
            ),
            ("\"value\": \"no end\n\"value\": \"\",", "\"value\": \"********\n\"value\": \"\","),
            ("  - key: pin\n    value: 12 34\n\t- x", "  - key: pin\n    value: ********\n\t- ********"),
            ("value: |-\n  one\n\n  two\nkey: a", "value: |-\n  ********\n\n  ********\nkey: a"),
            ("- value:\n    one\n  key: a\n", "- value:\n    ********\n  key: a\n"),
            ("value: \"one\n  two\"\nkey: [", "value: \"********\n  ********\"\nkey: ["),
            ("\"value\": {\n  \"a\": 1\n},", "\"value\": {\n  \"a\": ********\n},"),
            ("value: {{Sup3r}}\nvalue: a: b", "value: {{********}}\nvalue: ********: ********"),
            ("{\"token\": {\"a\": \"s, 1\"}, }", "{\"token\": {\"a\": \"********, ********\"}, }"),
            ("{\"key\":\"a1\",\"enabled\":tru}", "{\"key\":\"********\",\"enabled\":tru}"),
            ("{\"value\":\"{\\\"pin\\\":\\\"12", "{\"value\":\"{\\\"********\\\":\\\"********"),
            (
                r#""body": "{\r\n\t\"pin\": \"1234\",\n\"a\": 1\n}\nend","#,
                r#""body": "{\r\n\t\"********\": \"********\",\n\"********\": ********\n}\n********","#,
            ),
            ("\"url\": \"https://me:it@h/?a=b\", {", "\"url\": \"********\", {"),
            (r#""value": "\nMII\nDEF\\n\r\n\", {"#, r#""value": "\n********\r\n\", {"#),
        ] {
            assert_eq!(mask_unreadable(text), shown);
        }
    }
}
