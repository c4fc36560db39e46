use serde::Serialize;

use super::{CheckedFile, Located, Summary};
use crate::model::FileKind;
use crate::report::to_json;
use crate::text::Position;

#[derive(Serialize)]
struct Report<'r> {
    version: u32,
    files: Vec<FileReport<'r>>,
    summary: Summary,
}

#[derive(Serialize)]
struct FileReport<'r> {
    path: &'r str,
    kind: Option<&'static str>,
    findings: Vec<FindingReport<'r>>,
}

#[derive(Serialize)]
struct FindingReport<'r> {
    rule: &'static str,
    severity: &'static str,
    message: &'r str,
    detail: Option<&'r str>,
    help: Option<&'r str>,
    start: Place,
    end: Place,
    path: Option<&'r str>,
    fix: Option<FixReport<'r>>,
    docs: String,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    byte: u32,
}

#[derive(Serialize)]
struct FixReport<'r> {
    title: &'r str,
    safety: &'static str,
}

/// The findings as JSON, as `docs/json.md` describes.
#[must_use]
pub fn json(files: &[CheckedFile]) -> String {
    let summary = Summary::of(files);
    to_json(&Report { version: 1, files: files.iter().map(FileReport::of).collect(), summary })
}

impl<'r> FileReport<'r> {
    fn of(file: &'r CheckedFile) -> Self {
        let findings = file.findings.iter().map(FindingReport::of).collect();
        Self { path: &file.path, kind: file.kind.map(FileKind::name), findings }
    }
}

impl<'r> FindingReport<'r> {
    fn of(finding: &'r Located) -> Self {
        let place = |at: Position, byte| Place { line: at.line, column: at.column, byte };
        Self {
            rule: finding.rule.id,
            severity: finding.severity.name(),
            message: &finding.message,
            detail: Some(&*finding.label).filter(|label| !label.is_empty()),
            help: finding.help.as_deref(),
            start: place(finding.start, finding.span.start),
            end: place(finding.end, finding.span.end),
            path: finding.path.as_deref(),
            fix: finding.fix.as_ref().map(|(title, safety)| FixReport { title, safety: safety.name() }),
            docs: finding.rule.anchor(),
        }
    }
}
