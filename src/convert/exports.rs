use std::collections::HashSet;

use super::{is_risky, note};
use crate::model::{Runtime, Scope, Variable, reference_spans};

/// A variable for a program that is not Postman.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its name in Postman.
    pub key: String,
    /// Its name outside Postman, valid in shells and the environments of processes.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Whether the value is a secret.
    pub secret: bool,
}

/// The variables to export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exports {
    /// In file order.
    pub variables: Vec<Export>,
    /// What is changed, or left out as in the app, in sentences without a full stop.
    pub notes: Vec<String>,
    /// What the app uses and is left out here, in such sentences.
    pub losses: Vec<String>,
}

impl Exports {
    /// Leaves out, with a note, the variables that tell programs what to run or whom to trust. The losses become notes.
    pub(super) fn harmless(mut self) -> Self {
        self.notes.append(&mut self.losses);
        let (risky, harmless): (Vec<_>, Vec<_>) =
            self.variables.into_iter().partition(|export| is_risky(&export.name));
        let names: Vec<_> = risky.iter().map(|export| export.name.as_str()).collect();
        note(&mut self.notes, &names, |names| {
            format!("left out, since they tell programs what to run or whom to trust: {names}")
        });
        Self { variables: harmless, ..self }
    }
}

/// Returns the variables of `scope` that the Postman app uses, under names that are valid outside Postman.
#[must_use]
pub fn exports(scope: &Scope<'_>) -> Exports {
    let Used { variables: used, mut notes } = Used::of(scope);
    let exact: HashSet<&str> = used.iter().map(|used| used.key()).filter(|key| is_identifier(key)).collect();
    let (mut nameless, mut taken, mut unholdable) = (Vec::new(), Vec::new(), Vec::new());
    let (mut renamed, mut referring) = (Vec::new(), Vec::new());
    let (mut variables, mut names) = (Vec::new(), HashSet::new());
    for variable in used {
        let (key, value) = (variable.key(), variable.text());
        let Some(name) = identifier(key) else {
            nameless.push(key.to_owned());
            continue;
        };
        let free = name == key || !exact.contains(name.as_str());
        if value.contains('\0') {
            unholdable.push(key.to_owned());
        } else if !free || !names.insert(name.clone()) {
            taken.push(key.to_owned());
        } else {
            if name != key {
                renamed.push(format!("`{key}` is called `{name}` here"));
            }
            if reference_spans(value).next().is_some() {
                referring.push(key.to_owned());
            }
            let (key, value, secret) = (key.to_owned(), value.to_owned(), variable.is_secret());
            variables.push(Export { key, name, value, secret });
        }
    }
    notes.extend(renamed);
    note(&mut notes, &referring, |keys| {
        format!("the {{{{references}}}} are not filled in, but kept as text, in {keys}")
    });
    let mut losses = Vec::new();
    note(&mut losses, &nameless, |keys| format!("left out, since no name can be made of the key: {keys}"));
    note(&mut losses, &taken, |keys| format!("left out, since another variable has the same name: {keys}"));
    note(&mut losses, &unholdable, |keys| format!("left out, since the value contains a null byte: {keys}"));
    Exports { variables, notes, losses }
}

/// The variables that the Postman app uses, in file order, and notes about the others.
pub(super) struct Used<'s, 'd> {
    pub(super) variables: Vec<&'s Variable<'d>>,
    pub(super) notes: Vec<String>,
}

impl<'s, 'd> Used<'s, 'd> {
    pub(super) fn of(scope: &'s Scope<'d>) -> Self {
        let (mut variables, mut seen) = (Vec::new(), HashSet::new());
        let (mut disabled, mut losing) = (Vec::new(), Vec::new());
        for variable in scope.variables().iter().rev() {
            if !variable.is_enabled(Runtime::App) {
                disabled.push(variable.key());
            } else if seen.insert(variable.key()) {
                variables.push(variable);
            } else {
                losing.push(variable.key());
            }
        }
        variables.reverse();
        disabled.reverse();
        losing.reverse();
        let keys = |is: &dyn Fn(&Variable<'_>) -> bool| -> Vec<&str> {
            variables.iter().filter(|variable| is(variable)).map(|variable| variable.key()).collect()
        };
        let described = keys(&|variable| {
            variable.node().get("description").is_some_and(|node| !node.is_null() && !node.is_str(""))
        });
        let valueless = keys(&|variable| variable.value().is_none());
        let typed = keys(&|variable| variable.is_typed_secret());
        let mut notes = Vec::new();
        note(&mut notes, &disabled, |keys| format!("left out, since disabled: {keys}"));
        note(&mut notes, &losing, |keys| {
            format!("left out, since a later row of the same name wins: {keys}")
        });
        note(&mut notes, &valueless, |keys| format!("empty here, since the file has no value: {keys}"));
        note(&mut notes, &typed, |keys| format!("no longer marked as secret: {keys}"));
        note(&mut notes, &described, |keys| format!("exported without the description: {keys}"));
        Self { variables, notes }
    }
}

/// The name of `key` outside Postman: each character that shells do not allow becomes `_`. None if nothing but `_`
/// would be left.
pub(super) fn identifier(key: &str) -> Option<String> {
    let valid = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = key.chars().map(valid).collect();
    let digit_first = name.starts_with(|c: char| c.is_ascii_digit());
    let says_something = name.contains(|c: char| c.is_ascii_alphanumeric()) || key == name;
    (says_something && !name.is_empty()).then(|| if digit_first { format!("_{name}") } else { name })
}

/// Whether `key` is a valid name in shells and the environments of processes.
#[must_use]
pub fn is_identifier(key: &str) -> bool {
    identifier(key).is_some_and(|name| name == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    #[test]
    fn names_become_identifiers() {
        for (key, name) in [
            ("base_url", Some("base_url")),
            ("api.box.com", Some("api_box_com")),
            ("{box-upload-server}", Some("_box_upload_server_")),
            ("1st key", Some("_1st_key")),
            ("über", Some("_ber")),
            ("_", Some("_")),
            ("ключ", None),
            ("", None),
        ] {
            assert_eq!(identifier(key).as_deref(), name, "{key}");
        }
    }

    #[test]
    fn an_exact_name_takes_precedence_over_a_derived_one() {
        let document = Document::json(
            r#"{"values": [{"key": "a.b", "value": "1"}, {"key": "a-b", "value": "2"}, {"key": "a_b", "value": "3"},
                {"key": "c.d", "value": "4"}, {"key": "c-d", "value": "5"}, {"key": "zero", "value": "\u0000"}]}"#,
        )
        .expect("valid");
        let exports = exports(&Scope::of(&document).expect("variables"));
        let shown: Vec<_> = exports.variables.iter().map(|it| (&*it.name, &*it.value)).collect();
        assert_eq!(shown, [("a_b", "3"), ("c_d", "4")]);
        assert_eq!(exports.notes, ["`c.d` is called `c_d` here"]);
        assert_eq!(
            exports.losses,
            [
                "left out, since another variable has the same name: `a.b`, `a-b` and `c-d`",
                "left out, since the value contains a null byte: `zero`",
            ]
        );
    }
}
