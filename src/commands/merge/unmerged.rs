use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::expect_conflicts;
use super::repository::{Repository, Unmerged};
use super::versions::{Versions, failed, unmergeable};
use crate::commands::input::Input;
use crate::commands::{Outcome, Session};
use crate::compare::{self, MergeError, Preference, Side, Standing, Version};
use crate::disk::{self, DiskError, Readers};
use crate::error::{Error, ExitCode};
use crate::report::{self, ConflictsReport, FileConflicts, FileState};
use crate::syntax::Document;

/// Lists the conflicts that git has left in `files`, or anywhere in the repository, after deciding those that `prefer`
/// names.
pub(super) fn run(session: &mut Session, files: &[PathBuf], prefer: &Preference) -> Outcome {
    session.refuse_output()?;
    let everywhere = files.is_empty().then(|| (None, (Path::new("."), OsString::from(":/"))));
    let mut unmerged = Vec::new();
    let mut sides = None;
    for (named, (folder, pattern)) in files.iter().map(|file| (Some(file), split(file))).chain(everywhere) {
        let repository = Repository::at(folder);
        let found = repository.unmerged(&pattern)?;
        if let (true, Some(file)) = (found.is_empty(), named) {
            file.symlink_metadata().map_err(DiskError::io("read", file))?;
        }
        unmerged.extend(found);
        sides = sides.or_else(|| Some(repository.sides()));
    }
    if !prefer.places.is_empty() {
        let found = all_conflicts(&unmerged, session, &Preference::default())?;
        let standings = found.iter().flat_map(|file| &file.conflicts);
        expect_conflicts(prefer, standings.map(|standing| &standing.conflict))?;
    }
    let found = all_conflicts(&unmerged, session, prefer)?;
    let sides = sides.unwrap_or_default();
    let mask = session.mask();
    let lines = match session.options.json {
        true => vec![report::to_json(&ConflictsReport::of(&sides, &found, mask))],
        false => report::conflict_lines(&sides, &found, mask, session.terminal.painter()),
    };
    lines.iter().for_each(|line| session.terminal.line(line));
    let is_decided = |file: &FileConflicts| {
        let mut conflicts = file.conflicts.iter();
        let is_everywhere = prefer.everywhere.is_some() && file.state == FileState::Merged;
        let is_preferred = |standing: &Standing| prefer.at(&standing.conflict.path).is_some();
        is_everywhere || (!file.conflicts.is_empty() && conflicts.all(is_preferred))
    };
    Ok(if found.iter().all(is_decided) { ExitCode::Success } else { ExitCode::Conflict })
}

/// The conflicts in each of `files`, after deciding those that `prefer` names.
fn all_conflicts(
    files: &[Unmerged],
    session: &mut Session,
    prefer: &Preference,
) -> Result<Vec<FileConflicts>, Error> {
    let conflicts = |file: &Unmerged| {
        // Git merges files of all kinds and leaves conflict markers in any of them.
        conflicts(file, session, prefer).or_else(|error| match unmergeable(&error) {
            Some(why) => Ok(report(file, FileState::Text(why), Vec::new())),
            None => Err(error),
        })
    };
    files.iter().map(conflicts).collect()
}

/// The folder of a file, and the pattern by which git finds only this file there.
fn split(file: &Path) -> (&Path, OsString) {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut pattern = OsString::from(":(literal)");
    pattern.push(file.file_name().unwrap_or(OsStr::new(".")));
    (folder.unwrap_or(Path::new(".")), pattern)
}

fn report(file: &Unmerged, state: FileState, conflicts: Vec<Standing>) -> FileConflicts {
    FileConflicts { path: file.path.display().to_string(), state, conflicts }
}

