use super::{Facts, Findings};
use crate::model::{BoxKind, Collection, Item, Part, Request, Scope, Script, Variable};

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Some tool will misread it.
    Warning,
    /// Broken, or about to be.
    Error,
}

impl Severity {
    /// Its name in options and output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A check, and its documentation.
#[derive(Debug)]
pub struct Rule {
    /// Its permanent id, never reused for another rule.
    pub id: &'static str,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// Its severity, unless the configuration says otherwise.
    pub severity: Severity,
    /// Why it matters and what to do: paragraphs of Markdown.
    pub explanation: &'static str,
    /// How to find it.
    pub check: Check,
}

impl Rule {
    /// The link to its explanation in the project's documentation.
    #[must_use]
    pub fn anchor(&self) -> String {
        format!("docs/rules.md#{}", self.id.to_ascii_lowercase())
    }
}

/// What a rule checks. The function is called for each of these.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::type_complexity, reason = "the types are the documentation")]
pub enum Check {
    /// Nothing: the finding is made when a file cannot be read.
    Reading,
    /// Whole files.
    File(fn(&Facts<'_>, &mut Findings)),
    /// The variables of environments and globals, as one list.
    Variables(fn(&Facts<'_>, &Scope<'_>, &mut Findings)),
    /// Each variable of environments, globals and collections.
    Variable(fn(&Facts<'_>, &Scope<'_>, &Variable<'_>, &mut Findings)),
    /// Box environments.
    Box(fn(&Facts<'_>, &Scope<'_>, BoxKind, &mut Findings)),
    /// Whole collections.
    Collection(fn(&Facts<'_>, &Collection<'_>, &mut Findings)),
    /// Each folder and request of a collection.
    Item(fn(&Facts<'_>, &Item<'_>, &mut Findings)),
    /// Each request of a collection that is an object, and each git-native request.
    Request(fn(&Facts<'_>, &Request<'_>, &mut Findings)),
    /// Each script of a collection of any version.
    Script(fn(&Facts<'_>, &Script<'_>, &mut Findings)),
    /// Files of git-native collections.
    Part(fn(&Facts<'_>, &Part<'_>, &mut Findings)),
}
