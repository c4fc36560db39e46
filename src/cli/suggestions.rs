use clap::error::{ContextKind, ContextValue, ErrorKind};

/// `error` with the commands that it suggests in the order of their likeness to what was typed; clap has the likeliest
/// last.
#[must_use]
pub fn likeliest_first(mut error: clap::Error) -> clap::Error {
    if let Some(ContextValue::Strings(names)) = error.get(ContextKind::SuggestedSubcommand) {
        let names = names.iter().rev().cloned().collect();
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(names));
    }
    error
}

/// `error` with `--json` suggested to those who ask for `--format` where there is none.
#[must_use]
pub fn json_for_format(mut error: clap::Error) -> clap::Error {
    let asked = error.get(ContextKind::InvalidArg) == Some(&ContextValue::String("--format".to_owned()));
    if asked && error.kind() == ErrorKind::UnknownArgument {
        // In place of the tip how to pass it as a value.
        error.remove(ContextKind::Suggested);
        error.insert(ContextKind::SuggestedArg, ContextValue::String("--json".to_owned()));
    }
    error
}
