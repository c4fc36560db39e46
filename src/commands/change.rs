//! What every changing command does once it knows its plan: check it, show it or write it, and say so.

use std::path::PathBuf;

use serde::Serialize;

use super::input::Input;
use super::{Outcome, Session};
use crate::edit::{EditError, Plan};
use crate::error::{Error, ExitCode};
use crate::model::Scope;
use crate::report::{self, Mask};
use crate::syntax::Document;
use crate::term::escape;

/// A planned change of one input, checked.
struct Planned {
    input: Input,
    plan: Plan,
    after: Document,
}

/// Plans a change of every file with `verb` and, when all of them can be made, makes one after the other.
pub(super) fn change(
    session: &mut Session,
    files: &[PathBuf],
    verb: impl Fn(&Scope<'_>) -> Result<Plan, EditError>,
) -> Outcome {
    let inputs = session.inputs(files)?;
    let planned = inputs.into_iter().map(|input| plan(input, &verb)).collect::<Result<Vec<_>, _>>()?;
    if planned.len() > 1 && session.options.output.is_some() {
        return Err(Error::Usage(
            "`--output` takes the result of one file, but there are several".to_owned(),
        ));
    }
    let mut made = 0;
    let written = planned.iter().try_for_each(|one| write(session, one).map(|()| made += 1));
    // Also when one could not be written: those before it were.
    report_all(session, &planned[..made]);
    written.map(|()| ExitCode::Success)
}

fn plan(input: Input, verb: impl Fn(&Scope<'_>) -> Result<Plan, EditError>) -> Result<Planned, Error> {
    let plan = verb(&input.scope()?).map_err(|error| Error::Edit { path: input.name.clone(), error })?;
    let edited = input.document.edited(&plan.edits);
    let after = edited.map_err(|error| Error::Broken { path: input.name.clone(), error })?;
    Ok(Planned { input, plan, after })
}

/// Writes the result where it belongs: into the file, or to standard output for standard input.
fn write(session: &mut Session, one: &Planned) -> Result<(), Error> {
    if session.options.dry_run {
        return Ok(());
    }
    if let Some(output) = session.options.output.clone() {
        return session.put(&output, &one.after.to_bytes());
    }
    match &one.input.path {
        None => session.terminal.bytes(&one.after.to_bytes()),
        Some(_) if one.plan.edits.is_empty() => {}
        Some(path) => {
            let journal = session.journal()?;
            let (before, after) = (one.input.document.to_bytes(), one.after.to_bytes());
            session.save(journal.as_ref()).replace(path, &before, &after)?;
        }
    }
    Ok(())
}

fn report_all(session: &mut Session, planned: &[Planned]) {
    let mask = Mask::unless(session.options.show_secrets);
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
            say(session, planned, &format!("nothing to change ({})", one.input.name));
        }
        // In a dry run the diff has said it.
        let changes = if session.options.dry_run { &[][..] } else { &one.plan.changes };
        for change in changes {
            say(
                session,
                planned,
                &format!("{} ({})", report::change_line(change, mask, painter), one.input.name),
            );
        }
        for note in &one.plan.notes {
            session.note(&format!("note: {}", escape(note)));
        }
    }
}

/// Says it on standard output, unless the changed document goes there.
fn say(session: &mut Session, planned: &[Planned], line: &str) {
    let to_output = session.options.output.as_ref().is_some_and(|output| output.as_os_str() == "-");
    let piped = planned.iter().any(|one| one.input.path.is_none()) && session.options.output.is_none();
    if (to_output || piped) && !session.options.dry_run {
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
    changed: bool,
    changes: Vec<report::ChangeReport>,
    notes: Vec<String>,
}

impl FileReport {
    fn of(one: &Planned, mask: Mask) -> Self {
        let path = one.input.label();
        let changes = one.plan.changes.iter().map(|change| report::ChangeReport::of(change, mask)).collect();
        Self { path, changed: !one.plan.edits.is_empty(), changes, notes: one.plan.notes.clone() }
    }
}
