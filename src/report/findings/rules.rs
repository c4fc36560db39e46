//! The rules: as a table, as JSON, as a page, and one by one.

use std::fmt::Write as _;

use serde::Serialize;

use super::equivalents::equivalents_markdown;
use crate::lint::{ALL, Rule, Severity};
use crate::report::to_json;
use crate::term::{Cell, Column, Painter, Role, table, wrap};

/// The prefixes of rule ids, and the titles of their groups.
const GROUPS: [(&str, &str); 7] = [
    ("DOC", "Files"),
    ("ENV", "Variables"),
    ("RUN", "Runners: where the app, newman and the Postman CLI disagree"),
    ("SEC", "Secrets"),
    ("BOX", "Box"),
    ("COL", "Collections"),
    ("GIT", "Git-native files"),
];

#[derive(Serialize)]
struct Report {
    version: u32,
    rules: Vec<RuleReport>,
}

#[derive(Serialize)]
struct RuleReport {
    id: &'static str,
    title: &'static str,
    severity: &'static str,
    explanation: &'static str,
    docs: String,
}

/// `rules` and their severities in a table.
#[must_use]
pub fn rules_table(rules: &[(&Rule, Severity)], painter: Painter, width: Option<usize>) -> String {
    let role = |severity| match severity {
        Severity::Error => Role::Bad,
        Severity::Warning => Role::Warning,
        Severity::Info => Role::Dim,
    };
    let rows: Vec<_> = rules
        .iter()
        .map(|(rule, severity)| {
            let severity = Cell::new(role(*severity), severity.name());
            vec![Cell::new(Role::Name, rule.id), severity, Cell::plain(rule.title)]
        })
        .collect();
    let columns = [Column::whole("RULE"), Column::whole("SEVERITY"), Column::wrapped("FINDS THAT")];
    table(&columns, &rows, painter, width)
}

/// `rules` and their severities as JSON.
#[must_use]
pub fn rules_json(rules: &[(&'static Rule, Severity)]) -> String {
    let rule = |(rule, severity): &(&'static Rule, Severity)| RuleReport {
        id: rule.id,
        title: rule.title,
        severity: severity.name(),
        explanation: rule.explanation,
        docs: rule.anchor(),
    };
    to_json(&Report { version: 1, rules: rules.iter().map(rule).collect() })
}

/// The full description of a rule.
#[must_use]
pub fn explain(rule: &Rule, painter: Painter) -> String {
    let id = painter.paint(Role::Name, rule.id);
    let title = painter.paint(Role::Heading, rule.title);
    let paragraphs: Vec<_> = rule.explanation.split("\n\n").map(|paragraph| wrap(paragraph, 100)).collect();
    format!("{id}: {title}\nseverity: {}\n\n{}", rule.severity.name(), paragraphs.join("\n\n"))
}

/// The page `docs/rules.md`.
#[must_use]
pub fn rules_markdown() -> String {
    let intro = "The rules that `envtool validate` checks. `envtool validate --explain ID` prints the same text. The \
                 severities are the defaults; `.envtool.toml` can change them. Ids are never reused.";
    let mut out = format!("# Rules\n\n{}\n", wrap(intro, 120));
    for (letters, title) in GROUPS {
        let _ = write!(out, "\n## {title}\n");
        for rule in ALL.iter().filter(|rule| rule.id.starts_with(letters)) {
            let paragraphs: Vec<_> = rule.explanation.split("\n\n").map(|text| wrap(text, 120)).collect();
            let (id, severity) = (rule.id, rule.severity.name());
            let _ =
                write!(out, "\n### {id}\n\n**{}** ({severity})\n\n{}\n", rule.title, paragraphs.join("\n\n"));
        }
    }
    out + &equivalents_markdown()
}
