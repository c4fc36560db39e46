//! The objects of a script from which variables are read.

use std::ops::Range;

use super::super::UsageKind;
use super::super::lexer::Token;
use super::Reader;

/// The scopes of `pm`, by name.
const SCOPES: [(&str, Holder); 5] = [
    ("environment", Holder::Variables),
    ("globals", Holder::Variables),
    ("collectionVariables", Holder::Variables),
    ("variables", Holder::Variables),
    ("iterationData", Holder::Data),
];

/// What a scope holds. Other differences between scopes do not matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// Variables.
    Variables,
    /// The current row of the data file of a run.
    Data,
}

impl Holder {
    /// The holder of the scope called `word`.
    pub(super) fn called(word: &str) -> Option<Self> {
        SCOPES.iter().find(|(name, _)| *name == word).map(|(_, holder)| *holder)
    }
}

/// An object from which variables are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Receiver {
    /// `pm`.
    Pm,
    /// `postman`.
    Postman,
    /// A scope such as `pm.environment`.
    Scope(Holder),
    /// `environment` or `globals` alone: an object of all values, from the time before `pm`.
    Legacy,
    /// An object of all values, which `toObject()` returns.
    Object(Holder),
}

impl Receiver {
    /// Refines the `kind` of a usage: a read from the data of a run is [`UsageKind::Data`].
    pub(super) fn kind(self, kind: UsageKind) -> UsageKind {
        match self {
            Self::Scope(Holder::Data) | Self::Object(Holder::Data) if kind == UsageKind::Read => {
                UsageKind::Data
            }
            _ => kind,
        }
    }
}

impl<'s> Reader<'s> {
    /// The receiver that is the whole expression from token `at`.
    pub(super) fn value(&self, at: usize) -> Option<Receiver> {
        use Token::{Literal, Mark};
        let (receiver, first, end) = self.receiver(at)?;
        let (receiver, end) = match (receiver, self.call_of_object(receiver, first, end)) {
            (Receiver::Scope(holder), Some(end)) => (Receiver::Object(holder), end),
            _ if first == end => (receiver, end),
            _ => return None,
        };
        let goes_on =
            matches!(self.tokens.get(end), Some(Mark('.' | '(' | '[' | '?' | '+' | '|' | '&') | Literal(_)));
        (!goes_on).then_some(receiver)
    }

    /// The token after the object of all values that `receiver` is or returns, and the token after the names that
    /// follow.
    pub(super) fn object(&self, receiver: Receiver, first: usize, end: usize) -> Option<(usize, usize)> {
        if let Some(end) = self.call_of_object(receiver, first, end) {
            return Some((end, self.chain(end)));
        }
        matches!(receiver, Receiver::Legacy | Receiver::Object(_)).then_some((first, end))
    }

    /// The token after `toObject()`, if it is called on a scope.
    fn call_of_object(&self, receiver: Receiver, first: usize, end: usize) -> Option<usize> {
        use Token::{Mark, Word};
        if !matches!(receiver, Receiver::Scope(_)) || self.words(first, end) != ["toObject"] {
            return None;
        }
        match self.tokens[end..] {
            [Mark('('), Mark(')'), ..] => Some(end + 2),
            [Mark('('), Word(..), Mark(')'), ..] => Some(end + 3),
            [Mark('('), Word(..), Mark(','), Word(..), Mark(')'), ..] => Some(end + 5),
            _ => None,
        }
    }

    /// The receiver to which the names `a.b.c` from token `at` lead, the token after its own names, and the token after
    /// all names.
    pub(super) fn receiver(&self, at: usize) -> Option<(Receiver, usize, usize)> {
        let Token::Word(name, _) = *self.tokens.get(at)? else { return None };
        if at > 0 && self.tokens[at - 1] == Token::Mark('.') {
            return None;
        }
        let end = self.chain(at + 1);
        let mut first = at + 1;
        let mut receiver = match self.aliases.get(name) {
            Some(alias) => (*alias)?,
            None => match name {
                "pm" => Receiver::Pm,
                "postman" => Receiver::Postman,
                "environment" | "globals" => Receiver::Legacy,
                _ => match Holder::called(name) {
                    Some(holder) => Receiver::Scope(holder),
                    // `globalThis.pm`
                    None => {
                        let pm = (first..end).find(|&at| matches!(self.tokens[at], Token::Word("pm", _)))?;
                        first = pm + 1;
                        Receiver::Pm
                    }
                },
            },
        };
        if receiver == Receiver::Pm && first < end {
            let scope = self.after_name(first)?;
            let holder = self.words(first, scope).into_iter().find_map(Holder::called)?;
            (receiver, first) = (Receiver::Scope(holder), scope);
        }
        let is_other =
            matches!(receiver, Receiver::Legacy | Receiver::Object(_)) && self.shadowed.contains(name);
        (!is_other).then_some((receiver, first, end))
    }

    /// The token after the whole chain `.a.b?.c` that begins at token `at`.
    fn chain(&self, at: usize) -> usize {
        let mut end = at;
        while let Some(next) = self.after_name(end) {
            end = next;
        }
        end
    }

    /// The token after the `.a` or `?.a` that begins at token `at`.
    fn after_name(&self, at: usize) -> Option<usize> {
        use Token::{Mark, Word};
        match self.tokens[at..] {
            [Mark('.'), Word(..), ..] => Some(at + 2),
            [Mark('?'), Mark('.'), Word(..), ..] => Some(at + 3),
            _ => None,
        }
    }

    /// The span of the first name in the `.a.b` that begins at token `first`.
    pub(super) fn first_name(&self, first: usize) -> Option<Range<usize>> {
        self.place(self.after_name(first)? - 1)
    }

    pub(super) fn words(&self, first: usize, end: usize) -> Vec<&'s str> {
        let word = |token: &Token<'s>| match token {
            Token::Word(word, _) => Some(*word),
            _ => None,
        };
        self.tokens[first..end].iter().filter_map(word).collect()
    }
}
