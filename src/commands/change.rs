//! What every changing command does once it has a plan: check it, show it or write it, and report it.

mod planned;

pub(super) use planned::{Destination, Planned};

use std::path::{Path, PathBuf};

use planned::Target;
use serde::Serialize;

use super::input::Input;
use super::locate;
use super::{Outcome, Session, folder};
use crate::cli::Keys;
use crate::disk::{self, Held, Replacement};
use crate::edit::{EditError, Plan};
use crate::error::{Error, ExitCode};
use crate::model::Scope;
use crate::report::{self, Mask};
use crate::term::escape_path;

/// Plans a change of every file with `verb` and, if all of them are possible, makes one after the other.
pub(super) fn change(
    session: &mut Session,
    files: &[PathBuf],
    verb: impl Fn(&Scope<'_>) -> Result<Plan, EditError>,
) -> Outcome {
    change_to(session, files, Destination::InPlace, |input| on_scope(input, &verb))
}

/// As [`change`], for the variables that `keys` names.
pub(super) fn change_keys(
    session: &mut Session,
    keys: &Keys,
    verb: impl Fn(&Scope<'_>, &[String]) -> Result<Plan, EditError>,
) -> Outcome {
    let outcome = change(session, &keys.environment, |scope| verb(scope, &keys.keys));
    outcome.map_err(|error| match keys.keys.iter().find(|key| Path::new(key).is_file()) {
        Some(file) if error.is_absence() => {
            Error::Usage(format!("`{file}` is a file, not a variable; files are named with `-e`"))
        }
        _ => error,
    })
}

/// As [`change`], for a change that is only right as a whole: all files are written or none, and `undo` undoes all of
/// them. If `named` contains a folder, the files of the collection in it are changed.
pub(super) fn change_together(
    session: &mut Session,
    named: &[PathBuf],
    verb: impl Fn(&Input) -> Result<Plan, Error>,
) -> Outcome {
    let named = session.locate(named)?;
    let files = named.iter().map(|path| folder::files(path)).collect::<Result<Vec<_>, Error>>()?.concat();
    let files = locate::distinct(files);
    files.iter().try_for_each(|path| disk::refuse_pipe(path))?;
    let mut planned = plan_all(session, &files, Destination::InPlace, &verb)?;
    if !session.options.dry_run {
        write_together(session, &mut planned, verb)?;
    }
    for folder in named.iter().filter(|path| path.is_dir()) {
        // Its many files without changes are not worth mentioning.
        let is_inside = |one: &Planned| one.input.path.as_ref().is_some_and(|path| path.starts_with(folder));
        planned.retain(|one| one.matters() || !is_inside(one));
        if !planned.iter().any(is_inside) {
            session.inform(&format!("nothing to change ({})", escape_path(folder)));
        }
    }
    planned.iter().try_for_each(|one| write_elsewhere(session, one))?;
    report_all(session, &planned);
    Ok(ExitCode::Success)
}

/// As [`change`], for changes that are not only about variables and may go elsewhere.
pub(super) fn change_to(
    session: &mut Session,
    files: &[PathBuf],
    destination: Destination,
    verb: impl Fn(&Input) -> Result<Plan, Error>,
) -> Outcome {
    let files = session.locate(files)?;
    if destination == Destination::InPlace && session.options.output.is_none() {
        files.iter().try_for_each(|path| disk::refuse_pipe(path))?;
    }
    let mut planned = plan_all(session, &files, destination, &verb)?;
    let mut made = 0;
    let written = planned.iter_mut().try_for_each(|one| {
        write_in_place(session, one, &verb)?;
        write_elsewhere(session, one)?;
        made += 1;
        Ok(())
    });
    // Even if one could not be written: those before it were.
    report_all(session, &planned[..made]);
    written.map(|()| ExitCode::Success)
}

/// Lists the files that `verb` would change, without changing them.
pub(super) fn check(
    session: &mut Session,
    files: &[PathBuf],
    verb: impl Fn(&Scope<'_>) -> Result<Plan, EditError>,
) -> Outcome {
    session.options.dry_run = true;
    let planned = plan_all(session, files, Destination::InPlace, |input| on_scope(input, &verb))?;
    let differs = |one: &&Planned| !one.plan.edits.is_empty();
    if session.options.json {
        report_all(session, &planned);
    } else {
        planned.iter().filter(differs).for_each(|one| session.terminal.line(&one.input.name));
    }
    Ok(if planned.iter().any(|one| differs(&one)) { ExitCode::Negative } else { ExitCode::Success })
}

/// What `verb` plans for the variables of `input`.
///
/// # Errors
/// `input` has no variables, or the verb fails.
pub(super) fn on_scope(
    input: &Input,
    verb: impl Fn(&Scope<'_>) -> Result<Plan, EditError>,
) -> Result<Plan, Error> {
    verb(&input.scope()?).map_err(|error| input.error(error))
}

fn plan_all(
    session: &Session,
    files: &[PathBuf],
    destination: Destination,
    verb: impl Fn(&Input) -> Result<Plan, Error>,
) -> Result<Vec<Planned>, Error> {
    let inputs = session.inputs(files)?;
    if inputs.len() > 1 && session.options.output.is_some() {
        return Err(Error::Usage(
            "`--output` takes the result of one file, but there are several".to_owned(),
        ));
    }
    if inputs.len() > 1 && destination != Destination::InPlace {
        return Err(Error::Usage(
            "standard output takes the result of one file, and there are several; `--in-place` changes them"
                .to_owned(),
        ));
    }
    let plan = |input: Input| {
        if let Some(folder) = input.path.as_ref().filter(|_| input.is_folder()) {
            return Err(folder::refused(folder));
        }
        let plan = verb(&input)?;
        Planned::of(session, input, plan, destination)
    };
    inputs.into_iter().map(plan).collect()
}

/// Writes the result into the file that was read.
fn write_in_place(
    session: &Session,
    one: &mut Planned,
    verb: impl Fn(&Input) -> Result<Plan, Error>,
) -> Result<(), Error> {
    let Some(path) = one.changes().filter(|_| !session.options.dry_run).map(Path::to_owned) else {
        return Ok(());
    };
    let journal = session.journal()?;
    session.save(journal.as_ref()).rewrite(&path, move |content| one.keep_up(session, content, verb))
}

/// Writes the results into all of the files that were read, or into none.
fn write_together(
    session: &Session,
    planned: &mut [Planned],
    verb: impl Fn(&Input) -> Result<Plan, Error>,
) -> Result<(), Error> {
    let journal = session.journal()?;
    let save = session.save(journal.as_ref());
    let paths: Vec<_> = planned.iter().filter_map(Planned::changes).map(Path::to_owned).collect();
    let held = Held::take_all(&paths, save.patience)?;
    let mut replacements = Vec::new();
    for (one, held) in planned.iter_mut().filter(|one| one.changes().is_some()).zip(&held) {
        let after = one.keep_up(session, held.content(), &verb)?;
        replacements.extend(after.map(|after| Replacement { held, after }));
    }
    Ok(save.replace_all(&replacements)?)
}

/// Writes a result that goes elsewhere.
fn write_elsewhere(session: &mut Session, one: &Planned) -> Result<(), Error> {
    match &one.target {
        _ if session.options.dry_run => {}
        Target::InPlace(_) => {}
        Target::StandardOutput => session.terminal.bytes(&one.after.to_bytes()),
        Target::Elsewhere(output, readers) => session.put(output, &one.after.to_bytes(), *readers)?,
    }
    Ok(())
}

/// Reports what was changed or, in a dry run, what would be.
pub(super) fn report_all(session: &mut Session, planned: &[Planned]) {
    let mask = session.mask();
    if session.options.json {
        let files = planned.iter().map(|one| FileReport::of(one, mask)).collect();
        let report = Report { version: 1, dry_run: session.options.dry_run, files };
        return say(session, planned, &report::to_json(&report));
    }
    for one in planned {
        if session.options.dry_run {
            let diff = report::masked_diff(
                &one.input.document,
                &one.after,
                &one.input.name,
                mask,
                session.terminal.painter(),
            );
            session.terminal.text(&diff);
        }
        if session.options.quiet {
            continue;
        }
        let painter = session.terminal.painter();
        if one.plan.changes.is_empty() {
            let copied = match &one.target {
                Target::Elsewhere(output, _) if !session.options.dry_run => {
                    format!(", copied to {}", escape_path(output))
                }
                _ => String::new(),
            };
            say(session, planned, &format!("nothing to change ({}{copied})", one.input.name));
        }
        // In a dry run the diff has shown it.
        let changes = if session.options.dry_run { &[][..] } else { &one.plan.changes };
        for change in changes {
            say(
                session,
                planned,
                &format!("{} ({})", report::change_line(change, mask, painter), one.place()),
            );
        }
        // With several files, the note has to say which one it is about.
        let name = if planned.len() > 1 { format!("{}: ", one.input.name) } else { String::new() };
        session.notes(one.plan.notes.iter().map(|note| format!("{name}{note}")));
    }
}

/// Prints the report to standard output, unless a changed document goes there.
fn say(session: &mut Session, planned: &[Planned], line: &str) {
    let piped = planned.iter().any(|one| matches!(one.target, Target::StandardOutput));
    if piped && !session.options.dry_run {
        session.terminal.error_line(line);
    } else {
        session.terminal.line(line);
    }
}

#[derive(Serialize)]
struct Report {
    version: u32,
    dry_run: bool,
    files: Vec<FileReport>,
}

#[derive(Serialize)]
struct FileReport {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    changed: bool,
    changes: Vec<report::ChangeReport>,
    notes: Vec<String>,
}

impl FileReport {
    fn of(one: &Planned, mask: Mask) -> Self {
        let path = one.input.label();
        let output = match &one.target {
            Target::InPlace(_) => None,
            Target::Elsewhere(output, _) => Some(output.display().to_string()),
            Target::StandardOutput => Some("-".to_owned()),
        };
        let changes = one.plan.changes.iter().map(|change| report::ChangeReport::of(change, mask)).collect();
        Self { path, output, changed: !one.plan.edits.is_empty(), changes, notes: one.plan.notes.clone() }
    }
}
