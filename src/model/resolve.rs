use std::borrow::Cow;
use std::collections::HashSet;

use super::{JsValue, Runtime, Scope, ScopeKind, Variable, is_dynamic, reference_spans};
use crate::syntax::Node;

/// The number of passes over a text. Values may contain references too, which the next pass replaces.
pub const PASSES: usize = 19;

/// The number of bytes that values may add to a text in one pass; a pass that would add more is not made. Otherwise a
/// variable that refers to itself several times, or a long one with many references, could fill the memory.
pub const GROWTH: usize = 1024 * 1024;

/// The scopes in which names are looked up, the narrowest first.
#[derive(Clone, Debug)]
pub struct Lookup<'d> {
    /// The data of an iteration, which comes before all scopes.
    data: Option<Node<'d>>,
    scopes: Vec<Scope<'d>>,
    runtime: Runtime,
}

/// The meaning of a name.
#[derive(Clone, Debug)]
pub enum Meaning<'l, 'd> {
    /// A value from the data of a run.
    Data(Node<'d>),
    /// A variable of a scope.
    Variable(ScopeKind, &'l Variable<'d>),
    /// A dynamic variable, such as `$guid`, for which Postman makes up a new value each time.
    Dynamic,
    /// Nothing. The reference stays in the text unchanged.
    Undefined,
}

/// A reference that was replaced or could not be.
#[derive(Clone, Debug)]
pub struct Replacement<'l, 'd> {
    /// The number of the pass, counted from 1.
    pub pass: usize,
    /// The name.
    pub name: String,
    /// Its meaning.
    pub meaning: Meaning<'l, 'd>,
}

/// A text with its references replaced.
#[derive(Clone, Debug)]
pub struct Resolved<'l, 'd> {
    /// The result. References to dynamic and undefined variables stay unchanged.
    pub text: String,
    /// The references found, in order, each name once in a pass; one that stays in the text is listed only once.
    pub replacements: Vec<Replacement<'l, 'd>>,
}

impl<'d> Meaning<'_, 'd> {
    /// The text with which the app and newman replace a reference; none if they leave it unchanged, as for `null` in
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
    /// A lookup in `scopes` as `runtime` does it: environment before collection before globals.
    #[must_use]
    pub fn new(mut scopes: Vec<Scope<'d>>, runtime: Runtime) -> Self {
        scopes.sort_by_key(|scope| match scope.kind() {
            ScopeKind::Environment => 0,
            ScopeKind::Collection => 1,
            ScopeKind::Globals => 2,
        });
        Self { data: None, scopes, runtime }
    }

    /// The same lookup in an iteration with the values of the object `row`, which hide variables of the same names.
    #[must_use]
    pub fn with_data(self, row: Option<Node<'d>>) -> Self {
        Self { data: row, ..self }
    }

    /// The scopes, the narrowest first.
    #[must_use]
    pub fn scopes(&self) -> &[Scope<'d>] {
        &self.scopes
    }

    /// The meaning of `name`. A variable hides a dynamic one of the same name; a disabled one leaves the name to the
    /// next scope.
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

    /// A name to which `resolved` still refers although it means a variable: one in a cycle, at the end of a chain that
    /// is too long, or with too long a value.
    #[must_use]
    pub fn endless<'t>(&self, resolved: &'t str) -> Option<&'t str> {
        reference_spans(resolved)
            .map(|(name, _)| name)
            .find(|name| self.meaning(name).substitution().is_some())
    }

    /// Every variable called `name`, including disabled ones and those of wider scopes, with whether it is the one
    /// read.
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

    /// Replaces the references in `text` as Postman does: all at once, then those in the inserted values, at most 19
    /// times. `value` returns the text for a name and its meaning, so that secrets can be masked; with none, the
    /// reference stays.
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
        // References that stay in the text are listed once, not for every pass.
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
    fn references_are_replaced_as_in_postman() {
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
    fn a_chain_of_19_references_is_resolved_and_one_of_20_is_not() {
        let rows = (0..25).map(|at| format!(r#"{{"key":"k{at}","value":"{{{{k{}}}}}"}}"#, at + 1));
        let environment = format!(r#"{{"values":[{}]}}"#, rows.collect::<Vec<_>>().join(","));
        assert_eq!(resolved(&environment, "{{k0}}"), "{{k19}}");
    }

    #[test]
    fn a_value_that_grows_without_end_is_left_alone() {
        let environment = r#"{"values":[{"key":"a","value":"{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}"}]}"#;
        assert_eq!(resolved(environment, "{{a}}"), "{{a}}".repeat(8_usize.pow(5)));
    }

    #[test]
    fn a_pass_that_adds_too_much_is_not_made() {
        let environment = format!(r#"{{"values":[{{"key":"b","value":"{}"}}]}}"#, "x".repeat(20_000));
        let text = "{{b}}".repeat(200_000);
        assert_eq!(resolved(&environment, &text), text);
        assert_eq!(resolved(&environment, &text[..5 * 50]).len(), 20_000 * 50);
    }

    #[test]
    fn a_text_may_contain_many_references() {
        let text: String = (0..200_000).map(|at| format!("{{{{name {at}}}}}")).collect();
        let scope = Document::json(r#"{"values":[]}"#).expect("valid");
        let lookup = Lookup::new(vec![Scope::of(&scope).expect("a scope")], Runtime::App);
        assert_eq!(lookup.resolve(&text, |_, _| None).replacements.len(), 200_000);
    }
}
