use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// The object that an answer is, read as leniently as tokens are dear: they come once.
pub(super) struct Body {
    members: Vec<(String, Value)>,
    /// What is odd about it.
    pub(super) oddities: Vec<String>,
}

impl Body {
    /// The object in `bytes`, whatever stands after it; none when there is no whole one.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<Members>();
        let Members(members) = values.next()?.ok()?;
        let rest = bytes.get(values.byte_offset()..).unwrap_or_default();
        let mut oddities = Vec::new();
        if !rest.trim_ascii().is_empty() {
            oddities.push("there is more in Box's answer behind the tokens, which was left out".to_owned());
        }
        let mut body = Self { members, oddities };
        for name in ["access_token", "refresh_token", "expires_in"] {
            if body.values(name).any(|value| Some(value) != body.get(name)) {
                body.oddities.push(format!("Box's answer has several `{name}`, of which the last counts"));
            }
        }
        Some(body)
    }

    /// The value of the member `name`: the last one, as JavaScript takes it.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values(name).last().filter(|value| !value.is_null())
    }

    /// The same, where it is a text with something in it.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    /// The other texts that a member `name` has but `last`, each once.
    pub(super) fn others(&self, name: &str, last: &str) -> Vec<String> {
        let texts =
            self.values(name).filter_map(Value::as_str).filter(|text| !text.is_empty() && *text != last);
        let texts: BTreeSet<_> = texts.map(str::to_owned).collect();
        texts.into_iter().collect()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &Value> {
        self.members.iter().filter(move |(member, _)| member == name).map(|(_, value)| value)
    }
}

/// The members of an object, also those that have the same name.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}
