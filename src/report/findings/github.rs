use std::fmt::Write as _;

use super::CheckedFile;
use crate::lint::Severity;

/// Commands that GitHub's workflows turn into annotations. Of a place of several lines only the first character is
/// marked: GitHub takes columns only within one line, and does not take kindly to an end behind the last line.
#[must_use]
pub fn github(files: &[CheckedFile]) -> String {
    let mut out = String::new();
    for file in files {
        for finding in &file.findings {
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let mut message = finding.message.clone();
            for part in [Some(&finding.label), finding.help.as_ref()]
                .into_iter()
                .flatten()
                .filter(|it| !it.is_empty())
            {
                let _ = write!(message, "\n{part}");
            }
            let (start, end) = (finding.start, finding.end);
            let last = if end.line == start.line { end.column - 1 } else { start.column };
            let _ = writeln!(
                out,
                "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}",
                property(&file.path.replace('\\', "/")),
                start.line,
                start.line,
                start.column,
                last.max(start.column),
                property(&format!("{} {}", finding.rule.id, finding.rule.title)),
                data(&message)
            );
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
