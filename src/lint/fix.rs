use super::Finding;
use crate::text::{Edit, EditSet};

/// Whether a fix can be made without a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// No reader of the file does anything else after it, but what the finding is about.
    Safe,
    /// It decides something that only a person can know.
    Unsafe,
}

/// A change that makes a finding go away.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, as an order.
    pub title: String,
    /// Whether it can be made without a look.
    pub safety: Safety,
    /// The change.
    pub edits: Vec<Edit>,
}

/// Which fixes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Fixes {
    /// Those that can be made without a look.
    Safe,
    /// The others too.
    All,
}

impl Safety {
    /// Its word in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// The fixes of `findings` that can be made together, as one change, and the findings they are for. Of two that want
/// the same bytes the first is taken; the other's turn comes when the result is checked again.
#[must_use]
pub fn fix(findings: &[Finding], wanted: Fixes) -> (EditSet, Vec<&Finding>) {
    let (mut set, mut edits, mut fixed) = (EditSet::default(), Vec::new(), Vec::new());
    for finding in findings {
        let Some(fix) = finding.fix.as_ref().filter(|fix| wanted == Fixes::All || fix.safety == Safety::Safe)
        else {
            continue;
        };
        let together: Vec<_> = edits.iter().chain(&fix.edits).cloned().collect();
        if let Ok(grown) = EditSet::new(together.clone()) {
            (set, edits) = (grown, together);
            fixed.push(finding);
        }
    }
    (set, fixed)
}
