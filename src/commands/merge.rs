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
    #[arg(value_name = "FILE", required = true, num_args = 2..=7)]
    files: Vec<PathBuf>,

    /// Take this side where both changed the same thing
    #[arg(long, value_name = "SIDE")]
    prefer: Option<Prefer>,

    /// Called by git, with `%O %A %B %L %P %X %Y`: see `git-setup`
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

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool merge old-release.json mine.json new-release.json
  envtool merge --prefer ours old-release.json mine.json new-release.json",
    ..command!("merge", "Bring what changed in another file into yours, and keep your own changes", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let prefer = args.prefer.map(|prefer| match prefer {
        Prefer::Ours => Side::Ours,
        Prefer::Theirs => Side::Theirs,
    });
    match (&args.files[..], args.driver) {
        ([base, ours, theirs, rest @ ..], true) => {
            session.options.no_backup = true;
            let driven = Driven::new([base, ours, theirs], rest);
            match driven.merge(session, prefer) {
                Err(error) if is_of_content(&error) => driven.merge_as_text(session, &error),
                outcome => outcome,
            }
        }
        ([base, ours, theirs], false) => {
            finish(session, Versions::read(Some(base), ours, theirs)?, prefer, false)
        }
        ([ours, theirs], false) => {
            if prefer.is_none() {
                session.note("note: without BASE nothing is removed, and OURS stands wherever both differ");
            }
            finish(session, Versions::read(None, ours, theirs)?, prefer.or(Some(Side::Ours)), false)
        }
        _ => Err(Error::Usage("merge takes two or three files: [BASE] OURS THEIRS".to_owned())),
    }
}

/// A merge that git asks for.
struct Driven<'a> {
    /// The temporary files with base, ours, which the result goes into, and theirs.
    files: [&'a Path; 3],
    /// The file that they are versions of.
    path: &'a Path,
    /// What git calls ours and theirs.
    labels: [&'a str; 2],
}

impl<'a> Driven<'a> {
    /// Of the `rest` of git's words: the size of its marks, the path and, since git 2.44, the labels. An older git leaves
    /// `%X` and `%Y` as they are.
    fn new(files: [&'a PathBuf; 3], rest: &'a [PathBuf]) -> Self {
        let label = |at: usize, or: &'a str| {
            rest.get(at)
                .and_then(|label| label.to_str())
                .filter(|label| !label.starts_with('%'))
                .unwrap_or(or)
        };
        Self {
            files: files.map(PathBuf::as_path),
            path: rest.get(1).unwrap_or(files[1]),
            labels: [label(2, "ours"), label(3, "theirs")],
        }
    }

    fn merge(&self, session: &mut Session, prefer: Option<Side>) -> Outcome {
        let [base, ours, theirs] = self.files;
        let base = if disk::read(base)?.is_empty() { None } else { Some(base) };
        // Under the file's own name.
        let read = |file: &Path, like: Option<&Input>| {
            let input = Input::of_bytes_like(self.path, disk::read(file)?, like)?;
            Ok(Input { path: Some(file.to_owned()), ..input })
        };
        finish(session, Versions::read_with(read, base, ours, theirs)?, prefer, true)
    }

    /// Merges as git does without envtool, with marks in the file where both changed the same lines.
    fn merge_as_text(&self, session: &mut Session, error: &Error) -> Outcome {
        session.terminal.error_line(&format!("{}; merged as text", escape(&error.to_string())));
        let [base, ours, theirs] = self.files.map(Path::to_string_lossy);
        let [our_label, their_label] = self.labels;
        let words = ["merge-file", "-L", our_label, "-L", "base", "-L", their_label, &ours, &base, &theirs];
        Ok(if process::capture("git", &words).is_ok() { ExitCode::Success } else { ExitCode::Conflict })
    }
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
            // It is empty.
            | Error::Usage(_)
    )
}

/// What is merged.
struct Versions {
    base: Option<Input>,
    ours: Input,
    theirs: Input,
}

/// What comes of it.
struct Merged {
    merge: Merge,
    /// What ours will be.
    after: Document,
}

impl Versions {
    fn read(base: Option<&Path>, ours: &Path, theirs: &Path) -> Result<Self, Error> {
        Self::read_with(Input::read_like, base, ours, theirs)
    }

