//! Reports changes of several files that were killed halfway.

use std::path::PathBuf;

use clap::ArgMatches;

use super::Session;
use super::locate::{file_of_environment, from_here};
use crate::disk::{self, Journal, Unfinished};
use crate::report::{listed, moment, shell_word};
use crate::term::escape;

/// Reports such a change if the command line names one of its files, or a folder with one, unless this command makes
/// the change again. Without any name, the current folder counts.
pub(super) fn note(session: &mut Session, matches: &ArgMatches) {
    let found = Journal::open().map(|journal| journal.unfinished()).unwrap_or_default();
    if found.is_empty() {
        return;
    }
    let mut paths = named(matches);
    if paths.is_empty() {
        paths.push(file_of_environment().unwrap_or_else(|| ".".into()));
    }
    let targets: Vec<_> = paths.iter().filter_map(|path| disk::resolve_any(path).ok()).collect();
    let concerns = |path: &PathBuf| targets.iter().any(|target| path.starts_with(target));
    for change in &found {
        if change.command != session.command && change.made.iter().chain(&change.missing).any(concerns) {
            let (what, next) = (sentence(change), way_back(change));
            session.note(&escape(&format!("{what}; {next}")));
        }
    }
}

/// The paths that the command line names, in any option.
fn named(matches: &ArgMatches) -> Vec<PathBuf> {
    let paths = |id: &clap::Id| matches.try_get_many::<PathBuf>(id.as_str()).ok().flatten();
    matches.ids().filter_map(paths).flatten().cloned().collect()
}

/// What happened.
pub(super) fn sentence(change: &Unfinished) -> String {
    let (made, missing) = (list(&change.made), list(&change.missing));
    format!(
        "`{}` of {} was killed halfway: it was made in {made}, but not in {missing}",
        change.command,
        moment(change.time)
    )
}

/// How to mend it.
pub(super) fn way_back(change: &Unfinished) -> String {
    let finish = "running the same command again finishes it";
    match &change.undo {
        Some(file) => format!(
            "`envtool undo {}` takes it back, {finish}",
            shell_word(&from_here(file).display().to_string())
        ),
        None => finish.to_owned(),
    }
}

fn list(paths: &[PathBuf]) -> String {
    listed(&paths.iter().map(|path| from_here(path).display().to_string()).collect::<Vec<_>>())
}
