mod number;

pub use number::{js_number, js_number_text};

use std::borrow::Cow;

use super::Variable;
use crate::syntax::{Document, Kind, Node};

/// The value of a variable as a script in Postman gets it, with JavaScript's conversions.
#[derive(Clone, Debug, PartialEq)]
pub enum JsValue<'d> {
    /// No such variable, or one without a value.
    Undefined,
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(Cow<'d, str>),
    /// The text of an array or object. The scripts modeled here use nothing else of it.
    Other(String),
}

/// The type to which Postman converts the value of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsType {
    /// `string`
    String,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `array`
    Array,
    /// `object`
    Object,
}

impl JsType {
    const NAMES: [(&str, Self); 5] = [
        ("string", Self::String),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("array", Self::Array),
        ("object", Self::Object),
    ];

    /// The type of `variable`, in upper or lower case; none if it is a type that leaves the value as it is.
    #[must_use]
    pub fn of(variable: &Variable<'_>) -> Option<Self> {
        let own = variable.type_name()?;
        Self::NAMES.into_iter().find_map(|(name, it)| own.eq_ignore_ascii_case(name).then_some(it))
    }
}

impl<'d> JsValue<'d> {
    /// The value that a script reads from `variable`, converted to its [`JsType`].
    #[must_use]
    pub fn of(variable: Option<&Variable<'d>>) -> Self {
        let Some((variable, node)) = variable.and_then(|variable| Some((variable, variable.value()?))) else {
            return Self::Undefined;
        };
        let value = Self::of_node(node);
        match JsType::of(variable) {
            Some(JsType::Array) => Self::parsed(node, Kind::Array),
            Some(JsType::Object) => Self::parsed(node, Kind::Object),
            Some(JsType::String) => Self::String(Cow::Owned(value.text().into_owned())),
            Some(JsType::Number) => Self::Number(value.number()),
            Some(JsType::Boolean) => Self::Bool(value.is_truthy()),
            None => value,
        }
    }

    /// The value of `node`, or of the JSON in the string `node`, if it is of this `kind`; else undefined.
    fn parsed(node: Node<'_>, kind: Kind) -> Self {
        let other = |node: Node<'_>| match JsValue::of_node(node) {
            JsValue::Other(text) if node.kind() == kind => Self::Other(text),
            _ => Self::Undefined,
        };
        if node.kind() != Kind::String {
            return other(node);
        }
        let text = node.as_str().unwrap_or_default();
        Document::json(&text).map_or(Self::Undefined, |document| other(document.root()))
    }

    /// The value to which `JSON.parse` parses `node`.
    #[must_use]
    pub fn of_node(node: Node<'d>) -> Self {
        match node.kind() {
            Kind::Null => Self::Null,
            Kind::Bool => Self::Bool(node.is_bool(true)),
            Kind::Number => Self::Number(node.as_number().unwrap_or_default().parse().unwrap_or(f64::NAN)),
            Kind::String => Self::String(node.as_str().unwrap_or_default()),
            Kind::Object => Self::Other("[object Object]".to_owned()),
            Kind::Array => {
                let items = node.items().map(|item| match Self::of_node(item) {
                    Self::Undefined | Self::Null => String::new(),
                    item => item.text().into_owned(),
                });
                Self::Other(items.collect::<Vec<_>>().join(","))
            }
        }
    }

    /// `Number(value)`.
    #[must_use]
    pub fn number(&self) -> f64 {
        match self {
            Self::Undefined => f64::NAN,
            Self::Null => 0.0,
            Self::Bool(value) => f64::from(u8::from(*value)),
            Self::Number(value) => *value,
            Self::String(text) => js_number(text),
            Self::Other(text) => js_number(text),
        }
    }

    /// `String(value)`.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Undefined => Cow::Borrowed("undefined"),
            Self::Null => Cow::Borrowed("null"),
            Self::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Number(value) if value.is_nan() => Cow::Borrowed("NaN"),
            Self::Number(value) if value.is_infinite() => {
                Cow::Borrowed(if *value > 0.0 { "Infinity" } else { "-Infinity" })
            }
            Self::Number(value) => Cow::Owned(js_number_text(&format!("{value:e}"))),
            Self::String(text) => Cow::Borrowed(text),
            Self::Other(text) => Cow::Borrowed(text),
        }
    }

    /// `String(value || "")`, which is empty for every falsy value.
    #[must_use]
    pub fn text_or_empty(&self) -> Cow<'_, str> {
        if self.is_truthy() { self.text() } else { Cow::Borrowed("") }
    }

    /// `Boolean(value)`.
    #[must_use]
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(value) => *value,
            Self::Number(value) => *value != 0.0 && !value.is_nan(),
            Self::String(text) => !text.is_empty(),
            Self::Other(_) => true,
        }
    }

    /// `value === text`.
    #[must_use]
    pub fn is_str(&self, text: &str) -> bool {
        matches!(self, Self::String(own) if own == text)
    }

    /// `String(value).length`.
    #[must_use]
    pub fn length(&self) -> usize {
        js_length(&self.text())
    }
}

