//! Findings about files that cannot be read or parsed.

use super::rules::document::not_json::NOT_JSON;
use super::rules::document::unreadable::UNREADABLE;
use super::{Finding, Findings, Rule, Selection};
use crate::syntax::SyntaxError;
use crate::text::{Empty, Span};

/// The finding for a file that could not be read, with the reason in `message` and its place.
#[must_use]
pub fn unreadable(message: &str, span: Span, selection: &Selection) -> Option<Finding> {
    one_of(&UNREADABLE, selection, |findings| {
        findings.at(span, message);
    })
}

/// The finding for an empty file.
#[must_use]
pub fn empty(selection: &Selection) -> Option<Finding> {
    one_of(&NOT_JSON, selection, |findings| {
        findings.at(Span::at(0), Empty::WHAT).help(Empty::HELP);
    })
}

/// The finding for a file that could not be parsed.
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
