//! What envtool keeps between runs, and what a killed envtool has left behind.

use std::path::Path;

use crate::commands::locate::from_here;
use crate::commands::renewal::{self, Leftover};
use crate::commands::unfinished;
use crate::disk::{self, Journal};
use crate::error::Error;
use crate::report::{Check, counted, on_file, shell_word};

/// Whether the state folder can be written and has room, and who else may read it.
pub(super) fn folder(folder: &Path) -> Check {
    let name = folder.display();
    if let Err(error) = disk::expect_state_folder(folder) {
        let next =
            "make it writable, or set ENVTOOL_STATE_DIR to a folder that is; `--no-backup` does without";
        return Check::problem("state", format!("envtool cannot write to its own folder: {error}"), next);
    }
    if let Err(error) = disk::expect_room(folder) {
        let next =
            "make room, or set ENVTOOL_STATE_DIR to a folder on another disk; `--no-backup` does without";
        return Check::problem("state", format!("envtool cannot write to its own folder: {error}"), next);
    }
    if disk::is_exposed(folder) {
        let next = format!("chmod -R go= {}", shell_word(&name.to_string()));
        return Check::warning(
            "state",
            format!("others may read or change {name}, where secrets are kept"),
            next,
        );
    }
    let there = if folder.exists() { "" } else { ", which the first change makes" };
    Check::ok("state", format!("{name}{there}"))
}

/// How many changes can be undone.
pub(super) fn undo(journal: &Journal) -> Check {
    let message = match journal.count(None) {
        0 => "nothing to take back".to_owned(),
        count => format!("{} can be taken back", counted(count, "change")),
    };
    Check::ok("undo", message)
}

/// Tokens that are in no file yet, and requests that had no answer.
pub(super) fn tokens(now: i64) -> Result<Vec<Check>, Error> {
    let checks = renewal::leftovers(now)?.into_iter().map(|Leftover { file, is_there, kept }| {
        let name = from_here(&file).display().to_string();
        let message = format!("{name}: {}", kept.sentence());
        let refresh = on_file("envtool refresh", &name);
        let next = if is_there { refresh } else { format!("bring {name} back, then {refresh}") };
        Check::warning("tokens", message, next)
    });
    let unreadable = renewal::all_unreadable()?.into_iter().map(|kept| {
        let next = format!("chmod u+rwX {}", shell_word(&kept.place.display().to_string()));
        Check::problem("tokens", kept.sentence(), next)
    });
    Ok(checks.chain(unreadable).collect())
}

/// Drafts that never replaced their files.
pub(super) fn drafts(journal: &Journal) -> Vec<Check> {
    let found = disk::left_drafts(Path::new("."), journal).into_iter().map(|draft| {
        let name = from_here(&draft).display();
        let message = format!("{name} was left by an envtool that was killed, and may hold secrets");
        Check::warning("draft", message, format!("remove {name}; the next change of its file does so too"))
    });
    found.collect()
}

/// Changes of several files that were killed halfway.
pub(super) fn half_made(journal: &Journal) -> Vec<Check> {
    let checks = journal
        .unfinished()
        .into_iter()
        .map(|change| Check::problem("change", unfinished::sentence(&change), unfinished::way_back(&change)));
    checks.collect()
}
