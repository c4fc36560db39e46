use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::secret::MASK;

/// `error` without words that may be secrets: a secret that was typed in the wrong place would end up in the log of a
/// CI job.
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
    // Suggestions quote the word or resemble it.
    for suggestion in [SuggestedArg, SuggestedSubcommand, Suggested] {
        error.remove(suggestion);
    }
    error
}

/// Whether `word` looks like a misspelled option or command, or is an existing file, as when a shell has expanded a
/// `*`.
fn is_harmless(word: &str, kind: ContextKind) -> bool {
    let looks_like_one = kind == ContextKind::InvalidSubcommand || word.starts_with('-');
    let plain = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (looks_like_one && plain) || Path::new(word).exists()
}

/// `word` reduced to the name if it is `NAME=VALUE`.
fn masked(word: &str) -> String {
    match word.split_once('=') {
        Some((name, _)) if !name.is_empty() => format!("{name}={MASK}"),
        _ => MASK.to_owned(),
    }
}
