mod list;

use std::path::{Path, PathBuf};

use clap::Args as _;
use jiff::Timestamp;
use serde::Serialize;

use super::input::{Input, note_of_other_names};
use super::locate::{self, from_here};
use super::renewal::{self, Parked};
use super::{AtBox, Outcome, Session, command};
use crate::cli::File;
use crate::disk::{self, Entry, Journal, Readers, Undo};
use crate::error::{Error, ExitCode};
use crate::report;
use crate::term::escape_path;

#[derive(clap::Args)]
struct Args {
    #[command(flatten)]
    file: File,

    /// List the changes that can be undone, newest first
    #[arg(long, conflicts_with = "clear")]
    list: bool,

    /// Undo the change in this file only, even if it changed other files too
    #[arg(long, conflicts_with_all = ["list", "clear"])]
    only: bool,

    /// Forget how to undo the changes of the file, or of all files in the folder
    #[arg(long)]
    clear: bool,

    /// With --clear: those of every file, wherever it is
    #[arg(long, requires = "clear", conflicts_with_all = ["file", "environment"])]
    all: bool,
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool undo
  envtool undo --list
  envtool undo -o before.json",
    args: |command| {
        Args::augment_args(command).mut_arg("file", |file| {
            file.help(
                "The file, or the folder of a collection; one that was deleted too. Without it: the only environment in \
                 this folder, deleted ones included",
            )
        })
    },
    tells_unfinished: false,
    ..command!("undo", "Undo envtool's last change to a file, byte for byte", Args, run)
};

#[derive(Serialize)]
struct Listed {
    command: String,
    time: i64,
    with: Vec<String>,
}

impl Listed {
    fn of(entry: &Entry) -> Self {
        let with = entry.others().map(|path| path.display().to_string()).collect();
        Self { command: entry.command.clone(), time: entry.time, with }
    }
}

fn others(entries: &[&Entry]) -> Vec<String> {
    entries.iter().map(|entry| entry.path.display().to_string()).collect()
}

