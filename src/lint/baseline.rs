use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Finding, Selection};

/// Findings that are known and not to be reported again. Lines may move; a file, rule and message are what counts.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    known: BTreeMap<(String, String, String), usize>,
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
        let entries = stored.findings.into_iter();
        Ok(Self { known: entries.map(|it| ((it.path, it.rule, it.message), it.count)).collect() })
    }

    /// Adds the findings of the file at `path`.
    pub fn record(&mut self, path: &str, findings: &[Finding]) {
        for finding in findings {
            *self.known.entry(key(path, finding)).or_default() += 1;
        }
    }

    /// Adds what `other` knows of the files whose paths `keeps` holds of.
    pub fn keep(&mut self, other: Self, keeps: impl Fn(&str) -> bool) {
        self.known.extend(other.known.into_iter().filter(|((path, ..), _)| keeps(path)));
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
        let known = self.known.iter().filter(|((path, rule, _), _)| counts(path) && used(rule));
        known.map(|(_, count)| count).sum()
    }

    /// Takes away the findings that are known: of the same ones in a file, as many as were recorded.
    pub fn remove_known(&self, path: &str, findings: &mut Vec<Finding>) {
        let mut left: BTreeMap<_, usize> = BTreeMap::new();
        findings.retain(|finding| {
            let key = key(path, finding);
            let Some(&count) = self.known.get(&key) else { return true };
            let seen = left.entry(key).or_default();
            *seen += 1;
            *seen > count
        });
    }

    /// As JSON for a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let entry = |((path, rule, message), count): (&(String, String, String), &usize)| Entry {
            path: path.clone(),
            rule: rule.clone(),
            message: message.clone(),
            count: *count,
        };
        let stored = Stored { version: 1, findings: self.known.iter().map(entry).collect() };
        serde_json::to_string_pretty(&stored).unwrap_or_default() + "\n"
    }
}

/// Folders are separated by `/` on every system, so that a baseline can be shared.
fn key(path: &str, finding: &Finding) -> (String, String, String) {
    (path.replace('\\', "/"), finding.rule.id.to_owned(), finding.message.clone())
}
