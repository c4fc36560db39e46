use super::credential::{OpenKey, value_name};
use crate::secret::{self, MASK};
use crate::syntax::Value;

/// Masks the literal credentials in `value`: those that [`credentials`](super::credentials) finds in a document.
///
/// `key` is the name of its member or list; `secret` tells whether a type marks it as secret.
#[must_use]
pub fn mask_value(value: Value, key: &str, secret: bool) -> Value {
    match value {
        Value::String(text) if secret && !text.is_empty() && !secret::is_placeholder(&text) => {
            Value::string(MASK)
        }
        Value::String(text) => Value::String(mask_string(&text, key)),
        Value::Number(number) if secret || secret::is_secret_number(key, &number) => Value::string(MASK),
        Value::Array(items) => {
            let mut private_key = OpenKey::default();
            let item = |item| match item {
                Value::String(line) if private_key.holds(&line) => Value::string(MASK),
                item => mask_value(item, key, secret),
            };
            Value::Array(items.into_iter().map(item).collect())
        }
        Value::Object(members) => Value::Object(mask_members(members, key, secret)),
        open => open,
    }
}

fn mask_string(text: &str, key: &str) -> String {
    if secret::is_secret_by_name(key, text) {
        return MASK.to_owned();
    }
    let masked = secret::mask_text(text);
    let whole = masked.trim() == MASK || (masked == text && secret::is_secret("", text));
    if whole { MASK.to_owned() } else { masked }
}

/// Masks the members of an object called `name`, or in a list called `name`. If it has a `key` and a `value`, the key
/// names the value.
fn mask_members(members: Vec<(String, Value)>, name: &str, secret: bool) -> Vec<(String, Value)> {
    let text = |wanted: &str| {
        members.iter().rev().find_map(|(name, value)| match value {
            Value::String(text) if name == wanted => Some(text.clone()),
            _ => None,
        })
    };
    // Old collections name a variable by `id`, and cookies have a `name`.
    let other = if name == "cookie" { "name" } else { "id" };
    let key = text("key").or_else(|| text(other));
    let typed = text("type").is_some_and(|name| secret::is_secret_type(&name))
        || members.iter().any(|(name, value)| name == "secret" && *value == Value::Bool(true));
    // In version 3, `credentials` take the name of their authorization.
    let auth = text("type");
    let member = |(own, value): (String, Value)| {
        let masked = match &key {
            _ if own == "credentials" => mask_value(value, auth.as_deref().unwrap_or(&own), secret),
            Some(key) if own == "value" => mask_value(value, value_name(name, key), secret || typed),
            None if own == "value" && typed => mask_value(value, &own, true),
            None if !typed => mask_value(value, &own, secret),
            _ => mask_value(value, &own, false),
        };
        (own, masked)
    };
    members.into_iter().map(member).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Document;

    #[test]
    fn a_value_is_masked_as_in_its_document() {
        for (key, value, expected) in [
            (
                "auth",
                r#"{"apikey":[{"key":"value","value":"k1"},{"key":"in","value":"header"}]}"#,
                r#"{"apikey":[{"key":"value","value":"********"},{"key":"in","value":"header"}]}"#,
            ),
            (
                "auth",
                r#"{"type":"apikey","credentials":{"key":"X-Own","value":"k1","in":"header"}}"#,
                r#"{"type":"apikey","credentials":{"key":"X-Own","value":"********","in":"header"}}"#,
            ),
            (
                "auth",
                r#"{"type":"apikey","credentials":[{"key":"value","value":"k1"},{"key":"in","value":"header"}]}"#,
                r#"{"type":"apikey","credentials":[{"key":"value","value":"********"},{"key":"in","value":"header"}]}"#,
            ),
            (
                "exec",
                r#"["-----BEGIN PRIVATE KEY-----","QUJD","-----END PRIVATE KEY-----","send();"]"#,
                r#"["********","********","********","send();"]"#,
            ),
            (
                "header",
                r#"[{"key":"X-Auth-Token","value":"t1"},{"key":"pin","value":"1","type":"secret"}]"#,
                r#"[{"key":"X-Auth-Token","value":"********"},{"key":"pin","value":"********","type":"secret"}]"#,
            ),
            // A row without a key.
            ("values", r#"[{"value":"v1","type":"secret"}]"#, r#"[{"value":"********","type":"secret"}]"#),
            ("cookie", r#"[{"name":"sid","value":"v1"}]"#, r#"[{"name":"sid","value":"********"}]"#),
            ("cfg", r#"{"password":"pw","user":"me"}"#, r#"{"password":"********","user":"me"}"#),
            ("raw", r#""a=1&password=pw""#, r#""a=1&password=********""#),
            ("token", r#""{{token}}""#, r#""{{token}}""#),
        ] {
            let document = Document::json(value).expect("JSON");
            assert_eq!(mask_value(Value::of(document.root()), key, false).to_json(), expected);
        }
    }
}
