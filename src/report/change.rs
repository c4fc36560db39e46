use serde::Serialize;
use serde_json::value::RawValue;

use super::Mask;
use super::json::spelled;
use super::visible::visible;
use crate::edit::{Action, Change};
use crate::secret::MASK;
use crate::syntax::Value;
use crate::term::{Painter, Role, escape};

/// Describes a change on one line: `key: before -> after`.
#[must_use]
pub fn change_line(change: &Change, mask: Mask, painter: Painter) -> String {
    let value = |value: &Value, secret: bool| shown(value, secret && mask == Mask::Secrets);
    let what = match &change.action {
        Action::Added { value: added, secret } => format!("added, {}", value(added, *secret)),
        Action::Set { before: Some(before), after, secret } => {
            format!("{} -> {}", value(before, *secret), value(after, *secret))
        }
        Action::Set { before: None, after, secret } => format!("no value -> {}", value(after, *secret)),
        Action::Removed { .. } => "removed".to_owned(),
        Action::Renamed { to } => format!("renamed to {}", painter.paint(Role::Name, &escape(to))),
        Action::Enabled => "enabled".to_owned(),
        Action::Disabled => "disabled".to_owned(),
        Action::Typed { before: Some(before), after } => {
            format!("type {} -> {}", escape(before), escape(after))
        }
        Action::Typed { before: None, after } => format!("type {}", escape(after)),
        Action::Sorted => "sorted by key".to_owned(),
        Action::Formatted => "as Postman writes it".to_owned(),
        Action::Redacted => "redacted".to_owned(),
    };
    format!("{}: {what}", painter.paint(Role::Name, &escape(&change.key)))
}

/// A value for display: strings without quotes if that is clear, anything else as JSON.
fn shown(value: &Value, masked: bool) -> String {
    match value {
        Value::String(text) if text.is_empty() => visible(text).into_owned(),
        Value::Null => "null".to_owned(),
        _ if masked => MASK.to_owned(),
        Value::String(text) => visible(text).into_owned(),
        other => escape(&other.to_json()).into_owned(),
    }
}

/// One change in `--json` output.
#[derive(Debug, Serialize)]
pub struct ChangeReport {
    key: String,
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Box<RawValue>>,
    masked: bool,
}

impl ChangeReport {
    /// The report of `change`, with secrets masked as `mask` says.
    #[must_use]
    pub fn of(change: &Change, mask: Mask) -> Self {
        let (mut before, mut after, mut masked) = (None, None, false);
        let action = match &change.action {
            Action::Added { value, secret } => {
                (after, masked) = (Some(value.clone()), *secret);
                "added"
            }
            Action::Set { before: old, after: new, secret } => {
                (before, after, masked) = (old.clone(), Some(new.clone()), *secret);
                "set"
            }
            Action::Removed { before: old, secret } => {
                (before, masked) = (old.clone(), *secret);
                "removed"
            }
            Action::Renamed { to } => {
                after = Some(Value::string(to));
                "renamed"
            }
            Action::Enabled => "enabled",
            Action::Disabled => "disabled",
            Action::Sorted => "sorted",
            Action::Formatted => "formatted",
            Action::Redacted => "redacted",
            Action::Typed { before: old, after: new } => {
                (before, after) = (old.as_ref().map(Value::string), Some(Value::string(new)));
                "typed"
            }
        };
        let masked = masked && mask == Mask::Secrets;
        let json = |value: Value| match value {
            Value::String(text) if masked && !text.is_empty() => spelled(&Value::string(MASK)),
            Value::String(_) | Value::Null => spelled(&value),
            _ if masked => spelled(&Value::string(MASK)),
            other => spelled(&other),
        };
        Self { key: change.key.clone(), action, before: before.map(json), after: after.map(json), masked }
    }
}
