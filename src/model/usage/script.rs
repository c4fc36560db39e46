use std::collections::HashMap;
use std::ops::Range;

use super::How;
use super::tokens::{Token, tokens};

/// What holds variables in a script, and is asked for one by its name.
const SCOPES: [&str; 4] = ["environment", "globals", "collectionVariables", "variables"];

/// The calls of a scope that name a variable, and what they do.
const CALLS: [(&str, How); 4] =
    [("get", How::Read), ("has", How::Read), ("set", How::Written), ("unset", How::Written)];

/// The calls of `postman`, from before there was `pm`.
const OLD_CALLS: [(&str, How); 6] = [
    ("getEnvironmentVariable", How::Read),
    ("getGlobalVariable", How::Read),
    ("setEnvironmentVariable", How::Written),
    ("setGlobalVariable", How::Written),
    ("clearEnvironmentVariable", How::Written),
    ("clearGlobalVariable", How::Written),
];

/// Whether `text` could name a variable as a script does.
pub(super) fn may_name_variables(text: &str) -> bool {
    ["pm", "postman", "environment", "globals"].iter().any(|word| text.contains(word))
}

/// The names of variables that `script` spells out, where each stands, and what is done with it:
/// `pm.environment.get("a")`, `pm.globals["a"]`, `postman.setEnvironmentVariable("a", 1)`, also by another name that the
/// script gives to `pm` or one of its scopes.
pub(super) fn names(script: &str) -> Vec<(Range<usize>, How)> {
    let tokens = tokens(script);
    let aliases = aliases(&tokens);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if let Some((chain, end)) = chain(&tokens, at)
            && let Some(target) = target(&chain, &aliases)
        {
            found.extend(named(&tokens[end..], &target));
        }
    }
    found
}

/// The variable that is named right after `target`.
fn named(rest: &[Token<'_>], target: &[&str]) -> Option<(Range<usize>, How)> {
    use Token::{Mark, Text};
    let call = |calls: &[(&str, How)], name: &str| Some(calls.iter().find(|(own, _)| *own == name)?.1);
    match (target, rest) {
        ([scope, name], [Mark('('), Text(place), Mark(')' | ','), ..]) => {
            let how = if *scope == "postman" { call(&OLD_CALLS, name) } else { call(&CALLS, name) };
            Some((place.clone(), how?))
        }
        ([scope], [Mark('['), Text(place), Mark(']'), after @ ..]) if *scope != "postman" => {
            let is_set = matches!(after, [Mark('='), next, ..] if !matches!(next, Mark('=' | '>')));
            Some((place.clone(), if is_set { How::Written } else { How::Read }))
        }
        _ => None,
    }
}

/// The names `a`, `b` and `c` of `a.b.c` or `a?.b.c`, which begins at token `at`, and where that ends.
fn chain<'s>(tokens: &[Token<'s>], at: usize) -> Option<(Vec<&'s str>, usize)> {
    use Token::{Mark, Word};
    let Word(first) = tokens[at] else { return None };
    if at > 0 && tokens[at - 1] == Mark('.') {
        return None;
    }
    let (mut names, mut end) = (vec![first], at + 1);
    loop {
        end += match tokens[end..] {
            [Mark('.'), Word(name), ..] => {
                names.push(name);
                2
            }
            [Mark('?'), Mark('.'), Word(name), ..] => {
                names.push(name);
                3
            }
            _ => return Some((names, end)),
        };
    }
}

/// What `chain` leads to, from a scope or `postman` on; none when that is neither. `pm` itself is nothing.
fn target<'s>(chain: &[&'s str], aliases: &HashMap<&str, Option<Vec<&'s str>>>) -> Option<Vec<&'s str>> {
    let mut names = match aliases.get(chain[0]) {
        Some(alias) => [alias.as_ref()?, &chain[1..]].concat(),
        None => chain.to_vec(),
    };
    if let Some(pm) = names.iter().position(|name| *name == "pm") {
        names.drain(..=pm);
    }
    let is_known = names.first().is_none_or(|first| SCOPES.contains(first) || *first == "postman");
    is_known.then_some(names)
}

