use std::cmp::Ordering;
use std::collections::HashMap;

use super::assign::{self, New};
use super::{Draft, EditError, Plan, target};
use crate::model::{JsValue, Runtime, Scope, TokenGroup, Variable};
use crate::syntax::{Kind, Node, Value};
use crate::text::named;

/// What to take over from a run.
#[derive(Clone, Debug, Default)]
pub struct Absorption {
    /// Also add the variables that only the run has.
    pub new: bool,
    /// Only these variables, or all if empty. Naming one of Box's tokens names the whole group.
    pub keys: Vec<String>,
    /// Also accept a file that is not from a run of this one.
    pub any: bool,
}

/// Takes over the values that a run changed from `run`, the file that newman exported after it. Nothing else in that
/// file is worth keeping: newman loses types and `enabled`, turns texts into numbers and writes `null` for `undefined`.
///
/// # Errors
/// `run` is of another kind or, unless any file will do, is not from a run of this file; or neither file has a
/// requested variable.
pub fn absorb(scope: &Scope<'_>, run: &Scope<'_>, wish: &Absorption) -> Result<Plan, EditError> {
    target::expect_kind(scope, "the run's file", run)?;
    if let Some(reason) = why_not_a_run(scope, run).filter(|_| !wish.any) {
        return Err(EditError::NoRun(reason));
    }
    if let Some(key) = wish.keys.iter().find(|key| !scope.has(key) && !run.has(key)) {
        return Err(target::absent(run, key));
    }
    let mut absorber = Absorber::of(scope, run, wish);
    let added = absorber.take_all();
    absorber.add(added)?;
    absorber.note_gone();
    absorber.draft.finish()
}

/// An absorption in progress.
struct Absorber<'a, 'd, 'r> {
    scope: &'a Scope<'d>,
    run: &'a Scope<'r>,
    wish: &'a Absorption,
    /// Box's tokens, if the file is an environment of Box's.
    group: Option<TokenGroup>,
    /// Why these are not taken over, if they are not.
    kept_tokens: Option<&'static str>,
    draft: Draft,
}

impl<'a, 'd, 'r> Absorber<'a, 'd, 'r> {
    fn of(scope: &'a Scope<'d>, run: &'a Scope<'r>, wish: &'a Absorption) -> Self {
        let group = TokenGroup::of(scope);
        let kept_tokens = group.as_ref().and_then(|group| why_tokens_stay(group, scope, run));
        Self { scope, run, wish, group, kept_tokens, draft: Draft::default() }
    }

    fn is_token(&self, key: &str) -> bool {
        self.group.as_ref().is_some_and(|group| group.keys.contains(&key))
    }

    fn is_wanted(&self, key: &str) -> bool {
        let keys = &self.wish.keys;
        keys.is_empty()
            || keys.iter().any(|named| named == key || (self.is_token(named) && self.is_token(key)))
    }

    /// Takes over the wanted values of the variables that both files have. Returns those that only the run has.
    fn take_all(&mut self) -> Vec<&'a Variable<'r>> {
        let tokens_wanted = self.group.iter().flat_map(|group| &group.keys).any(|key| self.is_wanted(key));
        let kept_tokens = self.kept_tokens.filter(|_| tokens_wanted);
        self.draft.note(kept_tokens.map(|why| format!("the tokens stay as they are: {why}")));
        let mut added = Vec::new();
        for (theirs, ours) in paired(self.scope, self.run) {
            let Some(node) = theirs.value().filter(|_| self.is_wanted(theirs.key())) else { continue };
            match ours {
                None if node.is_null() => {}
                None => added.push(theirs),
                Some(_) if self.kept_tokens.is_some() && self.is_token(theirs.key()) => {}
                Some(ours) => self.take(ours, theirs, node),
            }
        }
        added
    }

    /// Gives `ours` the value of `theirs`, which is `node`.
    fn take(&mut self, ours: &Variable<'_>, theirs: &Variable<'_>, node: Node<'_>) {
        if is_unchanged(ours, node) {
            return;
        }
        match why_stays(ours, node) {
            Some(why) => self.draft.note([format!("`{}` stays as it is: {why}", theirs.key())]),
            None => self.draft.extend(assign::assign(self.scope, ours, &in_kind_of(ours.value(), theirs))),
        }
    }

