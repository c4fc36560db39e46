use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Finding, Selection};

/// Findings that are known and not to be reported again. Lines may move; what counts are file, rule, message, and whether
/// git tracks the file where that makes it worse.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// By path, how many of them there are.
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
    /// It is worse than it would be if git did not track the file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    tracked: bool,
    count: usize,
}

impl Baseline {
    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let stored: Stored = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if stored.version != 1 {
            return Err(format!("version {} is not known here", stored.version));
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

    /// Adds what `other` knows of the files whose paths `keeps` holds of.
    pub fn keep(&mut self, other: Self, keeps: impl Fn(&str) -> bool) {
        for (path, known) in other.known.into_iter().filter(|(path, _)| keeps(path)) {
            self.known.entry(path).or_default().extend(known);
        }
    }

    /// How many findings are known.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known.values().flat_map(BTreeMap::values).sum()
    }

    /// How many findings of the rules of `selection` are known in files whose paths `counts` holds of.
    #[must_use]
    pub fn count_of(&self, selection: &Selection, counts: impl Fn(&str) -> bool) -> usize {
        let used = |id: &str| selection.rules().any(|(rule, _)| rule.id == id);
        let known = self.known.iter().filter(|(path, _)| counts(path)).flat_map(|(_, known)| known);
        known.filter(|(known, _)| used(&known.rule)).map(|(_, count)| count).sum()
    }

    /// Takes away the findings that are known: of the same ones in a file, as many as were recorded. How many of the known
    /// ones are still there, which those are, too, that have become worse and are left.
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
            // What was known as worse is known.
            !meets(this) && !(meets(otherwise) && !finding.raised)
        });
        met
    }

    /// As JSON for a file.
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

/// `path` with its folders separated as on every system, so that a baseline can be shared.
fn portable(path: &str) -> String {
    path.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{ALL, Findings, Severity};
    use crate::text::Span;

    #[test]
    fn what_is_known_of_many_files_goes_from_each() {
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
