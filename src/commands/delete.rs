use std::path::PathBuf;

use serde::Serialize;

use super::input::Input;
use super::manifest::Listing;
use super::{Outcome, Session, change, command, renewal};
use crate::cli::Files;
use crate::disk::{self, DiskError};
use crate::edit;
use crate::error::{Error, ExitCode};
use crate::report;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Remove only this variable, as `unset` does
    #[arg(long, alias = "variable", value_name = "KEY", value_delimiter = ',')]
    key: Vec<String>,
}

#[derive(Serialize)]
struct Report {
    version: u32,
    dry_run: bool,
    files: Vec<Deleted>,
}

#[derive(Serialize)]
struct Deleted {
    path: String,
    /// The workspace manifest that listed the file.
    unlisted: Option<String>,
}

/// A file to delete.
struct Doomed {
    path: PathBuf,
    name: String,
    content: Vec<u8>,
    /// What to remove from its manifest.
    listing: Option<Listing>,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool delete Old.postman_environment.json
  envtool undo Old.postman_environment.json",
    ..command!("delete", "Delete a file; `undo` restores it", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    if !args.key.is_empty() {
        return change::change(session, &args.files.named(), |scope| edit::unset(scope, &args.key));
    }
    session.refuse_output()?;
    let paths = session.locate(&args.files.named())?;
    let mut doomed = paths.into_iter().map(Doomed::at).collect::<Result<Vec<_>, _>>()?;
    if !session.options.dry_run {
        ask(&mut doomed, session)?;
    }
    let mut files = Vec::new();
    let outcome = delete_all(doomed, &mut files, session);
    // Even if one could not be deleted: those before it were.
    if session.options.json && (outcome.is_ok() || !files.is_empty()) {
        let report = Report { version: 1, dry_run: session.options.dry_run, files };
        session.terminal.line(&report::to_json(&report));
    }
    outcome.map(|()| ExitCode::Success)
}

impl Doomed {
    /// The file at `path`.
    fn at(path: PathBuf) -> Result<Self, Error> {
        if path.as_os_str() == "-" {
            return Err(Error::Usage("standard input cannot be deleted; name a file".to_owned()));
        }
        // First, since `/dev/fd/63`, as a shell may name a pipe, is a link too.
        disk::refuse_pipe(&path)?;
        if path.is_symlink() {
            return Err(DiskError::Link(path).into());
        }
        let input = Input::read(&path)?;
        input.scope()?;
        let (content, listing) = (disk::read(&path)?, Listing::of(&path)?);
        Ok(Self { path, name: input.name, content, listing })
    }
}

/// Asks all questions first, before anything is deleted.
fn ask(doomed: &mut [Doomed], session: &mut Session) -> Result<(), Error> {
    let names: Vec<_> = doomed.iter().map(|file| file.name.as_str()).collect();
    session.confirm(&format!("Delete {}?", names.join(", ")))?;
    for Doomed { name, listing, .. } in doomed {
        let Some(manifest) = listing.as_ref().map(Listing::shown) else { continue };
        match session.confirm(&format!("{manifest} lists {name}. Remove the line?")) {
            Err(Error::Declined) => {
                session.note(&format!("{manifest} still lists {name}"));
                *listing = None;
            }
            answer => answer?,
        }
    }
    Ok(())
}

/// Deletes one file after the other until one cannot be deleted. Adds those that were deleted to `files`.
fn delete_all(doomed: Vec<Doomed>, files: &mut Vec<Deleted>, session: &mut Session) -> Result<(), Error> {
    let (journal, dry_run) = (session.journal()?, session.options.dry_run);
    for Doomed { path, name, content, listing } in doomed {
        renewal::say_left(Some(&path), session);
        if !dry_run {
            session.save(journal.as_ref()).delete(&path, &content)?;
        }
        say(session, &format!("{name}: {}", if dry_run { "would be deleted" } else { "deleted" }));
        let removed = listing.as_ref().filter(|_| !dry_run).map_or(Ok(()), |listing| listing.remove(session));
        let listing = listing.filter(|_| removed.is_ok());
        if let Some(listing) = &listing {
            let listed = if dry_run { "would no longer list it" } else { "no longer lists it" };
            say(session, &format!("{}: {listed}", listing.shown()));
        }
        let unlisted = listing.map(|listing| listing.manifest.display().to_string());
        files.push(Deleted { path: path.display().to_string(), unlisted });
        removed?;
    }
    Ok(())
}

/// The report for people.
fn say(session: &mut Session, line: &str) {
    if !session.options.json && (session.options.dry_run || !session.options.quiet) {
        session.terminal.line(line);
    }
}
