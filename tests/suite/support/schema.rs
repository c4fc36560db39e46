//! A validator for the keywords of JSON Schema that the schemas of envtool's output use: its own, and that of SARIF.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// A schema. An unknown keyword in it is a failure, so that nothing goes unchecked.
pub(crate) struct Schema(Value);

impl Schema {
    pub(crate) fn read(path: &Path) -> Self {
        Self(serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    }

    /// Fails if `value` does not conform to the schema.
    pub(crate) fn check(&self, value: &Value) {
        self.fault(&self.0, value, "$").map_or(Ok(()), Err).unwrap();
    }

    /// How `value`, which is at `at`, violates `schema`, a part of this one.
    fn fault(&self, schema: &Value, value: &Value, at: &str) -> Option<String> {
        schema.as_object().unwrap().iter().find_map(|(word, says)| match word.as_str() {
            "properties" | "additionalProperties"
                if schema["properties"].is_null() || word == "properties" =>
            {
                value.as_object()?.iter().find_map(|(name, inner)| {
                    let at = format!("{at}.{name}");
                    match (schema["properties"].get(name), &schema["additionalProperties"]) {
                        (Some(known), _) | (None, known @ Value::Object(_)) => self.fault(known, inner, &at),
                        (None, other) => (*other == false).then(|| format!("{at} is unknown")),
                    }
                })
            }
            "additionalProperties" => None,
            "items" => {
                let mut items = value.as_array()?.iter().enumerate();
                items.find_map(|(index, item)| self.fault(says, item, &format!("{at}[{index}]")))
            }
            "$ref" => self.fault(self.0.pointer(&says.as_str()?[1..]).unwrap(), value, at),
            "anyOf" => {
                let faults: Vec<_> = listed(says).map(|one| self.fault(one, value, at)).collect();
                faults.iter().all(Option::is_some).then(|| format!("{faults:?}"))
            }
            word => (!holds(word, says, value)).then(|| format!("{at}: {value} violates {word} {says}")),
        })
    }
}

/// Whether `value` conforms to a keyword that has no subschema: `says` is what the schema gives for `word`.
fn holds(word: &str, says: &Value, value: &Value) -> bool {
    let text = value.as_str();
    match word {
        "$schema" | "id" | "title" | "description" | "default" | "definitions" => true,
        "type" => listed(says).any(|name| is(value, name.as_str().unwrap())),
        "const" => value == says,
        "enum" => listed(says).any(|one| one == value),
        "minimum" => value.as_f64() >= says.as_f64(),
        "maximum" => value.as_f64() <= says.as_f64(),
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= says.as_u64().unwrap()),
        "uniqueItems" => {
            let items: Vec<_> = value.as_array().into_iter().flatten().collect();
            *says == false || items.iter().enumerate().all(|(at, item)| !items[..at].contains(item))
        }
        "required" => {
            listed(says).all(|name| !value.is_object() || value.get(name.as_str().unwrap()).is_some())
        }
        "pattern" if says == "^[A-Z]{3}[0-9]{3}$" => text.is_none_or(|text| {
            let (letters, digits) = text.split_at_checked(3).unwrap_or_default();
            letters.bytes().all(|byte| byte.is_ascii_uppercase())
                && digits.len() == 3
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        }),
        "format" if says == "uri" => text.is_none_or(|text| text.contains(':') && is_uri(text)),
        "format" if says == "uri-reference" => text.is_none_or(is_uri),
        other => panic!("the keyword {other} {says} is unknown here"),
    }
}

fn is_uri(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte))
}

/// The items of a list, or the value itself if it is not a list.
fn listed(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter()
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the type {other} is unknown here"),
    }
}
