use std::fmt::Write as _;

use super::{CheckedFile, Located};
use crate::lint::Severity;
use crate::term::escape_except;

/// Workflow commands, which GitHub turns into annotations.
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
            let _ = writeln!(
                out,
                "::{command} file={},{},title={}::{}",
                property(&file.path.replace('\\', "/")),
                place(finding),
                property(&format!("{} {}", finding.rule.id, finding.rule.title)),
                data(&finding.texts().join("\n"))
            );
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The lines, and the columns if the place is within one line: GitHub rejects columns of several lines.
fn place(Located { start, end, .. }: &Located) -> String {
    let lines = format!("line={},endLine={}", start.line, end.line);
    if start.line != end.line {
        return lines;
    }
    format!("{lines},col={},endColumn={}", start.column, start.column.max(end.column - 1))
}

fn data(text: &str) -> String {
    escape_except(text, &['\n']).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
