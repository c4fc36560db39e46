//! The findings that are known: the file of `--baseline`.

use std::path::Path;

use super::check::{Checking, is_stdin};
use crate::commands::{Outcome, Session};
use crate::disk::{self, Base, Found, Readers};
use crate::error::{Error, ExitCode};
use crate::lint::{Baseline, Finding};
use crate::report::counted;
use crate::term::escape;

/// What a baseline knows, of files named from the folder that it is in.
pub(super) struct Known {
    baseline: Baseline,
    base: Base,
}

impl Known {
    /// Nothing yet, for the file at `path`.
    fn nothing(path: &Path) -> Self {
        Self { baseline: Baseline::default(), base: Base::new(path.parent().unwrap_or(path)) }
    }

    /// Reads the file at `path`.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        Ok(Self { baseline: parse(path, &disk::read(path)?)?, ..Self::nothing(path) })
    }

    /// Takes what is known of the file called `name` away from its `findings`.
    pub(super) fn remove(&self, name: &str, findings: &mut Vec<Finding>) {
        if !findings.is_empty() {
            self.baseline.remove_known(&self.name(name), findings);
        }
    }

    fn name(&self, name: &str) -> String {
        if is_stdin(Path::new(name)) { name.to_owned() } else { self.base.name(Path::new(name)) }
    }
}

/// Writes what is found in `files` to the baseline at `path`.
pub(super) fn update(path: &Path, session: &mut Session, checking: &Checking, files: &[Found]) -> Outcome {
    let mut known = Known::nothing(path);
    let mut count = 0;
    for file in files {
        let findings = checking.findings(file);
        count += findings.len();
        known.baseline.record(&known.name(&checking.name(file)), &findings);
    }
    let found = counted(count, "finding");
    if session.options.dry_run {
        session.terminal.line(&format!("{found} would be known ({})", escape(&path.display().to_string())));
        return Ok(ExitCode::Success);
    }
    let after = known.baseline.to_json();
    session.rewrite(path, Readers::AsUsual, |before| {
        if !before.is_empty() {
            parse(path, before)?;
        }
        Ok(after.as_bytes().into())
    })?;
    let known = if count == 1 { "is now known" } else { "are now known" };
    session.note(&format!("{found} {known} ({})", path.display()));
    Ok(ExitCode::Success)
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Baseline, Error> {
    let invalid = |problem| Error::Usage(format!("{} is no baseline: {problem}", path.display()));
    Baseline::parse(&String::from_utf8_lossy(bytes)).map_err(invalid)
}
