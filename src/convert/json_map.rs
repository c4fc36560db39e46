use super::exports::Used;
use super::{ConvertError, Converted, Pairs, note};
use crate::model::Scope;
use crate::syntax::{Document, Kind, Syntax, Value, write};

/// Writes one object of keys and values. A value that is not a string keeps its type.
pub(super) fn write(scope: &Scope<'_>) -> Converted {
    let Used { variables, notes } = Used::of(scope);
    let member = |variable: &&crate::model::Variable<'_>| {
        let value = variable.value().map_or_else(|| Value::string(""), Value::of);
        (variable.key().to_owned(), value)
    };
    let map = Value::Object(variables.iter().map(member).collect());
    Converted { text: write::document(&map, Syntax::Json) + "\n", notes }
}

/// Reads one object of keys and values. A value that is not a string becomes its JSON, and `null` becomes empty; the
/// last of several members of the same name counts.
pub(super) fn read(text: &str) -> Result<Pairs, ConvertError> {
    let document = Document::json(text).map_err(|_| ConvertError::NotAMap)?;
    let root = document.root();
    if root.kind() != Kind::Object {
        return Err(ConvertError::NotAMap);
    }
    let mut found = Pairs::default();
    let mut containers = Vec::new();
    for member in root.members() {
        let name = member.key();
        if root.get(&name) != Some(member.value) {
            continue;
        }
        if member.value.kind().is_container() {
            containers.push(name.clone().into_owned());
        }
        let value = match member.value.as_str() {
            Some(text) => text.into_owned(),
            None if member.value.is_null() => String::new(),
            None => Value::of(member.value).to_json(),
        };
        found.pairs.push((name.into_owned(), value));
    }
    note(&mut found.notes, &containers, |names| format!("converted to JSON text: {names}"));
    Ok(found)
}
