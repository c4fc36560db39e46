use std::cell::Cell;
use std::path::Path;

use super::change::Destination;
use super::input::Input;
use super::{Outcome, Session, change, command, folder};
use crate::cli::Files;
use crate::disk::{self, Readers};
use crate::edit::{self, Plan, Redaction};
use crate::error::{Error, ExitCode};
use crate::model::is_part;
use crate::report;
use crate::term::{escape, escape_path};

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    files: Files,

    /// Change the files themselves instead of writing a copy to standard output
    #[arg(short, long, conflicts_with = "output")]
    in_place: bool,

    /// Also redact this variable, whatever it looks like
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    key: Vec<String>,

    /// Leave this variable as it is
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    keep: Vec<String>,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool redact -o Example.postman_environment.json
  envtool redact --in-place shop.postman_collection.json",
    ..command!(
        "redact",
        "Write a copy with every secret replaced by a placeholder, safe to commit",
        Args,
        run
    )
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let redaction = Redaction { also: args.key.clone(), keep: args.keep.clone() };
    let named = session.locate(&args.files.named())?;
    if let Some(folder) = named.iter().find(|path| path.is_dir()) {
        return match &named[..] {
            [_] if args.in_place => in_place(folder, &redaction, session),
            _ => copy(folder, named.len(), &redaction, session),
        };
    }
    let readers = if args.keep.is_empty() { Readers::AsUsual } else { Readers::Owner };
    let destination = if args.in_place { Destination::InPlace } else { Destination::StandardOutput(readers) };
    let undoable = args.in_place && !session.options.no_backup;
    change::change_to(session, &named, destination, |input| {
        let mut plan = plan(input, &redaction)?;
        if undoable && !plan.edits.is_empty() {
            plan.notes.push(way_back(&input.name));
        }
        Ok(plan)
    })
}

/// A note that `undo` can bring back secrets that were removed from the file or folder called `name` itself.
fn way_back(name: &str) -> String {
    let name = report::shell_word(name);
    format!("`envtool undo {name}` brings the secrets back, until `envtool undo --clear {name}`")
}

fn plan(input: &Input, redaction: &Redaction) -> Result<Plan, Error> {
    let plan = edit::redact(&input.document, redaction);
    plan.map_err(|error| input.error(error))
}

/// The plan for one file of a collection, which need not have every name.
fn plan_part(input: &Input, redaction: &Redaction) -> Result<Plan, Error> {
    let here = |keys: &[String]| folder::keys_in(input, keys, has);
    plan(input, &Redaction { also: here(&redaction.also), keep: here(&redaction.keep) })
}

fn has(input: &Input, key: &str) -> bool {
    input.scope().is_ok_and(|scope| scope.has(key))
}

/// Reads the files of the git-native collection in `folder`; each name to redact or keep must be in one of them.
fn inputs(folder: &Path, redaction: &Redaction) -> Result<Vec<Input>, Error> {
    let inputs = folder::part_inputs(folder)?;
    folder::expect_keys(folder, &inputs, redaction.also.iter().chain(&redaction.keep), has)?;
    Ok(inputs)
}

/// Redacts the files of the git-native collection in `folder`.
fn in_place(folder: &Path, redaction: &Redaction, session: &mut Session) -> Outcome {
    if !redaction.also.is_empty() || !redaction.keep.is_empty() {
        inputs(folder, redaction)?;
    }
    let changed = Cell::new(false);
    let done = change::change_together(session, &[folder.to_owned()], |input| {
        let plan = plan_part(input, redaction)?;
        changed.set(changed.get() || !plan.edits.is_empty());
        Ok(plan)
    })?;
    if changed.get() && !session.options.no_backup {
        session.note(&way_back(&escape_path(folder)));
    }
    Ok(done)
}

/// Writes a redacted copy of the git-native collection in `folder`, one of `count` inputs.
fn copy(folder: &Path, count: usize, redaction: &Redaction, session: &mut Session) -> Outcome {
    let output = session.options.output.clone().filter(|output| count == 1 && output.as_os_str() != "-");
    let Some(output) = output else {
        return Err(Error::Usage(format!(
            "{} is a folder: `--output FOLDER` writes a copy of it, `--in-place` changes its files",
            escape_path(folder)
        )));
    };
    let (mut files, mut redacted) = (Vec::new(), 0);
    for (path, input) in folder::parts(folder)?.into_iter().zip(inputs(folder, redaction)?) {
        let plan = plan_part(&input, redaction)?;
        let after = input.edited(&plan.edits)?;
        redacted += plan.changes.len();
        files.push((path, after.source().text().to_owned()));
    }
    let shown = escape_path(&output);
    let strangers = disk::files_below(folder, |path| !is_part(path))?;
    if let Some((first, rest)) = strangers.split_first() {
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        session.note(&format!("left out, as no part of the collection: {}{more}", escape(first)));
    }
    if session.options.dry_run {
        session
            .terminal
            .line(&format!("{shown}: {} files would be written, {redacted} values redacted", files.len()));
        return Ok(ExitCode::Success);
    }
    let journal = session.journal()?;
    session.save(journal.as_ref()).create_tree(&output, &files)?;
    session.inform(&format!("{shown}: {} files written, {redacted} values redacted", files.len()));
    Ok(ExitCode::Success)
}
