use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Finding, Selection};

/// Known findings, which are not reported again. They are recognized by file, rule and message, not by line, and by
/// whether they are more severe because git tracks the file.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// The number of each finding, by path.
    known: BTreeMap<String, BTreeMap<Known, usize>>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    rule: String,
    message: String,
    tracked: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    message: String,
    /// Whether it is more severe because git tracks the file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    tracked: bool,
    count: usize,
}

impl Baseline {
    /// Parses the output of [`to_json`](Self::to_json).
    ///
    /// # Errors
    /// If the text is not a baseline, or is of an unknown version: the reason, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let stored: Stored = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if stored.version != 1 {
            return Err(format!("version {} is unknown", stored.version));
        }
        let mut baseline = Self::default();
        for Entry { path, rule, message, tracked, count } in stored.findings {
            baseline.known.entry(path).or_default().insert(Known { rule, message, tracked }, count);
        }
        Ok(baseline)
    }

    /// Adds the findings of the file at `path`.
    pub fn record(&mut self, path: &str, findings: &[Finding]) {
        let known = self.known.entry(portable(path)).or_default();
        for finding in findings {
            *known.entry(Known::of(finding)).or_default() += 1;
        }
    }

    /// Adds the findings in `other` of the files for whose paths `keeps` returns true.
    pub fn keep(&mut self, other: Self, keeps: impl Fn(&str) -> bool) {
        for (path, known) in other.known.into_iter().filter(|(path, _)| keeps(path)) {
            self.known.entry(path).or_default().extend(known);
        }
    }

    /// The number of known findings.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known.values().flat_map(BTreeMap::values).sum()
    }

    /// The number of known findings of the rules in `selection`, in files for whose paths `counts` returns true.
    #[must_use]
    pub fn count_of(&self, selection: &Selection, counts: impl Fn(&str) -> bool) -> usize {
        let used = |id: &str| selection.rules().any(|(rule, _)| rule.id == id);
        let known = self.known.iter().filter(|(path, _)| counts(path)).flat_map(|(_, known)| known);
        known.filter(|(known, _)| used(&known.rule)).map(|(_, count)| count).sum()
    }

    /// Removes the known findings from `findings`: of equal ones in a file, as many as were recorded. Returns how many
    /// known findings were met again, including those that have become more severe and therefore stay in the list.
    pub fn remove_known(&self, path: &str, findings: &mut Vec<Finding>) -> usize {
        let Some(known) = self.known.get(&portable(path)) else { return 0 };
        let (mut left, mut met) = (known.clone(), 0);
        let mut meets = |finding| {
            let less = left.get(&finding).and_then(|left| left.checked_sub(1));
            met += usize::from(less.is_some());
            less.map(|less| left.insert(finding, less)).is_some()
        };
        findings.retain(|finding| {
            let this = Known::of(finding);
            let otherwise = Known { tracked: !this.tracked, ..this.clone() };
            // One that has become less severe is still known.
            let is_known = meets(this) || (meets(otherwise) && !finding.raised);
            !is_known
        });
        met
    }

    /// Returns the content of a baseline file, as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let entries = self.known.iter().flat_map(|(path, known)| {
            known.clone().into_iter().map(|(Known { rule, message, tracked }, count)| Entry {
                path: path.clone(),
                rule,
                message,
                tracked,
                count,
            })
        });
        let stored = Stored { version: 1, findings: entries.collect() };
        serde_json::to_string_pretty(&stored).unwrap_or_default() + "\n"
    }
}

impl Known {
    fn of(finding: &Finding) -> Self {
        Self { rule: finding.rule.id.to_owned(), message: finding.message.clone(), tracked: finding.raised }
    }
}

/// Returns `path` with forward slashes, so that a baseline can be shared between systems.
fn portable(path: &str) -> String {
    path.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{ALL, Findings, Severity};
    use crate::text::Span;

    #[test]
    fn known_findings_are_removed_from_each_of_many_files() {
        let files: Vec<_> = (0..5_000).map(|at| format!("folder/{at}.json")).collect();
        let mut findings = Vec::new();
        for message in ["one", "two", "one"] {
            Findings::of(ALL[0], Severity::Error, &mut findings).at(Span::at(0), message);
        }
        let mut recorded = Baseline::default();
        files.iter().for_each(|file| recorded.record(file, &findings));
        let baseline = Baseline::parse(&recorded.to_json()).expect("what was written");
        assert_eq!(baseline.count(), 3 * files.len());
        for file in &files {
            let mut left = [&findings[..], &findings[..1]].concat();
            baseline.remove_known(&file.replace('/', "\\"), &mut left);
            assert_eq!(left.iter().map(|finding| &*finding.message).collect::<Vec<_>>(), ["one"]);
        }
        let mut left = findings.clone();
        baseline.remove_known("another.json", &mut left);
        assert_eq!(left.len(), findings.len());
    }
}
