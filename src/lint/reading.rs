//! Findings about files that cannot be read as documents at all.

use super::rules::document::not_json::NOT_JSON;
use super::rules::document::unreadable::UNREADABLE;
use super::{Finding, Findings, Rule, Selection};
use crate::syntax::SyntaxError;
use crate::text::{Empty, Span};

/// The file could not be read, for the reason in `message`, which lies at `span`.
#[must_use]
pub fn unreadable(message: &str, span: Span, selection: &Selection) -> Option<Finding> {
    one_of(&UNREADABLE, selection, |findings| {
        findings.at(span, message);
    })
}

/// There is nothing in the file.
#[must_use]
pub fn empty(selection: &Selection) -> Option<Finding> {
    one_of(&NOT_JSON, selection, |findings| {
        findings.at(Span::at(0), Empty::WHAT).help(Empty::HELP);
    })
}

/// The file's text is no document.
#[must_use]
pub fn unparsable(error: &SyntaxError, selection: &Selection) -> Option<Finding> {
    one_of(&NOT_JSON, selection, |findings| {
        findings
            .at(error.span, format!("not {}: {}", error.syntax.name(), error.problem))
            .label(format!("found {}", error.found));
    })
}

fn one_of(
    rule: &'static Rule,
    selection: &Selection,
    find: impl FnOnce(&mut Findings<'_>),
) -> Option<Finding> {
    let severity = selection.level(rule)?;
    let mut list = Vec::new();
    find(&mut Findings::of(rule, severity, &mut list));
    list.pop()
}
