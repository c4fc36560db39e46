//! What can go wrong at the edge, in words for the user, and the matching exit code.

mod exit_code;
mod file;
mod refuge;

pub use exit_code::ExitCode;
pub use file::FileError;
pub use refuge::Refuge;

use std::io;
use std::path::PathBuf;

use crate::compare::DifferentKinds;
use crate::config::ConfigError;
use crate::disk::DiskError;
use crate::edit::EditError;
use crate::lint::UnknownRule;
use crate::net::NetError;
use crate::oauth::{AnswerError, Stake};
use crate::syntax::{QueryError, SyntaxError};
use crate::term::{PromptError, escape_path};
use crate::text::{DecodeError, Source};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The arguments of the command do not fit together.
    #[error("{0}")]
    Usage(String),
    /// No file was named, and the folder has none.
    #[error(
        "no environment file here: name one, or set ENVTOOL_FILE (looked for *.postman_environment.json and *.environment.json|yaml|yml)"
    )]
    NoFile,
    /// No file was named, and the folder has several.
    #[error("several files here; name one of them, or set ENVTOOL_FILE:{}", list(.0))]
    SeveralFiles(Vec<PathBuf>),
    /// A question needs a yes, and nobody is there to answer.
    #[error("{question} Nobody can be asked here; `{option}` answers it")]
    NeedsYes {
        /// The question.
        question: String,
        /// The option that answers it.
        option: &'static str,
    },
    /// The user said no.
    #[error("nothing was changed")]
    Declined,
    /// There is no file to check.
    #[error("nothing to check: {0}")]
    NothingToCheck(String),
    /// There is no such rule.
    #[error(transparent)]
    Rule(#[from] UnknownRule),
    /// A `.envtool.toml` that cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A file could not be read or written.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// There is no such file, but one of a similar name.
    #[error("{error}; did you mean `{}`?", .nearest.display())]
    Misnamed {
        /// What the system said.
        error: DiskError,
        /// The one that may be meant.
        nearest: PathBuf,
    },
    /// The bytes of a file are not text.
    #[error("cannot read {path}: {source}")]
    Decode {
        /// Its name.
        path: String,
        /// What is wrong.
        source: DecodeError,
    },
    /// A file breaks the rules of its syntax.
    #[error("{path}: {error}")]
    Syntax {
        /// Its name.
        path: String,
        /// Its text.
        text: Box<Source>,
        /// Where and what.
        error: SyntaxError,
    },
    /// Something is wrong with one file.
    #[error("{path}: {error}")]
    File {
        /// Its name.
        path: String,
        /// What.
        error: FileError,
    },
    /// Files that cannot be compared.
    #[error("cannot compare {files}: {error}")]
    Kinds {
        /// Their names.
        files: String,
        /// Why not.
        error: DifferentKinds,
    },
    /// There was no answer.
    #[error("{path}: {error}{}", doubt(*.stake, .error.maybe_sent))]
    Net {
        /// The file's name.
        path: String,
        /// Why not.
        error: NetError,
        /// What is lost if Box has seen the request; none for a mere question.
        stake: Option<Stake>,
    },
    /// The answer is not a success.
    #[error("{path}: {error}{}", doubt(*.stake, .error.may_have_granted()))]
    Answer {
        /// The file's name.
        path: String,
        /// What it says.
        error: AnswerError,
        /// What is lost if Box has seen the request; none for a mere question.
        stake: Option<Stake>,
    },
    /// An incomplete success, of which only the refresh token is usable.
    #[error("{path}: {error}, but it brings a refresh token, which is kept in {}: run `envtool refresh` once more", .place.display())]
    Incomplete {
        /// The file's name.
        path: String,
        /// What it says.
        error: Box<AnswerError>,
        /// Where the token is.
        place: PathBuf,
    },
    /// New tokens could not be kept safe until they are in their file.
    #[error(
        "no place to keep new tokens safe until they are in their file: {0}; nothing was sent; make room there or make it writable, or set ENVTOOL_STATE_DIR to another folder"
    )]
    NoRefuge(DiskError),
    /// Another envtool is just spending the refresh token that was to be sent.
    #[error(
        "another envtool is refreshing a copy of this environment, and has no answer yet; nothing was sent, try again"
    )]
    UnderWay,
    /// Something that was kept cannot be read.
    #[error(
        "{0}; it may hold tokens that are newer than those in the file, so nothing was sent; make it readable, or remove it"
    )]
    UnreadableKept(DiskError),
    /// The file has other tokens where new ones were to be put.
    #[error("another program has put other tokens into it in the meantime")]
    OtherTokens,
    /// New tokens arrived but could not be written.
    #[error("{path}: new tokens arrived but could not be written: {source}; {place}")]
    Unwritten {
        /// The file's name.
        path: String,
        /// Where they are instead.
        place: Refuge,
        /// What went wrong.
        source: Box<Error>,
    },
    /// The browser cannot be waited for.
    #[error("cannot wait for the browser any longer: {0}")]
    Listener(io::Error),
    /// Git failed.
    #[error("{what}: {source}")]
    Git {
        /// The consequence.
        what: String,
        /// What git said.
        source: io::Error,
    },
    /// The system provides no random numbers.
    #[error("the system provides no random numbers")]
    NoRandomness,
    /// A program that could not be started.
    #[error("cannot start `{program}`: {}", why_not_started(.source))]
    Process {
        /// As the user gave it.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// Not a JSONPath.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A question went unanswered.
    #[error(transparent)]
    Prompt(PromptError),
    /// Standard output failed.
    #[error("cannot write to standard output: {source}{}", done(.changed))]
    Output {
        /// What the system said.
        source: io::Error,
        /// The files that have changed nevertheless.
        changed: Vec<PathBuf>,
    },
}

