//! The names that a script gives to receivers.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::lexer::{Token, tokens};
use super::Reader;
use super::receiver::{Holder, Receiver};

/// Keywords before parentheses that declare no parameters, although a block follows.
const STATEMENTS: [&str; 5] = ["if", "for", "while", "switch", "with"];

/// The span of a key, and the name that gets its value.
pub(super) type KeyAndName<'s> = (Range<usize>, &'s str);

impl<'s> Reader<'s> {
    pub(super) fn new(script: &'s str, is_code: bool) -> Self {
        use Token::{Mark, Word};
        let (aliases, shadowed) = (HashMap::new(), HashSet::new());
        let mut reader = Self { script, is_code, tokens: tokens(script), aliases, shadowed };
        let mut open = Vec::new();
        for at in 0..reader.tokens.len() {
            let is_member = at > 0 && reader.tokens[at - 1] == Mark('.');
            match reader.tokens[at..] {
                [Word(name), Mark('='), ref next, ..] if !is_member && !matches!(next, Mark('=' | '>')) => {
                    let value = reader.value(at + 2);
                    reader.declare(name, value);
                }
                [Word(name), Mark('='), Mark('>'), ..]
                | [Word("const" | "let" | "var"), Word(name), Word("of" | "in"), ..] => {
                    reader.shadowed.insert(name);
                }
                [Mark('('), ..] => open.push(at),
                [Mark(')'), ref after @ ..] => {
                    let Some(start) = open.pop() else { continue };
                    let before = start.checked_sub(1).map(|before| &reader.tokens[before]);
                    let is_function = match after {
                        [Mark('='), Mark('>'), ..] => true,
                        [Mark('{'), ..] => !matches!(before, Some(Word(word)) if STATEMENTS.contains(word)),
                        _ => false,
                    };
                    if is_function {
                        reader.shadow(start..at);
                    }
                }
                [Mark('{'), ..] => {
                    let Some((pattern, end)) = reader.pattern(at) else { continue };
                    let value = reader.value(end);
                    if value.is_none() && reader.is_declared(at) {
                        reader.shadow(at..end);
                    }
                    if value == Some(Receiver::Pm) {
                        for (key, name) in pattern {
                            reader.declare(name, Holder::called(&script[key]).map(Receiver::Scope));
                        }
                    }
                }
                _ => {}
            }
        }
        reader
    }

    fn declare(&mut self, name: &'s str, value: Option<Receiver>) {
        let known = self.aliases.entry(name).or_insert(value);
        if *known != value {
            *known = None;
        }
    }

    fn shadow(&mut self, tokens: Range<usize>) {
        let words = self.tokens[tokens].iter().filter_map(|token| match token {
            Token::Word(word) => Some(*word),
            _ => None,
        });
        self.shadowed.extend(words);
    }

    /// Whether token `at` begins a declaration.
    fn is_declared(&self, at: usize) -> bool {
        at > 0 && matches!(self.tokens[at - 1], Token::Word("const" | "let" | "var"))
    }

    /// The keys in the pattern `{ a, "b": c, d = 1, ...e } =` that begins at token `at`, the names that get their
    /// values, and the token after the pattern.
    pub(super) fn pattern(&self, at: usize) -> Option<(Vec<KeyAndName<'s>>, usize)> {
        use Token::{Literal, Mark, Word};
        let mut found = Vec::new();
        let mut at = at + 1;
        loop {
            let (key, name, length) = match &self.tokens[at..] {
                [Mark('}'), Mark('='), ..] => return Some((found, at + 2)),
                [Mark('.'), Mark('.'), Mark('.'), Word(_), Mark('}'), Mark('='), ..] => {
                    return Some((found, at + 6));
                }
                [Word(key), Mark(':'), Word(name), ..] => (self.place(key), *name, 3),
                [Literal(key), Mark(':'), Word(name), ..] => (key.clone(), *name, 3),
                [Word(name), ..] => (self.place(name), *name, 1),
                _ => return None,
            };
            found.push((key, name));
            at += length;
            // The default for a missing value.
            if let [Mark('='), _, ..] = self.tokens[at..] {
                at += 2;
            }
            match self.tokens[at..] {
                [Mark(','), ..] => at += 1,
                [Mark('}'), ..] => {}
                _ => return None,
            }
        }
    }
}
