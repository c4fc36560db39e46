//! An outside view of what is kept, for one file or for all.

use std::path::{Path, PathBuf};

use super::{Keep, Kept, Owner};
use crate::commands::Session;
use crate::commands::input::Input;
use crate::disk::{self, DiskError};
use crate::error::Error;
use crate::model::Scope;
use crate::report::{KeptState, KeptTokens, moment};
use crate::term::escape_path;

/// Tokens that are in no file yet, or a request for tokens that was not answered.
pub(in crate::commands) struct Leftover {
    /// The file that they are for.
    pub(in crate::commands) file: PathBuf,
    /// Whether that file exists and has variables.
    pub(in crate::commands) is_there: bool,
    /// What is kept for it.
    pub(in crate::commands) kept: KeptTokens,
}

/// What is kept at `now` for each file and may be of use.
pub(in crate::commands) fn leftovers(now: i64) -> Result<Vec<Leftover>, Error> {
    let keep = Keep::open()?;
    let all = keep.all();
    let mut files: Vec<_> = all.iter().map(|kept| PathBuf::from(&kept.purpose.path)).collect();
    files.sort();
    files.dedup();
    let of_file = |file: PathBuf| {
        let input = Input::read(&file).ok();
        let scope = input.as_ref().and_then(|input| input.scope().ok());
        let is_there = scope.is_some();
        let of_it = |kept: &&Kept| Path::new(&kept.purpose.path) == file;
        let kept: Vec<_> = match scope {
            Some(scope) => kept_for(&file, &scope, now)
                .into_iter()
                .filter(|kept| kept.state != KeptState::Unreadable)
                .collect(),
            // It is unknown what it would replace.
            None => all.iter().filter(of_it).filter_map(|kept| kept.spare(now)).collect(),
        };
        // A record that Box refused the file's own token is not a leftover.
        let left = kept.into_iter().filter(|kept| kept.state != KeptState::Refused);
        left.map(move |kept| Leftover { file: file.clone(), is_there, kept }).collect::<Vec<_>>()
    };
    Ok(files.into_iter().flat_map(of_file).collect())
}

impl Kept {
    /// The leftover for a missing file, as long as its tokens may be valid.
    fn spare(&self, now: i64) -> Option<KeptTokens> {
        let received = self.received.as_ref().filter(|received| !received.is_over(now))?;
        Some(KeptTokens { time: received.time, ..self.report(KeptState::Spare) })
    }
}

/// What is kept at `now` for the file at `path`, which contains `scope`.
pub(in crate::commands) fn kept_for(path: &Path, scope: &Scope<'_>, now: i64) -> Vec<KeptTokens> {
    // The quick way for the usual case: nothing is kept.
    let Some(keep) = Keep::open().ok().filter(|keep| !keep.recovery.is_empty()) else { return Vec::new() };
    let found = keep.concerning(&Owner::of(path, scope), now);
    found.iter().map(|(state, kept)| kept.report(*state)).chain(unreadable(&keep)).collect()
}

/// Something kept that cannot be read.
fn unreadable(keep: &Keep) -> impl Iterator<Item = KeptTokens> {
    let place = |error| match error {
        DiskError::Io { path, .. } => Some(path),
        _ => None,
    };
    keep.unreadable().filter_map(place).map(|place| KeptTokens {
        state: KeptState::Unreadable,
        time: 0,
        place,
    })
}

/// What is kept but cannot be read, so that its file is unknown.
pub(in crate::commands) fn all_unreadable() -> Result<Vec<KeptTokens>, Error> {
    Ok(unreadable(&Keep::open()?).collect())
}

/// Reports which tokens stay in envtool's own folder after those of the file at `path`, or of all files, were removed.
pub(in crate::commands) fn say_left(path: Option<&Path>, session: &mut Session) {
    let Some(keep) = Keep::open().ok().filter(|keep| !keep.recovery.is_empty()) else { return };
    let kept = match path {
        // Standard input cannot be read again.
        Some(path) if disk::refuse_pipe(path).is_err() => return,
        Some(path) => {
            let Ok(input) = Input::read(path) else { return };
            let Ok(scope) = input.scope() else { return };
            kept_for(path, &scope, session.now)
        }
        None => keep.all().iter().map(|kept| kept.report(KeptState::Spare)).collect(),
    };
    for KeptTokens { time, place, .. } in kept.into_iter().filter(|kept| kept.state.has_tokens()) {
        let (time, place) = (moment(time), escape_path(&place));
        session.note(&format!(
            "tokens of {time} stay in {place}: `envtool logout` has Box revoke them, or remove that file"
        ));
    }
}
