use std::fmt;

use serde::Serialize;
use serde_json::value::RawValue;

use super::json::spelled;
use super::merge::{name, place, shown, side_values};
use super::{Mask, count::counted};
use crate::compare::{Side, Standing};
use crate::syntax::{Obstacle, Value};
use crate::term::{Painter, Role, escape};

/// The git operation that ran into a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// Merging another branch into this one.
    Merge,
    /// Moving the user's commits onto another branch.
    Rebase,
    /// Applying a commit of another branch.
    CherryPick,
    /// Undoing a commit.
    Revert,
}

/// A commit, for display.
#[derive(Clone, Debug, Serialize)]
pub struct Commit {
    /// Its abbreviated id.
    pub id: String,
    /// The first line of its message.
    pub subject: String,
}

/// The commits that git calls ours and theirs.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sides {
    /// The operation; none if it cannot be told, as after `git stash pop`.
    pub operation: Option<Operation>,
    /// The commit of the work tree.
    pub ours: Option<Commit>,
    /// The commit to bring in, or to undo.
    pub theirs: Option<Commit>,
}

/// A file that git could not merge.
#[derive(Clone, Debug)]
pub struct FileConflicts {
    /// Its path.
    pub path: String,
    /// How far it has been merged.
    pub state: FileState,
    /// The conflicts in it.
    pub conflicts: Vec<Standing>,
}

/// How far a file that git could not merge has been merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It was merged by meaning.
    Merged,
    /// It was merged as text, and contains conflict markers.
    Marked,
    /// It was merged as text, since it cannot be merged by meaning.
    Text(Unmergeable),
    /// This side deleted it and the other changed it; or, if none, both deleted it under this name.
    Deleted(Option<Side>),
    /// It is no longer in the work tree.
    Gone,
    /// At least on one side, it is not a regular file.
    NoFile(NoFile),
}

/// Why a file cannot be merged by meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmergeable {
    /// A version is broken or empty.
    Broken,
    /// A version is not a Postman file.
    Foreign,
    /// The versions are of different kinds.
    Kinds,
    /// The versions are collections of version 1.
    Flat,
    /// A version uses something that prevents any change.
    Obstacle(Obstacle),
    /// The changes of both sides overlap.
    Entangled,
}

impl fmt::Display for Unmergeable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken => f.write_str("a version of it is broken"),
            Self::Foreign => f.write_str("a version of it is not a Postman file"),
            Self::Kinds => f.write_str("its versions are files of different kinds"),
            Self::Flat => f.write_str("its versions are collections of version 1.0.0"),
            Self::Obstacle(obstacle) => write!(f, "a version of it uses {obstacle}"),
            Self::Entangled => f.write_str("the changes of both sides overlap"),
        }
    }
}

/// What git tracks besides regular files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFile {
    /// A commit of another repository.
    Submodule,
    /// A symbolic link.
    Link,
}

impl NoFile {
    /// Its name in messages and in `--json` output.
    fn name(self) -> &'static str {
        match self {
            Self::Submodule => "submodule",
            Self::Link => "link",
        }
    }
}

/// Describes what git could not merge, a line each.
#[must_use]
pub fn conflict_lines(sides: &Sides, files: &[FileConflicts], mask: Mask, painter: Painter) -> Vec<String> {
    if files.is_empty() {
        return vec!["no conflict".to_owned()];
    }
    let mut out = sides_lines(sides);
    for file in files {
        let path = escape(&file.path);
        let conflict = format!("{path}: {}", painter.paint(Role::Bad, "conflict"));
        match file.state {
            FileState::Merged if file.conflicts.is_empty() => {
                out.push(format!("{path}: no conflict left"));
            }
            FileState::Merged => {}
            FileState::Marked => out.push(format!(
                "{path}: merged as text, with conflict markers; `envtool merge --conflicts --prefer ours|theirs` \
                 merges it by meaning"
            )),
            FileState::Text(why) => out.push(format!(
                "{conflict}: {why}, so it was merged as text; decide between the conflict markers"
            )),
            FileState::Deleted(side) => {
                out.push(format!("{conflict}: {}; decide with `git add` or `git rm`", deleted(side)));
            }
            FileState::NoFile(what) => {
                out.push(format!("{conflict}: this is a {}; decide with git", what.name()));
            }
            FileState::Gone => {
                out.push(format!("{conflict}: the file no longer exists; decide with `git rm`, or restore it"));
            }
        }
        for standing in &file.conflicts {
            let stands = match (standing.stands, file.state) {
                (Some(side), _) => format!(": {} kept", name(side)),
                (None, FileState::Merged) => ": neither kept".to_owned(),
                (None, _) => String::new(),
            };
            out.push(format!("{conflict} {}{stands}", place(&standing.conflict.path, mask)));
            side_values(&standing.conflict, mask, painter, &mut out);
            if standing.stands.is_none() && file.state == FileState::Merged {
                let conflict = &standing.conflict;
                out.push(format!(
                    "    the file: {}",
                    shown(&standing.instead, &conflict.key, conflict.secret, mask, false)
                ));
            }
        }
    }
    let count = files.iter().map(|file| file.conflicts.len().max(1)).sum();
    out.push(format!(
        "{} in {}; run `git add` on what is decided",
        counted(count, "conflict"),
        counted(files.len(), "file")
    ));
    out
}

