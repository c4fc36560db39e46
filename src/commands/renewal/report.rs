//! What a renewal has come to, as JSON.

use std::path::Path;

use serde::Serialize;

use super::{Renewed, Source};

#[derive(Serialize)]
pub(in crate::commands) struct RenewalReport {
    version: u32,
    files: Vec<RenewedFile>,
}

/// A file with its new tokens.
#[derive(Serialize)]
pub(in crate::commands) struct RenewedFile {
    path: String,
    /// Where the tokens come from.
    source: &'static str,
    expires_at: Option<i64>,
    notes: Vec<String>,
}

impl RenewalReport {
    pub(in crate::commands) fn of(files: Vec<RenewedFile>) -> Self {
        Self { version: 1, files }
    }
}

impl RenewedFile {
    pub(in crate::commands) fn of(path: &Path, renewed: Renewed) -> Self {
        let source = match renewed.source {
            Source::Present => "present",
            Source::Another => "another",
            Source::Recovered => "recovered",
            Source::Copy => "copy",
            Source::Box => "box",
        };
        let path = path.display().to_string();
        Self { path, source, expires_at: renewed.tokens.expires_at, notes: renewed.notes }
    }
}
