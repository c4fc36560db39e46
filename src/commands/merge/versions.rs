use std::path::Path;

use crate::commands::input::Input;
use crate::compare::{self, Merge, MergeError, Preference};
use crate::disk;
use crate::error::{Error, FileError};
use crate::report::Unmergeable;
use crate::syntax::{Document, NotEdited, Obstacle};

/// The versions to merge.
pub(super) struct Versions {
    pub(super) base: Option<Input>,
    pub(super) ours: Input,
    pub(super) theirs: Input,
}

/// The result.
pub(super) struct Merged {
    pub(super) merge: Merge,
    /// The new content of ours.
    pub(super) after: Document,
}

impl Versions {
    pub(super) fn read(base: Option<&Path>, ours: &Path, theirs: &Path) -> Result<Self, Error> {
        Self::read_with(Input::read_like, base, ours, theirs)
    }

    pub(super) fn read_with(
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

    pub(super) fn merged(&self, prefer: &Preference) -> Result<Merged, Error> {
        let Self { base, ours, theirs } = self;
        // The further documents would be lost.
        let is_several = |input: &&Input| input.document.obstacle() == Some(Obstacle::SeveralDocuments);
        if let Some(input) = base.iter().chain([ours, theirs]).find(is_several) {
            return Err(input.error(NotEdited::Obstacle(Obstacle::SeveralDocuments)));
        }
        let base = base.as_ref().map(Input::version).transpose()?;
        let mut merge = compare::merge(base.as_ref(), &ours.version()?, &theirs.version()?, prefer)
            .map_err(|error| failed(error, ours, theirs))?;
        let base = self.base.as_ref().map(|base| &base.document);
        let after = ours.edited(&merge.edits)?;
        let after = compare::take_comments(base, [&ours.document, &theirs.document], after, &mut merge.taken);
        Ok(Merged { merge, after })
    }

    /// Updates the version that is the file at `path` to `content`. Returns whether that changes anything.
    pub(super) fn keep_up(&mut self, path: &Path, content: &[u8]) -> Result<bool, Error> {
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

pub(in crate::commands) fn failed(error: MergeError, ours: &Input, theirs: &Input) -> Error {
    match error {
        MergeError::Kinds(error) => {
            Error::Kinds { files: format!("{} and {}", ours.name, theirs.name), error }
        }
        error => ours.error(error),
    }
}

/// Why a version of the file cannot be merged by meaning; none for any other error.
pub(super) fn unmergeable(error: &Error) -> Option<Unmergeable> {
    match error {
        Error::Syntax { .. } | Error::Decode { .. } => Some(Unmergeable::Broken),
        Error::Kinds { .. } => Some(Unmergeable::Kinds),
        Error::File { error, .. } => match error {
            FileError::Empty(_) => Some(Unmergeable::Broken),
            FileError::Scope(_) => Some(Unmergeable::Foreign),
            FileError::NotEdited(NotEdited::Obstacle(obstacle)) => Some(Unmergeable::Obstacle(*obstacle)),
            // An alias stands for something in another place.
            FileError::Merge(MergeError::Flat) => Some(Unmergeable::Flat),
            FileError::NotEdited(NotEdited::Broken(_)) | FileError::Merge(_) => Some(Unmergeable::Entangled),
            _ => None,
        },
        _ => None,
    }
}
