use std::path::{Path, PathBuf};

use super::input::Input;
use super::{Outcome, Session, command, folder};
use crate::compare::{self, Merge, MergeError, Side};
use crate::disk::{self, Readers};
use crate::edit::EditError;
use crate::error::{Error, ExitCode};
use crate::process;
use crate::report::{self, Mask, MergeReport};
use crate::syntax::Document;
use crate::term::escape;

#[derive(clap::Args)]
#[command(
    override_usage = "envtool merge [OPTIONS] [BASE] OURS THEIRS",
    after_help = "\
OURS is changed in place, or left alone with `--output`. Where both sides changed the same thing in different ways, ours \
stands, the conflict is listed and the exit code is 6. Without BASE the files are united and ours stands everywhere."
)]
struct Args {
    /// The common ancestor (which may be left out), the file to change, and the file with the news
    #[arg(value_name = "FILE", required = true, num_args = 2..=5)]
    files: Vec<PathBuf>,

    /// Take this side where both changed the same thing
    #[arg(long, value_name = "SIDE")]
    prefer: Option<Prefer>,

    /// Called by git, with `%O %A %B %L %P`: see `git-setup`
    #[arg(long, hide = true)]
    driver: bool,
}

/// A side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Prefer {
    /// The file that is changed
    Ours,
    /// The file with the news
    Theirs,
}

pub(super) const COMMAND: super::Command =
    command!("merge", "Bring what changed in another file into yours, and keep your own changes", Args, run);

fn run(args: &Args, session: &mut Session) -> Outcome {
    let prefer = args.prefer.map(|prefer| match prefer {
        Prefer::Ours => Side::Ours,
        Prefer::Theirs => Side::Theirs,
    });
    match (&args.files[..], args.driver) {
        ([base, ours, theirs, rest @ ..], true) => {
            session.options.no_backup = true;
            let versions = [base, ours, theirs].map(PathBuf::as_path);
            match drive(session, versions, rest.get(1), prefer) {
                Err(error) if is_of_content(&error) => as_text(session, versions, rest.get(1), &error),
                outcome => outcome,
            }
        }
        ([base, ours, theirs], false) => {
            let base = Input::read(base)?;
            finish(session, Some(&base), &Input::read(ours)?, &Input::read(theirs)?, prefer, false)
        }
        ([ours, theirs], false) => {
            if prefer.is_none() {
                session.note("note: without BASE nothing is removed, and OURS stands wherever both differ");
            }
            let prefer = prefer.or(Some(Side::Ours));
            finish(session, None, &Input::read(ours)?, &Input::read(theirs)?, prefer, false)
        }
        _ => Err(Error::Usage("merge takes two or three files: [BASE] OURS THEIRS".to_owned())),
    }
}

/// Merges as git asks for it: into the temporary file `ours`, which stands for `path`.
fn drive(
    session: &mut Session,
    [base, ours, theirs]: [&Path; 3],
    path: Option<&PathBuf>,
    prefer: Option<Side>,
) -> Outcome {
    let base = if disk::read(base)?.is_empty() { None } else { Some(Input::read(base)?) };
    let mut ours = Input::read(ours)?;
    if let Some(path) = path {
        ours.name = path.display().to_string();
    }
    finish(session, base.as_ref(), &ours, &Input::read(theirs)?, prefer, true)
}

/// Whether a version of the file is not what can be merged by meaning.
fn is_of_content(error: &Error) -> bool {
    matches!(
        error,
        Error::Syntax { .. }
            | Error::Scope { .. }
            | Error::Kinds { .. }
            | Error::Decode { .. }
            | Error::Broken { .. }
    )
}

/// Merges as git does without envtool, with marks in the file where both changed the same lines.
fn as_text(
    session: &mut Session,
    [base, ours, theirs]: [&Path; 3],
    path: Option<&PathBuf>,
    error: &Error,
) -> Outcome {
    let name = path.map_or_else(|| ours.display().to_string(), |path| path.display().to_string());
    session.terminal.error_line(&format!(
        "{}: merged as text, since {}",
        escape(&name),
        escape(&error.to_string())
    ));
    let files = [ours, base, theirs].map(|path| path.to_string_lossy());
    let mut words = vec!["merge-file", "-L", "ours", "-L", "base", "-L", "theirs"];
    words.extend(files.iter().map(|file| &**file));
    Ok(if process::capture("git", &words).is_ok() { ExitCode::Success } else { ExitCode::Conflict })
}

fn finish(
    session: &mut Session,
    base: Option<&Input>,
    ours: &Input,
    theirs: &Input,
    prefer: Option<Side>,
    driver: bool,
) -> Outcome {
    if ours.is_folder() && session.options.output.is_none() && !session.options.dry_run {
        return Err(folder::refused(Path::new(&ours.label())));
    }
    let base_scope = base.map(Input::scope).transpose()?;
    let merge = compare::merge(base_scope.as_ref(), &ours.scope()?, &theirs.scope()?, prefer)
        .map_err(|error| failed(error, ours, theirs))?;
    let after = ours.document.edited(&merge.edits);
    let after = after.map_err(|error| Error::Broken { path: ours.name.clone(), error })?;
    write(session, ours, &after)?;
    show(session, ours, &after, &merge, driver);
    Ok(if merge.conflicts.is_empty() { ExitCode::Success } else { ExitCode::Conflict })
}

fn failed(error: MergeError, ours: &Input, theirs: &Input) -> Error {
    match error {
        MergeError::Kinds(error) => {
            Error::Kinds { files: format!("{} and {}", ours.name, theirs.name), error }
        }
        MergeError::Overlap(overlap) => {
            Error::Edit { path: ours.name.clone(), error: EditError::Overlap(overlap) }
        }
    }
}

/// Writes the result into ours, or where `--output` says.
fn write(session: &mut Session, ours: &Input, after: &Document) -> Result<(), Error> {
    if session.options.dry_run {
        return Ok(());
    }
    let (before, after) = (ours.document.to_bytes(), after.to_bytes());
    match (session.options.output.clone(), &ours.path) {
        (Some(output), _) => session.put(&output, &after, Readers::Owner)?,
        (None, None) => session.terminal.bytes(&after),
        (None, Some(_)) if before == after => {}
        (None, Some(path)) => {
            let journal = session.journal()?;
            session.save(journal.as_ref()).replace(path, &before, &after)?;
        }
    }
    Ok(())
}

/// Says what was done: on standard error when git calls, or when the result is on standard output.
fn show(session: &mut Session, ours: &Input, after: &Document, merge: &Merge, driver: bool) {
    let mask = Mask::unless(session.options.show_secrets);
    let piped = match &session.options.output {
        Some(output) => output.as_os_str() == "-",
        None => ours.path.is_none(),
    };
    let beside = driver || (piped && !session.options.dry_run);
    let mut lines = Vec::new();
    if session.options.json {
        lines.push(report::to_json(&MergeReport::of(merge, ours.label(), mask)));
    } else {
        let painter = session.terminal.painter();
        if session.options.dry_run {
            session.terminal.text(&report::masked_diff(&ours.document, after, &ours.name, mask, painter));
        }
        // Conflicts are said even when nothing else is.
        if !session.options.quiet || !merge.conflicts.is_empty() {
            lines = report::merge_lines(merge, mask, painter, session.options.verbose);
        }
    }
    for line in lines {
        if beside { session.terminal.error_line(&line) } else { session.terminal.line(&line) }
    }
}