    /// Adds the variables that only the run has, or names them if they are not wanted.
    fn add(&mut self, added: Vec<&'a Variable<'r>>) -> Result<(), EditError> {
        if !self.wish.new {
            self.note_keys(added.iter().map(|variable| variable.key()), |keys| {
                format!("new in the run: {keys}; `--new` adds what is new")
            });
            return Ok(());
        }
        let with_value = |variable: &'a Variable<'r>| Some((variable, Value::of(variable.value()?)));
        let added: Vec<_> = added.into_iter().filter_map(with_value).collect();
        let new = added.iter().map(|(theirs, value)| {
            let type_name = theirs.is_typed_secret().then_some("secret");
            New::of(theirs.key(), value).typed(type_name).disabled_if(!theirs.is_enabled(Runtime::App))
        });
        let new: Vec<_> = new.collect();
        self.draft.edit(assign::add(self.scope, &new)?);
        new.iter().for_each(|new| self.draft.change([], new.change()));
        Ok(())
    }

    /// Names the variables that only this file has.
    fn note_gone(&mut self) {
        let keys = self.scope.variables().iter().map(Variable::key);
        let gone: Vec<_> = keys.filter(|key| self.is_wanted(key) && !self.run.has(key)).collect();
        self.note_keys(gone, |keys| format!("not in the run's file: {keys}; nothing is removed here"));
    }

    /// Notes the `sentence` about `keys`, unless there are none.
    fn note_keys<'k>(
        &mut self,
        keys: impl IntoIterator<Item = &'k str>,
        sentence: impl FnOnce(&str) -> String,
    ) {
        let keys = named(keys, "and");
        self.draft.note((!keys.is_empty()).then(|| sentence(&keys)));
    }
}

/// The variables of the run, each paired with its row here: newman keeps the order of rows, duplicates included.
fn paired<'s, 'd, 'r, 'e>(
    scope: &'s Scope<'d>,
    run: &'r Scope<'e>,
) -> Vec<(&'r Variable<'e>, Option<&'s Variable<'d>>)> {
    let mut rows = HashMap::new();
    let pair = |theirs: &'r Variable<'e>| {
        let ours = rows.entry(theirs.key()).or_insert_with(|| scope.called(theirs.key()));
        (theirs, ours.next())
    };
    run.variables().iter().map(pair).collect()
}

/// Why the run's tokens are not taken over, if they are not.
fn why_tokens_stay(group: &TokenGroup, scope: &Scope<'_>, run: &Scope<'_>) -> Option<&'static str> {
    if group.values(scope) == group.values(run) {
        return None;
    }
    let mut held = group.held(scope).peekable();
    held.peek()?;
    if held.any(|key| !group.held(run).any(|other| other == key)) {
        return Some("the run has lost some");
    }
    let is_off = |key: &&str| scope.target(key).is_some_and(|variable| !variable.is_enabled(Runtime::App));
    if group.keys.iter().any(is_off) {
        return Some("some are disabled here, and tokens are only taken together");
    }
    match group.compare_ages(scope, run) {
        Some(Ordering::Less) => None,
        Some(Ordering::Greater) => Some("those of the run are older"),
        Some(Ordering::Equal) | None => Some("nothing shows that those of the run are newer"),
    }
}

/// Why a variable keeps its value although the run ended with `node`, if it does.
fn why_stays(ours: &Variable<'_>, node: Node<'_>) -> Option<&'static str> {
    if node.is_null() {
        return Some("the run left it without a value");
    }
    if !ours.is_enabled(Runtime::App) {
        return Some("it is disabled, although newman used it");
    }
    ours.source().map(|_| "its value comes from a vault")
}

/// Why `run` cannot be newman's export after a run with this file, as far as that can be told.
fn why_not_a_run(scope: &Scope<'_>, run: &Scope<'_>) -> Option<&'static str> {
    if run.owner().get_str("_postman_exported_using").is_some_and(|maker| maker.starts_with("Postman/")) {
        return Some("it was exported by the app");
    }
    let ids = scope.owner().get_str("id").zip(run.owner().get_str("id"));
    ids.is_some_and(|(own, other)| own != other).then_some("its id is different")
}

/// Whether the run left the variable as it was.
fn is_unchanged(ours: &Variable<'_>, node: Node<'_>) -> bool {
    let Some(own) = ours.value() else { return node.is_null() };
    same(own, node) || (node.is_null() && own.is_str(""))
}

/// Whether two values are the same after newman reads and writes them, which may turn texts into numbers and rounds
/// numbers.
fn same(own: Node<'_>, other: Node<'_>) -> bool {
    match (own.kind(), other.kind()) {
        (Kind::Array, Kind::Array) => {
            own.items().count() == other.items().count()
                && own.items().zip(other.items()).all(|(one, other)| same(one, other))
        }
        (Kind::Object, Kind::Object) => {
            own.members().count() == other.members().count()
                && own.members().all(|member| {
                    let name = member.key();
                    other.get(&name).is_some_and(|other| same(member.value, other))
                })
        }
        (Kind::Null, other) | (other, Kind::Null) => other == Kind::Null,
        (own, other) if own.is_container() || other.is_container() => false,
        _ => JsValue::of_node(own).text() == JsValue::of_node(other).text(),
    }
}

