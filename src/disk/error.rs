use std::io;
use std::path::{Path, PathBuf};

use crate::text::DecodeError;

/// Why a file could not be read or written. Unless stated otherwise, nothing on disk has changed.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The system says no.
    #[error("cannot {verb} {}: {}", .path.display(), in_words(.source))]
    Io {
        /// What was tried: `read`, `write`, …
        verb: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The bytes are not text.
    #[error("cannot read {}: {source}", .path.display())]
    Decode {
        /// Which file.
        path: PathBuf,
        /// What is wrong with its bytes.
        source: DecodeError,
    },
    /// An invalid file pattern.
    #[error("`{0}` is not a valid file pattern: {1}")]
    Pattern(String, String),
    /// Git does not say what is staged.
    #[error("git does not say what is staged: {0}")]
    Git(io::Error),
    /// Something other than a file.
    #[error("{} is {what}, not a file", .0.display(), what = .1)]
    NotAFile(PathBuf, &'static str),
    /// A file where a folder is needed.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// A link where the file itself is needed.
    #[error("{} is a symbolic link; name the file it leads to", .0.display())]
    Link(PathBuf),
    /// A file that is a mount point.
    #[error(
        "{} is mounted by itself, so nothing can take its place; mount the folder that it is in instead (in a container: \
         the folder as the volume, not the file)", .0.display()
    )]
    Mounted(PathBuf),
    /// Write-protected.
    #[error("{} is write-protected; make it writable first", .0.display())]
    ReadOnly(PathBuf),
    /// A file in a folder that cannot be written.
    #[error(
        "cannot write {}: it is written anew beside the old one, and its folder {} takes no new file; make the folder \
         writable first",
        .0.display(), .1.display()
    )]
    Folder(PathBuf, PathBuf),
    /// Another user's file in a folder with the sticky bit.
    #[error(
        "cannot write {}: it belongs to someone else, and its folder {} lets nobody but the owner replace a file; `-o` \
         writes elsewhere", .0.display(), .1.display()
    )]
    Guarded(PathBuf, PathBuf),
    /// It exists already.
    #[error("{} exists already; nothing was overwritten; name another file with `-o`", .0.display())]
    Exists(PathBuf),
    /// Someone else changed it between reading and writing.
    #[error("{} was changed by another program in the meantime; nothing was written, try again", .0.display())]
    Changed(PathBuf),
    /// Someone else is changing it.
    #[error("{} is locked by another envtool; try again when that is done", .0.display())]
    Locked(PathBuf),
    /// The undo journal cannot be kept.
    #[error(
        "cannot keep what is needed to undo this: {0}; nothing was written (`--no-backup` does without, \
         ENVTOOL_STATE_DIR names another folder)"
    )]
    Journal(Box<DiskError>),
    /// The place of the state folder is unknown.
    #[error("the folder for envtool's own state is unknown: neither HOME nor ENVTOOL_STATE_DIR is set")]
    NoStateFolder,
    /// There is nothing to undo.
    #[error("there is nothing to undo for {}", .0.display())]
    NothingToUndo(PathBuf),
    /// The file is no longer as envtool left it.
    #[error("{} has changed since the last change that can be undone; undoing that would lose the newer content; `-o FILE` \
         writes the older one elsewhere", .0.display())]
    ChangedSince(PathBuf),
    /// The file is no longer as envtool left it, and only a part of its old content was kept.
    #[error(
        "{} is no longer as envtool left it, and of a file of this size only the changed part is kept, so its old content \
         cannot be restored; restore what envtool left, or forget the change with `envtool undo --clear {}`",
        .0.display(), .0.display()
    )]
    KeptInPart(PathBuf),
    /// The folder of the file no longer exists.
    #[error(
        "cannot restore {}: its folder no longer exists; create {} again, or write elsewhere with `-o \
         FILE`", .0.display(), .1.display()
    )]
    NoFolder(PathBuf, PathBuf),
    /// The undo journal of a file cannot be read.
    #[error(
        "the undo journal for {} cannot be read: {error}; fix that, or forget the journal with `envtool undo \
         --clear {}`", .path.display(), .path.display()
    )]
    UnreadableJournal {
        /// The file that it is for.
        path: PathBuf,
        /// Why.
        error: Box<DiskError>,
    },
    /// An entry of the journal that is cut short, or not envtool's.
    #[error("{} is damaged", .0.display())]
    DamagedEntry(PathBuf),
    /// Another file that was changed together with this one is no longer as envtool left it.
    #[error(
        "{}, which was changed together with {}, has changed since; nothing was undone (undo that first, or take back \
         {} alone with `--only`)",
        .other.display(), .path.display(), .path.display()
    )]
    OtherChangedSince {
        /// The file that has changed since.
        other: PathBuf,
        /// The file whose change is to be undone.
        path: PathBuf,
    },
    /// The journal is damaged.
    #[error("the undo journal for {} is damaged ({what}); `envtool undo --clear {}` forgets it", .path.display(), .path.display())]
    DamagedJournal {
        /// The file that it is for.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
}

impl DiskError {
    /// An [`Io`](Self::Io) error of `verb` on `path`.
    pub fn io(verb: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { verb, path, source }
    }

    /// What is wrong, without the name of the file.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Io { verb, source, .. } => format!("cannot {verb} it: {}", in_words(source)),
            Self::Decode { source, .. } => source.to_string(),
            Self::NotAFile(_, what) => format!("it is {what}, not a file"),
            other => other.to_string(),
        }
    }

    /// The file that was to be read, if it does not exist.
    #[must_use]
    pub fn missing(&self) -> Option<&Path> {
        match self {
            Self::Io { path, source, .. } if source.kind() == io::ErrorKind::NotFound => Some(path),
            _ => None,
        }
    }

    /// Whether another process is in the way.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Changed(_)
                | Self::Locked(_)
                | Self::ChangedSince(_)
                | Self::KeptInPart(_)
                | Self::OtherChangedSince { .. }
        )
    }
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        _ => error.to_string(),
    }
}
