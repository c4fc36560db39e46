use std::path::Path;

use super::change::Destination;
use super::input::Input;
use super::{Outcome, Session, change, command, folder};
use crate::cli::Files;
use crate::disk;
use crate::edit::{self, Plan, Redaction};
use crate::error::{Error, ExitCode};
use crate::model::{Part, Role};
use crate::term::escape;
use crate::v3;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Change the files themselves instead of writing a copy to standard output
    #[arg(short, long, conflicts_with = "output")]
    in_place: bool,

    /// Redact this variable too, whatever it looks like
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,

    /// Leave this variable as it is
    #[arg(long, value_name = "KEY")]
    keep: Vec<String>,
}

pub(super) const COMMAND: super::Command =
    command!("redact", "Write a copy with every secret replaced by a placeholder, safe to commit", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    let redaction = Redaction { also: args.key.clone(), keep: args.keep.clone() };
    let mut files = session.locate(&args.files.named())?;
    let folder = files.iter().find(|path| path.is_dir()).cloned();
    let is_folder = folder.is_some();
    if let Some(folder) = folder {
        match &files[..] {
            [_] if args.in_place => files = folder::files(&folder)?,
            _ => return copy(&folder, files.len(), &redaction, session),
        }
    }
    let destination = if args.in_place { Destination::InPlace } else { Destination::StandardOutput };
    let undoable = args.in_place && !session.options.no_backup;
    let plan = |input: &Input| {
        let mut plan = plan(input, &redaction)?;
        if undoable && !plan.edits.is_empty() {
            plan.notes
                .push("`envtool undo` brings the secrets back, until `envtool undo --clear`".to_owned());
        }
        Ok(plan)
    };
    if is_folder {
        return change::change_together(session, &files, plan);
    }
    change::change_to(session, &files, destination, plan)
}

fn plan(input: &Input, redaction: &Redaction) -> Result<Plan, Error> {
    // Of a git-native collection only the definition has variables to name.
    let is_nameless = Part::of(&input.document).is_some_and(|part| part.role() != Role::Definition);
    let nothing = Redaction::default();
    let plan = edit::redact(&input.document, if is_nameless { &nothing } else { redaction });
    plan.map_err(|error| Error::Edit { path: input.name.clone(), error })
}

/// Writes a copy of the git-native collection in `folder`, one of `count` things that were named.
fn copy(folder: &Path, count: usize, redaction: &Redaction, session: &mut Session) -> Outcome {
    let output = session.options.output.clone().filter(|output| count == 1 && output.as_os_str() != "-");
    let Some(output) = output else {
        return Err(Error::Usage(format!(
            "{} is a folder: `--output FOLDER` writes a copy of it, `--in-place` changes its files",
            escape(&folder.display().to_string())
        )));
    };
    let (mut files, mut redacted) = (Vec::new(), 0);
    for path in folder::parts(folder)? {
        let input = Input::read(&folder.join(&path))?;
        let plan = plan(&input, redaction)?;
        let after = input.document.edited(&plan.edits);
        let after = after.map_err(|error| Error::Broken { path: input.name.clone(), error })?;
        redacted += plan.changes.len();
        files.push((path, after.source().text().to_owned()));
    }
    let shown = escape(&output.display().to_string()).into_owned();
    let strangers = disk::files_below(folder, |path| !v3::is_part(path))?;
    if let Some((first, rest)) = strangers.split_first() {
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        session.note(&format!("note: left out, as no part of the collection: {}{more}", escape(first)));
    }
    if session.options.dry_run {
        session
            .terminal
            .line(&format!("{shown}: {} files would be written, {redacted} values redacted", files.len()));
        return Ok(ExitCode::Success);
    }
    let journal = session.journal()?;
    session.save(journal.as_ref()).create_folder(&output, &files)?;
    session.note(&format!("{shown}: {} files written, {redacted} values redacted", files.len()));
    Ok(ExitCode::Success)
}
