use super::Pairs;
use crate::syntax::{Syntax, Value, write};

/// A new environment in the layout of Postman's exports, without an id, which Postman assigns. `type_of` returns the type
/// of a variable, given its key and value.
pub(super) fn environment(name: &str, pairs: &Pairs, type_of: impl Fn(&str, &str) -> &'static str) -> String {
    let row = |(key, value): &(String, String)| {
        Value::Object(vec![
            ("key".to_owned(), Value::string(key)),
            ("value".to_owned(), Value::string(value)),
            ("type".to_owned(), Value::string(type_of(key, value))),
            ("enabled".to_owned(), Value::Bool(true)),
        ])
    };
    write::document(
        &Value::Object(vec![
            ("name".to_owned(), Value::string(name)),
            ("values".to_owned(), Value::Array(pairs.pairs.iter().map(row).collect())),
            ("_postman_variable_scope".to_owned(), Value::string("environment")),
        ]),
        Syntax::Json,
    )
}
