use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The JSON object of an answer, read leniently since its tokens come only once.
pub(super) struct Body {
    members: Vec<(String, Value)>,
    /// Whether it goes on to its end.
    pub(super) is_complete: bool,
    /// What is odd about it, in sentences without a full stop.
    pub(super) oddities: Vec<String>,
}

impl Body {
    /// Reads the object, or the list of objects, at the start of `bytes`, as far as it is there.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let text = utf8(bytes);
        let (mut members, mut oddities) = (Vec::new(), Vec::new());
        let mut deserializer = serde_json::Deserializer::from_slice(&text);
        let is_complete = Members(&mut members).deserialize(&mut deserializer).is_ok();
        if matches!(text, Cow::Owned(_)) {
            oddities.push("Box's answer is in UTF-16".to_owned());
        }
        if text.trim_ascii_start().starts_with(b"[") {
            oddities.push("Box's answer is a list".to_owned());
        }
        if deserializer.end().is_err() {
            oddities.push("Box's answer has more after the tokens, which was ignored".to_owned());
        }
        let mut body = Self { members, is_complete, oddities };
        for name in ["access_token", "refresh_token", "expires_in"] {
            if body.values(name).any(|value| Some(value) != body.get(name)) {
                body.oddities.push(format!("Box's answer has several `{name}`, of which the last counts"));
            }
        }
        body
    }

    /// The value of the last member called `name`, which is the one that JavaScript uses; none if it is `null`.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values(name).last().filter(|value| !value.is_null())
    }

    /// The same, if it is a string that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    /// The other strings that members called `name` have, without `last`, each once.
    pub(super) fn others(&self, name: &str, last: &str) -> Vec<String> {
        let texts =
            self.values(name).filter_map(Value::as_str).filter(|text| !text.is_empty() && *text != last);
        let texts: BTreeSet<_> = texts.map(str::to_owned).collect();
        texts.into_iter().collect()
    }

    /// Whether there is a member at all.
    pub(super) fn has_begun(&self) -> bool {
        !self.members.is_empty()
    }

    /// Whether there is a pair of tokens.
    pub(super) fn has_pair(&self) -> bool {
        ["access_token", "refresh_token"].iter().all(|name| self.text(name).is_some())
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &Value> {
        self.members.iter().filter(move |(member, _)| member == name).map(|(_, value)| value)
    }
}

/// `bytes` in UTF-8 without a byte order mark. UTF-16 is recognized only by its byte order mark.
fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (unit, units): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xff, 0xfe, units @ ..] => (u16::from_le_bytes, units),
        [0xfe, 0xff, units @ ..] => (u16::from_be_bytes, units),
        _ => return Cow::Borrowed(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
    };
    let units: Vec<_> = units.as_chunks().0.iter().copied().map(unit).collect();
    Cow::Owned(String::from_utf16_lossy(&units).into_bytes())
}

/// Collects all members of an object, repeated names included, or those of every object in a list. After an error it
/// has those before it.
struct Members<'m>(&'m mut Vec<(String, Value)>);

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(member) = map.next_entry()? {
            self.0.push(member);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Members(self.0))?.is_some() {}
        Ok(())
    }
}
