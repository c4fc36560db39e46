use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::secret::MASK;

/// `error` without the words that may be a secret: one that follows a value by mistake ends up in the log of a CI job.
#[must_use]
pub fn without_secrets(mut error: clap::Error) -> clap::Error {
    use ContextKind::{
        InvalidArg, InvalidSubcommand, InvalidValue, Suggested, SuggestedArg, SuggestedSubcommand,
    };

    let kind = match error.kind() {
        ErrorKind::UnknownArgument => InvalidArg,
        ErrorKind::InvalidSubcommand => InvalidSubcommand,
        ErrorKind::TooManyValues => InvalidValue,
        _ => return error,
    };
    let masked = match error.get(kind) {
        Some(ContextValue::String(word)) if !is_harmless(word, kind) => masked(word),
        _ => return error,
    };
    error.insert(kind, ContextValue::String(masked));
    // What resembles the word, and what repeats it.
    for suggestion in [SuggestedArg, SuggestedSubcommand, Suggested] {
        error.remove(suggestion);
    }
    error
}

/// Whether `word` looks like an option or a command, as a misspelled one does, or is a file that is there, as where a
/// shell has replaced a `*`.
fn is_harmless(word: &str, kind: ContextKind) -> bool {
    let looks_like_one = kind == ContextKind::InvalidSubcommand || word.starts_with('-');
    let plain = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (looks_like_one && plain) || Path::new(word).exists()
}

/// `word` with nothing but the name of `NAME=VALUE`.
fn masked(word: &str) -> String {
    match word.split_once('=') {
        Some((name, _)) if !name.is_empty() => format!("{name}={MASK}"),
        _ => MASK.to_owned(),
    }
}
