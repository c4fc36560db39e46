//! Conversions between Postman's two notations of variables.

use envtool::convert::{self, Target};
use envtool::model::{ScopeKind, identify};
use envtool::syntax::{Document, Syntax, Value, write};
use proptest::option;
use proptest::prelude::*;

use crate::support::{SCOPES, document, fixtures};

/// `document` in the notation `to`, and the notes about it.
fn converted(document: &Document, to: Target) -> Option<(Document, Vec<String>)> {
    let converted = convert::write(document, to).ok()?;
    let parse = if to == Target::Json { Document::json } else { Document::yaml };
    Some((parse(&converted.text).unwrap(), converted.notes))
}

#[test]
fn fixtures_round_trip_between_the_notations() {
    for (path, bytes) in fixtures(&SCOPES) {
        let start = document(&path, &bytes);
        if start.syntax() == Syntax::Yaml {
            continue;
        }
        let Some((yaml, _)) = converted(&start, Target::Yaml) else { continue };
        assert_eq!(identify(&yaml).name(), identify(&start).name(), "{path}");
        let (json, notes) = converted(&yaml, Target::Json).unwrap();
        assert!(notes.is_empty(), "{path}: {notes:?}");
        let (again, notes) = converted(&json, Target::Yaml).unwrap();
        assert!(notes.is_empty(), "{path}: {notes:?}");
        // Postman's import disables a row of JSON that does not say it is enabled.
        let unsaid = |yaml: &Document| yaml.source().text().replace("    enabled: true\n", "");
        assert_eq!(unsaid(&again), unsaid(&yaml), "{path}");
        let (again, _) = converted(&again, Target::Json).unwrap();
        assert_eq!(again.source().text(), json.source().text(), "{path}");
    }
}

/// A variable with the members that both notations have.
fn row() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let text =
        prop_oneof![any::<String>(), "[ -~\t\r\n]{0,12}", Just("null".to_owned()), Just("1e3".to_owned())];
    let kind = prop_oneof![Just("default"), Just("secret"), Just("any")];
    (text.clone(), option::of(kind), any::<bool>(), option::of(text)).prop_map(|(value, kind, on, note)| {
        let mut row = vec![("value", Value::string(value)), ("enabled", Value::Bool(on))];
        row.extend(kind.map(|kind| ("type", Value::string(kind))));
        row.extend(note.map(|note| ("description", Value::string(note))));
        row
    })
}

/// A file with these members, whose rows have these members of variables.
fn file(kind: ScopeKind, rows: &[Vec<(&'static str, Value)>], file: &[&str], row: &[&str]) -> Value {
    let is_globals = kind == ScopeKind::Globals;
    let variable = |(at, own): (usize, &Vec<(&str, Value)>)| {
        let member = |name: &&str| match *name {
            "key" => Some(("key".to_owned(), Value::string(format!("k{at}")))),
            name => own
                .iter()
                .find(|(own, _)| *own == name)
                .map(|(own, value)| ((*own).to_owned(), value.clone())),
        };
        Value::Object(row.iter().filter_map(member).collect())
    };
    let member = |name: &&str| {
        let value = match *name {
            "name" => Value::string(if is_globals { "Globals" } else { "Dev" }),
            "values" => Value::Array(rows.iter().enumerate().map(variable).collect()),
            _ => Value::string(if is_globals { "globals" } else { "environment" }),
        };
        ((*name).to_owned(), value)
    };
    Value::Object(file.iter().map(member).collect())
}

proptest! {
    #[test]
    fn members_of_both_notations_convert_byte_for_byte(rows in prop::collection::vec(row(), 0..5), globals: bool) {
        let kind = if globals { ScopeKind::Globals } else { ScopeKind::Environment };
        let first = if globals { ["values", "name"] } else { ["name", "values"] };
        let members = [first[0], first[1], "_postman_variable_scope"];
        let json = file(kind, &rows, &members, &["key", "value", "type", "enabled", "description"]);
        let yaml = file(kind, &rows, &["name", "values"], &["key", "value", "enabled", "type", "description"]);
        let json = write::document(&json, Syntax::Json);
        let yaml = write::document(&yaml, Syntax::Yaml);
        let [in_json, in_yaml] = [Document::json(&json).unwrap(), Document::yaml(&yaml).unwrap()];
        let (to_yaml, notes) = converted(&in_json, Target::Yaml).unwrap();
        prop_assert_eq!(notes, Vec::<String>::new());
        prop_assert_eq!(to_yaml.source().text(), yaml);
        let (to_json, _) = converted(&in_yaml, Target::Json).unwrap();
        prop_assert_eq!(to_json.source().text(), json);
    }
}