#[derive(Serialize)]
struct Undone {
    version: u32,
    dry_run: bool,
    path: String,
    change: Option<Listed>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Cleared {
    version: u32,
    dry_run: bool,
    forgotten: usize,
}

fn run(args: &Args, session: &mut Session) -> Outcome {
    if args.list || args.clear {
        session.refuse_output()?;
    }
    let journal = Journal::open()?;
    let named = args.file.named();
    named.map_or(Ok(()), |path| session.refuse_standard_input(path))?;
    if args.clear {
        let path = match named {
            _ if args.all => None,
            Some(path) => Some(path.to_owned()),
            None => Some(locate(session, &journal)?),
        };
        return clear(path.as_deref(), &journal, session);
    }
    let path = match named {
        Some(folder) if folder.is_dir() && !args.only => changed_below(folder, &journal)?,
        Some(path) => path.to_owned(),
        None => locate(session, &journal)?,
    };
    if args.list {
        return list::list(&path, &journal, session);
    }
    if let Some(output) = session.options.output.clone() {
        return write_elsewhere(&path, &output, &journal, session);
    }
    let undos = if args.only { vec![Undo::of(&path, &journal)?] } else { Undo::together(&path, &journal)? };
    if session.options.dry_run {
        return preview(&path, undos, session);
    }
    let mut notes = other_names(&undos);
    let parked = undos.first().map_or(Ok(None), |undo| park(&path, undo))?;
    if let Err(error) = session.save(None).take_back(&undos, &journal) {
        parked.into_iter().for_each(Parked::forget);
        return Err(error.into());
    }
    let undone: Vec<_> = undos.iter().map(|undo| &undo.entry).collect();
    notes.extend(undone.first().and_then(|entry| note(&entry.command, parked.as_ref())));
    if session.options.json {
        return report(&path, &undone, notes, session);
    }
    for (at, entry) in undone.iter().enumerate().filter(|_| !session.options.quiet) {
        let name = escape_path(if at == 0 { &path } else { from_here(&entry.path) });
        let text = format!("{name}: `{}` of {} undone", entry.command, time(entry));
        session.terminal.line(&text);
    }
    notes.iter().for_each(|note| session.note(note));
    Ok(ExitCode::Success)
}

/// Writes the content before the last change to `output`, and leaves the file as it is.
fn write_elsewhere(path: &Path, output: &Path, journal: &Journal, session: &mut Session) -> Outcome {
    let undo = Undo::regardless(path, journal)?;
    let name = escape_path(path);
    let is_folder = path.is_dir();
    let Some(restored) = undo.restored.filter(|_| !is_folder) else {
        return Err(Error::Usage(format!("{name}: there was no such file before `{}`", undo.entry.command)));
    };
    session.put(output, &restored, Readers::Owner)?;
    Ok(ExitCode::Success)
}

/// Notes about the hard links of files whose changes are about to be undone.
fn other_names(undos: &[Undo]) -> Vec<String> {
    let replaced = undos.iter().filter(|undo| undo.current.is_some() && undo.restored.is_some());
    let noted = replaced.filter_map(|undo| Some((undo, note_of_other_names(&undo.entry.path)?)));
    // With several files, the note has to say which one it is about.
    let named = |(undo, note): (&Undo, String)| match undos {
        [_] => note,
        _ => format!("{}: {note}", escape_path(from_here(&undo.entry.path))),
    };
    noted.map(named).collect()
}

/// Keeps the tokens that `undo`, of the newest change of the file at `path`, removes from it: there is no other copy.
fn park(path: &Path, undo: &Undo) -> Result<Option<Parked>, Error> {
    let Undo { entry, current: Some(current), restored: Some(restored), .. } = undo else { return Ok(None) };
    let spent = match AtBox::of(&entry.command) {
        Some(AtBox::Exchange) => true,
        Some(AtBox::Login) => false,
        Some(AtBox::Revocation) | None => return Ok(None),
    };
    if path.is_dir() {
        return Ok(None);
    }
    let input = |content: &[u8]| Input::of_bytes(path, content.to_vec());
    Parked::keep(spent, entry.time, path, &input(current)?, &input(restored)?)
}

/// Notes about the tokens that are back after undoing `command`, and about those that it had brought.
fn note(command: &str, parked: Option<&Parked>) -> Option<String> {
    match parked {
        Some(parked) if parked.spent => Some(format!(
            "Box no longer accepts the refresh token that is in the file again; the tokens of `{command}` are kept, and the next \
             `envtool refresh` or `token` puts them in again"
        )),
        Some(parked) => Some(format!(
            "the tokens of `{command}` are kept in {}; `envtool refresh` uses them if Box refuses those that are back, \
             `envtool logout` has Box take them back too",
            parked.place().display()
        )),
        None if AtBox::of(command) == Some(AtBox::Revocation) => {
            Some("Box may have revoked the tokens that are back: envtool check".to_owned())
        }
        None => None,
    }
}

fn report(path: &Path, undone: &[&Entry], notes: Vec<String>, session: &mut Session) -> Outcome {
    let change = undone.first().map(|entry| Listed { with: others(&undone[1..]), ..Listed::of(entry) });
    let undone = Undone {
        version: 1,
        dry_run: session.options.dry_run,
        path: path.display().to_string(),
        change,
        notes,
    };
    session.terminal.line(&report::to_json(&undone));
    Ok(ExitCode::Success)
}

/// Shows what would be undone.
fn preview(path: &Path, undos: Vec<Undo>, session: &mut Session) -> Outcome {
    let notes = other_names(&undos);
    if session.options.json {
        return report(path, &undos.iter().map(|undo| &undo.entry).collect::<Vec<_>>(), notes, session);
    }
    for (at, undo) in undos.into_iter().enumerate() {
        let name = if at == 0 { path.to_owned() } else { from_here(&undo.entry.path).to_owned() };
        preview_one(&name, undo, session)?;
    }
    notes.iter().for_each(|note| session.note(note));
    Ok(ExitCode::Success)
}

fn preview_one(path: &Path, undo: Undo, session: &mut Session) -> Result<(), Error> {
    let name = escape_path(path);
    match (undo.current, undo.restored) {
        (Some(current), Some(restored)) => {
            let (before, after) = (Input::of_bytes(path, current)?, Input::of_bytes(path, restored)?);
            let mask = session.mask();
            let painter = session.terminal.painter();
            let diff = report::masked_diff(&before.document, &after.document, &name, mask, painter);
            session.terminal.text(&diff);
        }
        (Some(_), None) => session.terminal.line(&format!("{name}: would be deleted")),
        (None, _) => session.terminal.line(&format!("{name}: would be restored")),
    }
    Ok(())
}

/// One of the files below `folder` that were changed together, unless the folder itself was created later.
fn changed_below(folder: &Path, journal: &Journal) -> Result<PathBuf, Error> {
    let target = disk::resolve_any(folder)?;
    let made = journal.entries(&target).first().map(|entry| entry.time);
    let below = journal.newest_together_below(&target).filter(|entry| Some(entry.time) >= made);
    Ok(below.map_or_else(|| folder.to_owned(), |entry| from_here(&entry.path).to_owned()))
}

/// The only environment in this folder, including deleted ones.
fn locate(session: &Session, journal: &Journal) -> Result<PathBuf, Error> {
    if let Some(file) = locate::file_of_environment() {
        return Ok(file);
    }
    let here = Path::new(".");
    let mut candidates = disk::environments_in(here)?;
    let deleted = disk::resolve_any(here).map(|folder| journal.deleted_in(&folder)).unwrap_or_default();
    candidates.extend(deleted.iter().filter_map(|path| path.file_name().map(PathBuf::from)));
    session.choose(candidates)
}

/// Forgets the changes of `path`, or of all files.
fn clear(path: Option<&Path>, journal: &Journal, session: &mut Session) -> Outcome {
    let target = path.map(disk::resolve_missing);
    let dry_run = session.options.dry_run;
    renewal::say_left(path, session);
    if target.is_none() && !dry_run {
        session.confirm("Forget how to undo the changes of every file?")?;
    }
    let forgotten =
        if dry_run { journal.count(target.as_deref()) } else { journal.clear(target.as_deref())? };
    if session.options.json {
        session.terminal.line(&report::to_json(&Cleared { version: 1, dry_run, forgotten }));
    } else if dry_run || !session.options.quiet {
        let what = if dry_run { "would be forgotten" } else { "forgotten" };
        let name = path.map(|path| format!("{}: ", escape_path(path))).unwrap_or_default();
        session.terminal.line(&format!("{name}{} {what}", report::counted(forgotten, "change")));
    }
    Ok(ExitCode::Success)
}

fn time(entry: &Entry) -> String {
    let seconds = entry.time.div_euclid(1000);
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |time| time.to_string())
}
