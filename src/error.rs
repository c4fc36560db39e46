//! What can go wrong at the edge, in the words of the user, and the exit code that goes with it.

use std::path::PathBuf;
use std::{fmt, io};

use crate::compare::DifferentKinds;
use crate::config::ConfigError;
use crate::convert::ConvertError;
use crate::disk::DiskError;
use crate::edit::EditError;
use crate::lint::UnknownRule;
use crate::model::{FileKind, NotAScope};
use crate::net::NetError;
use crate::oauth::{AnswerError, CallbackError, GrantError, Stake};
use crate::syntax::{NotEdited, QueryError, SyntaxError};
use crate::term::{PromptError, escape};
use crate::text::{DecodeError, Source};

/// The exit codes, the same for every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// Done; no difference; no finding.
    Success = 0,
    /// The negative answer: findings, differences, key absent, token not usable.
    Negative = 1,
    /// Bad usage, or an input that cannot be read or parsed.
    Usage = 2,
    /// Nothing to check: no input matched.
    NothingToCheck = 3,
    /// Re-authentication needed: credentials refused, refresh token spent or expired.
    Reauthenticate = 4,
    /// Network or provider failure; the file is untouched.
    Network = 5,
    /// Conflict: the file changed underneath, a lock is held, a merge conflict.
    Conflict = 6,
    /// A program that was to be started is there, but cannot be.
    NotExecutable = 126,
    /// There is no such program to start.
    NoProgram = 127,
    /// Interrupted, or a prompt declined by Ctrl-C.
    Interrupted = 130,
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}

/// Why a command could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The words of the command do not fit together.
    #[error("{0}")]
    Usage(String),
    /// No file was named and the folder holds none.
    #[error(
        "no environment file here: name one, or set ENVTOOL_FILE (looked for *.postman_environment.json and *.environment.json|yaml|yml)"
    )]
    NoFile,
    /// No file was named and the folder holds several.
    #[error("several environment files here; name one of them, or set ENVTOOL_FILE:{}", list(.0))]
    SeveralFiles(Vec<PathBuf>),
    /// A yes is needed and nobody is there to say it.
    #[error("{question} Nobody is at the terminal to answer: say `{option}`")]
    NeedsYes {
        /// What would be asked.
        question: String,
        /// The option that answers it.
        option: &'static str,
    },
    /// The person said no.
    #[error("nothing was changed")]
    Declined,
    /// No file to check.
    #[error("nothing to check: {0}")]
    NothingToCheck(String),
    /// No such rule.
    #[error(transparent)]
    Rule(#[from] UnknownRule),
    /// A `.envtool.toml` that cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A file could not be read or written.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// Standard input is no text.
    #[error("cannot read {path}: {source}")]
    Decode {
        /// Its name.
        path: String,
        /// What is wrong.
        source: DecodeError,
    },
    /// A file is not what its syntax wants.
    #[error("{path}: {error}")]
    Syntax {
        /// Its name.
        path: String,
        /// Its text.
        text: Box<Source>,
        /// Where and what.
        error: SyntaxError,
    },
    /// A file of another kind.
    #[error("{path}: {error}{}", hint(.error))]
    Scope {
        /// Its name.
        path: String,
        /// What it is.
        error: NotAScope,
    },
    /// Files that cannot be compared.
    #[error("cannot compare {files}: {error}")]
    Kinds {
        /// Their names.
        files: String,
        /// Why not.
        error: DifferentKinds,
    },
    /// No request for tokens can be made.
    #[error("{path}: {error}")]
    Grant {
        /// The file's name.
        path: String,
        /// Why not.
        error: GrantError,
    },
    /// No code came back from the browser.
    #[error("{path}: {error}")]
    Callback {
        /// The file's name.
        path: String,
        /// Why not.
        error: CallbackError,
    },
    /// No answer came.
    #[error("{path}: {error}{}", doubt(*.stake, .error.maybe_sent))]
    Net {
        /// The file's name.
        path: String,
        /// Why not.
        error: NetError,
        /// What it has cost when Box has seen the request; none of a mere question.
        stake: Option<Stake>,
    },
    /// An answer came, and not the one that was wanted.
    #[error("{path}: {error}{}", doubt(*.stake, .error.may_have_granted()))]
    Answer {
        /// The file's name.
        path: String,
        /// What it says.
        error: AnswerError,
        /// What it has cost when Box has seen the request; none of a mere question.
        stake: Option<Stake>,
    },
    /// A success came that is none, but for its refresh token.
    #[error("{path}: {error}, but it brings a refresh token, which is kept in {}: run `envtool refresh` once more", .place.display())]
    Incomplete {
        /// The file's name.
        path: String,
        /// What it says.
        error: Box<AnswerError>,
        /// Where the token is.
        place: PathBuf,
    },
    /// Other tokens stand where new ones were to be put.
    #[error("it has other tokens by now, which another program has put there")]
    OtherTokens,
    /// New tokens came, and could not be written.
    #[error("{path}: new tokens came, but could not be written: {source}; {place}")]
    Unwritten {
        /// The file's name.
        path: String,
        /// Where they are instead.
        place: Refuge,
        /// What went wrong.
        source: Box<Error>,
    },
    /// A change that cannot be made.
    #[error("{path}: {error}")]
    Edit {
        /// The file's name.
        path: String,
        /// Why not.
        error: EditError,
    },
    /// A text that cannot be converted.
    #[error("{path}: {error}")]
    Convert {
        /// The file's name.
        path: String,
        /// Why not.
        error: ConvertError,
    },
    /// A program that could not be started.
    #[error("cannot start `{program}`: {}", why_not_started(.source))]
    Process {
        /// As it was given.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A key that is not there.
    #[error("{path}: {what}")]
    Absent {
        /// The file's name.
        path: String,
        /// What is not there.
        what: String,
    },
    /// No JSONPath.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A question went unanswered.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// Standard output failed.
    #[error("cannot write to standard output: {0}")]
    Output(io::Error),
    /// A change that the file does not allow.
    #[error("{path}: {error}")]
    Broken {
        /// The file's name.
        path: String,
        /// Why it could not be made.
        error: NotEdited,
    },
}

/// Where tokens are that could not be written to their file.
pub enum Refuge {
    /// Where the next run looks for them.
    Recovery(PathBuf),
    /// Where the next run looks for them when others do not work.
    Spare(PathBuf),
    /// In this message, since nothing else can be written either: the access token and the refresh token.
    Message(String, Option<String>),
}

/// What a request that Box may have seen has cost.
fn doubt(stake: Option<Stake>, may_be_granted: bool) -> String {
    stake.filter(|_| may_be_granted).map(|stake| format!("; {}", stake.after_doubt())).unwrap_or_default()
}

/// Without the tokens.
impl fmt::Debug for Refuge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recovery(path) | Self::Spare(path) => f.debug_tuple("Refuge").field(path).finish(),
            Self::Message(..) => f.write_str("Message"),
        }
    }
}

