use super::{Kind, Node, string};

/// A value to be written: what an edit puts into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, in the spelling of JSON.
    Number(String),
    /// A string.
    String(String),
    /// Items.
    Array(Vec<Value>),
    /// Members, in order.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// A string.
    #[must_use]
    pub fn string(text: impl Into<String>) -> Self {
        Self::String(text.into())
    }

    /// The value of `node`, numbers in their own spelling.
    #[must_use]
    pub fn of(node: Node<'_>) -> Self {
        match node.kind() {
            Kind::Null => Self::Null,
            Kind::Bool => Self::Bool(node.as_bool() == Some(true)),
            Kind::Number => Self::Number(node.as_number().unwrap_or_default().into_owned()),
            Kind::String => Self::String(node.as_str().unwrap_or_default().into_owned()),
            Kind::Array => Self::Array(node.items().map(Self::of).collect()),
            Kind::Object => Self::Object(
                node.members().map(|member| (member.key().into_owned(), Self::of(member.value))).collect(),
            ),
        }
    }

    /// The value as JSON on one line, without spaces.
    #[must_use]
    pub fn to_json(&self) -> String {
        let list = |parts: Vec<String>| parts.join(",");
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(spelling) => spelling.clone(),
            Self::String(text) => string::quote(text),
            Self::Array(items) => format!("[{}]", list(items.iter().map(Self::to_json).collect())),
            Self::Object(members) => {
                let spell =
                    |(name, value): &(String, Self)| format!("{}:{}", string::quote(name), value.to_json());
                format!("{{{}}}", list(members.iter().map(spell).collect()))
            }
        }
    }
}
