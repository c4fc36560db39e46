use clap::error::{ContextKind, ContextValue};

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
