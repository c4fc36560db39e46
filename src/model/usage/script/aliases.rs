//! The names that a script gives to receivers.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::lexer::{Token, tokens};
use super::Reader;
use super::receiver::{Holder, Receiver};

/// Keywords before parentheses that declare no parameters, although a block follows.
const STATEMENTS: [&str; 5] = ["if", "for", "while", "switch", "with"];

/// What a pattern such as `{ a, "b": c }` gives a name to.
pub(super) struct Binding<'s> {
    /// The span of the key.
    pub(super) key: Range<usize>,
    /// The name that gets its value.
    pub(super) name: &'s str,
    /// Whether the key is that name: `a`.
    pub(super) is_shorthand: bool,
}

impl<'s> Reader<'s> {
    pub(super) fn new(script: &'s str, is_code: bool) -> Self {
        use Token::{Mark, Word};
        let (aliases, shadowed) = (HashMap::new(), HashSet::new());
        let mut reader = Self { is_code, tokens: tokens(script), aliases, shadowed };
        let mut open = Vec::new();
        for at in 0..reader.tokens.len() {
            let is_member = at > 0 && reader.tokens[at - 1] == Mark('.');
            match reader.tokens[at..] {
                [Word(name, _), Mark('='), ref next, ..]
                    if !is_member && !matches!(next, Mark('=' | '>')) =>
                {
                    let value = reader.value(at + 2);
                    reader.declare(name, value);
                }
                [Word(name, _), Mark('='), Mark('>'), ..]
                | [Word("const" | "let" | "var", _), Word(name, _), Word("of" | "in", _), ..] => {
                    reader.shadowed.insert(name);
                }
                [Mark('('), ..] => open.push(at),
                [Mark(')'), ref after @ ..] => {
                    let Some(start) = open.pop() else { continue };
                    let before = start.checked_sub(1).map(|before| &reader.tokens[before]);
                    let is_function = match after {
                        [Mark('='), Mark('>'), ..] => true,
                        [Mark('{'), ..] => {
                            !matches!(before, Some(Word(word, _)) if STATEMENTS.contains(word))
                        }
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
                        for Binding { key, name, .. } in pattern {
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
            Token::Word(word, _) => Some(*word),
            _ => None,
        });
        self.shadowed.extend(words);
    }

    /// Whether token `at` begins a declaration.
    fn is_declared(&self, at: usize) -> bool {
        at > 0 && matches!(self.tokens[at - 1], Token::Word("const" | "let" | "var", _))
    }

    /// The bindings of the pattern `{ a, "b": c, d = 1, ...e } =` that begins at token `at`, and the token after it.
    pub(super) fn pattern(&self, at: usize) -> Option<(Vec<Binding<'s>>, usize)> {
        use Token::{Literal, Mark, Word};
        let mut found = Vec::new();
        let mut at = at + 1;
        loop {
            let (key, name, length) = match &self.tokens[at..] {
                [Mark('}'), Mark('='), ..] => return Some((found, at + 2)),
                [Mark('.'), Mark('.'), Mark('.'), Word(..), Mark('}'), Mark('='), ..] => {
                    return Some((found, at + 6));
                }
                [Word(..), Mark(':'), Word(name, _), ..] => (self.place(at)?, *name, 3),
                [Literal(key), Mark(':'), Word(name, _), ..] => (key.clone(), *name, 3),
                [Word(name, _), ..] => (self.place(at)?, *name, 1),
                _ => return None,
            };
            found.push(Binding { key, name, is_shorthand: length == 1 });
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
