//! The findings that are known: the file of `--baseline`.

use std::collections::HashSet;
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

/// Writes what is found in `files` to the baseline at `path`. What it knows of other files that are still there stays.
pub(super) fn update(path: &Path, session: &mut Session, checking: &Checking, files: &[Found]) -> Outcome {
    let mut known = Known::nothing(path);
    let mut checked = HashSet::new();
    for file in files {
        let name = known.name(&checking.name(file));
        known.baseline.record(&name, &checking.findings(file));
        checked.insert(name);
    }
    let merged = |before: &[u8]| -> Result<Baseline, Error> {
        let mut baseline = known.baseline.clone();
        if !before.is_empty() {
            let others = |name: &str| !checked.contains(name) && known.base.has(name);
            baseline.keep(parse(path, before)?, others);
        }
        Ok(baseline)
    };
    if session.options.dry_run {
        let before = if path.exists() { disk::read(path)? } else { Vec::new() };
        let found = counted(merged(&before)?.count(), "finding");
        session.terminal.line(&format!("{found} would be known ({})", escape(&path.display().to_string())));
        return Ok(ExitCode::Success);
    }
    let mut count = 0;
    session.rewrite(path, Readers::AsUsual, |before| {
        let after = merged(before)?;
        count = after.count();
        Ok(after.to_json().into_bytes().into())
    })?;
    let known = if count == 1 { "is now known" } else { "are now known" };
    session.note(&format!("{} {known} ({})", counted(count, "finding"), path.display()));
    Ok(ExitCode::Success)
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Baseline, Error> {
    let invalid = |problem| Error::Usage(format!("{} is no baseline: {problem}", path.display()));
    Baseline::parse(&String::from_utf8_lossy(bytes)).map_err(invalid)
}