/// `text.length`: the number of UTF-16 code units.
#[must_use]
pub fn js_length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Runtime, Scope};

    #[test]
    fn values_convert_as_in_javascript() {
        let cases = [
            (r#"{"key":"k"}"#, f64::NAN, "undefined", false),
            (r#"{"key":"k","value":null}"#, 0.0, "null", false),
            (r#"{"key":"k","value":true}"#, 1.0, "true", true),
            (r#"{"key":"k","value":false}"#, 0.0, "false", false),
            (r#"{"key":"k","value":1.50}"#, 1.5, "1.5", true),
            (r#"{"key":"k","value":0}"#, 0.0, "0", false),
            (r#"{"key":"k","value":1e400}"#, f64::INFINITY, "Infinity", true),
            (r#"{"key":"k","value":"0"}"#, 0.0, "0", true),
            (r#"{"key":"k","value":"x"}"#, f64::NAN, "x", true),
            (r#"{"key":"k","value":{}}"#, f64::NAN, "[object Object]", true),
            (r#"{"key":"k","value":[]}"#, 0.0, "", true),
            (r#"{"key":"k","value":["12",null]}"#, f64::NAN, "12,", true),
            (r#"{"key":"k","value":"12a","type":"number"}"#, f64::NAN, "NaN", false),
            (r#"{"key":"k","value":"false","type":"boolean"}"#, 1.0, "true", true),
            (r#"{"key":"k","value":0,"type":"String"}"#, 0.0, "0", true),
            (r#"{"key":"k","value":7,"type":"any"}"#, 7.0, "7", true),
        ];
        for (row, number, text, truthy) in cases {
            let document = Document::json(&format!(r#"{{"values":[{row}]}}"#)).expect(row);
            let scope = Scope::of(&document).expect(row);
            let value = JsValue::of(scope.winner("k", Runtime::App));
            assert_eq!(value.number().to_bits(), number.to_bits(), "{row}");
            assert_eq!((value.text().as_ref(), value.is_truthy()), (text, truthy), "{row}");
        }
    }

    #[test]
    fn lengths_are_utf_16() {
        assert_eq!((js_length("é"), js_length("😀"), js_length("あ")), (1, 2, 1));
        assert_eq!(JsValue::Undefined.length(), 9);
        assert!(JsValue::String("a".into()).is_str("a") && !JsValue::Number(1.0).is_str("1"));
    }

    #[test]
    fn arrays_and_objects_of_another_type_are_undefined() {
        for (name, value, text) in [
            ("array", r#""[1, [2, 3], null, \"x\"]""#, "1,2,3,,x"),
            ("Array", "[1, [2, 3], null]", "1,2,3,"),
            ("array", r#""{\"x\": 1}""#, ""),
            ("array", r#""x""#, ""),
            ("array", "5", ""),
            ("object", r#""{\"x\": 1}""#, "[object Object]"),
            ("object", "{}", "[object Object]"),
            ("object", r#""[1]""#, ""),
            ("object", "null", ""),
            ("object", r#""""#, ""),
            ("json", r#""{bad""#, "{bad"),
        ] {
            let text_of = format!(
                r#"{{"name": "E", "values": [{{"key": "a", "value": {value}, "type": "{name}", "enabled": true}}]}}"#
            );
            let document = Document::json(&text_of).expect(value);
            let scope = Scope::of(&document).expect(value);
            let variable = scope.winner("a", Runtime::App).expect(value);
            assert_eq!(variable.substitution(), text, "{name} {value}");
        }
    }
}
