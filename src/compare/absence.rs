//! The meaning of missing members.

use super::shape::Shape;
use crate::syntax::Value;

/// Whether the absence of the member `name` means something in a value of this `shape`. A variable without `enabled` is
/// enabled, a request without `body` sends none, a file without `name` takes that of its file. The absence of a query
/// or a description means nothing.
pub(super) fn speaks(shape: Shape, name: &str) -> bool {
    match (shape, name) {
        (Shape::Url, "query" | "variable") | (Shape::Row, "description") => false,
        (Shape::Url | Shape::Body | Shape::Auth | Shape::Row, _) => true,
        (Shape::Credentials | Shape::Payload | Shape::Code, _) => true,
        (Shape::File, "name" | "auth" | "body" | "method" | "settings") => true,
        (Shape::Collection | Shape::Item, "auth" | "protocolProfileBehavior") => true,
        (Shape::Request, "auth" | "body" | "method") | (Shape::Script, "type") => true,
        (_, "disabled") => shape != Shape::Json,
        _ => false,
    }
}

/// What the absence of the member `name` amounts to in a value of this `shape`, if that can be said in a value: the
/// [`default`], or the state of a switch.
pub(super) fn implied(shape: Shape, name: &str) -> Option<Value> {
    match (shape, name) {
        (Shape::Row, "enabled") => Some(Value::Bool(true)),
        (Shape::Row, "secret") => Some(Value::Bool(false)),
        (Shape::Row, "type") => Some(Value::string("default")),
        (shape, "disabled") if shape != Shape::Json => Some(Value::Bool(false)),
        _ => default(shape, name),
    }
}

/// The value that the absence of the member `name` stands for in a value of this `shape`, if any: a variable without a
/// value is empty, a request without a method is a `GET`.
pub(super) fn default(shape: Shape, name: &str) -> Option<Value> {
    match (shape, name) {
        (Shape::Row, "value") => Some(Value::string("")),
        (Shape::Request | Shape::File, "method") => Some(Value::string("GET")),
        _ => None,
    }
}
