use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Check, Facts, Finding, Findings, Location, Rule, Selection, Severity, Surroundings};
use crate::model::{FileKind, Scope, ScopeKind};
use crate::parallel;
use crate::syntax::Document;

/// The selected rules and what they know besides the files.
#[derive(Debug, Default)]
pub struct Checker {
    surroundings: Surroundings,
    rules: Vec<(&'static Rule, Severity)>,
}

impl Checker {
    /// Creates a checker with the rules of `selection`.
    #[must_use]
    pub fn new(selection: &Selection, surroundings: Surroundings) -> Self {
        Self { surroundings, rules: selection.rules().collect() }
    }

    /// The facts about `document`, which is at `location`.
    #[must_use]
    pub fn facts<'d>(&'d self, document: &'d Document, location: &'d Location) -> Facts<'d> {
        Facts::of(document, location, &self.surroundings)
    }

    /// Checks a file. The findings are in the order of their spans.
    #[must_use]
    pub fn check(&self, facts: &Facts<'_>) -> Vec<Finding> {
        let left = AtomicUsize::new(self.rules.len());
        sorted(run_all(self.rules.iter(), &left, facts))
    }

    /// Like [`check`](Self::check), but uses two threads, which is faster if the file is large.
    #[must_use]
    pub fn check_with_two_threads(&self, facts: &Facts<'_>) -> Vec<Finding> {
        let left = AtomicUsize::new(self.rules.len());
        // One thread starts with the first rule, the other with the last: neighboring rules wait for the same facts.
        let (mut found, others) = parallel::both(
            || run_all(self.rules.iter(), &left, facts),
            || run_all(self.rules.iter().rev(), &left, facts),
        );
        found.extend(others);
        sorted(found)
    }
}

/// Runs `rules` as long as any are `left`, which counts down for all threads together.
fn run_all<'r>(
    rules: impl Iterator<Item = &'r (&'static Rule, Severity)>,
    left: &AtomicUsize,
    facts: &Facts<'_>,
) -> Vec<Finding> {
    let is_left =
        || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
    let mut found = Vec::new();
    for &(rule, severity) in rules {
        if !is_left() {
            break;
        }
        let mut findings = Findings::of(rule, severity, &mut found);
        run(rule.check, facts, &mut findings);
    }
    found
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| (a.span, a.rule.id).cmp(&(b.span, b.rule.id)));
    findings
}

/// Calls the function of a rule for everything that it checks.
fn run(check: Check, facts: &Facts<'_>, findings: &mut Findings) {
    match check {
        Check::Reading => {}
        Check::File(check) => check(facts, findings),
        Check::Variables(check) => {
            if let Some(scope) = facts.scope.as_ref().filter(|scope| is_list(facts.kind, scope)) {
                check(facts, scope, findings);
            }
        }
        Check::Variable(check) => {
            if let Some(scope) = &facts.scope {
                scope.variables().iter().for_each(|variable| check(facts, scope, variable, findings));
            }
        }
        Check::Box(check) => {
            if let (Some(scope), Some(kind)) = (&facts.scope, facts.box_kind) {
                check(facts, scope, kind, findings);
            }
        }
        Check::Collection(check) => {
            if let Some(collection) = &facts.collection {
                check(facts, collection, findings);
            }
        }
        Check::Item(check) => {
            if let Some(collection) = &facts.collection {
                collection.items().iter().for_each(|item| check(facts, item, findings));
            }
        }
        Check::Request(check) => facts.requests().for_each(|request| check(facts, &request, findings)),
        Check::Script(check) => facts.scripts().for_each(|script| check(facts, &script, findings)),
        Check::Part(check) => {
            if let Some(part) = &facts.part {
                check(facts, part, findings);
            }
        }
    }
}

fn is_list(kind: FileKind, scope: &Scope<'_>) -> bool {
    scope.kind() != ScopeKind::Collection && matches!(kind, FileKind::Environment(_) | FileKind::Globals(_))
}
