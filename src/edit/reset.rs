use std::borrow::Cow;

use super::assign::{self, New};
use super::credential::Credentials;
use super::{Draft, EditError, Plan, target};
use crate::model::{BoxKind, Scope, Variable, names};
use crate::secret;
use crate::syntax::{Document, Kind, Value};

/// Which variables to reset, and to what.
#[derive(Clone, Debug)]
pub enum Reset<'t> {
    /// Empties the tokens of a Box environment and sets their expiry times to 0; empties the literal credentials and
    /// secret variables of a collection.
    Tokens,
    /// Also empties the credentials of a Box environment, every value of another environment and every variable of a
    /// collection.
    All,
    /// Gives variables the values they have in this template.
    To(Scope<'t>),
    /// Empties these variables.
    Keys(Vec<String>),
}

/// Makes an environment ready for the quick start again, or removes the credentials from a collection. Variables and
/// credentials named in `keep` stay as they are.
///
/// # Errors
/// The file is not a Box environment but must be; the template is of another kind; or a name is not in the file.
pub fn reset(scope: &Scope<'_>, wish: &Reset<'_>, keep: &[String]) -> Result<Plan, EditError> {
    let kind = BoxKind::of(scope);
    if let Reset::To(template) = wish {
        target::expect_kind(scope, "the template", template)?;
    }
    let credentials = literal_credentials(scope, wish, keep);
    expect_kept(scope, wish, keep, credentials.as_ref())?;
    let mut plan = Resetter { scope, keep, draft: Draft::default(), new: Vec::new() };
    if let Some(credentials) = &credentials {
        credentials.empty(keep, &mut plan.draft);
    }
    match (wish, kind) {
        (Reset::Tokens, Some(kind)) => plan.tokens(kind),
        (Reset::Tokens, None) if credentials.is_some() => plan.secrets(),
        (Reset::Tokens, None) => {
            return Err(EditError::NotBox("say what to reset: `--all`, `--to TEMPLATE` or `--key KEY`"));
        }
        (Reset::All, Some(kind)) => {
            plan.tokens(kind);
            kind.credential_keys().iter().for_each(|key| plan.every_row(key, Emptied::Text));
        }
        (Reset::All, None) => {
            scope.variables().iter().for_each(|variable| plan.row(variable, Emptied::Text));
        }
        (Reset::Keys(keys), _) => plan.keys(keys, kind)?,
        (Reset::To(template), _) => plan.template(template),
    }
    plan.finish()
}

/// The literal credentials of a collection that is reset as a whole, except those in variables: the reset empties or
/// keeps these as variables.
fn literal_credentials<'d>(scope: &Scope<'d>, wish: &Reset<'_>, keep: &[String]) -> Option<Credentials<'d>> {
    let in_variable = |variable: &Variable<'_>| match wish {
        Reset::All => true,
        _ => is_reset(variable) || keep.iter().any(|kept| kept == variable.key()),
    };
    match wish {
        Reset::Tokens | Reset::All => Credentials::of(scope.owner().document(), Some(scope), in_variable),
        Reset::To(_) | Reset::Keys(_) => None,
    }
}

/// Refuses a name to keep that is nowhere: if misspelled, it would not keep what it should.
fn expect_kept(
    scope: &Scope<'_>,
    wish: &Reset<'_>,
    keep: &[String],
    credentials: Option<&Credentials<'_>>,
) -> Result<(), EditError> {
    let is_known = |key: &String| {
        scope.has(key)
            || credentials.is_some_and(|found| found.any_called(key))
            || matches!(wish, Reset::To(template) if template.has(key))
    };
    match keep.iter().find(|key| !is_known(key)) {
        Some(key) => Err(target::absent(scope, key)),
        None => Ok(()),
    }
}

/// Removes the credentials from one file of a git-native collection: a request or an example, which have no variables.
/// Credentials named in `keep` stay as they are.
///
/// # Errors
/// [`EditError::Overlap`] if two changes affect the same place.
pub fn reset_part(document: &Document, keep: &[String]) -> Result<Plan, EditError> {
    let credentials = Credentials::of(document, None, |_| false);
    let mut draft = Draft::default();
    credentials.iter().for_each(|found| found.empty(keep, &mut draft));
    draft.finish()
}

/// Whether a collection's `variable` is itself secret, rather than made of references to secret ones.
fn is_reset(variable: &Variable<'_>) -> bool {
    variable.is_secret() && !secret::is_made_of_references(variable.text())
}

/// The value of an emptied variable.
#[derive(Clone, Copy)]
enum Emptied {
    /// `""`.
    Text,
    /// `"0"`, or `0` if it was a number: for every script, a time long past.
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
        // Without it, the classic script never considers the token expired and keeps sending the empty one.
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

    fn keys(&mut self, keys: &[String], kind: Option<BoxKind>) -> Result<(), EditError> {
        let scope = self.scope;
        for variable in target::distinct(keys, |key| target::variables(scope, key))? {
            let is_expiry = kind.is_some_and(|kind| kind.expiry_keys().contains(&variable.key()));
            self.row(variable, if is_expiry { Emptied::Time } else { Emptied::Text });
        }
        Ok(())
    }

    /// Resets all rows of `key`: those that are disabled or lose to another may contain secrets, too.
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
            self.draft.change([], New::of(key, &value).typed(type_name.as_deref()).change());
            self.new.push((key.to_owned(), value, type_name));
        }
    }

    fn finish(mut self) -> Result<Plan, EditError> {
        let new =
            self.new.iter().map(|(key, value, type_name)| New::of(key, value).typed(type_name.as_deref()));
        self.draft.edit(assign::add(self.scope, &new.collect::<Vec<_>>())?);
        self.draft.finish()
    }
}