fn sides_lines(sides: &Sides) -> Vec<String> {
    let here = "HEAD, where you are";
    let [ours, theirs] = match sides.operation {
        Some(Operation::Merge) => [here, "the commit that is merged into it"],
        Some(Operation::Rebase) => {
            ["upstream: HEAD, onto which your commits are rebased", "your commit, which is rebased onto it"]
        }
        Some(Operation::CherryPick) => [here, "the commit that is picked"],
        Some(Operation::Revert) => [here, "the state without the commit that is reverted"],
        None => [here, "the changes to bring in"],
    };
    let side = |name: &str, commit: &Option<Commit>, role: &str| match commit {
        Some(commit) => format!("{name} {} {} ({role})", escape(&commit.id), escape(&commit.subject)),
        None => format!("{name} {role}"),
    };
    vec![side("ours:  ", &sides.ours, ours), side("theirs:", &sides.theirs, theirs)]
}

fn deleted(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Ours) => "ours deleted it, theirs changed it",
        Some(Side::Theirs) => "theirs deleted it, ours changed it",
        None => "both deleted or renamed it",
    }
}

/// What git could not merge, in `--json` output.
#[derive(Debug, Serialize)]
pub struct ConflictsReport<'a> {
    version: u32,
    #[serde(flatten)]
    sides: &'a Sides,
    files: Vec<FileReport<'a>>,
}

#[derive(Debug, Serialize)]
struct FileReport<'a> {
    path: &'a str,
    state: &'static str,
    conflicts: Vec<StandingReport>,
}

#[derive(Debug, Serialize)]
struct StandingReport {
    path: Vec<String>,
    ours: Option<Box<RawValue>>,
    theirs: Option<Box<RawValue>>,
    stands: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<Option<Box<RawValue>>>,
}

impl<'a> ConflictsReport<'a> {
    /// The report of `files`, with secrets masked as `mask` says.
    #[must_use]
    pub fn of(sides: &'a Sides, files: &'a [FileConflicts], mask: Mask) -> Self {
        let standing = |standing: &'a Standing| {
            let conflict = &standing.conflict;
            let value = |value: &Option<Value>| {
                value.clone().map(|value| spelled(&mask.of_value(value, &conflict.key, conflict.secret)))
            };
            StandingReport {
                path: mask.of_names(&conflict.path),
                ours: value(&conflict.ours),
                theirs: value(&conflict.theirs),
                stands: standing.stands.map(name),
                file: standing.stands.is_none().then(|| value(&standing.instead)),
            }
        };
        let file = |file: &'a FileConflicts| FileReport {
            path: &file.path,
            state: match file.state {
                FileState::Merged => "merged",
                FileState::Marked | FileState::Text(_) => "marked",
                FileState::Deleted(Some(Side::Ours)) => "deleted-in-ours",
                FileState::Deleted(Some(Side::Theirs)) => "deleted-in-theirs",
                FileState::Deleted(None) => "deleted-in-both",
                FileState::Gone => "gone",
                FileState::NoFile(what) => what.name(),
            },
            conflicts: file.conflicts.iter().map(standing).collect(),
        };
        Self { version: 1, sides, files: files.iter().map(file).collect() }
    }
}
