use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::resolve::folder_of;
use super::{Journal, Lock};

const START: &str = ".";
const END: &str = ".envtool-draft";

/// Where the new content of `target` is written first. It is always the same name, so that an envtool that is killed
/// leaves at most one draft, which the next change removes.
pub(super) fn draft_of(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default();
    target.with_file_name([START.as_ref(), name, END.as_ref()].into_iter().collect::<OsString>())
}

/// The drafts that killed envtools have left in `folder` and beside the files that `journal` knows, in order.
#[must_use]
pub fn left_drafts(folder: &Path, journal: &Journal) -> Vec<PathBuf> {
    let folder = super::resolve_existing(folder);
    let names = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let own = |name: &str| name.strip_prefix(START)?.strip_suffix(END).map(|name| folder.join(name));
    let here = names.filter_map(|name| own(name.to_str()?));
    let mut targets: Vec<_> = here.chain(journal.newest().map(|entry| entry.path)).collect();
    targets.sort();
    targets.dedup();
    let is_left = |target: &PathBuf| {
        // While a draft is being written, its file is locked, or the folder if the file is new.
        let locked = if target.is_file() { target } else { folder_of(target) };
        draft_of(target).symlink_metadata().is_ok() && Lock::acquire(locked, Duration::ZERO).is_ok()
    };
    targets.into_iter().filter(is_left).map(|target| draft_of(&target)).collect()
}
