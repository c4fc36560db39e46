use super::{Fix, Rule, Safety, Severity};
use crate::text::{Edit, Span};

/// A problem and its place.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Its severity here.
    pub severity: Severity,
    /// What is wrong. Contains no secrets and no times, so it is the same in every run.
    pub message: String,
    /// The place.
    pub span: Span,
    /// A remark shown at the place; may be empty.
    pub label: String,
    /// What to do about it.
    pub help: Option<Help>,
    /// A change that solves it.
    pub fix: Option<Fix>,
    /// Whether the place is a secret, which must not be shown.
    pub secret: bool,
    /// The severity if git tracks the file.
    pub when_tracked: Option<Severity>,
    /// Whether [`raise`](Self::raise) was called, since git tracks the file.
    pub raised: bool,
}

/// What to do about a secret that git tracks.
const UNTRACK: &str = "revoke it, then `git rm --cached` the file and list it in .gitignore; \
    `envtool redact` makes a copy that can be committed";

/// What to do about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    /// In words.
    Words(String),
    /// A command to run on the file, without the file's name.
    Command(String),
}

impl Help {
    /// The words or the command.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Command(text) => text,
        }
    }
}

impl Finding {
    /// Sets the remark shown at the place.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// Sets what to do about it, in words.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(Help::Words(help.into()));
        self
    }

    /// Sets the command to run on the file, without the file's name.
    pub fn command(&mut self, command: impl Into<String>) -> &mut Self {
        self.help = Some(Help::Command(command.into()));
        self
    }

    /// Sets a change that solves it, in words and as edits.
    pub fn fix(&mut self, safety: Safety, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safety, edits });
        self
    }

    /// Marks the place as a secret.
    pub fn secret(&mut self) -> &mut Self {
        self.secret = true;
        self
    }

    /// Raises the severity to at least `severity`, unless the configuration has set it.
    pub fn at_least(&mut self, severity: Severity) -> &mut Self {
        if self.severity == self.rule.severity {
            self.severity = severity.max(self.severity);
        }
        self
    }

    /// Lowers the severity to at most `severity`, unless the configuration has set it.
    pub fn at_most(&mut self, severity: Severity) -> &mut Self {
        if self.severity == self.rule.severity {
            self.severity = severity.min(self.severity);
        }
        self
    }

    /// Sets the severity if git tracks the file.
    pub fn when_tracked(&mut self, severity: Severity) -> &mut Self {
        self.when_tracked = Some(severity);
        self
    }

    /// Raises the severity if that depends on git, because git tracks the file: everyone with the repository has it.
    pub fn raise(&mut self) {
        if let Some(severity) = self.when_tracked {
            self.severity = self.severity.max(severity);
            self.raised = true;
            self.label("git tracks this file: everyone with the repository has it");
            self.help.get_or_insert_with(|| Help::Words(UNTRACK.to_owned()));
        }
    }
}

/// Collects the findings of one rule in a file.
#[derive(Debug)]
pub struct Findings<'l> {
    list: &'l mut Vec<Finding>,
    rule: &'static Rule,
    severity: Severity,
}

impl<'l> Findings<'l> {
    /// Adds the findings of `rule` to `list`.
    pub(super) fn of(rule: &'static Rule, severity: Severity, list: &'l mut Vec<Finding>) -> Self {
        Self { list, rule, severity }
    }

    /// Adds a finding at `span`.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        let at = self.list.len();
        self.list.push(Finding {
            rule: self.rule,
            severity: self.severity,
            message: message.into(),
            span,
            label: String::new(),
            help: None,
            fix: None,
            secret: false,
            when_tracked: None,
            raised: false,
        });
        &mut self.list[at]
    }
}
