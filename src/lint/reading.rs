//! Findings about files that cannot be read as documents at all.

use super::rules::document::not_json::NOT_JSON;
use super::rules::document::unreadable::UNREADABLE;
use super::{Finding, Findings, Selection};
use crate::syntax::SyntaxError;
use crate::text::Span;

/// The file could not be read, for the reason in `message`, which lies at `span`.
#[must_use]
pub fn unreadable(message: &str, span: Span, selection: &Selection) -> Option<Finding> {
    let mut findings = Findings::new(&UNREADABLE, selection.level(&UNREADABLE)?);
    findings.at(span, message);
    findings.into_sorted().pop()
}

/// The file's text is no document.
#[must_use]
pub fn unparsable(error: &SyntaxError, selection: &Selection) -> Option<Finding> {
    let mut findings = Findings::new(&NOT_JSON, selection.level(&NOT_JSON)?);
    findings
        .at(error.span, format!("not {}: {}", error.syntax.name(), error.problem))
        .label(format!("found {}", error.found));
    findings.into_sorted().pop()
}
