use std::collections::HashMap;

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use super::{CheckedFile, Located};
use crate::lint::Severity;
use crate::report::to_json;

#[derive(Serialize)]
struct Issue<'f> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'f>,
}

#[derive(Serialize)]
struct Location<'f> {
    path: &'f str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// GitLab's code quality report. A finding keeps its fingerprint if it moves to another line.
#[must_use]
pub fn gitlab(files: &[CheckedFile]) -> String {
    let paths: Vec<_> = files.iter().map(|file| file.path.replace('\\', "/")).collect();
    let issues = files.iter().zip(&paths).flat_map(|(file, path)| {
        let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
        file.findings.iter().map(move |finding| {
            let count = seen.entry((finding.rule.id, &finding.message)).or_default();
            *count += 1;
            Issue::of(finding, path, *count)
        })
    });
    to_json(&issues.collect::<Vec<_>>())
}

impl<'f> Issue<'f> {
    /// The issue for `finding` in the file at `path`, the `count`th one there with the same message.
    fn of(finding: &Located, path: &'f str, count: usize) -> Self {
        let rule = finding.rule.id;
        let identity = [path, rule, &finding.message, &count.to_string()].join("\0");
        Self {
            description: finding.texts().join("; "),
            check_name: rule,
            fingerprint: format!("{:032x}", xxh3_128(identity.as_bytes())),
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location { path, lines: Lines { begin: finding.start.line, end: finding.end.line } },
        }
    }
}