/// What the names that the script declares or sets stand for, if that is always `pm`, `postman` or a scope.
fn aliases<'s>(tokens: &[Token<'s>]) -> HashMap<&'s str, Option<Vec<&'s str>>> {
    use Token::{Mark, Word};
    let mut aliases = HashMap::new();
    for at in 0..tokens.len() {
        let is_member = at > 0 && tokens[at - 1] == Mark('.');
        match tokens[at..] {
            [Word(name), Mark('='), ref next, ..] if !is_member && !matches!(next, Mark('=' | '>')) => {
                let value = chain(tokens, at + 2).and_then(|(chain, end)| {
                    let ends = !matches!(
                        tokens.get(end),
                        Some(Mark('.' | '(' | '[' | '?' | '+' | '|' | '&') | Token::Text(_))
                    );
                    let target = target(&chain, &aliases).filter(|target| ends && target.len() < 2)?;
                    Some([&["pm"][..], &target].concat())
                });
                declare(&mut aliases, name, value);
            }
            [Mark('{'), ..] if at > 0 && matches!(tokens[at - 1], Word("const" | "let" | "var")) => {
                for (scope, name) in taken_apart(&tokens[at + 1..]).unwrap_or_default() {
                    declare(&mut aliases, name, Some(vec!["pm", scope]));
                }
            }
            _ => {}
        }
    }
    aliases
}

fn declare<'s>(
    aliases: &mut HashMap<&'s str, Option<Vec<&'s str>>>,
    name: &'s str,
    value: Option<Vec<&'s str>>,
) {
    let known = aliases.entry(name).or_insert_with(|| value.clone());
    // Which scope it is makes no difference to the names.
    if known.as_ref().map(Vec::len) != value.as_ref().map(Vec::len) {
        *known = None;
    }
}

/// The scopes and what they are called in `environment: env, globals } = pm`.
fn taken_apart<'s>(mut rest: &[Token<'s>]) -> Option<Vec<(&'s str, &'s str)>> {
    use Token::{Mark, Word};
    let mut found = Vec::new();
    loop {
        let (scope, name, after) = match rest {
            [Word(scope), Mark(':'), Word(name), after @ ..] => (scope, name, after),
            [Word(scope), after @ ..] => (scope, scope, after),
            _ => return None,
        };
        found.push((*scope, *name));
        rest = match after {
            [Mark(','), after @ ..] => after,
            [Mark('}'), Mark('='), Word("pm"), Mark(';'), ..] | [Mark('}'), Mark('='), Word("pm")] => break,
            [Mark('}'), Mark('='), Word("pm"), Word(_), ..] => break,
            _ => return None,
        };
    }
    found.retain(|(scope, _)| SCOPES.contains(scope));
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(script: &str) -> Vec<String> {
        let sign = |how| if how == How::Written { "=" } else { "" };
        names(script).into_iter().map(|(place, how)| format!("{}{}", &script[place], sign(how))).collect()
    }

    #[test]
    fn names_are_found_however_they_are_spelled_out() {
        for (script, expected) in [
            ("pm.environment.get(\"a\") + pm.variables.has( 'b' )", "a b"),
            ("pm.environment\n  // the host\n  .get(\n    `a`\n  )", "a"),
            ("pm?.globals?.set('a', 1); pm.collectionVariables.unset('b')", "a= b="),
            ("postman.getEnvironmentVariable('a'); postman.clearGlobalVariable('b')", "a b="),
            ("pm.environment['a'] = 1; globals[\"b\"] == environment[`c`]", "a= b c"),
            ("environment.get('a')", "a"),
            ("const env = pm.environment; env.get('a'); env['b'] = env.c", "a b="),
            ("var p = pm, g = p.globals;\ng.set('a', `${p.variables.get('b')}`)", "a= b"),
            ("const { environment: env, globals } = pm\nenv.get('a'); globals.has('b')", "a b"),
        ] {
            assert_eq!(found(script).join(" "), expected, "{script}");
        }
    }

    #[test]
    fn what_is_put_together_or_means_something_else_is_no_name() {
        for script in [
            "pm.environment.get(name); pm.environment.get('a' + b); pm.environment.get(`a${b}`); pm.environment.get('a\\'b')",
            "my.variables.get('a'); dataenvironment.get('a'); x.get('a'); pm.response.headers.get('a')",
            "// pm.environment.get('a')\n/* pm.environment.get('a') */ \"pm.environment.get('a')\"",
            "const environment = load(); environment.get('a')",
            "let env = pm.environment; env = other(); env.get('a')",
            "const env = pm.environment.toObject(); env['a']",
        ] {
            assert_eq!(found(script), [""; 0], "{script}");
        }
    }
}
