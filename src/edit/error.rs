use crate::model::{BoxKind, resembling};
use crate::syntax::QueryError;
use crate::text::Overlap;

/// Why an edit cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No variable has that name.
    #[error("no variable `{key}`{}", did_you_mean(.nearest.as_deref()))]
    Absent {
        /// The name as given.
        key: String,
        /// The name that may be meant.
        nearest: Option<String>,
    },
    /// A new name that looks like a misspelling.
    #[error("no variable `{key}`, but there is `{nearest}`: did you mean that? (`--create` adds `{key}`)")]
    Misspelled {
        /// The name as given.
        key: String,
        /// The name that may be meant.
        nearest: String,
    },
    /// A new name that is taken.
    #[error("there is a variable `{0}` already; unset it first, or choose another name")]
    Taken(String),
    /// A name or path with several values.
    #[error("`{0}` is given two values; give it one")]
    TwoValues(String),
    /// An empty name.
    #[error("a variable needs a name; say what it is called")]
    NoName,
    /// A new name that nothing could refer to.
    #[error("no reference could name `{0}`, since it would end at the first brace; choose another name")]
    Brace(String),
    /// A new name that would end a script's string or a reference, or that YAML reads as something else.
    #[error("`{0}` cannot be written everywhere the old name is used; choose a simpler name")]
    Unspellable(String),
    /// Variables that would end up with one name.
    #[error("`{0}` and `{1}` cannot both have the new name; rename one at a time")]
    SeveralNames(String, String),
    /// A path that selects nothing.
    #[error("the path `{0}` selects nothing")]
    NothingSelected(String),
    /// The path `$`, although only a part of the file can be removed.
    #[error("the path `$` selects the whole file; `envtool delete` removes it")]
    WholeFile,
    /// A path that selects something other than a variable.
    #[error("the path `{path}` selects {found}, not a variable; paths to variables look like `$.values[0]`")]
    NotAVariable {
        /// The path as given.
        path: String,
        /// What it selects.
        found: &'static str,
    },
    /// More than a name and a value for a variable in a map.
    #[error("`{0}` is in a map, which contains only names and values; write the variables as a list first")]
    MapEntry(String),
    /// A string that would replace an array or object.
    #[error("the path `{path}` selects {found}; use `--json-value` to replace all of it")]
    WouldFlatten {
        /// The path as given.
        path: String,
        /// What it selects.
        found: &'static str,
    },
    /// A value that is not JSON, with `--json-value`.
    #[error("the value of `{key}` is not JSON: {reason}")]
    NotJson {
        /// The variable or path.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The variables are not in an array.
    #[error("the member for the variables is {0}, not an array; nothing can be added to it")]
    NoList(&'static str),
    /// Values to be taken from a file of another kind.
    #[error("{role} is of the kind `{other}`, this one of the kind `{own}`; name one of the same kind")]
    OtherKind {
        /// The role of the other file: the run's file, the template.
        role: &'static str,
        /// Its kind.
        other: &'static str,
        /// The kind of this file.
        own: &'static str,
    },
    /// A file that newman did not export after a run with this one.
    #[error(
        "the other file is not newman's export after a run with this one: {0}; `--any` takes its values anyway"
    )]
    NoRun(&'static str),
    /// A file that is not a Box environment.
    #[error("this is not a Box environment; {0}")]
    NotBox(&'static str),
    /// The auto-refresh switch of an Advanced environment: only classic ones have it.
    #[error("{} environments have no auto-refresh switch: the Advanced collection {}", .0.title(), advanced_refresh(*.0))]
    NoSwitch(BoxKind),
    /// A request to format YAML.
    #[error("`fmt` is for JSON; the layout of YAML stays as it is")]
    OnlyJson,
    /// A path that is not a JSONPath.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// Two changes to the same bytes.
    #[error("two of the changes affect the same place; make them one after the other")]
    Overlap(#[from] Overlap),
}

impl EditError {
    /// The error for a `key` that is not among `names`.
    pub fn absent<'n>(key: &str, names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::Absent { key: key.to_owned(), nearest: resembling(names, key).map(str::to_owned) }
    }
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default()
}

fn advanced_refresh(kind: BoxKind) -> &'static str {
    match kind {
        BoxKind::Bearer => "sends the access token as it is and never refreshes it",
        _ => "always refreshes an expired access token",
    }
}
