use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::Files;
use crate::compare::Version;
use crate::disk::{self, Held, Tree};
use crate::edit::EditError;
use crate::error::{Error, FileError};
use crate::model::{BoxKind, FileKind, RunData, Scope, ScopeKind, identify};
use crate::oauth::Grant;
use crate::report::Status;
use crate::syntax::{Document, Syntax};
use crate::term::escape_path;
use crate::text::{EditSet, Source};

use super::misnamed::with_likely_name;
use super::{Session, folder, renewal};

/// A file that was read, or standard input.
#[derive(Debug)]
pub(super) struct Input {
    /// Where it came from; none for standard input.
    pub(super) path: Option<PathBuf>,
    /// Its name in messages: as the user gave it, made harmless for a terminal.
    pub(super) name: String,
    /// Its content.
    pub(super) document: Document,
    /// What the document of a folder leaves out.
    pub(super) notes: Vec<String>,
}

impl Input {
    /// Reads `path`; `-` is standard input.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        Self::read_like(path, None)
    }

    /// The same, faster when much of it is spelled as in `like`.
    pub(super) fn read_like(path: &Path, like: Option<&Self>) -> Result<Self, Error> {
        if path.is_dir() {
            return folder::read(path);
        }
        let (path, name, source) = Self::load(path)?;
        Self::parse(path, name, source, like)
    }

    /// Reads `path` as [`Tree::read_beside`] does; `-` is standard input.
    pub(super) fn read_beside(tree: &Tree, path: &Path) -> Result<Self, Error> {
        if tree.staged().is_none() || path.is_dir() {
            return Self::read(path);
        }
        let (path, name, source) = Self::load_beside(tree, path)?;
        Self::parse(path, name, source, None)
    }

    /// Parses `bytes`, which were read from `path`.
    pub(super) fn of_bytes(path: &Path, bytes: Vec<u8>) -> Result<Self, Error> {
        Self::of_bytes_like(path, bytes, None)
    }

    /// Parses the content of a file that is `held`.
    pub(super) fn of_held(held: &Held) -> Result<Self, Error> {
        Self::of_bytes(held.path(), held.content().to_vec())
    }

    /// Parses `bytes`, which were read from `path`, faster when much of it is spelled as in `like`.
    pub(super) fn of_bytes_like(path: &Path, bytes: Vec<u8>, like: Option<&Self>) -> Result<Self, Error> {
        let name = escape_path(path);
        let source = Source::decode(bytes).map_err(|source| Error::Decode { path: name.clone(), source })?;
        Self::parse(Some(path.to_owned()), name, source, like)
    }

    /// Reads `path` as text. Returns its path, its name and its content.
    pub(super) fn load(path: &Path) -> Result<(Option<PathBuf>, String, Source), Error> {
        Self::load_beside(&Tree::Work, path)
    }

    /// The same, read as [`Tree::read_beside`] does.
    fn load_beside(tree: &Tree, path: &Path) -> Result<(Option<PathBuf>, String, Source), Error> {
        let (path, name, bytes) = if path.as_os_str() == "-" {
            (None, "standard input".to_owned(), disk::read_standard_input()?.into())
        } else {
            (Some(path), escape_path(path), tree.read_beside(path).map_err(with_likely_name)?)
        };
        match Source::decode(bytes) {
            Ok(source) => Ok((path.map(Path::to_owned), name, source)),
            Err(source) => Err(Error::Decode { path: name, source }),
        }
    }

    pub(super) fn parse(
        path: Option<PathBuf>,
        name: String,
        source: Source,
        like: Option<&Self>,
    ) -> Result<Self, Error> {
        source.expect_content().map_err(|error| Error::of_file(&name, error))?;
        let syntax = Syntax::of(&name, source.text());
        match Document::parse_like(source, syntax, like.map(|like| &like.document)) {
            Ok(document) => Ok(Self { path, name, document, notes: Vec::new() }),
            Err((error, source)) => Err(Error::Syntax { path: name, text: Box::new(source), error }),
        }
    }

    /// Whether it was joined from the files of a folder.
    pub(super) fn is_folder(&self) -> bool {
        self.path.as_ref().is_some_and(|path| path.is_dir())
    }

    /// Its name for programs: `-` for standard input.
    pub(super) fn label(&self) -> String {
        self.path.as_ref().map_or_else(|| "-".to_owned(), |path| path.display().to_string())
    }

    /// Whether the next command finds the file only if it is named again.
    pub(super) fn is_named(&self, files: &Files) -> bool {
        self.path.is_some() && !files.named().is_empty()
    }

    /// Its content as a version in a merge.
    pub(super) fn version(&self) -> Result<Version<'_>, Error> {
        Version::of(&self.document).map_err(|error| self.error(error))
    }

    /// The variables it holds.
    pub(super) fn scope(&self) -> Result<Scope<'_>, Error> {
        Scope::of(&self.document).map_err(|error| self.error(error))
    }

    /// Its document after `edits`.
    pub(super) fn edited(&self, edits: &EditSet) -> Result<Document, Error> {
        self.document.edited(edits).map_err(|error| self.error(error))
    }

    /// `error` as the error of this file.
    pub(super) fn error(&self, error: impl Into<FileError>) -> Error {
        Error::of_file(&self.name, error)
    }
}

