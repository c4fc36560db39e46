//! What `validate` has found, in the six formats.

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

/// One file that was checked.
#[derive(Debug)]
pub struct CheckedFile {
    /// Its name as the user gave it, or as it was found; `-` for standard input.
    pub path: String,
    /// What it is; none when it could not be read.
    pub kind: Option<FileKind>,
    /// What is wrong with it, in order of place.
    pub findings: Vec<Located>,
}

/// A finding without its document: with line and column instead of bytes.
#[derive(Debug)]
pub struct Located {
    /// What was broken.
    pub rule: &'static Rule,
    /// How much it matters here.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What there is to say at the place; may be empty.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
    /// A change that does it.
    pub fix: Option<(String, Safety)>,
    /// The first character.
    pub start: Position,
    /// The character after the last one.
    pub end: Position,
    /// The bytes, in the text without a byte order mark.
    pub span: Span,
    /// The way to the innermost value around the place, as a JSONPath.
    pub path: Option<String>,
    /// The place as people are shown it, when they are.
    pub excerpt: Option<String>,
}

impl Located {
    /// `finding`, which is about `source`, of which `document` is the index when it could be read.
    #[must_use]
    pub fn of(finding: &Finding, source: &Source, document: Option<&Document>) -> Self {
        // A text of several lines in YAML ends with its last line break, behind which another line begins.
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

    /// Everything there is to say about it, the most important first.
    fn told(&self) -> Vec<&str> {
        let parts = [&self.message, &self.label, self.help.as_deref().unwrap_or_default()];
        parts.into_iter().filter(|part| !part.is_empty()).collect()
    }
}

/// How many findings there are of each severity, for the last line.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// The rest.
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

    /// In a sentence.
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
