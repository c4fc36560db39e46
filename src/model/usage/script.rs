mod aliases;
mod receiver;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::UsageKind;
use super::lexer::Token;
use aliases::Binding;
use receiver::Receiver;

/// The methods of a scope that take the name of a variable, and what they do.
const CALLS: [(&str, UsageKind); 4] = [
    ("get", UsageKind::Read),
    ("has", UsageKind::Read),
    ("set", UsageKind::Written),
    ("unset", UsageKind::Written),
];

/// The methods of the list `values` of a scope that take the name of a variable.
const LIST_CALLS: [&str; 3] = ["get", "has", "one"];

/// The methods of `postman`, the predecessor of `pm`.
const OLD_CALLS: [(&str, UsageKind); 6] = [
    ("getEnvironmentVariable", UsageKind::Read),
    ("getGlobalVariable", UsageKind::Read),
    ("setEnvironmentVariable", UsageKind::Written),
    ("setGlobalVariable", UsageKind::Written),
    ("clearEnvironmentVariable", UsageKind::Written),
    ("clearGlobalVariable", UsageKind::Written),
];

/// A variable that a script names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The span of its name.
    pub(super) place: Range<usize>,
    /// The way in which it is used.
    pub(super) kind: UsageKind,
    /// Whether the word is also the name of a local variable: `const { name } = environment`.
    pub(super) is_shorthand: bool,
}

/// Whether `text` may contain code that names a variable.
pub(super) fn may_name_variables(text: &str) -> bool {
    ["pm", "postman", "environment", "globals"].iter().any(|word| text.contains(word))
}

/// The variables that `script` names literally: `pm.environment.get("a")`, `pm.globals.toObject().a`,
/// `environment["a"]`, `postman.setEnvironmentVariable("a", 1)`, also through an alias. `is_code` tells that it is a
/// script and not a text that may contain one, so that the words after dots are names.
pub(super) fn names(script: &str, is_code: bool) -> Vec<Named> {
    let reader = Reader::new(script, is_code);
    let mut found: Vec<_> = (0..reader.tokens.len()).flat_map(|at| reader.named(at)).collect();
    found.sort_by_key(|named| named.place.start);
    found
}

struct Reader<'s> {
    is_code: bool,
    tokens: Vec<Token<'s>>,
    /// The receivers that the script assigns to names; none if it assigns different values to a name.
    aliases: HashMap<&'s str, Option<Receiver>>,
    /// Names that have another meaning in a part of the script, such as parameters.
    shadowed: HashSet<&'s str>,
}

impl<'s> Reader<'s> {
    /// The variables named in the expression that begins at token `at`.
    fn named(&self, at: usize) -> Vec<Named> {
        if self.tokens[at] == Token::Mark('{') && self.is_code {
            return self.destructured(at);
        }
        let Some((receiver, first, end)) = self.receiver(at) else { return Vec::new() };
        let named = self.call(receiver, first, end).or_else(|| match self.object(receiver, first, end) {
            Some((first, end)) => self.member(first, end),
            None => None,
        });
        named
            .map(|(place, kind)| Named { place, kind: receiver.kind(kind), is_shorthand: false })
            .into_iter()
            .collect()
    }

    /// The variable named in a method call on `receiver`, where the tokens from `first` to `end` are its members.
    fn call(&self, receiver: Receiver, first: usize, end: usize) -> Option<(Range<usize>, UsageKind)> {
        use Token::{Literal, Mark};
        let [Mark('('), Literal(place), Mark(')' | ','), ..] = &self.tokens[end..] else { return None };
        let of = |calls: &[(&str, UsageKind)], name: &str| {
            calls.iter().find(|(own, _)| *own == name).map(|it| it.1)
        };
        let kind = match (receiver, &self.words(first, end)[..]) {
            (Receiver::Postman, [name]) => of(&OLD_CALLS, name),
            (Receiver::Scope(_) | Receiver::Legacy, [name]) if of(&CALLS, name).is_some() => of(&CALLS, name),
            (Receiver::Scope(_), ["values", name]) => LIST_CALLS.contains(name).then_some(UsageKind::Read),
            (Receiver::Legacy | Receiver::Object(_), ["hasOwnProperty"]) => Some(UsageKind::Read),
            _ => None,
        };
        Some((place.clone(), kind?))
    }

    /// The variable that is a member of an object of all values, as in `.a` or `["a"]`.
    fn member(&self, first: usize, end: usize) -> Option<(Range<usize>, UsageKind)> {
        use Token::{Literal, Mark};
        let is_set = |after: &[Token<'_>]| {
            let is_set = matches!(after, [Mark('='), next, ..] if !matches!(next, Mark('=' | '>')));
            if is_set { UsageKind::Written } else { UsageKind::Read }
        };
        match (&self.words(first, end)[..], &self.tokens[end..]) {
            ([], [Mark('['), Literal(place), Mark(']'), after @ ..]) => Some((place.clone(), is_set(after))),
            ([_], [Mark('('), ..]) | ([], _) => None,
            ([_], after) if self.is_code => Some((self.first_name(first)?, is_set(after))),
            (_, _) if self.is_code => Some((self.first_name(first)?, UsageKind::Read)),
            _ => None,
        }
    }

