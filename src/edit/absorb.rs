use std::cmp::Ordering;
use std::collections::HashMap;

use super::assign::{self, New};
use super::{Action, Change, Draft, EditError, Plan, target};
use crate::model::{JsValue, Runtime, Scope, TokenGroup, Variable};
use crate::syntax::{Kind, Node, Value};
use crate::text::named;

/// What is taken over from a run.
#[derive(Clone, Debug, Default)]
pub struct Absorption {
    /// Also add the variables that only the run has.
    pub new: bool,
    /// Only these variables; without any, all of them. Who names one of Box's tokens names the group.
    pub keys: Vec<String>,
    /// Also from a file that is no run of this one.
    pub any: bool,
}

/// Takes the values that a run has changed from `run`, which newman has exported after it. Nothing else of that file is
/// worth having: newman loses types and `enabled`, turns texts into numbers and writes `null` for `undefined`.
///
/// # Errors
/// `run` is of another kind or, unless any file will do, no run of this file; or neither file has a variable that is
/// asked for.
pub fn absorb(scope: &Scope<'_>, run: &Scope<'_>, wish: &Absorption) -> Result<Plan, EditError> {
    target::expect_kind(scope, "the run's file", run)?;
    if let Some(reason) = why_no_run(scope, run).filter(|_| !wish.any) {
        return Err(EditError::NoRun(reason));
    }
    if let Some(key) = wish.keys.iter().find(|key| !scope.has(key) && !run.has(key)) {
        return Err(target::absent(run, key));
    }
    let group = TokenGroup::of(scope);
    let in_group = |key: &str| group.as_ref().is_some_and(|group| group.keys.contains(&key));
    let wanted = |key: &str| {
        wish.keys.is_empty()
            || wish.keys.iter().any(|named| named == key || (in_group(named) && in_group(key)))
    };
    let kept_tokens = group.as_ref().and_then(|group| why_tokens_stay(group, scope, run));
    let tokens_wanted = group.iter().flat_map(|group| &group.keys).any(|key| wanted(key));

    let mut draft = Draft::default();
    draft
        .note(kept_tokens.filter(|_| tokens_wanted).map(|why| format!("the tokens stay as they are: {why}")));
    let mut added = Vec::new();
    for (theirs, ours) in paired(scope, run).into_iter().filter(|(theirs, _)| wanted(theirs.key())) {
        let Some(node) = theirs.value() else { continue };
        match ours {
            None if node.is_null() => {}
            None => added.push((theirs.key(), Value::of(node))),
            Some(_) if kept_tokens.is_some() && in_group(theirs.key()) => {}
            Some(ours) => take(&mut draft, scope, ours, theirs, node),
        }
    }
    if wish.new {
        add(&mut draft, scope, added)?;
    } else {
        let new = named(added.iter().map(|(key, _)| key), "and");
        draft.note(sentence(&new, |keys| format!("new in the run: {keys}; `--new` adds what is new")));
    }
    let is_gone = |key: &&str| wanted(key) && !run.has(key);
    let gone = named(scope.variables().iter().map(Variable::key).filter(is_gone), "and");
    draft.note(sentence(&gone, |keys| format!("not in the run's file: {keys}; nothing is removed here")));
    draft.finish()
}

/// Gives `ours` the value of `theirs`, which stands at `node`.
fn take(draft: &mut Draft, scope: &Scope<'_>, ours: &Variable<'_>, theirs: &Variable<'_>, node: Node<'_>) {
    if is_unchanged(ours, node) {
        return;
    }
    match why_stays(ours, node) {
        Some(why) => draft.note([format!("`{}` stays as it is: {why}", theirs.key())]),
        None => draft.extend(assign::assign(scope, ours, &in_kind_of(ours.value(), theirs))),
    }
}

/// Adds the variables that only the run has.
fn add(draft: &mut Draft, scope: &Scope<'_>, added: Vec<(&str, Value)>) -> Result<(), EditError> {
    let new: Vec<_> = added.iter().map(|(key, value)| New { key, value, type_name: None }).collect();
    draft.edit(assign::add(scope, &new)?);
    for (key, value) in added {
        let secret = assign::is_secret(key, &value);
        draft.change([], Change::new(key, Action::Added { value, secret }));
    }
    Ok(())
}

/// The variables of the run, each with its own row here: newman keeps the order, and so that of duplicates.
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

/// What `sentence` makes of `keys`, if there are any.
fn sentence(keys: &str, sentence: impl FnOnce(&str) -> String) -> Option<String> {
    (!keys.is_empty()).then(|| sentence(keys))
}

/// Why the run's tokens are not taken, if they are not.
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
        Some(Ordering::Equal) | None => Some("nothing tells that those of the run are newer"),
    }
}

/// Why a variable that the run has left as `node` stays, if it does.
fn why_stays(ours: &Variable<'_>, node: Node<'_>) -> Option<&'static str> {
    if node.is_null() {
        return Some("the run has left it without a value");
    }
    if !ours.is_enabled(Runtime::App) {
        return Some("it is disabled, although newman has used it");
    }
    ours.source().map(|_| "its value comes from a vault")
}

/// Why `run` cannot be what newman has exported after a run with this file, where that can be told.
fn why_no_run(scope: &Scope<'_>, run: &Scope<'_>) -> Option<&'static str> {
    let text = |scope: &Scope<'_>, name: &str| Some(scope.owner().get(name)?.as_str()?.into_owned());
    if text(run, "_postman_exported_using").is_some_and(|maker| maker.starts_with("Postman/")) {
        return Some("it was exported by the app");
    }
    let ids = text(scope, "id").zip(text(run, "id"));
    ids.is_some_and(|(own, other)| own != other).then_some("its id is another")
}

/// Whether the run has left the variable as it was.
fn is_unchanged(ours: &Variable<'_>, node: Node<'_>) -> bool {
    let Some(own) = ours.value() else { return node.is_null() };
    same(own, node) || (node.is_null() && own.is_str(""))
}

/// Whether two values are one after newman's reading and writing, which may turn a text into a number and rounds numbers.
fn same(own: Node<'_>, other: Node<'_>) -> bool {
    let is_list = |node: Node<'_>| node.kind().is_container();
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
        _ if is_list(own) || is_list(other) => false,
        _ => JsValue::of_node(own).text() == JsValue::of_node(other).text(),
    }
}

/// The value of `theirs`, a text, number or boolean as the file has it now.
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

/// Whether `text` is how a number spells an integer.
fn is_integer(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
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
