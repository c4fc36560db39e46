use std::ops::Range;

use super::regex::Regexes;
use crate::text::Unclosed;

/// A token of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'s> {
    /// A name or keyword, and where it starts.
    Word(&'s str, usize),
    /// Any other character, such as an operator.
    Mark(char),
    /// The span between the quotes of a string literal without escapes or substitutions.
    Literal(Range<usize>),
    /// Any other string literal or a regular expression.
    Opaque,
}

/// Just enough of a JavaScript lexer to find calls with a literal argument: returns the tokens of `script` without
/// comments and white space.
pub(super) fn tokens(script: &str) -> Vec<Token<'_>> {
    let (tokens, open, unclosed, regexes) = Default::default();
    let mut lexer = Lexer { script, at: 0, tokens, open, unclosed, regexes, templates_end: true };
    while let Some(first) = lexer.rest().chars().next() {
        lexer.step(first);
    }
    lexer.tokens
}

struct Lexer<'s> {
    script: &'s str,
    at: usize,
    tokens: Vec<Token<'s>>,
    /// For each template literal interrupted by `${`, the number of braces open in the substitution.
    open: Vec<usize>,
    unclosed: Unclosed,
    regexes: Regexes,
    /// Whether a template literal may still end or be interrupted in the rest of the script.
    templates_end: bool,
}

impl<'s> Lexer<'s> {
    fn rest(&self) -> &'s str {
        &self.script[self.at..]
    }

    fn step(&mut self, first: char) {
        let rest = self.rest();
        match first {
            '/' if rest.starts_with("//") => self.at += rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => self.at += rest.find("*/").map_or(rest.len(), |end| end + 2),
            '/' if self.expects_value() => self.regex(),
            '"' | '\'' => self.quoted(first),
            '`' => {
                self.at += 1;
                self.template();
            }
            '}' if self.open.last() == Some(&0) => {
                self.open.pop();
                self.at += 1;
                self.template();
            }
            c if is_name(c) => {
                let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
                self.tokens.push(Token::Word(&rest[..end], self.at));
                self.at += end;
            }
            c => {
                match (c, self.open.last_mut()) {
                    ('{', Some(open)) => *open += 1,
                    ('}', Some(open)) => *open -= 1,
                    _ => {}
                }
                if !c.is_whitespace() {
                    self.tokens.push(Token::Mark(c));
                }
                self.at += c.len_utf8();
            }
        }
    }

    /// Whether a slash here begins a regular expression, instead of dividing.
    fn expects_value(&self) -> bool {
        match self.tokens.last() {
            None => true,
            Some(Token::Word(word, _)) => ["return", "typeof", "case", "in", "of"].contains(word),
            Some(Token::Mark(mark)) => !matches!(mark, ')' | ']' | '}'),
            Some(Token::Literal(_) | Token::Opaque) => false,
        }
    }

    /// Reads a regular expression, which may contain quotes, or a single slash if none ends on this line.
    fn regex(&mut self) {
        self.at += self.regexes.length(self.script.as_bytes(), self.at).unwrap_or(1);
        self.tokens.push(Token::Opaque);
    }

    /// Reads a string in quotes, which must end on its line.
    fn quoted(&mut self, quote: char) {
        let start = self.at + 1;
        let Some(length) = self.unclosed.string_length(self.script.as_bytes(), self.at) else {
            self.tokens.push(Token::Mark(quote));
            self.at = start;
            return;
        };
        let text = start..start + length;
        self.at = text.end + 1;
        let plain = !self.script[text.clone()].contains('\\');
        self.tokens.push(if plain { Token::Literal(text) } else { Token::Opaque });
    }

    /// Reads a template literal, or the rest of one after `${…}`, up to its end or the next `${`.
    fn template(&mut self) {
        let start = self.at;
        let is_whole = self.script[..start].ends_with('`');
        let mut escaped = false;
        let mut plain = is_whole;
        let rest = if self.templates_end { self.rest() } else { "" };
        for (at, c) in rest.char_indices() {
            match c {
                '`' if !escaped => {
                    self.at = start + at + 1;
                    self.tokens.push(if plain { Token::Literal(start..start + at) } else { Token::Opaque });
                    return;
                }
                '$' if !escaped && self.script[start + at..].starts_with("${") => {
                    self.at = start + at + 2;
                    self.tokens.push(Token::Opaque);
                    self.open.push(0);
                    return;
                }
                c => {
                    escaped = c == '\\' && !escaped;
                    plain &= c != '\\' && c != '\n';
                }
            }
        }
        self.templates_end = false;
        self.tokens.push(Token::Mark('`'));
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_literals_are_found_outside_comments() {
        let script = "a.b('c') // d('e')\n/* \"f */ g(\"h\\\"i\", `j`, `k${l('m')}n`, /[/'\"]o'/, p / q / \"r\") 'open\ns";
        let shown: Vec<_> = tokens(script)
            .into_iter()
            .filter_map(|token| match token {
                Token::Word(word, start) => Some(script[start..start + word.len()].to_owned()),
                Token::Literal(place) => Some(format!("'{}'", &script[place])),
                Token::Opaque => Some("…".to_owned()),
                Token::Mark(_) => None,
            })
            .collect();
        let expected =
            ["a", "b", "'c'", "g", "…", "'j'", "…", "l", "'m'", "…", "…", "p", "q", "'r'", "open", "s"];
        assert_eq!(shown, expected);
    }

    #[test]
    fn many_unclosed_literals_are_single_tokens() {
        let unclosed = [("\\'", 2), ("\\\"", 2), ("\\`", 2)];
        for (part, count) in unclosed {
            assert_eq!(tokens(&part.repeat(200_000)).len(), count * 200_000, "{part}");
        }
        // Each slash might begin a regular expression: in a class that does not end, slashes end nothing.
        assert_eq!(tokens(&"/[".repeat(200_000)).len(), 400_000);
        assert_eq!(tokens(&r"/\".repeat(200_000)).len(), 400_000);
        let (open, close) = ("`${".repeat(200_000), "}".repeat(200_000));
        assert_eq!(tokens(&(open + &close)).len(), 400_000);
        assert_eq!(tokens("\\'a\n'b'")[3..], [Token::Literal(5..6)]);
    }
}