impl fmt::Display for Refuge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recovery(path) => write!(
                f,
                "they are in {}, and the next `envtool refresh` takes them from there",
                path.display()
            ),
            Self::Spare(path) => {
                write!(
                    f,
                    "they are in {}, and `envtool refresh` takes them when Box refuses those",
                    path.display()
                )
            }
            Self::Message(access, refresh) => write!(
                f,
                "they are here and nowhere else, put them in with `envtool set`: access_token={access}{}",
                refresh.as_ref().map(|refresh| format!(" refresh_token={refresh}")).unwrap_or_default()
            ),
        }
    }
}

impl Error {
    /// The exit code that tells a script about it.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Disk(error) if error.is_conflict() => ExitCode::Conflict,
            Self::Edit { error: EditError::Absent { .. } | EditError::NothingSelected(_), .. }
            | Self::Absent { .. }
            | Self::Disk(DiskError::NothingToUndo(_))
            | Self::Declined => ExitCode::Negative,
            Self::Grant {
                error:
                    GrantError::Lacking { .. } | GrantError::Bearer | GrantError::NoClient | GrantError::Key(_),
                ..
            } => ExitCode::Reauthenticate,
            Self::Callback { error, .. } if *error != CallbackError::NoCode => ExitCode::Reauthenticate,
            Self::Answer { error, .. } if error.needs_login() => ExitCode::Reauthenticate,
            Self::Answer { .. } | Self::Net { .. } | Self::Incomplete { .. } => ExitCode::Network,
            Self::OtherTokens => ExitCode::Conflict,
            Self::Unwritten { source, .. } => source.exit_code(),
            Self::NothingToCheck(_) => ExitCode::NothingToCheck,
            Self::Process { source, .. } if source.kind() == io::ErrorKind::NotFound => ExitCode::NoProgram,
            Self::Process { .. } => ExitCode::NotExecutable,
            Self::Prompt(PromptError::Interrupted) => ExitCode::Interrupted,
            _ => ExitCode::Usage,
        }
    }

    /// Whether what was meant is not there, or not to be found.
    #[must_use]
    pub fn is_absence(&self) -> bool {
        matches!(
            self,
            Self::NoFile | Self::SeveralFiles(_) | Self::Edit { error: EditError::Absent { .. }, .. }
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
    paths.iter().map(|path| format!("\n  {}", escape(&path.display().to_string()))).collect()
}

fn hint(error: &NotAScope) -> &'static str {
    match error.0 {
        FileKind::Dump | FileKind::DumpIndex => "; take one environment out of it first",
        FileKind::BoxConfig => "; `envtool new --from` makes an environment of it",
        _ => "",
    }
}
