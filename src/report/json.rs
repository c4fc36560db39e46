use serde::Serialize;

/// `report` as JSON with two spaces of indentation. Reports hold only what JSON can.
#[must_use]
pub fn to_json(report: &impl Serialize) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default()
}
