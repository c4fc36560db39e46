//! `KEY=value` lines, as shells and dotenv libraries read them. There is no standard: the output is valid in a POSIX
//! shell, in the spelling that most of the libraries agree on.

use std::collections::HashMap;

use super::shell::is_plain;
use super::{ConvertError, Converted, Pairs, exports, note};
use crate::model::Scope;

pub(super) fn write(scope: &Scope<'_>) -> Converted {
    let mut exports = exports(scope).harmless();
    let escaped: Vec<_> =
        exports.variables.iter().filter(|it| needs_escapes(&it.value)).map(|it| it.name.as_str()).collect();
    note(&mut exports.notes, &escaped, |names| {
        format!("spelled for the shell, with backslashes that some dotenv libraries keep: {names}")
    });
    let lines = exports.variables.iter().map(|it| format!("{}={}\n", it.name, quote(&it.value)));
    Converted { text: lines.collect(), notes: exports.notes }
}

/// Quotes `value` if needed, in single quotes if possible: no reader gives anything between them a meaning.
fn quote(value: &str) -> String {
    if is_plain(value) {
        value.to_owned()
    } else if !value.contains('\'') {
        format!("'{value}'")
    } else {
        let mut out = String::from("\"");
        for c in value.chars() {
            if ESCAPED.contains(&c) {
                out.push('\\');
            }
            out.push(c);
        }
        out + "\""
    }
}

/// The characters that have a meaning between double quotes.
const ESCAPED: [char; 4] = ['"', '\\', '$', '`'];

fn needs_escapes(value: &str) -> bool {
    value.contains('\'') && value.contains(ESCAPED)
}

