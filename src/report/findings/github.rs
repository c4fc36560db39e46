use std::fmt::Write as _;

use super::CheckedFile;
use crate::lint::Severity;

/// Commands that GitHub's workflows turn into annotations. Only the first line is marked: GitHub does not take kindly
/// to a place that ends behind the last line.
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
            let _ = writeln!(
                out,
                "::{command} file={},line={},col={},title={}::{}",
                property(&file.path.replace('\\', "/")),
                finding.start.line,
                finding.start.column,
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
