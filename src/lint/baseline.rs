use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Finding, Selection};

/// Findings that are known and not to be reported again. Lines may move; what counts are file, rule, message, and whether
/// git tracks the file where that makes it worse.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// How many of them there are.
    known: BTreeMap<Known, usize>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    path: String,
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
        let known =
            |Entry { path, rule, message, tracked, count }| (Known { path, rule, message, tracked }, count);
        Ok(Self { known: stored.findings.into_iter().map(known).collect() })
    }

    /// Adds the findings of the file at `path`.
    pub fn record(&mut self, path: &str, findings: &[Finding]) {
        for finding in findings {
            *self.known.entry(Known::of(path, finding)).or_default() += 1;
        }
    }

    /// Adds what `other` knows of the files whose paths `keeps` holds of.
    pub fn keep(&mut self, other: Self, keeps: impl Fn(&str) -> bool) {
        self.known.extend(other.known.into_iter().filter(|(known, _)| keeps(&known.path)));
    }

    /// How many findings are known.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known.values().sum()
    }

    /// How many findings of the rules of `selection` are known in files whose paths `counts` holds of.
    #[must_use]
    pub fn count_of(&self, selection: &Selection, counts: impl Fn(&str) -> bool) -> usize {
        let used = |id: &str| selection.rules().any(|(rule, _)| rule.id == id);
        let known = self.known.iter().filter(|(known, _)| counts(&known.path) && used(&known.rule));
        known.map(|(_, count)| count).sum()
    }

    /// Takes away the findings that are known: of the same ones in a file, as many as were recorded.
    pub fn remove_known(&self, path: &str, findings: &mut Vec<Finding>) {
        let mut left = self.known.clone();
        let mut is_known = |finding| {
            left.get_mut(&finding).and_then(|left| left.checked_sub(1).map(|less| *left = less)).is_some()
        };
        findings.retain(|finding| {
            let this = Known::of(path, finding);
            // What was known as worse is known.
            let worse = Known { tracked: true, ..this.clone() };
            !is_known(this) && !is_known(worse)
        });
    }

    /// As JSON for a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let entry =
            |(Known { path, rule, message, tracked }, count)| Entry { path, rule, message, tracked, count };
        let stored = Stored { version: 1, findings: self.known.clone().into_iter().map(entry).collect() };
        serde_json::to_string_pretty(&stored).unwrap_or_default() + "\n"
    }
}

impl Known {
    fn of(path: &str, finding: &Finding) -> Self {
        Self {
            // Folders are separated so on every system, and a baseline can be shared.
            path: path.replace('\\', "/"),
            rule: finding.rule.id.to_owned(),
            message: finding.message.clone(),
            tracked: finding.raised,
        }
    }
}