/// The conflicts in a file, after deciding those that `prefer` names.
fn conflicts(
    unmerged: &Unmerged,
    session: &mut Session,
    prefer: &Preference,
) -> Result<FileConflicts, Error> {
    let path = &unmerged.path;
    let report = |state, conflicts| report(unmerged, state, conflicts);
    if let Some(instead) = unmerged.instead {
        return Ok(report(FileState::NoFile(instead), Vec::new()));
    }
    let [base, ours, theirs] = &unmerged.versions;
    let (ours, theirs) = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours, theirs),
        (None, Some(_)) => return Ok(report(FileState::Deleted(Some(Side::Ours)), Vec::new())),
        (Some(_), None) => return Ok(report(FileState::Deleted(Some(Side::Theirs)), Vec::new())),
        (None, None) => return Ok(report(FileState::Deleted(None), Vec::new())),
    };
    let version = |bytes: &Vec<u8>, like: Option<&Input>| Input::of_bytes_like(path, bytes.clone(), like);
    let base = base.as_ref().map(|base| version(base, None)).transpose()?;
    let (ours, theirs) = (version(ours, base.as_ref())?, version(theirs, base.as_ref())?);
    let dispute = Dispute::new(Versions { base, ours, theirs })?;
    let mut file = match disk::read(path) {
        Err(error) if error.missing().is_some() => return Ok(report(FileState::Gone, Vec::new())),
        bytes => readable(path, bytes?)?,
    };
    if *prefer != Preference::default() {
        let after = dispute.decided(file.as_ref(), prefer)?;
        if session.options.dry_run {
            if let (Some(file), false) = (&file, session.options.json) {
                let mask = session.mask();
                let (painter, after) = (session.terminal.painter(), Input::of_bytes(path, after.clone())?);
                let diff = report::masked_diff(&file.document, &after.document, &file.name, mask, painter);
                session.terminal.text(&diff);
            }
        } else {
            session.rewrite(path, Readers::Owner, |content| {
                let file = readable(path, content.to_vec())?;
                Ok(dispute.decided(file.as_ref(), prefer)?.into())
            })?;
        }
        file = Some(Input::of_bytes(path, after)?);
    }
    Ok(match file {
        Some(file) => report(FileState::Merged, dispute.standings(&file)?),
        None => report(FileState::Marked, dispute.undecided()?),
    })
}

/// The content of the file at `path`; none if it has git's conflict markers.
fn readable(path: &Path, content: Vec<u8>) -> Result<Option<Input>, Error> {
    match Input::of_bytes(path, content) {
        Err(error) if unmergeable(&error).is_some() => Ok(None),
        input => input.map(Some),
    }
}

/// A file that both sides have changed.
struct Dispute {
    versions: Versions,
    /// The results of deciding every conflict for ours, and for theirs.
    decided: [Document; 2],
}

impl Dispute {
    fn new(versions: Versions) -> Result<Self, Error> {
        let [ours, theirs] = [Side::Ours, Side::Theirs].map(|side| versions.merged(&Some(side).into()));
        Ok(Self { versions, decided: [ours?.after, theirs?.after] })
    }

    /// The content of `file` with the conflicts decided by `prefer`, except where people have written something of
    /// their own.
    fn decided(&self, file: Option<&Input>, prefer: &Preference) -> Result<Vec<u8>, Error> {
        let Some(file) = file else { return Ok(self.versions.merged(prefer)?.after.to_bytes().into_owned()) };
        let mut after: Option<Document> = None;
        for (side, other) in [Side::Ours, Side::Theirs].into_iter().zip(self.decided.iter().rev()) {
            if !prefer.takes(side) {
                continue;
            }
            let wanted = self.versions.merged(&prefer.only(side))?.after;
            let current = after.as_ref().unwrap_or(&file.document);
            let [other, own, wanted] = [other, current, &wanted].map(|document| self.version(document));
            let merge = compare::merge(Some(&other?), &own?, &wanted?, &Preference::default());
            let edits = merge.map_err(|error| self.failed(error))?.edits;
            after = Some(current.edited(&edits).map_err(|error| file.error(error))?);
        }
        Ok(after.as_ref().unwrap_or(&file.document).to_bytes().into_owned())
    }

    /// How the conflicts stand in `file`.
    fn standings(&self, file: &Input) -> Result<Vec<Standing>, Error> {
        let base = self.versions.base.as_ref().map(Input::version).transpose()?;
        let [ours, theirs] = &self.decided;
        let sides = [&self.version(ours)?, &self.version(theirs)?];
        compare::standings(base.as_ref(), sides, &file.version()?).map_err(|error| self.failed(error))
    }

    /// All conflicts, none of them decided: the file has git's conflict markers.
    fn undecided(&self) -> Result<Vec<Standing>, Error> {
        let conflicts = self.versions.merged(&Preference::default())?.merge.conflicts.into_iter();
        Ok(conflicts.map(|conflict| Standing { conflict, stands: None, instead: None }).collect())
    }

    fn version<'d>(&self, document: &'d Document) -> Result<Version<'d>, Error> {
        Version::of(document).map_err(|error| self.versions.ours.error(error))
    }

    fn failed(&self, error: MergeError) -> Error {
        failed(error, &self.versions.ours, &self.versions.theirs)
    }
}
