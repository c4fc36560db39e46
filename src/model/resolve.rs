use std::borrow::Cow;
use std::collections::HashSet;

use super::{JsValue, Runtime, Scope, ScopeKind, Variable, is_dynamic, reference_spans};
use crate::syntax::Node;

/// How often a text is searched for references again: what the values bring may hold references too.
pub const PASSES: usize = 19;

/// How many bytes values may add to a text in a pass; a pass that would add more is let be. What refers to itself several
/// times, or is long and referred to often, would fill the memory.
pub const GROWTH: usize = 1024 * 1024;

/// The scopes that a name is looked up in, the narrowest first.
#[derive(Clone, Debug)]
pub struct Lookup<'d> {
    /// What an iteration of a run has, before all scopes.
    data: Option<Node<'d>>,
    scopes: Vec<Scope<'d>>,
    runtime: Runtime,
}

/// What a name means.
#[derive(Clone, Debug)]
pub enum Meaning<'l, 'd> {
    /// A value of the data of a run.
    Data(Node<'d>),
    /// A variable of a scope.
    Variable(ScopeKind, &'l Variable<'d>),
    /// A value that Postman makes up anew each time, such as `$guid`.
    Dynamic,
    /// Nothing; the reference stays in the text as it is.
    Undefined,
}

/// One reference that was replaced, or could not be.
#[derive(Clone, Debug)]
pub struct Replacement<'l, 'd> {
    /// In which pass, from 1.
    pub pass: usize,
    /// The name.
    pub name: String,
    /// What it means.
    pub meaning: Meaning<'l, 'd>,
}

/// A text with its references replaced.
#[derive(Clone, Debug)]
pub struct Resolved<'l, 'd> {
    /// What came out. Dynamic variables and undefined ones stay as they are written.
    pub text: String,
    /// What was replaced, in order, each name once in a pass.
    pub replacements: Vec<Replacement<'l, 'd>>,
}

impl<'d> Meaning<'_, 'd> {
    /// What the app and newman put in the place of a reference; none where they leave it as it is, as they do for `null` in
    /// the data of a run.
    #[must_use]
    pub fn substitution(&self) -> Option<Cow<'d, str>> {
        match self {
            Self::Data(value) if value.is_null() => None,
            Self::Data(value) => Some(Cow::Owned(JsValue::of_node(*value).text().into_owned())),
            Self::Variable(_, variable) => Some(variable.substitution()),
            Self::Dynamic | Self::Undefined => None,
        }
    }
}

impl<'d> Lookup<'d> {
    /// A lookup in `scopes`, as `runtime` does it: environment before collection before globals.
    #[must_use]
    pub fn new(mut scopes: Vec<Scope<'d>>, runtime: Runtime) -> Self {
        scopes.sort_by_key(|scope| match scope.kind() {
            ScopeKind::Environment => 0,
            ScopeKind::Collection => 1,
            ScopeKind::Globals => 2,
        });
        Self { data: None, scopes, runtime }
    }

    /// The same in an iteration that has the values of the object `row`, which hide all variables of their names.
    #[must_use]
    pub fn with_data(self, row: Option<Node<'d>>) -> Self {
        Self { data: row, ..self }
    }

    /// The scopes, the narrowest first.
    #[must_use]
    pub fn scopes(&self) -> &[Scope<'d>] {
        &self.scopes
    }

    /// What `name` means. A variable called like a dynamic one hides it; a disabled one lets the next scope answer.
    #[must_use]
    pub fn meaning(&self, name: &str) -> Meaning<'_, 'd> {
        if let Some(value) = self.data.and_then(|row| row.get(name)) {
            return Meaning::Data(value);
        }
        let found =
            self.scopes.iter().find_map(|scope| Some((scope.kind(), scope.winner(name, self.runtime)?)));
        match found {
            Some((kind, variable)) => Meaning::Variable(kind, variable),
            None if is_dynamic(name) => Meaning::Dynamic,
            None => Meaning::Undefined,
        }
    }