impl Input {
    /// Refuses a collection if another file is `wanted`, and anything but a collection if that is.
    pub(super) fn expect_collection(&self, wanted: bool) -> Result<(), Error> {
        if (self.scope()?.kind() == ScopeKind::Collection) == wanted {
            return Ok(());
        }
        let name = if wanted { "a collection" } else { "an environment or globals file" };
        let found = identify(&self.document);
        Err(Error::Usage(format!("{}: this is {found}, not {name}", self.name)))
    }

    /// What is known about the Box tokens in it, and about those kept for it, at `now` in milliseconds since 1970.
    pub(super) fn status(&self, now: i64) -> Result<Status, Error> {
        let scope = self.scope()?;
        let mut status = Status::of(&scope, now).ok_or_else(|| self.not_box())?;
        // Trying the key takes a while, and a valid token does not need it.
        let key_error = BoxKind::of(&scope).filter(|_| !status.has_good_token());
        if let Some(error) = key_error.and_then(|kind| Grant::key_error(&scope, kind)) {
            status = status.with_bad_credential(error.key(), error.to_string());
        }
        let kept = self.path.as_ref().map(|path| renewal::kept_for(path, &scope, now));
        Ok(status.with_kept(kept.unwrap_or_default()))
    }

    /// The error of a command for Box environments.
    pub(super) fn not_box(&self) -> Error {
        let found = identify(&self.document);
        if matches!(found, FileKind::Collection(_)) {
            return Error::Usage(format!("{}: this is {found}, not a Box environment", self.name));
        }
        self.error(EditError::NotBox("there is no Box token in it"))
    }
}

/// Reads the data of a run from the file at `path`; `-` is standard input.
pub(super) fn run_data(tree: &Tree, path: &Path) -> Result<RunData, Error> {
    let (_, name, source) = Input::load_beside(tree, path)?;
    source.expect_content().map_err(|error| Error::of_file(&name, error))?;
    RunData::of(source.text()).map_err(|error| Error::Usage(format!("{name}: {error}")))
}

/// The names that the data files at `paths` give to a run.
pub(super) fn data_names<'p>(
    tree: &Tree,
    paths: impl IntoIterator<Item = &'p PathBuf>,
) -> Result<BTreeSet<String>, Error> {
    let mut names = BTreeSet::new();
    for path in paths {
        names.extend(run_data(tree, path)?.names().iter().cloned());
    }
    Ok(names)
}

/// A note if the file at `path`, which is about to be replaced, has other names. It is not written in place, since a
/// file that is being written when envtool is killed would be neither the old nor the new one.
pub(super) fn note_of_other_names(path: &Path) -> Option<String> {
    let note = "the file has another name too (a hard link), which keeps the old content";
    disk::has_other_names(path).then(|| note.to_owned())
}

impl Session {
    /// Reads the files that [`locate`](Self::locate) finds.
    pub(super) fn inputs(&self, named: &[PathBuf]) -> Result<Vec<Input>, Error> {
        self.locate(named)?.iter().map(|path| Input::read(path)).collect()
    }
}
