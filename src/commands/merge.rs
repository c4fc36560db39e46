mod driver;
mod repository;
mod unmerged;
mod versions;

pub(super) use versions::failed;

use std::path::{Path, PathBuf};

use super::input::Input;
use super::locate;
use super::{Outcome, Session, command, folder};
use crate::compare::{self, Conflict, Preference, Side};
use crate::disk::{self, Readers};
use crate::error::{Error, ExitCode};
use crate::model::{FileKind, Format, identify};
use crate::report::{self, MergeReport};
use crate::syntax::Document;
use crate::term::escape;
use crate::text::Span;
use driver::Driven;
use versions::{Merged, Versions, unmergeable};

#[derive(clap::Args)]
#[command(
    override_usage = "envtool merge [OPTIONS] [BASE] OURS THEIRS\n       envtool merge --conflicts [OPTIONS] [FILE]...",
    after_help = "\
OURS, of two files the first, is changed in place, or left alone with `--output`. Where both sides changed the same thing in different ways, OURS \
is kept, the conflict is listed and the exit code is 6. Without BASE, what only THEIRS has is added, and OURS is kept everywhere else, its defaults included.

With `--conflicts`, what git could not merge, rebase or pick is listed again, in FILE or everywhere in the repository, with \
what the file has by now; `--prefer` changes it to what that side has."
)]
struct Args {
    /// The common ancestor (optional), the file to change, and the file to take changes from
    #[arg(value_name = "FILE", num_args = 0..)]
    files: Vec<PathBuf>,

    /// Where both changed the same thing, take this side, `ours` or `theirs`: everywhere, or only at PLACE, spelled as
    /// in the list of conflicts
    #[arg(long, value_name = "SIDE[=PLACE]", value_parser = parse_prefer)]
    prefer: Vec<Prefer>,

    /// List the conflicts that git has left, or decide them with `--prefer`
    #[arg(long, conflicts_with = "driver")]
    conflicts: bool,

    /// Called by git, with `%O %A %B %L %P %X %Y`: see `git-setup`
    #[arg(long, hide = true)]
    driver: bool,
}

/// A side to take, at one place or everywhere.
#[derive(Clone, Debug)]
struct Prefer {
    side: Side,
    place: Option<String>,
}

fn parse_prefer(text: &str) -> Result<Prefer, String> {
    let (side, place) = text.split_once('=').map_or((text, None), |(side, place)| (side, Some(place)));
    let side = match side {
        "ours" => Side::Ours,
        "theirs" => Side::Theirs,
        _ => return Err("it is `ours` or `theirs`, optionally followed by `=` and a place".to_owned()),
    };
    Ok(Prefer { side, place: place.map(str::to_owned) })
}

impl Args {
    /// The last preference without a place wins.
    fn preference(&self) -> Preference {
        let mut preference = Preference::default();
        for Prefer { side, place } in &self.prefer {
            match place {
                Some(place) => preference.places.push((place.clone(), *side)),
                None => preference.everywhere = Some(*side),
            }
        }
        preference
    }
}

pub(super) const COMMAND: super::Command = super::Command {
    after_help: "\
Examples:
  envtool merge old-release.json mine.json new-release.json
  envtool merge --prefer ours old-release.json mine.json new-release.json
  envtool merge --prefer 'theirs=base_url > value' base.json mine.json theirs.json
  envtool merge --conflicts
  envtool merge --conflicts --prefer theirs Box.postman_environment.json",
    ..command!("merge", "Merge the changes of another file into yours and keep your own", Args, run)
};

fn run(args: &Args, session: &mut Session) -> Outcome {
    let mut prefer = args.preference();
    if args.conflicts {
        return unmerged::run(session, &args.files, &prefer);
    }
    match (&args.files[..], args.driver) {
        ([base, ours, theirs, rest @ ..], true) => {
            session.options.no_backup = true;
            let driven = Driven::new([base, ours, theirs], rest);
            match driven.merge(session, &prefer) {
                Err(error) if unmergeable(&error).is_some() => driven.merge_as_text(session, &error),
                outcome => outcome,
            }
        }
        ([.., ours, theirs], false) if args.files.len() < 4 => {
            let base = (args.files.len() == 3).then(|| args.files[0].as_path());
            locate::refuse_several_standard_inputs(&args.files)?;
            if session.options.output.is_none() {
                disk::refuse_pipe(ours)?;
            }
            let versions = Versions::read(base, ours, theirs)?;
            // Without a base, nothing tells which side is newer.
            if base.is_none() {
                prefer.everywhere.get_or_insert(Side::Ours);
            }
            explain(session, &versions, prefer.everywhere);
            finish(session, versions, &prefer, false)
        }
        _ => Err(Error::Usage("merge takes two or three files: [BASE] OURS THEIRS".to_owned())),
    }
}

