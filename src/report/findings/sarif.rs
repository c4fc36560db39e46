//! SARIF 2.1.0, the part that code scanning services read.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::CheckedFile;
use crate::lint::{ALL, Severity};
use crate::report::to_json;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<RuleReport>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleReport {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The findings as a SARIF log. Columns count characters, as the log states.
#[must_use]
pub fn sarif(files: &[CheckedFile]) -> String {
    let text = |text: &str| Text { text: text.to_owned() };
    let rules = ALL.iter().map(|rule| RuleReport {
        id: rule.id,
        short_description: text(rule.title),
        full_description: text(rule.explanation),
        help: text(&format!(
            "{}\n\n`envtool validate --explain {}` prints this text.",
            rule.explanation, rule.id
        )),
        default_configuration: Configuration { level: level(rule.severity) },
    });
    let driver =
        Driver { name: "envtool", semantic_version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let results = files.iter().flat_map(outcomes).collect();
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    to_json(&Log { schema, version: "2.1.0", runs: [run] })
}

fn outcomes(file: &CheckedFile) -> impl Iterator<Item = Outcome> {
    file.findings.iter().map(|finding| {
        let region = Region {
            start_line: finding.start.line,
            start_column: finding.start.column,
            end_line: finding.end.line,
            end_column: finding.end.column,
        };
        Outcome {
            rule_id: finding.rule.id,
            rule_index: ALL.iter().position(|rule| rule.id == finding.rule.id).unwrap_or_default(),
            level: level(finding.severity),
            message: Text { text: finding.texts().join("; ") },
            locations: [Location {
                physical_location: PhysicalLocation { artifact_location: artifact(&file.path), region },
            }],
        }
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Escapes everything that is not allowed in a URI's path, and the colon, since the text before it would be a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');
/// The same for absolute paths, which follow a scheme.
const ABSOLUTE_PATH: &AsciiSet = &PATH.remove(b':');

/// The file at `path` as a URI. A relative path is relative to the top of the sources, which services know.
fn artifact(path: &str) -> ArtifactLocation {
    let absolute = Path::new(path).is_absolute();
    let path = path.replace('\\', "/");
    let uri = match absolute {
        true if path.starts_with('/') => format!("file://{}", utf8_percent_encode(&path, ABSOLUTE_PATH)),
        // It starts with a drive letter.
        true => format!("file:///{}", utf8_percent_encode(&path, ABSOLUTE_PATH)),
        false => utf8_percent_encode(&path, PATH).to_string(),
    };
    ArtifactLocation { uri, uri_base_id: (!absolute).then_some("%SRCROOT%") }
}
