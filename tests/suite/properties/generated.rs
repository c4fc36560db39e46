//! Random environments and changes, for the properties.

use envtool::edit::{self, Assignment, EditError, Plan, SetOptions};
use envtool::model::Scope;
use envtool::syntax::Value;
use proptest::prelude::*;

/// The text of an environment file in any layout, with members of every kind in any order.
pub(super) fn environments() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        4 => prop::sample::select(vec!["a", "b", "access_token", "box_env_type", "", "$x", "k.e-y", "ü😀"])
            .prop_map(|key| serde_json::to_string(key).unwrap()),
        1 => Just(r#""\u0061""#.to_owned()),
        1 => any::<String>().prop_map(|key| serde_json::to_string(&key).unwrap()),
    ];
    let value = prop_oneof![
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        prop::sample::select(vec![
            r#""""#,
            r#""\ud800""#,
            r#""a\/b\u00e9""#,
            "null",
            "true",
            "-0.0e-7",
            "123456789012345678901",
            "[]",
            "{ }",
            "[1,\t{\"a\" :[]}]",
            r#""true""#,
            "\"x\u{9b}\""
        ])
        .prop_map(str::to_owned),
    ];
    let flag = prop::sample::select(vec!["true", "false", "null", "\"false\""]).prop_map(str::to_owned);
    let extra = (
        prop::sample::select(vec!["type", "description", "secret", "value", "key", "name", "x"]),
        prop::sample::select(vec![r#""secret""#, r#""default""#, "true", "{\"content\":\"\"}"]),
    );
    let variable = (
        key,
        prop::option::of(value),
        prop::option::of(flag.clone()),
        prop::option::weighted(0.2, flag),
        prop::collection::vec(extra, 0..3),
        any::<u8>(),
    )
        .prop_map(|(key, value, enabled, disabled, extra, turn)| {
            let mut members = vec![("key".to_owned(), key)];
            members.extend(value.map(|value| ("value".to_owned(), value)));
            members.extend(enabled.map(|flag| ("enabled".to_owned(), flag)));
            members.extend(disabled.map(|flag| ("disabled".to_owned(), flag)));
            members.extend(extra.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
            let turn = usize::from(turn) % members.len();
            members.rotate_left(turn);
            members
        });
    let layout = prop_oneof![
        prop::sample::select(vec![("\n", "\t"), ("\n", "  "), ("\r\n", "    "), ("", ""), ("", " ")])
            .prop_map(|(line, unit)| Layout::Regular { line, unit }),
        prop::collection::vec(prop::sample::select(vec!["", " ", "\n", "\r\n", "\t", "  \n\t"]), 1..9)
            .prop_map(Layout::Wild),
    ];
    let scope = prop::sample::select(vec![
        "",
        r#","_postman_variable_scope":"environment","_postman_exported_using":"Postman/11.0.0""#,
        r#","_postman_variable_scope":"globals""#,
        r#","_": {"postman_variable_scope":"environment"}"#,
    ]);
    (prop::collection::vec(variable, 0..6), layout, scope).prop_map(|(variables, layout, scope)| {
        let mut page = Page { layout, gaps: 0, text: String::new() };
        page.text.push_str("{\"name\":\"n\",\"values\":");
        page.list(0, '[', ']', &variables, |page, members| {
            page.list(1, '{', '}', members, |page, (name, value)| {
                page.text.push_str(&format!("\"{name}\""));
                page.gap(0);
                page.text.push(':');
                page.gap(0);
                page.text.push_str(value);
            });
        });
        page.text.push_str(scope);
        page.text.push('}');
        page.text
    })
}

#[derive(Clone, Debug)]
enum Layout {
    Regular {
        line: &'static str,
        unit: &'static str,
    },
    /// The white space of the gaps, in turn.
    Wild(Vec<&'static str>),
}

struct Page {
    layout: Layout,
    gaps: usize,
    text: String,
}

impl Page {
    fn list<T>(&mut self, depth: usize, open: char, close: char, items: &[T], item: impl Fn(&mut Self, &T)) {
        self.text.push(open);
        for (at, one) in items.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.gap(depth + 1);
            item(self, one);
        }
        self.gap(depth);
        self.text.push(close);
    }

    fn gap(&mut self, depth: usize) {
        match &self.layout {
            Layout::Regular { line, unit } if depth > 0 => {
                self.text.push_str(line);
                self.text.push_str(&unit.repeat(depth));
            }
            Layout::Regular { .. } => {}
            Layout::Wild(gaps) => self.text.push_str(gaps[self.gaps % gaps.len()]),
        }
        self.gaps += 1;
    }
}

/// A change of a file.
#[derive(Clone, Debug)]
pub(super) enum Verb {
    Set(String, String),
    SetPath(usize, String),
    Unset(usize),
    Enable(usize),
    Disable(usize),
    Rename(usize, String),
    ResetAll,
}

pub(super) fn verbs() -> impl Strategy<Value = Verb> {
    let word =
        prop_oneof![prop::sample::select(vec!["a", "b", "new", ""]).prop_map(str::to_owned), any::<String>()];
    prop_oneof![
        3 => (word.clone(), word.clone()).prop_map(|(key, value)| Verb::Set(key, value)),
        1 => (0..4usize, word.clone()).prop_map(|(at, value)| Verb::SetPath(at, value)),
        2 => (0..4usize).prop_map(Verb::Unset),
        1 => (0..4usize).prop_map(Verb::Enable),
        1 => (0..4usize).prop_map(Verb::Disable),
        1 => (0..4usize, word).prop_map(|(at, name)| Verb::Rename(at, name)),
        1 => Just(Verb::ResetAll),
    ]
}

impl Verb {
    pub(super) fn plan(&self, scope: &Scope<'_>) -> Result<Plan, EditError> {
        let name =
            |at: usize| scope.variables().get(at).map_or("none".to_owned(), |row| row.key().to_owned());
        let path = |at: usize| format!("$.values[{at}].value");
        let options = SetOptions { create: true, ..SetOptions::default() };
        let set = |key: String, value: &String| {
            edit::set(scope, &[Assignment { key, value: Value::string(value) }], &options)
        };
        match self {
            Self::Set(key, value) => set(key.clone(), value),
            Self::SetPath(at, value) => set(path(*at), value),
            Self::Unset(at) => edit::unset(scope, &[name(*at)]),
            Self::Enable(at) => edit::enable(scope, &[name(*at)]),
            Self::Disable(at) => edit::disable(scope, &[name(*at)]),
            Self::Rename(at, new) => edit::rename(scope, &name(*at), new),
            Self::ResetAll => edit::reset(scope, &edit::Reset::All, &[]),
        }
    }
}
