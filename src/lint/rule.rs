use super::{Facts, Findings};
use crate::model::{BoxKind, Collection, Item, Part, Request, Scope, Script, Variable};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Some tool will not read it as intended.
    Warning,
    /// Broken, or about to be.
    Error,
}

impl Severity {
    /// Its word in options and output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something to check, and everything there is to say about it.
#[derive(Debug)]
pub struct Rule {
    /// Its name, for good: never used for anything else later.
    pub id: &'static str,
    /// What is wrong, in a line.
    pub title: &'static str,
    /// How much it matters, unless the configuration says otherwise.
    pub severity: Severity,
    /// Why it matters and what to do: paragraphs of Markdown.
    pub explanation: &'static str,
    /// How it is found.
    pub check: Check,
}

impl Rule {
    /// Where it is explained, in the project's documentation.
    #[must_use]
    pub fn anchor(&self) -> String {
        format!("docs/rules.md#{}", self.id.to_ascii_lowercase())
    }
}

/// What a rule looks at. The function is called for each of them.
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
    /// Collections as such.
    Collection(fn(&Facts<'_>, &Collection<'_>, &mut Findings)),
    /// Each folder and request of a collection.
    Item(fn(&Facts<'_>, &Item<'_>, &mut Findings)),
    /// Each request of a collection that is an object, and a git-native one.
    Request(fn(&Facts<'_>, &Request<'_>, &mut Findings)),
    /// Each script of a collection of any version.
    Script(fn(&Facts<'_>, &Script<'_>, &mut Findings)),
    /// Files of git-native collections.
    Part(fn(&Facts<'_>, &Part<'_>, &mut Findings)),
}