    /// A name that `resolved` still refers to although it means a variable: in a circle, behind too many others, or with
    /// values that are too long.
    #[must_use]
    pub fn endless<'t>(&self, resolved: &'t str) -> Option<&'t str> {
        reference_spans(resolved)
            .map(|(name, _)| name)
            .find(|name| self.meaning(name).substitution().is_some())
    }

    /// Every variable called `name`, disabled ones and those of wider scopes included, with whether it is the one read.
    #[must_use]
    pub fn candidates(&self, name: &str) -> Vec<(ScopeKind, &Variable<'d>, bool)> {
        let winner = match self.meaning(name) {
            Meaning::Variable(_, variable) => Some(variable.node()),
            Meaning::Data(_) | Meaning::Dynamic | Meaning::Undefined => None,
        };
        let all = self.scopes.iter().flat_map(|scope| {
            scope
                .variables()
                .iter()
                .filter(|variable| variable.key() == name)
                .map(|found| (scope.kind(), found))
        });
        all.map(|(kind, variable)| (kind, variable, winner == Some(variable.node()))).collect()
    }

    /// `text` with its references replaced, and those that the values bring, as Postman does it: all at once, again and
    /// again, at most 19 times. `value` gives the text of what a name means, so that secrets can be masked; none leaves the
    /// reference as it is.
    #[must_use]
    pub fn resolve(
        &self,
        text: &str,
        value: impl Fn(&str, &Meaning<'_, 'd>) -> Option<String>,
    ) -> Resolved<'_, 'd> {
        let mut resolved = Resolved { text: text.to_owned(), replacements: Vec::new() };
        for pass in 1..=PASSES {
            let longest = resolved.text.len() + GROWTH;
            let mut next = String::with_capacity(resolved.text.len());
            let (mut done, mut replaced, mut seen) = (0, false, HashSet::new());
            for (name, span) in reference_spans(&resolved.text) {
                let meaning = self.meaning(name);
                if next.len() <= longest
                    && let Some(text) = value(name, &meaning)
                {
                    next.push_str(&resolved.text[done..span.start as usize]);
                    next.push_str(&text);
                    done = span.end as usize;
                    replaced = true;
                }
                if seen.insert(name) {
                    resolved.replacements.push(Replacement { pass, name: name.to_owned(), meaning });
                }
            }
            next.push_str(&resolved.text[done..]);
            if !replaced || next.len() > longest || next == resolved.text {
                break;
            }
            resolved.text = next;
        }
        // What is left in the text is said once, not in every pass.
        let mut seen = HashSet::new();
        resolved.replacements.retain(|replacement| {
            replacement.meaning.substitution().is_some() || seen.insert(replacement.name.clone())
        });
        resolved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    fn resolved(environment: &str, text: &str) -> String {
        let document = Document::json(environment).expect("valid");
        let globals = r#"{"values":[{"key":"g","value":"G"},{"key":"a","value":"wide"}],"_postman_variable_scope":"globals"}"#;
        let globals = Document::json(globals).expect("valid");
        let scopes = [&globals, &document].map(|document| Scope::of(document).expect("a scope"));
        let lookup = Lookup::new(scopes.to_vec(), Runtime::App);
        let data = Document::json(r#"{"g":"D","row":7.0,"no":null,"list":[1,[2,null]],"twice":"{{row}}"}"#)
            .expect("valid");
        let lookup = if text.starts_with("data ") { lookup.with_data(Some(data.root())) } else { lookup };
        lookup.resolve(text, |_, meaning| meaning.substitution().map(Cow::into_owned)).text
    }

    #[test]
    fn references_are_replaced_as_postman_does_it() {
        let environment = r#"{"values":[{"key":"a","value":"1"},{"key":"b","value":"a"},{"key":"n","value":"{{a}}{{g}}"},
            {"key":"off","value":"x","enabled":false},{"key":"self","value":"x{{self}}"},{"key":"same","value":"{{same}}"},
            {"key":"","value":"empty"},{"key":" a ","value":"blank"},{"key":"$guid","value":"mine"},{"key":"d","value":"1","enabled":true},{"key":"d","value":"2"},
            {"key":"list","value":[1,[2,null],"x"]},{"key":"map","value":{"a":1}},{"key":"null","value":null},{"key":"missing"},
            {"key":"yes","value":"false","type":"boolean"},{"key":"seven","value":"007","type":"Number"},
            {"key":"nan","value":"12abc","type":"number"},{"key":"half","value":1.50}]}"#;
        for (text, expected) in [
            ("{{a}}/{{g}}", "1/G"),
            ("{{a{{b}}}}", "{{aa}}"),
            ("{{{a}}}", "{1}"),
            ("{{n}}", "1G"),
            ("{{off}} {{none}}", "{{off}} {{none}}"),
            ("{{same}}", "{{same}}"),
            ("{{}}{{ a }}", "emptyblank"),
            ("{{$guid}} {{$timestamp}}", "mine {{$timestamp}}"),
            ("{{d}}", "2"),
            ("{{list}} {{map}} {{null}} {{missing}}", "1,2,,x [object Object] null "),
            ("data {{g}} {{row}} {{no}} {{list}} {{twice}} {{a}}", "data D 7 {{no}} 1,2, 7 1"),
            ("{{yes}} {{seven}} {{nan}} {{half}}", "true 7 NaN 1.5"),
        ] {
            assert_eq!(resolved(environment, text), expected, "{text}");
        }
        assert_eq!(resolved(environment, "{{self}}"), format!("{}{{{{self}}}}", "x".repeat(19)));
    }

    #[test]
    fn a_chain_of_19_ends_and_one_of_20_does_not() {
        let rows = (0..25).map(|at| format!(r#"{{"key":"k{at}","value":"{{{{k{}}}}}"}}"#, at + 1));
        let environment = format!(r#"{{"values":[{}]}}"#, rows.collect::<Vec<_>>().join(","));
        assert_eq!(resolved(&environment, "{{k0}}"), "{{k19}}");
    }

    #[test]
    fn a_value_that_grows_without_end_is_let_be() {
        let environment = r#"{"values":[{"key":"a","value":"{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}"}]}"#;
        assert_eq!(resolved(environment, "{{a}}"), "{{a}}".repeat(8_usize.pow(5)));
    }

    #[test]
    fn a_pass_that_grows_without_end_is_let_be() {
        let environment = format!(r#"{{"values":[{{"key":"b","value":"{}"}}]}}"#, "x".repeat(20_000));
        let text = "{{b}}".repeat(200_000);
        assert_eq!(resolved(&environment, &text), text);
        assert_eq!(resolved(&environment, &text[..5 * 50]).len(), 20_000 * 50);
    }

    #[test]
    fn a_text_may_refer_to_many_names() {
        let text: String = (0..200_000).map(|at| format!("{{{{name {at}}}}}")).collect();
        let scope = Document::json(r#"{"values":[]}"#).expect("valid");
        let lookup = Lookup::new(vec![Scope::of(&scope).expect("a scope")], Runtime::App);
        assert_eq!(lookup.resolve(&text, |_, _| None).replacements.len(), 200_000);
    }
}
