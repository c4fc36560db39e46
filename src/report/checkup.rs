use serde::Serialize;

use super::counted;
use crate::term::{Painter, Role, escape};

/// The outcome of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Health {
    /// Everything is fine.
    Ok,
    /// It works, but perhaps not as intended.
    Warning,
    /// Something does not work.
    Problem,
}

/// One thing that `doctor` checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was checked, in a word.
    pub check: &'static str,
    /// The outcome.
    pub health: Health,
    /// What was found.
    pub message: String,
    /// What to do; none if nothing needs doing.
    pub next: Option<String>,
}

impl Check {
    /// A check that found everything fine.
    #[must_use]
    pub fn ok(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, health: Health::Ok, message: message.into(), next: None }
    }

    /// A check of something that works, but perhaps not as intended unless `next` is done.
    #[must_use]
    pub fn warning(check: &'static str, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self { check, health: Health::Warning, message: message.into(), next: Some(next.into()) }
    }

    /// A check of something that does not work until `next` is done.
    #[must_use]
    pub fn problem(check: &'static str, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self { check, health: Health::Problem, message: message.into(), next: Some(next.into()) }
    }

    /// Whether something needs doing.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.health != Health::Ok
    }
}

/// The output of `doctor --json`.
#[derive(Debug, Serialize)]
pub struct CheckupReport {
    version: u32,
    checks: Vec<Check>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct Summary {
    warnings: usize,
    problems: usize,
}

impl CheckupReport {
    /// The report of `checks`.
    #[must_use]
    pub fn of(checks: Vec<Check>) -> Self {
        Self { version: 1, summary: Summary::of(&checks), checks }
    }
}

impl Summary {
    fn of(checks: &[Check]) -> Self {
        let count = |health| checks.iter().filter(|check| check.health == health).count();
        Self { warnings: count(Health::Warning), problems: count(Health::Problem) }
    }
}

/// A line for each of `checks`, followed by what to do, and a last line with counts.
#[must_use]
pub fn checkup(checks: &[Check], painter: Painter) -> String {
    let wide = |words: &[&str]| words.iter().map(|word| word.len()).max().unwrap_or_default();
    let subjects: Vec<_> = checks.iter().map(|check| check.check).collect();
    let (health, subject) = (wide(&["ok", "warning", "problem"]), wide(&subjects));
    let mut lines = Vec::new();
    for Check { check, health: level, message, next } in checks {
        let (word, role) = match level {
            Health::Ok => ("ok", Role::Good),
            Health::Warning => ("warning", Role::Warning),
            Health::Problem => ("problem", Role::Bad),
        };
        let (gap, word) = (" ".repeat(health - word.len()), painter.paint(role, word));
        lines.push(format!("{word}{gap}  {check:<subject$}  {}", escape(message)));
        let indent = health + subject + 4;
        lines.extend(next.iter().map(|next| format!("{:indent$}next: {}", "", escape(next))));
    }
    let Summary { warnings, problems } = Summary::of(checks);
    lines.push(match (problems, warnings) {
        (0, 0) => "nothing is wrong".to_owned(),
        (0, _) => counted(warnings, "warning"),
        (_, 0) => counted(problems, "problem"),
        _ => format!("{}, {}", counted(problems, "problem"), counted(warnings, "warning")),
    });
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_followed_by_what_to_do() {
        let checks = [
            Check::ok("state", "fine"),
            Check::warning("git", "odd\u{1b}", "envtool git-setup"),
            Check::problem("clock", "wrong", "set it"),
        ];
        assert_eq!(
            checkup(&checks, Painter { color: false }),
            "ok       state  fine\n\
             warning  git    odd\\u001b\n                next: envtool git-setup\n\
             problem  clock  wrong\n                next: set it\n\
             1 problem, 1 warning"
        );
        assert_eq!(checkup(&checks[..1], Painter { color: false }), "ok       state  fine\nnothing is wrong");
    }
}