/// The value of `theirs`; as a text, number or boolean if `own` is one.
fn in_kind_of(own: Option<Node<'_>>, theirs: &Variable<'_>) -> Value {
    let value = theirs.value().map_or(Value::Null, Value::of);
    let text = theirs.text();
    match (own.map(|own| own.kind()), &value) {
        (Some(Kind::String), Value::Number(_) | Value::Bool(_)) => Value::string(text),
        (Some(Kind::Bool), Value::String(_)) if text == "true" || text == "false" => {
            Value::Bool(text == "true")
        }
        (Some(Kind::Number), Value::String(_)) if is_integer(text) => Value::Number(text.to_owned()),
        _ => value,
    }
}

/// Whether `text` spells an integer exactly as a number would.
fn is_integer(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Action, Change};
    use crate::syntax::Document;

    fn absorbed(own: &str, run: &str) -> String {
        let (own, run) = (Document::json(own).expect(own), Document::json(run).expect(run));
        let (scope, run) = (Scope::of(&own).expect("variables"), Scope::of(&run).expect("variables"));
        let plan = absorb(&scope, &run, &Absorption::default()).expect("a plan");
        own.edited(&plan.edits).expect("valid").source().text().to_owned()
    }

    #[test]
    fn a_value_keeps_its_kind() {
        for (own, run, result) in [
            (r#""1""#, "2", r#""2""#),
            (r#""1""#, "1", r#""1""#),
            (r#""true""#, "false", r#""false""#),
            ("1", r#""2""#, "2"),
            ("1", r#""02""#, r#""02""#),
            ("1.0", "1", "1.0"),
            ("true", r#""false""#, "false"),
            ("[1.0]", "[1]", "[1.0]"),
            ("[1]", "[2]", "[2]"),
            (r#""x""#, "null", r#""x""#),
            (r#""x""#, r#""""#, r#""""#),
            ("null", "1", "1"),
        ] {
            let row = |value: &str| format!(r#"{{"values":[{{"key":"k","value":{value}}}]}}"#);
            assert_eq!(absorbed(&row(own), &row(run)), row(result), "{own} {run}");
        }
    }

    #[test]
    fn a_new_row_keeps_its_type_and_its_switch() {
        let own = Document::json(r#"{"values":[{"key":"a","value":"1","enabled":true}]}"#).expect("valid");
        let run = r#"{"values":[{"key":"a","value":"1"},{"key":"plain","value":"x","type":"secret"},
            {"key":"off","value":"y","disabled":true}]}"#;
        let run = Document::json(run).expect("valid");
        let (scope, run) = (Scope::of(&own).expect("variables"), Scope::of(&run).expect("variables"));
        let wish = Absorption { new: true, ..Absorption::default() };
        let plan = absorb(&scope, &run, &wish).expect("a plan");
        let added = |value: &str, secret| Action::Added { value: Value::string(value), secret };
        assert_eq!(
            plan.changes,
            [Change::new("plain", added("x", true)), Change::new("off", added("y", false))]
        );
        let after = own.edited(&plan.edits).expect("valid");
        let rows = [
            r#"{"key":"a","value":"1","enabled":true}"#,
            r#"{"key":"plain","value":"x","enabled":true,"type":"secret"}"#,
            r#"{"key":"off","value":"y","enabled":false}"#,
        ];
        assert_eq!(after.source().text(), format!(r#"{{"values":[{}]}}"#, rows.join(",")));
    }

    #[test]
    fn tokens_come_together_or_not_at_all() {
        let rows = |access: &str, end: &str| {
            format!(
                r#"{{"values":[{{"key":"access_token","value":{access}}},{{"key":"expires_at","value":{end}}},
                {{"key":"box_env_type","value":"CCG"}}]}}"#
            )
        };
        let own = rows(r#""a""#, r#""1795000000000""#);
        for (access, end, taken) in [
            (r#""b""#, "1795000000001", true),
            (r#""b""#, "1795000000000", false),
            (r#""b""#, "1794999999999", false),
            (r#""b""#, "null", false),
            ("null", "1795000000001", false),
            (r#""""#, "1795000000001", false),
        ] {
            let result = if taken { rows(access, &format!("\"{end}\"")) } else { own.clone() };
            assert_eq!(absorbed(&own, &rows(access, end)), result, "{access} {end}");
        }
        let fresh = rows(r#""""#, r#""0""#);
        assert_eq!(absorbed(&fresh, &rows(r#""b""#, "1")), rows(r#""b""#, r#""1""#));
    }
}
