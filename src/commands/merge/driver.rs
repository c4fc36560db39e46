use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::finish;
use super::repository::Repository;
use super::versions::Versions;
use crate::commands::input::Input;
use crate::commands::{Outcome, Session};
use crate::compare::Preference;
use crate::disk;
use crate::error::{Error, ExitCode};
use crate::process;
use crate::term::{escape, escape_path};

/// A merge that git has asked for.
pub(super) struct Driven<'a> {
    /// The temporary files with base, ours and theirs. The result goes into ours.
    files: [&'a Path; 3],
    /// The file that they are versions of.
    path: &'a Path,
    /// Git's labels for ours and theirs.
    labels: [&'a str; 2],
    /// The length of conflict markers that git asks for.
    mark: &'a str,
}

impl<'a> Driven<'a> {
    /// `rest` are git's further arguments: the size of its conflict markers, the path and, since git 2.44, the labels.
    /// An older git leaves `%X` and `%Y` as they are.
    pub(super) fn new(files: [&'a PathBuf; 3], rest: &'a [PathBuf]) -> Self {
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
            mark: label(0, "7"),
        }
    }

    pub(super) fn merge(&self, session: &mut Session, prefer: &Preference) -> Outcome {
        let [base, ours, theirs] = self.files;
        let base = if disk::read(base)?.is_empty() { None } else { Some(base) };
        // Messages name the file itself, not the temporary one.
        let read = |file: &Path, like: Option<&Input>| {
            let input = Input::of_bytes_like(self.path, disk::read(file)?, like)?;
            Ok(Input { path: Some(file.to_owned()), ..input })
        };
        let exit_code = finish(session, Versions::read_with(read, base, ours, theirs)?, prefer, true)?;
        if exit_code == ExitCode::Conflict {
            self.explain(session);
        }
        Ok(exit_code)
    }

    /// Explains how to go on after a conflict, and which side is which in a rebase, where git swaps them.
    fn explain(&self, session: &mut Session) {
        let path = escape_path(self.path);
        if Repository::at(Path::new(".")).is_rebasing() {
            let [ours, theirs] = self.labels.map(escape);
            let sides = format!("ours is upstream ({ours}), theirs is your commit ({theirs})");
            session.terminal.error_line(&format!("{path}: this is a rebase: {sides}"));
        }
        let again = "`envtool merge --conflicts` shows this again, and decides with `--prefer`";
        session.terminal.error_line(&format!("{path}: {again}"));
    }

    /// Merges as git does by itself, with conflict markers in the file.
    pub(super) fn merge_as_text(&self, session: &mut Session, error: &Error) -> Outcome {
        let [base, ours, theirs] = self.files.map(Path::as_os_str);
        let [our_label, their_label] = self.labels.map(OsStr::new);
        let mark = format!("--marker-size={}", self.mark);
        let label = OsStr::new("-L");
        let words = [
            OsStr::new(&mark),
            label,
            our_label,
            label,
            OsStr::new("base"),
            label,
            their_label,
            ours,
            base,
            theirs,
        ];
        let conflicts = process::git_merge_file(Path::new("."), &words);
        let done = match &conflicts {
            Ok(_) => "merged as text".to_owned(),
            Err(failure) => format!("not merged as text either: {failure}"),
        };
        session.terminal.error_line(&escape(&format!("{error}; {done}")));
        Ok(if matches!(conflicts, Ok(0)) { ExitCode::Success } else { ExitCode::Conflict })
    }
}
