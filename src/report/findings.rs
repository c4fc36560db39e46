//! The findings of `validate`, in six formats.

mod equivalents;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod rules;
mod sarif;

pub use github::github;
pub use gitlab::gitlab;
pub use human::{Excerpts, human};
pub use json::json;
pub use junit::junit;
pub use rules::{explain, rules_json, rules_markdown, rules_table};
pub use sarif::sarif;

use super::counted;
use crate::lint::{Finding, Rule, Safety, Severity};
use crate::model::FileKind;
use crate::syntax::Document;
use crate::text::{Position, Source, Span};

/// A checked file.
#[derive(Debug)]
pub struct CheckedFile {
    /// Its path as given or found; `-` for standard input.
    pub path: String,
    /// Its kind; none if it cannot be read.
    pub kind: Option<FileKind>,
    /// The findings, in order of their places.
    pub findings: Vec<Located>,
}

/// A finding detached from its document, with lines and columns.
#[derive(Debug)]
pub struct Located {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// The severity, as configured.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// A note at the place itself; may be empty.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
    /// The title of the change that does it, and how safe that is.
    pub fix: Option<(String, Safety)>,
    /// The first character.
    pub start: Position,
    /// The character after the last one.
    pub end: Position,
    /// The bytes, in the text without a byte order mark.
    pub span: Span,
    /// The JSONPath of the innermost value around the place.
    pub path: Option<String>,
    /// The excerpt to show in a terminal, if it is needed.
    pub excerpt: Option<String>,
}

impl Located {
    /// Detaches `finding` from `source`, whose index is `document` if it can be read.
    #[must_use]
    pub fn of(finding: &Finding, source: &Source, document: Option<&Document>) -> Self {
        // A block scalar in YAML ends after a line break, which would put its end on the next line.
        let text = source.slice(finding.span).trim_end_matches(['\r', '\n']);
        let span = Span { end: finding.span.start + text.len() as u32, ..finding.span };
        Self {
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message.clone(),
            label: finding.label.clone(),
            help: finding.help.as_ref().map(|help| help.text().to_owned()),
            fix: finding.fix.as_ref().map(|fix| (fix.title.clone(), fix.safety)),
            start: source.position(span.start as usize),
            end: source.position(span.end as usize),
            span,
            path: document.map(|document| {
                document.value_around(finding.span).unwrap_or(document.root()).path().to_string()
            }),
            excerpt: None,
        }
    }

    /// The message, the note and the help, without empty ones.
    fn texts(&self) -> Vec<&str> {
        let parts = [&self.message, &self.label, self.help.as_deref().unwrap_or_default()];
        parts.into_iter().filter(|part| !part.is_empty()).collect()
    }
}

/// The number of findings of each severity.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct Summary {
    /// The number of checked files.
    pub files: usize,
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// The number of other findings.
    pub infos: usize,
}

impl Summary {
    /// Counts the findings of `files`.
    #[must_use]
    pub fn of(files: &[CheckedFile]) -> Self {
        let count = |severity| {
            files.iter().flat_map(|file| &file.findings).filter(|it| it.severity == severity).count()
        };
        Self {
            files: files.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        }
    }

    /// The counts in words.
    #[must_use]
    pub fn line(&self) -> String {
        let counts = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let parts: Vec<_> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
        let found = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
        format!("{found} in {}", counted(self.files, "file"))
    }
}
