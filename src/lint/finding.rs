use super::{Fix, Rule, Safety, Severity};
use crate::text::{Edit, Span};

/// One thing that is wrong, and where.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What was broken.
    pub rule: &'static Rule,
    /// How much it matters here.
    pub severity: Severity,
    /// What is wrong here. It names no secret and no moment, so it stays the same from run to run.
    pub message: String,
    /// The place.
    pub span: Span,
    /// What to say at the place; may be empty.
    pub label: String,
    /// What to do about it.
    pub help: Option<Help>,
    /// A change that does it.
    pub fix: Option<Fix>,
    /// Whether the place is a secret, not to be shown.
    pub secret: bool,
    /// How much it matters when git tracks the file.
    pub when_tracked: Option<Severity>,
    /// Whether it matters so much because git does.
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
    /// A command to be run on the file, which is not named in it.
    Command(String),
}

impl Help {
    /// It as text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Command(text) => text,
        }
    }
}

impl Finding {
    /// Adds what to say at the place.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// Adds what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(Help::Words(help.into()));
        self
    }

    /// Adds the command to be run on the file, which is not named in it.
    pub fn command(&mut self, command: impl Into<String>) -> &mut Self {
        self.help = Some(Help::Command(command.into()));
        self
    }

    /// Adds a change that does it, in words and as edits.
    pub fn fix(&mut self, safety: Safety, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safety, edits });
        self
    }

    /// Says that the place is a secret.
    pub fn secret(&mut self) -> &mut Self {
        self.secret = true;
        self
    }

    /// Says that it matters at least so much here, unless the configuration says how much it does.
    pub fn at_least(&mut self, severity: Severity) -> &mut Self {
        if self.severity == self.rule.severity {
            self.severity = severity.max(self.severity);
        }
        self
    }

    /// Says how much it matters when git tracks the file.
    pub fn when_tracked(&mut self, severity: Severity) -> &mut Self {
        self.when_tracked = Some(severity);
        self
    }

    /// git tracks the file: what it tracks, everyone has who has the repository.
    pub fn raise(&mut self) {
        if let Some(severity) = self.when_tracked {
            self.severity = self.severity.max(severity);
            self.raised = true;
            self.label("git tracks this file: everyone with the repository has it");
            self.help.get_or_insert_with(|| Help::Words(UNTRACK.to_owned()));
        }
    }
}

/// Takes what one rule finds in a file.
#[derive(Debug)]
pub struct Findings<'l> {
    list: &'l mut Vec<Finding>,
    rule: &'static Rule,
    severity: Severity,
}

impl<'l> Findings<'l> {
    /// Adds to `list` what `rule` finds.
    pub(super) fn of(rule: &'static Rule, severity: Severity, list: &'l mut Vec<Finding>) -> Self {
        Self { list, rule, severity }
    }

    /// Something is wrong at `span`.
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
