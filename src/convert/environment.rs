use super::Pairs;
use crate::syntax::{Syntax, Value, write};

/// A new environment in the layout of Postman's exports, without an id, which Postman assigns. `type_of` returns the
/// type of a variable, given its key and value.
pub(super) fn environment(name: &str, pairs: &Pairs, type_of: impl Fn(&str, &str) -> &'static str) -> String {
    let row = |(key, value): &(String, String)| {
        Value::object([
            ("key", Value::string(key)),
            ("value", Value::string(value)),
            ("type", Value::string(type_of(key, value))),
            ("enabled", Value::Bool(true)),
        ])
    };
    let file = Value::object([
        ("name", Value::string(name)),
        ("values", Value::Array(pairs.pairs.iter().map(row).collect())),
        ("_postman_variable_scope", Value::string("environment")),
    ]);
    write::document(&file, Syntax::Json)
}
