use super::input::Input;
use super::{Outcome, Session, change, command, manifest};
use crate::cli::Files;
use crate::disk::{self, DiskError};
use crate::edit;
use crate::error::{Error, ExitCode};
use crate::model::Scope;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Remove only this variable, as `unset` does
    #[arg(long, value_name = "KEY")]
    variable: Vec<String>,
}

pub(super) const COMMAND: super::Command =
    command!("delete", "Delete an environment file; `undo` brings it back", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    if !args.variable.is_empty() {
        return change::change(session, &args.files.named(), |scope| edit::unset(scope, &args.variable));
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
        let input = Input::read(&path)?;
        Scope::of(&input.document).map_err(|error| Error::Scope { path: input.name.clone(), error })?;
        doomed.push((path.clone(), input.name, disk::read(&path)?));
    }
    let names: Vec<_> = doomed.iter().map(|(_, name, _)| name.as_str()).collect();
    if !session.options.dry_run {
        session.confirm(&format!("Delete {}?", names.join(", ")))?;
    }
    let journal = session.journal()?;
    for (path, name, content) in &doomed {
        if session.options.dry_run {
            session.terminal.line(&format!("{name}: would be deleted"));
            manifest::offer_to_unlist(session, path)?;
            continue;
        }
        session.save(journal.as_ref()).delete(path, content)?;
        if !session.options.quiet {
            session.terminal.line(&format!("{name}: deleted"));
        }
        manifest::offer_to_unlist(session, path)?;
    }
    Ok(ExitCode::Success)
}