/// Also reads `export`, comments, values of several lines, and three kinds of quotes.
pub(super) fn read(text: &str) -> Result<Pairs, ConvertError> {
    let mut reader = Reader { text, at: 0 };
    let mut found = Pairs::default();
    let (mut places, mut repeated, mut expanding) = (HashMap::new(), Vec::new(), Vec::new());
    while let Some((name, value, expands)) = reader.pair()? {
        if expands {
            expanding.push(name.clone());
        }
        match places.get(&name) {
            Some(&place) => {
                let pair: &mut (String, String) = &mut found.pairs[place];
                pair.1 = value;
                repeated.push(name);
            }
            None => {
                places.insert(name.clone(), found.pairs.len());
                found.pairs.push((name, value));
            }
        }
    }
    note(&mut found.notes, &repeated, |names| {
        format!("defined more than once, and the last definition counts: {names}")
    });
    note(&mut found.notes, &expanding, |names| {
        format!("`$name` is not expanded, but kept as text, in {names}")
    });
    Ok(found)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    /// Reads the next name and value, and whether a shell would expand something in the value.
    fn pair(&mut self) -> Result<Option<(String, String, bool)>, ConvertError> {
        loop {
            self.skip(char::is_whitespace);
            match self.peek() {
                None => return Ok(None),
                Some('#') => self.skip(|c| c != '\n'),
                Some(_) => break,
            }
        }
        let mut name = self.name();
        if name == "export" && self.peek() != Some('=') {
            name = self.name();
        }
        if name.is_empty() {
            return Err(self.wrong("expected KEY=VALUE, found no key"));
        }
        if self.peek() != Some('=') {
            return Err(self.wrong("expected KEY=VALUE, found no `=` after the key"));
        }
        self.at += 1;
        self.skip(is_blank);
        let (value, expands) = self.value()?;
        Ok(Some((name, value, expands)))
    }

    /// Reads a name and the blanks after it.
    fn name(&mut self) -> String {
        let start = self.at;
        self.skip(|c| !c.is_whitespace() && !matches!(c, '=' | '#' | '\'' | '"'));
        let name = self.text[start..self.at].to_owned();
        self.skip(is_blank);
        name
    }

    fn value(&mut self) -> Result<(String, bool), ConvertError> {
        if !matches!(self.peek(), Some('\'' | '"' | '`')) {
            return Ok(self.bare());
        }
        let (mut value, mut expands) = (String::new(), false);
        // Adjacent pieces form one value, as in a shell: 'it'\''s'.
        loop {
            match self.peek() {
                Some(quote @ ('\'' | '`')) => value.push_str(self.literal(quote)?),
                Some('"') => expands |= self.escaped(&mut value)?,
                Some('\\') => {
                    self.at += 1;
                    value.extend(self.next());
                }
                Some(c) if !c.is_whitespace() => value.extend(self.next()),
                _ => break,
            }
        }
        self.skip(is_blank);
        if self.peek() == Some('#') {
            self.skip(|c| c != '\n');
        }
        match self.peek() {
            None | Some('\n' | '\r') => Ok((value, expands)),
            Some(_) => Err(self.wrong("expected the end of the line after the closing quote")),
        }
    }

    /// Reads up to the end of the line or a comment, and trims it.
    fn bare(&mut self) -> (String, bool) {
        let start = self.at;
        let line = self.text[start..].split('\n').next().unwrap_or_default();
        self.at += line.len();
        let comment = line
            .char_indices()
            .find(|&(at, c)| c == '#' && (at == 0 || line[..at].ends_with(char::is_whitespace)));
        let value = line[..comment.map_or(line.len(), |(at, _)| at)].trim();
        (value.to_owned(), has_expansion(value))
    }

    fn literal(&mut self, quote: char) -> Result<&str, ConvertError> {
        let start = self.at + 1;
        let Some(length) = self.text[start..].find(quote) else {
            return Err(self.wrong("the quote that starts here is never closed"));
        };
        self.at = start + length + 1;
        Ok(&self.text[start..start + length])
    }

    /// Adds the text between double quotes to `value`; returns whether a shell would expand something in it.
    fn escaped(&mut self, value: &mut String) -> Result<bool, ConvertError> {
        let open = self.at;
        let mut expands = false;
        self.at += 1;
        loop {
            match self.next() {
                Some('"') => return Ok(expands),
                Some('\\') => match self.next() {
                    Some('n') => value.push('\n'),
                    Some('r') => value.push('\r'),
                    Some('t') => value.push('\t'),
                    Some(c) if ESCAPED.contains(&c) => value.push(c),
                    other => {
                        value.push('\\');
                        value.extend(other);
                    }
                },
                Some(c) => {
                    expands |= c == '$' && has_expansion(&self.text[self.at - 1..]);
                    value.push(c);
                }
                None => {
                    self.at = open;
                    return Err(self.wrong("the quote that starts here is never closed"));
                }
            }
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        let rest = &self.text[self.at..];
        self.at += rest.find(|c| !skipped(c)).unwrap_or(rest.len());
    }

    fn wrong(&self, problem: &'static str) -> ConvertError {
        ConvertError::Dotenv { line: 1 + self.text[..self.at].matches('\n').count(), problem }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// Whether `text` contains a `$name` or `${name}`.
fn has_expansion(text: &str) -> bool {
    let starts_name = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '{';
    text.match_indices('$').any(|(at, _)| text[at + 1..].starts_with(starts_name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        read(text).expect(text).pairs
    }

    #[test]
    fn every_common_spelling_is_read() {
        for (line, value) in [
            ("K=", ""),
            ("K = spaced out # comment", "spaced out"),
            ("export K=v#not-a-comment", "v#not-a-comment"),
            ("K=#comment", ""),
            ("K='a # $b \\n'  # comment", "a # $b \\n"),
            ("K=\"a\\n\\\"b\\\" \\$c \\x\"", "a\n\"b\" $c \\x"),
            ("K=`it's \"both\"`", "it's \"both\""),
            ("K='two\nlines'", "two\nlines"),
            ("K='it'\\''s'", "it's"),
            ("\n# comment\n\n  K=v\r\n", "v"),
            ("K=a=b", "a=b"),
            ("K=it's bare", "it's bare"),
        ] {
            assert_eq!(pairs(line), [("K".to_owned(), value.to_owned())], "{line}");
        }
        assert_eq!(pairs("export=1\na.b-c=2"), [("export".into(), "1".into()), ("a.b-c".into(), "2".into())]);
    }

    #[test]
    fn notes_say_what_is_lost() {
        let found = read("A=1\nB=${A}/x\nA=2\nC=\"$A\"\nD='$A'\nE=5$").expect("dotenv");
        assert_eq!(found.pairs[0], ("A".into(), "2".into()));
        assert_eq!(
            found.notes,
            [
                "defined more than once, and the last definition counts: `A`",
                "`$name` is not expanded, but kept as text, in `B` and `C`"
            ]
        );
    }

    #[test]
    fn a_broken_line_is_named_and_not_quoted() {
        for (text, message) in [
            ("A=1\nhunter2", "line 2: expected KEY=VALUE, found no `=` after the key"),
            ("=x", "line 1: expected KEY=VALUE, found no key"),
            ("A=1\n\nB=\"x\ny", "line 3: the quote that starts here is never closed"),
            ("A='x' y", "line 1: expected the end of the line after the closing quote"),
        ] {
            assert_eq!(read(text).expect_err(text).to_string(), message);
        }
    }

    /// The same texts in each run.
    const SEED: RngSeed = RngSeed::Fixed(1);

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: SEED, failure_persistence: None, ..Default::default() })]

        #[test]
        fn written_values_are_read_back(value in "([a-z]|[ '\"\\\\$`#=~!\n\r\t{}é😀]|\\PC){0,12}") {
            let line = format!("KEY={}\nNEXT=1\n", quote(&value));
            prop_assert_eq!(pairs(&line), [("KEY".to_owned(), value), ("NEXT".to_owned(), "1".to_owned())]);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "([A-Z]|[ '\"\\\\$`#=\n\r]|\\PC){0,40}") {
            let _ = read(&text);
        }
    }
}
