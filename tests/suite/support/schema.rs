//! A reader of the few words of JSON Schema that the project's own schemas use.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// A schema. A word in it that is not known here is a failure, so that nothing goes unchecked.
pub(crate) struct Schema(Value);

impl Schema {
    pub(crate) fn read(path: &Path) -> Self {
        Self(serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    }

    /// Fails where `value` is not as the schema says.
    pub(crate) fn check(&self, value: &Value) {
        check(&self.0, value, "$");
    }
}

fn check(schema: &Value, value: &Value, at: &str) {
    for (word, says) in schema.as_object().unwrap() {
        match word.as_str() {
            "$schema" | "title" => {}
            "type" => assert!(
                listed(says).any(|name| is(value, name.as_str().unwrap())),
                "{at}: {value} is not {says}"
            ),
            "const" => assert_eq!(value, says, "{at}"),
            "enum" => assert!(listed(says).any(|one| one == value), "{at}: {value} is none of {says}"),
            "minimum" => assert!(value.as_f64() >= says.as_f64(), "{at}: {value} is less than {says}"),
            "pattern" => {
                assert_eq!(says, "^[A-Z]{3}[0-9]{3}$", "{at}: another pattern");
                let (letters, digits) = value.as_str().unwrap().split_at(3);
                assert!(letters.bytes().all(|byte| byte.is_ascii_uppercase()), "{at}: {value}");
                assert!(
                    digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()),
                    "{at}: {value}"
                );
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                items.for_each(|(index, item)| check(says, item, &format!("{at}[{index}]")));
            }
            "required" => {
                for name in listed(says).filter(|_| value.is_object()) {
                    assert!(value.get(name.as_str().unwrap()).is_some(), "{at} has no {name}");
                }
            }
            "properties" | "additionalProperties" => {
                for (name, inner) in value.as_object().into_iter().flatten() {
                    let known = schema["properties"].get(name);
                    assert!(known.is_some() || schema["additionalProperties"] != false, "{at} has a {name}");
                    known.into_iter().for_each(|known| check(known, inner, &format!("{at}.{name}")));
                }
            }
            other => panic!("{at}: the word {other} is not known here"),
        }
    }
}

/// The items of a list, or the one that stands for a list.
fn listed(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter()
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("the type {other} is not known here"),
    }
}