/// The changes that were made although the report could not be written.
fn done(changed: &[PathBuf]) -> String {
    match changed {
        [] => String::new(),
        _ => format!("; these files were changed anyway:{}", list(changed)),
    }
}

/// What is lost if Box has seen the request.
fn doubt(stake: Option<Stake>, may_be_granted: bool) -> String {
    stake.filter(|_| may_be_granted).map(|stake| format!("; {}", stake.after_doubt())).unwrap_or_default()
}

impl From<PromptError> for Error {
    fn from(error: PromptError) -> Self {
        match error {
            PromptError::Declined => Self::Declined,
            error => Self::Prompt(error),
        }
    }
}

impl Error {
    /// `error` in the file called `path`.
    pub fn of_file(path: impl Into<String>, error: impl Into<FileError>) -> Self {
        Self::File { path: path.into(), error: error.into() }
    }

    /// Its exit code.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Disk(error) if error.is_conflict() => ExitCode::Conflict,
            Self::Disk(DiskError::NothingToUndo(_)) | Self::Declined => ExitCode::Negative,
            Self::File { error, .. } => error.exit_code(),
            Self::Answer { error, .. } if error.needs_login() => ExitCode::Reauthenticate,
            Self::Answer { .. } | Self::Net { .. } | Self::Incomplete { .. } | Self::Listener(_) => {
                ExitCode::Network
            }
            Self::OtherTokens | Self::UnderWay => ExitCode::Conflict,
            Self::Unwritten { source, .. } => source.exit_code(),
            Self::NothingToCheck(_) => ExitCode::NothingToCheck,
            Self::Process { source, .. } if source.kind() == io::ErrorKind::NotFound => ExitCode::NoProgram,
            Self::Process { .. } => ExitCode::NotExecutable,
            Self::Prompt(PromptError::Interrupted) => ExitCode::Interrupted,
            Self::Usage(_)
            | Self::NoFile
            | Self::SeveralFiles(_)
            | Self::NeedsYes { .. }
            | Self::Rule(_)
            | Self::Config(_)
            | Self::Disk(_)
            | Self::Misnamed { .. }
            | Self::Decode { .. }
            | Self::Syntax { .. }
            | Self::Kinds { .. }
            | Self::NoRefuge(_)
            | Self::UnreadableKept(_)
            | Self::Git { .. }
            | Self::NoRandomness
            | Self::Query(_)
            | Self::Prompt(_)
            | Self::Output { .. } => ExitCode::Usage,
        }
    }

    /// Whether it says that something does not exist or was not found.
    #[must_use]
    pub fn is_absence(&self) -> bool {
        matches!(
            self,
            Self::NoFile
                | Self::SeveralFiles(_)
                | Self::File { error: FileError::Edit(EditError::Absent { .. }), .. }
        )
    }
}

fn why_not_started(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such program".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("\n  {}", escape_path(path))).collect()
}
