use crate::syntax::Syntax;

/// A notation to read variables from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Origin {
    /// One of Postman's own files
    Postman,
    /// `KEY=value` lines, as in `.env` files and shell scripts
    Dotenv,
    /// One JSON object of keys and values
    JsonMap,
}

/// A notation to write variables in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Target {
    /// An environment or a collection (v2.1) as Postman imports it
    Json,
    /// An environment or a collection (v3) as Postman 12 keeps it in a repository
    Yaml,
    /// `KEY=value` lines, as in `.env` files
    Dotenv,
    /// `export` lines for sh, bash and zsh
    Sh,
    /// `set -gx` lines for fish
    Fish,
    /// `$env:KEY` lines for PowerShell
    Powershell,
    /// One JSON object of keys and values
    JsonMap,
    /// The same environment without the rows that the app ignores and newman sends
    NewmanSafe,
}

impl Origin {
    /// Guesses the notation of the file `name` with the content `text`.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Self {
        let starts_as_json = text.trim_start().starts_with(['{', '[']);
        if starts_as_json || name.ends_with(".json") || Syntax::of(name, text) == Syntax::Yaml {
            Self::Postman
        } else {
            Self::Dotenv
        }
    }
}
