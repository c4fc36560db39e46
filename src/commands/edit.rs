use std::path::Path;

use super::input::{Input, note_of_other_names};
use super::{Outcome, Session, command, merge};
use crate::cli::Files;
use crate::compare::{self, Side, Version};
use crate::disk;
use crate::edit::{self, Assignment, EditError, Plan, SetOptions};
use crate::error::{Error, ExitCode};
use crate::model::{Runtime, Scope};
use crate::report::{self, Mask};
use crate::secret;
use crate::syntax::{Document, Value};
use crate::term::{Prompter, Role, escape};

/// How many characters of a value the list shows, so that each variable fits on a line.
const SHOWN: usize = 40;

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool edit Box.postman_environment.json",
    ..command!("edit", "Edit variables interactively", Files, run)
};

fn run(files: &Files, session: &mut Session) -> Outcome {
    session.refuse_output()?;
    session.refuse_json()?;
    let Some(prompter) = session.prompter() else {
        return Err(Error::Usage(
            "`edit` asks at a terminal, and there is none; use `set`, `unset`, `enable`, …".to_owned(),
        ));
    };
    let paths = session.locate(&files.named())?;
    paths.iter().try_for_each(|path| disk::refuse_pipe(path))?;
    let inputs = paths.iter().map(|path| Input::read(path)).collect::<Result<Vec<_>, _>>()?;
    let several = inputs.len() > 1;
    for input in inputs {
        let path = input
            .path
            .clone()
            .ok_or_else(|| Error::Usage("`edit` needs a file, not standard input".to_owned()))?;
        input.scope()?;
        if several {
            let painter = session.terminal.error_painter();
            session.terminal.error_line(&painter.paint(Role::Name, &input.name));
        }
        match walk(&input, prompter, session)? {
            Some(wanted) => write(&path, input, wanted, session)?,
            None => session.inform(&format!("nothing to change ({})", input.name)),
        }
    }
    Ok(ExitCode::Success)
}

/// Writes the changes after a confirmation. If that fails, it can be tried again, so that nothing has to be typed
/// twice.
fn write(path: &Path, mut read: Input, mut wanted: Document, session: &mut Session) -> Result<(), Error> {
    while wanted.source().text() != read.document.source().text() {
        let mask = session.mask();
        let painter = session.terminal.error_painter();
        let diff = report::masked_diff(&read.document, &wanted, &read.name, mask, painter);
        session.terminal.error_line(&diff);
        if session.options.dry_run {
            return Ok(());
        }
        // Enter means yes: after typing changes, people want them written.
        session.confirm_or(&format!("Write {}?", read.name), true)?;
        let other_names = note_of_other_names(path);
        match write_unless_changed(path, &read, &wanted, session) {
            Ok(None) => {
                session.inform(&format!("{}: written", read.name));
                session.notes(other_names);
                return Ok(());
            }
            Ok(Some(newer)) => {
                (read, wanted) = newer;
                session.terminal.error_line(&format!(
                    "{} was changed by another program in the meantime; your changes on top of that:",
                    read.name
                ));
            }
            Err(error) if session.options.yes => return Err(error),
            Err(error) => {
                session.terminal.error_line(&format!("not written: {}", escape(&error.to_string())))
            }
        }
    }
    session.inform(&format!("nothing to change ({})", read.name));
    Ok(())
}

/// Writes `wanted` if the file is still what was read; otherwise returns its new content, and that with the same
/// changes.
fn write_unless_changed(
    path: &Path,
    read: &Input,
    wanted: &Document,
    session: &Session,
) -> Result<Option<(Input, Document)>, Error> {
    let (journal, mut newer) = (session.journal()?, None);
    session.save(journal.as_ref()).rewrite(path, |content| {
        if *content == *read.document.to_bytes() {
            return Ok(Some(wanted.to_bytes()));
        }
        let input = Input::of_bytes(path, content.to_vec())?;
        let wanted = on_top_of(&input, read, wanted)?;
        newer = Some((input, wanted));
        Ok::<_, Error>(None)
    })?;
    Ok(newer)
}

/// The changes that turned `read` into what is wanted, applied to `newer`.
fn on_top_of(newer: &Input, read: &Input, wanted: &Document) -> Result<Document, Error> {
    let wanted = Version::of(wanted).map_err(|error| newer.error(error))?;
    let changes =
        compare::merge(Some(&read.version()?), &newer.version()?, &wanted, &Some(Side::Theirs).into())
            .map_err(|error| merge::failed(error, newer, read))?;
    newer.edited(&changes.edits)
}