    fn read_with(
        read: impl Fn(&Path, Option<&Input>) -> Result<Input, Error>,
        base: Option<&Path>,
        ours: &Path,
        theirs: &Path,
    ) -> Result<Self, Error> {
        let base = base.map(|base| read(base, None)).transpose()?;
        let ours = read(ours, base.as_ref())?;
        let theirs = read(theirs, base.as_ref().or(Some(&ours)))?;
        Ok(Self { base, ours, theirs })
    }

    fn merged(&self, prefer: Option<Side>) -> Result<Merged, Error> {
        let Self { base, ours, theirs } = self;
        let base = base.as_ref().map(Input::scope).transpose()?;
        let merge = compare::merge(base.as_ref(), &ours.scope()?, &theirs.scope()?, prefer)
            .map_err(|error| failed(error, ours, theirs))?;
        let after = ours.document.edited(&merge.edits);
        let after = after.map_err(|error| Error::Broken { path: ours.name.clone(), error })?;
        Ok(Merged { merge, after })
    }

    /// Takes over what the file at `path` holds by now, whichever version it is. Returns whether that is news.
    fn keep_up(&mut self, path: &Path, content: &[u8]) -> Result<bool, Error> {
        let mut news = false;
        for input in self.base.iter_mut().chain([&mut self.ours, &mut self.theirs]) {
            let is_there = input.path.as_ref().is_some_and(|own| disk::is_same_file(own, path));
            if is_there && *content != *input.document.to_bytes() {
                let name = input.name.clone();
                *input = Input { name, ..Input::of_bytes(path, content.to_vec())? };
                news = true;
            }
        }
        Ok(news)
    }
}

fn finish(session: &mut Session, mut versions: Versions, prefer: Option<Side>, driver: bool) -> Outcome {
    if versions.ours.is_folder() && session.options.output.is_none() && !session.options.dry_run {
        return Err(folder::refused(Path::new(&versions.ours.label())));
    }
    let mut merged = versions.merged(prefer)?;
    if !session.options.dry_run {
        write(session, &mut versions, &mut merged, prefer)?;
    }
    show(session, &versions.ours, &merged, driver);
    Ok(if merged.merge.conflicts.is_empty() { ExitCode::Success } else { ExitCode::Conflict })
}

pub(super) fn failed(error: MergeError, ours: &Input, theirs: &Input) -> Error {
    match error {
        MergeError::Kinds(error) => {
            Error::Kinds { files: format!("{} and {}", ours.name, theirs.name), error }
        }
        MergeError::Overlap(overlap) => {
            Error::Edit { path: ours.name.clone(), error: EditError::Overlap(overlap) }
        }
    }
}

/// Writes the result into ours, or where `--output` says. What stands there by then may be another version of what was
/// merged: then that is.
fn write(
    session: &mut Session,
    versions: &mut Versions,
    merged: &mut Merged,
    prefer: Option<Side>,
) -> Result<(), Error> {
    let output = session.options.output.clone();
    let target = output.clone().or_else(|| versions.ours.path.clone());
    let Some(path) = target.filter(|path| path.as_os_str() != "-") else {
        session.terminal.bytes(&merged.after.to_bytes());
        return Ok(());
    };
    if output.is_none() && merged.merge.edits.is_empty() {
        return Ok(());
    }
    let overwritten = session.rewrite(&path, Readers::Owner, |content| {
        if versions.keep_up(&path, content)? {
            *merged = versions.merged(prefer)?;
        }
        Ok(merged.after.to_bytes().into_owned().into())
    })?;
    if overwritten && output.is_some() {
        session.note_overwritten(&path);
    }
    Ok(())
}

/// Says what was done: on standard error when git calls, or when the result is on standard output.
fn show(session: &mut Session, ours: &Input, Merged { merge, after }: &Merged, driver: bool) {
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
            if driver {
                // Git says not always which file it merges.
                lines
                    .iter_mut()
                    .filter(|line| !line.starts_with(' '))
                    .for_each(|line| line.insert_str(0, &format!("{}: ", ours.name)));
            }
        }
    }
    for line in lines {
        if beside { session.terminal.error_line(&line) } else { session.terminal.line(&line) }
    }
}
