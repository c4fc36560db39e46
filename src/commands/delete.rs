use serde::Serialize;

use super::input::{Input, from_here};
use super::{Outcome, Session, change, command, manifest, renewal};
use crate::cli::Files;
use crate::disk::{self, DiskError};
use crate::edit;
use crate::error::{Error, ExitCode};
use crate::report;
use crate::term::escape_path;

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
    /// The workspace manifest that listed it.
    unlisted: Option<String>,
}

pub(super) const COMMAND: super::Command =
    command!("delete", "Delete an environment file; `undo` brings it back", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    if !args.key.is_empty() {
        return change::change(session, &args.files.named(), |scope| edit::unset(scope, &args.key));
    }
    session.refuse_output()?;
    let paths = session.locate(&args.files.named())?;
    let mut doomed = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            return Err(Error::Usage("standard input cannot be deleted; name a file".to_owned()));
        }
        if path.is_symlink() {
            return Err(DiskError::Link(path).into());
        }
        disk::refuse_pipe(&path)?;
        let input = Input::read(&path)?;
        input.scope()?;
        doomed.push((path.clone(), input.name, disk::read(&path)?));
    }
    let names: Vec<_> = doomed.iter().map(|(_, name, _)| name.as_str()).collect();
    if !session.options.dry_run {
        session.confirm(&format!("Delete {}?", names.join(", ")))?;
    }
    let (journal, dry_run) = (session.journal()?, session.options.dry_run);
    let mut files = Vec::new();
    for (path, name, content) in &doomed {
        renewal::say_left(Some(path), session);
        if !dry_run {
            session.save(journal.as_ref()).delete(path, content)?;
        }
        say(session, &format!("{name}: {}", if dry_run { "would be deleted" } else { "deleted" }));
        let unlisted = manifest::offer_to_unlist(session, path)?;
        if let Some(manifest) = &unlisted {
            let listed = if dry_run { "would list it no more" } else { "lists it no more" };
            say(session, &format!("{}: {listed}", escape_path(from_here(manifest))));
        }
        let unlisted = unlisted.map(|manifest| manifest.display().to_string());
        files.push(Deleted { path: path.display().to_string(), unlisted });
    }
    if session.options.json {
        session.terminal.line(&report::to_json(&Report { version: 1, dry_run, files }));
    }
    Ok(ExitCode::Success)
}

/// Says it to people.
fn say(session: &mut Session, line: &str) {
    if !session.options.json && (session.options.dry_run || !session.options.quiet) {
        session.terminal.line(line);
    }
}