/// Lets the user change one variable after another; none if nothing was changed. Leaving the list with Escape discards
/// the changes, if that is what the user wants.
fn walk(input: &Input, prompter: Prompter, session: &mut Session) -> Result<Option<Document>, Error> {
    let mut current: Option<Document> = None;
    loop {
        let document = current.as_ref().unwrap_or(&input.document);
        let scope = Scope::of(document).map_err(|error| input.error(error))?;
        let mut choices = vec!["done".to_owned(), "add a variable".to_owned()];
        choices.extend(scope.variables().iter().map(|variable| {
            let state = if variable.is_enabled(Runtime::App) { "" } else { " (disabled)" };
            let value = Mask::Secrets.of_variable(variable);
            let value = report::shortened(report::visible(&value), SHOWN);
            format!("{} = {value}{state}", report::visible(variable.key()))
        }));
        let planned = match prompter.select("Which variable", &choices)? {
            Some(0) => break,
            None if document.source().text() == input.document.source().text() => break,
            None if prompter.confirm("Discard the changes?", false)? => return Err(Error::Declined),
            None => continue,
            Some(1) => add(&scope, prompter)?,
            Some(at) => change(&scope, at - 2, prompter)?,
        };
        match planned {
            Ok(plan) if plan.edits.is_empty() => {}
            Ok(plan) => {
                let edited = document.edited(&plan.edits);
                current = Some(edited.map_err(|error| input.error(error))?);
                session.notes(plan.notes);
            }
            // The changes made so far are kept, and the user can try again.
            Err(error) => session.terminal.error_line(&escape(&error.to_string())),
        }
    }
    Ok(current.filter(|after| after.source().text() != input.document.source().text()))
}

type Planned = Result<Plan, EditError>;

fn add(scope: &Scope<'_>, prompter: Prompter) -> Result<Planned, Error> {
    let Some(key) = prompter.change("Name", "")? else { return Ok(Ok(Plan::default())) };
    if scope.has(&key) {
        return Ok(Err(EditError::Taken(key)));
    }
    let value = ask_value(prompter, &key, "", secret::is_secret_key(&key))?;
    Ok(set(scope, key, value.unwrap_or_default()))
}

fn change(scope: &Scope<'_>, at: usize, prompter: Prompter) -> Result<Planned, Error> {
    let Some(variable) = scope.variables().get(at) else { return Ok(Ok(Plan::default())) };
    // A path, since a name would select every row of that name.
    let path = variable.node().path().to_string();
    let enabled = variable.is_enabled(Runtime::App);
    let choices = [
        "change its value",
        if enabled { "disable it" } else { "enable it" },
        "rename it",
        "remove it",
        "back",
    ];
    let question = format!("What about {}", escape(variable.key()));
    Ok(match prompter.select(&question, &choices.map(str::to_owned))? {
        Some(0) => {
            let hidden =
                variable.is_secret() || variable.is_typed_secret() || secret::is_secret_key(variable.key());
            let place = if variable.is_entry() { path } else { format!("{path}.value") };
            match ask_value(prompter, variable.key(), variable.text(), hidden)? {
                Some(value) => set(scope, place, value),
                None => Ok(Plan::default()),
            }
        }
        Some(1) if enabled => edit::disable(scope, &[path]),
        Some(1) => edit::enable(scope, &[path]),
        Some(2) => match prompter.change("New name", variable.key())? {
            Some(name) => edit::rename(scope, &path, &name),
            None => Ok(Plan::default()),
        },
        Some(3) => edit::unset(scope, &[path]),
        _ => Ok(Plan::default()),
    })
}

/// Asks for a new value; none keeps the current one.
fn ask_value(prompter: Prompter, key: &str, current: &str, hidden: bool) -> Result<Option<String>, Error> {
    let question = format!("Value of {}", escape(key));
    if !hidden {
        return Ok(prompter.change(&question, current)?);
    }
    let question = if current.is_empty() { question } else { question + " (Enter keeps it)" };
    let value = prompter.secret(&question)?;
    Ok((!value.is_empty()).then_some(value))
}

fn set(scope: &Scope<'_>, key: String, value: String) -> Planned {
    let wish = Assignment { key, value: Value::String(value) };
    edit::set(scope, &[wish], &SetOptions { create: true, ..SetOptions::default() })
}
