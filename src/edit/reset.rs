use std::borrow::Cow;

use super::assign::{self, New};
use super::credential::Credentials;
use super::{Action, Change, Draft, EditError, Plan, target};
use crate::model::{BoxKind, Scope, Variable, names};
use crate::secret;
use crate::syntax::{Document, Kind, Value};

/// What a reset makes of the variables.
#[derive(Clone, Debug)]
pub enum Reset<'t> {
    /// A Box environment's tokens are emptied and their ends set to 0; a collection's literal credentials and secret
    /// variables are emptied.
    Tokens,
    /// A Box environment's credentials too; every value of another environment; every variable of a collection too.
    All,
    /// Variables get the values they have in this template.
    To(Scope<'t>),
    /// These variables are emptied.
    Keys(Vec<String>),
}

/// Makes an environment ready for the quick start again, or frees a collection of credentials. What is called as in
/// `keep` stays as it is.
///
/// # Errors
/// Not a Box environment where one is needed; a template of another kind; a name that is not there.
pub fn reset(scope: &Scope<'_>, wish: &Reset<'_>, keep: &[String]) -> Result<Plan, EditError> {
    let kind = BoxKind::of(scope);
    if let Reset::To(template) = wish {
        target::expect_kind(scope, "the template", template)?;
    }
    let whole_file = matches!(wish, Reset::Tokens | Reset::All);
    let credentials = whole_file.then(|| {
        let others = |variable: &Variable<'_>| {
            let whole = matches!(wish, Reset::All) || is_reset(variable);
            whole || keep.iter().any(|kept| kept == variable.key())
        };
        Credentials::of(scope.owner().document(), Some(scope), others)
    });
    let credentials = credentials.flatten();
    // A misspelled name would not keep what it was meant to.
    for key in keep {
        let in_template = matches!(wish, Reset::To(template) if template.has(key));
        let in_collection = credentials.as_ref().is_some_and(|found| found.any_called(key));
        if !in_template && !in_collection && !scope.has(key) {
            return Err(target::absent(scope, key));
        }
    }
    let mut plan = Resetter { scope, keep, draft: Draft::default(), new: Vec::new() };
    if let Some(credentials) = &credentials {
        credentials.empty(keep, &mut plan.draft);
    }
    match (wish, kind) {
        (Reset::Tokens, None) if credentials.is_some() => plan.secrets(),
        (Reset::Tokens, None) => {
            return Err(EditError::NotBox("say what to reset: `--all`, `--to TEMPLATE` or `--key KEY`"));
        }
        (Reset::Tokens, Some(kind)) => plan.tokens(kind),
        (Reset::All, Some(kind)) => {
            plan.tokens(kind);
            kind.credential_keys().iter().for_each(|key| plan.every_row(key, Emptied::Text));
        }
        (Reset::All, None) => {
            for variable in scope.variables() {
                plan.row(variable, Emptied::Text);
            }
        }
        (Reset::Keys(keys), _) => {
            for key in keys {
                target::variables(scope, key)?;
                let ends = kind.is_some_and(|kind| kind.expiry_keys().contains(&key.as_str()));
                plan.every_row(key, if ends { Emptied::Time } else { Emptied::Text });
            }
        }
        (Reset::To(template), _) => plan.template(template),
    }
    plan.finish()
}

/// Frees one file of a git-native collection of credentials: a request or an example, which have no variables. What is
/// called as in `keep` stays as it is.
///
/// # Errors
/// Two changes of the same place.
pub fn reset_part(document: &Document, keep: &[String]) -> Result<Plan, EditError> {
    let credentials = Credentials::of(document, None, |_| false);
    let mut draft = Draft::default();
    credentials.iter().for_each(|found| found.empty(keep, &mut draft));
    draft.finish()
}

/// Whether a collection's `variable` is secret as a whole, and does not merely refer to one that is.
fn is_reset(variable: &Variable<'_>) -> bool {
    variable.is_secret() && !secret::is_made_of_references(variable.text())
}

/// What an emptied variable holds.
#[derive(Clone, Copy)]
enum Emptied {
    /// `""`.
    Text,
    /// `"0"`, or `0` where a number stood: long past for every script.
    Time,
}

struct Resetter<'w, 'd> {
    scope: &'w Scope<'d>,
    keep: &'w [String],
    draft: Draft,
    new: Vec<(String, Value, Option<String>)>,
}

impl Resetter<'_, '_> {
    fn tokens(&mut self, kind: BoxKind) {
        for key in kind.token_keys() {
            self.every_row(key, Emptied::Text);
        }
        for key in kind.expiry_keys() {
            self.every_row(key, Emptied::Time);
        }
        // Without it the classic script never sees an expired token and sends the empty one for ever.
        if kind == BoxKind::Classic && !self.scope.has(names::EXPIRES_AT) {
            self.add(names::EXPIRES_AT, Value::string("0"), None);
        }
    }

    fn secrets(&mut self) {
        for variable in self.scope.variables() {
            if is_reset(variable) {
                self.row(variable, Emptied::Text);
            }
        }
    }

    /// Losing and disabled rows hold secrets like any other.
    fn every_row(&mut self, key: &str, emptied: Emptied) {
        let scope = self.scope;
        for variable in scope.variables().iter().filter(|variable| variable.key() == key) {
            self.row(variable, emptied);
        }
    }

    fn row(&mut self, variable: &Variable<'_>, emptied: Emptied) {
        let kind = variable.value().map(|value| value.kind());
        if kind.is_none() || variable.text().is_empty() {
            return;
        }
        let value = match (emptied, kind) {
            (Emptied::Text, _) => Value::string(""),
            (Emptied::Time, Some(Kind::Number)) => Value::Number("0".to_owned()),
            (Emptied::Time, _) => Value::string("0"),
        };
        self.assign(variable, &value);
    }

    fn assign(&mut self, variable: &Variable<'_>, value: &Value) {
        if self.keep.iter().any(|kept| kept == variable.key()) {
            return;
        }
        self.draft.extend(assign::assign(self.scope, variable, value));
    }

    fn template(&mut self, template: &Scope<'_>) {
        for wanted in template.variables() {
            if template.target(wanted.key()).is_none_or(|target| target.node() != wanted.node()) {
                continue;
            }
            let Some(value) = wanted.value().map(Value::of) else { continue };
            match self.scope.target(wanted.key()) {
                Some(variable) => self.assign(variable, &value),
                None => self.add(wanted.key(), value, wanted.type_name().map(Cow::into_owned)),
            }
        }
    }

    fn add(&mut self, key: &str, value: Value, type_name: Option<String>) {
        if !self.keep.iter().any(|kept| kept == key) {
            let secret = type_name.as_deref() == Some("secret") || assign::is_secret(key, &value);
            self.draft.change([], Change::new(key, Action::Added { value: value.clone(), secret }));
            self.new.push((key.to_owned(), value, type_name));
        }
    }

    fn finish(mut self) -> Result<Plan, EditError> {
        let new = self.new.iter().map(|(key, value, type_name)| New {
            key,
            value,
            type_name: type_name.as_deref(),
        });
        self.draft.edit(assign::add(self.scope, &new.collect::<Vec<_>>())?);
        self.draft.finish()
    }
}
