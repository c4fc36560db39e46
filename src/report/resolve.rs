use serde::Serialize;

use super::Mask;
use crate::model::{Meaning, Resolved};

/// A resolved text, in `--json` output.
#[derive(Debug, Serialize)]
pub struct ResolveReport {
    version: u32,
    text: String,
    replacements: Vec<ReplacementReport>,
}

#[derive(Debug, Serialize)]
struct ReplacementReport {
    name: String,
    /// Where the value comes from: a scope, `data`, `dynamic`, or none.
    from: Option<&'static str>,
    value: Option<String>,
    pass: usize,
}

impl ResolveReport {
    /// The report of `resolved`, with secrets masked as `mask` says.
    #[must_use]
    pub fn of(resolved: &Resolved<'_, '_>, mask: Mask) -> Self {
        let replacements = resolved.replacements.iter().map(|replacement| {
            let from = match replacement.meaning {
                Meaning::Data(_) => Some("data"),
                Meaning::Variable(scope, _) => Some(scope.name()),
                Meaning::Dynamic => Some("dynamic"),
                Meaning::Undefined => None,
            };
            let value = mask.of_meaning(&replacement.name, &replacement.meaning);
            ReplacementReport { name: replacement.name.clone(), from, value, pass: replacement.pass }
        });
        Self {
            version: 1,
            text: mask.of_text(&resolved.text).into_owned(),
            replacements: replacements.collect(),
        }
    }
}
