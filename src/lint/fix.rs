use super::Finding;
use crate::text::{Edit, EditSet};

/// Whether a fix can be applied without review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// It changes nothing for any reader of the file except the reported problem.
    Safe,
    /// It makes a decision that only a person can make.
    Unsafe,
}

/// A change that makes a finding go away.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// Whether it can be applied without review.
    pub safety: Safety,
    /// The change.
    pub edits: Vec<Edit>,
}

/// Which fixes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Fixes {
    /// Only those that need no review.
    Safe,
    /// All fixes.
    All,
}

impl Safety {
    /// Its name in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// The fixes of `findings` that can be applied together, as one change, and the findings that it solves. If two fixes
/// touch the same bytes, only the first is applied; the other one has to wait until the result is checked again.
#[must_use]
pub fn fix(findings: &[Finding], wanted: Fixes) -> (EditSet, Vec<&Finding>) {
    let is_wanted = |fix: &&Fix| wanted == Fixes::All || fix.safety == Safety::Safe;
    let mut set = EditSet::default();
    let applied = |finding: &&Finding| {
        finding.fix.as_ref().filter(is_wanted).is_some_and(|fix| set.add(&fix.edits).is_ok())
    };
    let fixed = findings.iter().filter(applied).collect();
    (set, fixed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{ALL, Findings, Severity};
    use crate::text::Span;

    #[test]
    fn a_fix_that_overlaps_an_earlier_one_is_left_out() {
        let mut list = Vec::new();
        let mut findings = Findings::of(ALL[0], Severity::Error, &mut list);
        for at in 0..100_000 {
            // Every third overlaps the one before it by a byte.
            let start = if at % 3 == 2 { 10 * at - 6 } else { 10 * at };
            let span = Span::new(start, start + 5);
            let safety = if at % 2 == 0 { Safety::Safe } else { Safety::Unsafe };
            findings.at(span, "").fix(safety, "", vec![Edit::remove(span)]);
        }
        let (edits, fixed) = fix(&list, Fixes::All);
        assert_eq!((edits.edits().len(), fixed.len()), (66_667, 66_667));
        assert_eq!(fix(&list, Fixes::Safe).1.len(), 50_000);
    }
}
