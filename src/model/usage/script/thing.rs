//! What an expression of a script is, of all that variables can be asked of.

use super::super::How;
use super::super::lexer::Token;
use super::Reader;

/// What holds variables in a script, and is asked for one by its name.
const SCOPES: [(&str, Holder); 5] = [
    ("environment", Holder::Variables),
    ("globals", Holder::Variables),
    ("collectionVariables", Holder::Variables),
    ("variables", Holder::Variables),
    ("iterationData", Holder::Data),
];

/// What a scope holds. Which scope it is makes no other difference to the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// Variables.
    Variables,
    /// The row of a data file that a run is at.
    Data,
}

impl Holder {
    /// The scope that `word` is the name of.
    pub(super) fn called(word: &str) -> Option<Self> {
        SCOPES.iter().find(|(name, _)| *name == word).map(|(_, holder)| *holder)
    }
}

/// What variables can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// `pm`.
    Pm,
    /// `postman`.
    Postman,
    /// `pm.environment`, say.
    Scope(Holder),
    /// `environment` or `globals` alone: an object of all values, from before there was `pm`.
    Legacy,
    /// An object of all values.
    Object(Holder),
}

impl Thing {
    /// What is done with a variable of it, of which `how` is known.
    pub(super) fn how(self, how: How) -> How {
        match self {
            Self::Scope(Holder::Data) | Self::Object(Holder::Data) if how == How::Read => How::Data,
            _ => how,
        }
    }
}

impl<'s> Reader<'s> {
    /// What the whole expression that begins at token `at` is.
    pub(super) fn value(&self, at: usize) -> Option<Thing> {
        use Token::{Mark, Text};
        let (thing, first, end) = self.thing(at)?;
        let (thing, end) = match (thing, self.call_of_object(thing, first, end)) {
            (Thing::Scope(holder), Some(end)) => (Thing::Object(holder), end),
            _ if first == end => (thing, end),
            _ => return None,
        };
        let goes_on =
            matches!(self.tokens.get(end), Some(Mark('.' | '(' | '[' | '?' | '+' | '|' | '&') | Text(_)));
        (!goes_on).then_some(thing)
    }

    /// Where the object of all values ends that `thing` is or gives, and where the words end that follow.
    pub(super) fn object(&self, thing: Thing, first: usize, end: usize) -> Option<(usize, usize)> {
        if let Some(end) = self.call_of_object(thing, first, end) {
            return Some((end, self.chain(end)));
        }
        matches!(thing, Thing::Legacy | Thing::Object(_)).then_some((first, end))
    }

    /// Where `toObject()` ends after a scope.
    fn call_of_object(&self, thing: Thing, first: usize, end: usize) -> Option<usize> {
        use Token::{Mark, Word};
        if !matches!(thing, Thing::Scope(_)) || self.words(first, end) != ["toObject"] {
            return None;
        }
        match self.tokens[end..] {
            [Mark('('), Mark(')'), ..] => Some(end + 2),
            [Mark('('), Word(_), Mark(')'), ..] => Some(end + 3),
            [Mark('('), Word(_), Mark(','), Word(_), Mark(')'), ..] => Some(end + 5),
            _ => None,
        }
    }

    /// What the names `a.b.c` from token `at` on lead to, the first token after it, and the one after all names.
    pub(super) fn thing(&self, at: usize) -> Option<(Thing, usize, usize)> {
        let Token::Word(name) = *self.tokens.get(at)? else { return None };
        if at > 0 && self.tokens[at - 1] == Token::Mark('.') {
            return None;
        }
        let end = self.chain(at + 1);
        let mut first = at + 1;
        let mut thing = match self.aliases.get(name) {
            Some(alias) => (*alias)?,
            None => match name {
                "pm" => Thing::Pm,
                "postman" => Thing::Postman,
                "environment" | "globals" => Thing::Legacy,
                _ => match Holder::called(name) {
                    Some(holder) => Thing::Scope(holder),
                    // `globalThis.pm`
                    None => {
                        let pm = (first..end).find(|&at| self.tokens[at] == Token::Word("pm"))?;
                        first = pm + 1;
                        Thing::Pm
                    }
                },
            },
        };
        if thing == Thing::Pm && first < end {
            let scope = self.after_name(first)?;
            let holder = self.words(first, scope).into_iter().find_map(Holder::called)?;
            (thing, first) = (Thing::Scope(holder), scope);
        }
        let is_other = matches!(thing, Thing::Legacy | Thing::Object(_)) && self.shadowed.contains(name);
        (!is_other).then_some((thing, first, end))
    }

    /// The token after all of `.a.b?.c` that begins at token `at`.
    fn chain(&self, at: usize) -> usize {
        let mut end = at;
        while let Some(next) = self.after_name(end) {
            end = next;
        }
        end
    }

    /// The token after `.a` or `?.a` that begins at token `at`.
    fn after_name(&self, at: usize) -> Option<usize> {
        use Token::{Mark, Word};
        match self.tokens[at..] {
            [Mark('.'), Word(_), ..] => Some(at + 2),
            [Mark('?'), Mark('.'), Word(_), ..] => Some(at + 3),
            _ => None,
        }
    }

    pub(super) fn words(&self, first: usize, end: usize) -> Vec<&'s str> {
        let word = |token: &Token<'s>| match token {
            Token::Word(word) => Some(*word),
            _ => None,
        };
        self.tokens[first..end].iter().filter_map(word).collect()
    }
}