    /// The variables in a destructuring assignment such as `{ a, "b": c } = environment` that begins at token `at`.
    fn destructured(&self, at: usize) -> Vec<Named> {
        let Some((pattern, end)) = self.pattern(at) else { return Vec::new() };
        let Some(receiver @ (Receiver::Legacy | Receiver::Object(_))) = self.value(end) else {
            return Vec::new();
        };
        let named = |binding: Binding<'s>| Named {
            place: binding.key,
            kind: receiver.kind(UsageKind::Read),
            is_shorthand: binding.is_shorthand,
        };
        pattern.into_iter().map(named).collect()
    }

    /// The span of the word at token `at`.
    fn place(&self, at: usize) -> Option<Range<usize>> {
        match self.tokens.get(at)? {
            Token::Word(word, start) => Some(*start..start + word.len()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(script: &str) -> Vec<String> {
        let sign = |kind| match kind {
            UsageKind::Written => "=",
            UsageKind::Data => "*",
            _ => "",
        };
        let shown = |named: Named| format!("{}{}", &script[named.place], sign(named.kind));
        names(script, true).into_iter().map(shown).collect()
    }

    #[test]
    fn literal_names_are_found_in_every_notation() {
        for (script, expected) in [
            ("pm.environment.get(\"a\") + pm.variables.has( 'b' )", "a b"),
            ("pm.environment\n  // the host\n  .get(\n    `a`\n  )", "a"),
            ("pm?.globals?.set('a', 1); pm.collectionVariables.unset('b')", "a= b="),
            ("postman.getEnvironmentVariable('a'); postman.clearGlobalVariable('b')", "a b="),
            ("environment['a'] = 1; globals[\"b\"] == environment[`c`]", "a= b c"),
            ("environment.a = environment.b + globals.c.d; environment?.e", "a= b c e"),
            ("environment.hasOwnProperty('a')", "a"),
            ("environment.get('a')", "a"),
            ("const env = pm.environment; env.get('a'); env['b'] = env.c", "a"),
            ("pm.environment.toObject().a + pm.variables.toObject(true)['b'].c", "a b"),
            ("const all = pm.globals.toObject();\nall.a == all['b']; all.keys()", "a b"),
            ("const { a, b: x, 'c': y, d = 1, ...e } = pm.environment.toObject();", "a b c d"),
            ("let { a } = environment, { b } = other", "a"),
            ("pm.environment.values.get('a'); pm.globals.values.has('b'); env.values.get('c')", "a b"),
            ("if (environment.a) { environment.b }", "a b"),
            ("globalThis.pm.environment.get('a')", "a"),
            ("var p = pm, g = p.globals;\ng.set('a', `${p.variables.get('b')}`)", "a= b"),
            ("pm.iterationData.get('a'); pm.environment.get('b')", "a* b"),
            ("const { b } = pm.iterationData.toObject(); pm.iterationData.toObject().a", "b* a*"),
            ("const { environment: env, globals } = pm\nenv.get('a'); globals.has('b')", "a b"),
        ] {
            assert_eq!(found(script).join(" "), expected, "{script}");
        }
    }

    #[test]
    fn words_after_dots_in_a_sentence_are_not_names() {
        assert_eq!(
            names("Choose an environment. Then environment.a is set: environment['b']", false).len(),
            1
        );
    }

    #[test]
    fn computed_and_shadowed_names_are_skipped() {
        for script in [
            "pm.environment.get(name); pm.environment.get('a' + b); pm.environment.get(`a${b}`); pm.environment.get('a\\'b')",
            "my.variables.get('a'); dataenvironment.get('a'); x.get('a'); pm.response.headers.get('a')",
            "// pm.environment.get('a')\n/* pm.environment.get('a') */ \"pm.environment.get('a')\"",
            "const environment = load(); environment.get('a')",
            "let env = pm.environment; env = other(); env.get('a')",
            "pm.environment['a']; pm.environment.name; pm.globals.a",
            "const environment = load(); environment.a",
            "const { environment } = load(); environment.a",
            "list.map(environment => environment.a)",
            "list.map((one, environment) => environment.a)",
            "function f(globals) { return globals['a'] }",
            "for (const environment of list) { environment.a }",
            "const { a } = pm.environment; const { b } = load(); const { c } = pm.environment.toObject()[d]",
            "pm.environment.toObject().keys(); environment.a()",
        ] {
            assert_eq!(found(script), [""; 0], "{script}");
        }
    }
}
