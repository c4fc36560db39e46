//! Known findings: the file given with `--baseline`.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::check::{Checking, is_stdin};
use crate::commands::{Outcome, Session};
use crate::disk::{self, Base, DiskError, Found, Readers, Tree};
use crate::error::{Error, ExitCode};
use crate::lint::{Baseline, Finding, Selection};
use crate::report::{self, counted};
use crate::term::escape_path;
use crate::text::Source;

/// A baseline, with file names relative to its own folder.
pub(super) struct Known {
    baseline: Baseline,
    base: Base,
    /// How many of its known findings each file still has, by name.
    met: Mutex<HashMap<String, usize>>,
}

impl Known {
    /// An empty baseline for the file at `path`.
    fn nothing(path: &Path) -> Self {
        let base = Base::new(path.parent().unwrap_or(path));
        Self { baseline: Baseline::default(), base, met: Mutex::default() }
    }

    /// Reads the file at `path`, beside those in `tree`.
    pub(super) fn read(path: &Path, tree: &Tree) -> Result<Self, Error> {
        Ok(Self { baseline: parse(path, &tree.read_text_beside(path)?)?, ..Self::nothing(path) })
    }

    /// Removes the known findings of the file called `name` from `findings`.
    pub(super) fn remove(&self, name: &str, findings: &mut Vec<Finding>) {
        let name = self.name(name);
        let met = self.baseline.remove_known(&name, findings);
        self.met().insert(name, met);
    }

    /// How many known findings, of the rules of `selection`, are gone from the files that were checked.
    pub(super) fn gone(&self, selection: &Selection) -> usize {
        let met = self.met();
        let known = self.baseline.count_of(selection, |name| met.contains_key(name));
        known.saturating_sub(met.values().sum())
    }

    fn met(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the file called `name` can still be checked.
    fn has(&self, name: &str) -> bool {
        is_stdin(Path::new(name)) || self.base.has(name)
    }

    fn name(&self, name: &str) -> String {
        if is_stdin(Path::new(name)) { name.to_owned() } else { self.base.name(Path::new(name)) }
    }
}

/// Writes the findings in `files` to the baseline at `path`. What it knows of other files that still exist stays.
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
            let others = |name: &str| !checked.contains(name) && known.has(name);
            let before = Source::decode(before.to_vec())
                .map_err(|source| DiskError::Decode { path: path.to_owned(), source })?;
            baseline.keep(parse(path, &before)?, others);
        }
        Ok(baseline)
    };
    if session.options.dry_run {
        let before = if path.exists() { disk::read(path)? } else { Vec::new() };
        let count = merged(&before)?.count();
        match session.options.json {
            true => report(path, count, session),
            false => {
                let found = counted(count, "finding");
                session.terminal.line(&format!("{found} would be known ({})", escape_path(path)));
            }
        }
        return Ok(ExitCode::Success);
    }
    let mut count = 0;
    session.rewrite(path, Readers::AsUsual, |before| {
        let after = merged(before)?;
        count = after.count();
        Ok(after.to_json().into_bytes().into())
    })?;
    if session.options.json {
        report(path, count, session);
        return Ok(ExitCode::Success);
    }
    let known = if count == 1 { "is now known" } else { "are now known" };
    session.inform(&format!("{} {known} ({})", counted(count, "finding"), escape_path(path)));
    Ok(ExitCode::Success)
}

#[derive(Serialize)]
struct Report {
    version: u32,
    dry_run: bool,
    path: String,
    known: usize,
}

/// Reports to programs that `count` findings are known now.
fn report(path: &Path, count: usize, session: &mut Session) {
    let (dry_run, path) = (session.options.dry_run, path.display().to_string());
    session.terminal.line(&report::to_json(&Report { version: 1, dry_run, path, known: count }));
}

fn parse(path: &Path, source: &Source) -> Result<Baseline, Error> {
    let invalid = |problem| Error::Usage(format!("{} is not a baseline: {problem}", path.display()));
    Baseline::parse(source.text()).map_err(invalid)
}
