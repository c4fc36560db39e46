use super::{Action, Change, Draft, EditError, Plan, target};
use crate::model::{Scope, Usage, UsageKind, Variable, usages};
use crate::secret;
use crate::syntax::{Document, Node, Value, is_path, write};
use crate::text::Edit;

/// Renames a variable in every row.
///
/// # Errors
/// A name or path that matches no variable, or a new name that is taken or unusable.
pub fn rename(scope: &Scope<'_>, old: &str, new: &str) -> Result<Plan, EditError> {
    target::expect_name(new)?;
    let found = target::variables(scope, old)?;
    if found.iter().all(|variable| variable.key() == new) {
        return Ok(Plan::default());
    }
    if let Some(other) = found.iter().find(|variable| variable.key() != found[0].key()) {
        return Err(EditError::SeveralNames(found[0].key().to_owned(), other.key().to_owned()));
    }
    if scope.has(new) {
        return Err(EditError::Taken(new.to_owned()));
    }
    let mut draft = Draft::default();
    draft.change([], Change::new(found[0].key(), Action::Renamed { to: new.to_owned() }));
    for variable in &found {
        let doubled = variable.node().get("name").filter(|name| name.is_str(variable.key()));
        let nodes = std::iter::once(variable.key_node()).chain(doubled);
        draft.edit(nodes.map(|node| write::replace(node, &Value::string(new))));
    }
    if found.len() > 1 && !is_path(old) {
        draft.note([format!("`{old}` is there {} times; all get the new name", found.len())]);
    }
    let loses_it = |variable: &&Variable<'_>| {
        variable.is_secret() && !variable.is_typed_secret() && !secret::is_secret(new, variable.text())
    };
    if found.iter().any(loses_it) {
        draft.note([format!("the name `{new}` does not say that its value is secret: it will be shown")]);
    }
    draft.finish()
}

/// Renames a variable and every use of it in the file: references, and literal names in scripts. Changes nothing if the
/// file neither defines nor uses it.
///
/// # Errors
/// A new name that is taken, unusable, or cannot be spelled where the old one is used.
pub fn rename_with_uses(document: &Document, old: &str, new: &str) -> Result<Plan, EditError> {
    target::expect_name(new)?;
    if old == new {
        return Ok(Plan::default());
    }
    let own = match Scope::of(document) {
        Ok(scope) if scope.has(old) => rename(&scope, old, new)?,
        _ => Plan::default(),
    };
    let mut draft = Draft::default();
    let (from_data, known): (Vec<_>, Vec<_>) = usages(document).into_iter().partition(is_from_data);
    let uses: Vec<_> = known.iter().filter(|usage| usage.name == old).collect();
    if uses.is_empty() && own.edits.is_empty() {
        return Ok(Plan::default());
    }
    let uses_renamed = uses.iter().map(|usage| {
        let name = spelled_in(usage.node, new);
        // The script's own variable keeps its name.
        Edit::replace(usage.span, if usage.is_shorthand { format!("{name}: {old}") } else { name })
    });
    let edits = own.edits.edits().iter().cloned().chain(uses_renamed);
    draft.change(edits, Change::new(old, Action::Renamed { to: new.to_owned() }));
    draft.note(own.notes);
    draft.note(match uses.len() {
        0 => None,
        1 => Some(format!("1 use of `{old}` gets the new name")),
        count => Some(format!("{count} uses of `{old}` get the new name")),
    });
    let used_before = known.iter().filter(|usage| usage.name == new).count();
    if used_before > 0 {
        draft.note([format!("`{new}` is used here already; these uses come to mean the same variable")]);
    }
    if from_data.iter().any(|usage| usage.name == old) {
        draft.note([format!("a script reads `{old}` from the data of a run, too; there it keeps its name")]);
    }
    let plan = draft.finish()?;
    let after = document.edited(&plan.edits);
    let is_new = |usage: &&Usage<'_>| usage.name == new && !is_from_data(usage);
    let used = |after: &Document| usages(after).iter().filter(is_new).count();
    if !after.is_ok_and(|after| used(&after) == used_before + uses.len()) {
        return Err(EditError::Unspellable(new.to_owned()));
    }
    Ok(plan)
}

/// Whether it names a column of a run's data file, which is not renamed here.
fn is_from_data(usage: &Usage<'_>) -> bool {
    usage.kind == UsageKind::Data
}

/// Spells `name` as a part of the string `node`, in its kind of quotes.
fn spelled_in(node: Node<'_>, name: &str) -> String {
    match node.raw().chars().next() {
        Some('"') => {
            let quoted = Value::string(name).to_json();
            quoted[1..quoted.len() - 1].to_owned()
        }
        Some('\'') => name.replace('\'', "''"),
        _ => name.to_owned(),
    }
}
