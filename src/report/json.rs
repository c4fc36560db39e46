use serde::Serialize;
use serde_json::value::RawValue;

use crate::syntax::Value;
use crate::term::escape_except;

/// `report` as JSON, indented by two spaces, with control characters escaped. Reports contain only what JSON can
/// represent.
#[must_use]
pub fn to_json(report: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(report).unwrap_or_default();
    escape_except(&json, &['\n']).into_owned()
}

/// `value` in its own spelling, with numbers of any length and nesting of any depth.
pub(super) fn spelled(value: &Value) -> Box<RawValue> {
    RawValue::from_string(value.to_json()).unwrap_or_else(|_| RawValue::NULL.to_owned())
}