/// Points out what may not be intended.
fn explain(session: &mut Session, Versions { base, ours, theirs }: &Versions, prefer: Option<Side>) {
    if base.is_none() {
        let written = !session.options.dry_run && session.options.output.is_none() && ours.path.is_some();
        let written = if written { ", the file to change" } else { "" };
        let kept = if prefer == Some(Side::Theirs) { "THEIRS" } else { "OURS" };
        session.note(&format!(
            "OURS is {}{written}, and THEIRS {}; without BASE nothing is removed, and {kept} is kept wherever both differ",
            ours.name, theirs.name
        ));
    }
    if let (Some(one), Some(other)) = (&ours.path, &theirs.path)
        && disk::is_same_file(one, other)
    {
        session.note("OURS and THEIRS are the same file, so there is nothing to take");
    }
    let is_run = |input: &Input| {
        use FileKind::{Environment, Globals};
        let kind = identify(&input.document);
        matches!(kind, Environment(Format::NewmanExport) | Globals(Format::NewmanExport))
    };
    if is_run(theirs) && !is_run(ours) {
        session.note(&format!(
            "{} is from a newman run, with numbers for texts and without types; `envtool absorb` takes only the values",
            theirs.name
        ));
    }
}

fn finish(session: &mut Session, mut versions: Versions, prefer: &Preference, driver: bool) -> Outcome {
    if versions.ours.is_folder() && session.options.output.is_none() && !session.options.dry_run {
        return Err(folder::refused(Path::new(&versions.ours.label())));
    }
    let mut merged = versions.merged(prefer)?;
    expect_conflicts(prefer, merged.merge.decided.iter().map(|it| &it.conflict))?;
    if !session.options.dry_run {
        write(session, &mut versions, &mut merged, prefer)?;
    }
    show(session, &versions.ours, &merged, driver);
    note_lost_comments(session, &versions, &merged.after);
    Ok(if merged.merge.conflicts.is_empty() { ExitCode::Success } else { ExitCode::Conflict })
}

/// Reports which new comments of the two sides are missing from the result.
fn note_lost_comments(session: &mut Session, versions: &Versions, after: &Document) {
    let base = versions.base.as_ref().map(|base| &base.document);
    let sides = [("ours", &versions.ours), ("theirs", &versions.theirs)];
    let lost = compare::lost_comments(base, sides.map(|(_, input)| &input.document), after);
    for ((side, input), lost) in sides.into_iter().zip(lost) {
        let line = |span: &Span| input.document.source().position(span.start as usize).line.to_string();
        let lines = lost.iter().map(line).collect::<Vec<_>>().join(", ");
        let what = match lost.len() {
            0 => continue,
            1 => format!("a comment of {side} is not in the result, on line {lines} there"),
            count => format!("{count} comments of {side} are not in the result, on lines {lines} there"),
        };
        session.note(&format!("{}: {what}", input.name));
    }
}

/// Refuses a preference for a place without any of `conflicts`.
fn expect_conflicts<'c>(
    prefer: &Preference,
    conflicts: impl Iterator<Item = &'c Conflict> + Clone,
) -> Result<(), Error> {
    let error = |place| {
        Error::Usage(format!(
            "there is no conflict at `{}`; without `--prefer` they are listed",
            escape(place)
        ))
    };
    prefer.unknown(conflicts).map_or(Ok(()), |place| Err(error(place)))
}

/// Writes the result into ours, or to `--output`. If the file has changed in the meantime, its new content is merged
/// instead.
fn write(
    session: &mut Session,
    versions: &mut Versions,
    merged: &mut Merged,
    prefer: &Preference,
) -> Result<(), Error> {
    let output = session.options.output.clone();
    let target = output.clone().or_else(|| versions.ours.path.clone());
    let Some(path) = target.filter(|path| path.as_os_str() != "-") else {
        session.terminal.bytes(&merged.after.to_bytes());
        return Ok(());
    };
    if output.is_none() && merged.merge.is_empty() {
        return Ok(());
    }
    let (planned, mut newer) = (&*merged, None);
    let overwritten = session.rewrite(&path, Readers::Owner, |content| {
        if versions.keep_up(&path, content)? {
            newer = Some(versions.merged(prefer)?);
        }
        Ok(match &newer {
            Some(newer) => newer.after.to_bytes().into_owned().into(),
            None => planned.after.to_bytes(),
        })
    })?;
    if let Some(newer) = newer {
        *merged = newer;
    }
    if overwritten && output.is_some() {
        session.note_overwritten(&path);
    }
    Ok(())
}

/// Reports what was done: on standard error if git calls, or if the result goes to standard output.
fn show(session: &mut Session, ours: &Input, Merged { merge, after }: &Merged, driver: bool) {
    let mask = session.mask();
    let piped = match &session.options.output {
        Some(output) => output.as_os_str() == "-",
        None => ours.path.is_none(),
    };
    let beside = driver || (piped && !session.options.dry_run);
    let mut lines = Vec::new();
    if session.options.json {
        let output = session.options.output.as_ref().map(|output| output.display().to_string());
        let output = output.or_else(|| ours.path.is_none().then(|| ours.label()));
        lines.push(report::to_json(&MergeReport::of(merge, ours.label(), output, mask)));
    } else {
        let painter = session.terminal.painter();
        if session.options.dry_run {
            session.terminal.text(&report::masked_diff(&ours.document, after, &ours.name, mask, painter));
        }
        lines = match session.options.quiet {
            // Conflicts are reported even with `--quiet`.
            true => report::merge_conflict_lines(merge, mask, painter),
            false => report::merge_lines(merge, mask, painter, session.options.verbose),
        };
        if driver {
            // Git does not always say which file it merges.
            let own = lines.iter_mut().filter(|line| !line.starts_with(' '));
            own.for_each(|line| line.insert_str(0, &format!("{}: ", ours.name)));
        }
    }
    for line in lines {
        if beside { session.terminal.error_line(&line) } else { session.terminal.line(&line) }
    }
}
