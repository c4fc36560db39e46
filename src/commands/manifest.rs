//! The workspace manifest of a repository, `.postman/resources.yaml`, which may still list a deleted file.

use std::path::{Path, PathBuf};

use super::Session;
use super::input::Input;
use super::locate::from_here;
use crate::disk::without_dots;
use crate::edit::{self, Plan};
use crate::error::Error;
use crate::term::escape_path;

/// A file and the manifest of its repository that lists it.
pub(super) struct Listing {
    pub(super) manifest: PathBuf,
    /// Absolute.
    file: PathBuf,
}

impl Listing {
    /// The manifest that lists `file`, if there is one.
    pub(super) fn of(file: &Path) -> Result<Option<Self>, Error> {
        let Ok(file) = std::path::absolute(file).map(|path| without_dots(&path)) else { return Ok(None) };
        let manifests = file.ancestors().skip(1).map(|folder| folder.join(".postman").join("resources.yaml"));
        let Some(manifest) = manifests.into_iter().find(|path| path.is_file()) else { return Ok(None) };
        // A manifest that cannot be read does not concern this command.
        let Ok(input) = Input::read(&manifest) else { return Ok(None) };
        let listing = Self { manifest, file };
        let plan = listing.removal(&input)?;
        Ok((!plan.edits.is_empty()).then_some(listing))
    }

    /// The path of the manifest for display.
    pub(super) fn shown(&self) -> String {
        escape_path(from_here(&self.manifest))
    }

    /// Removes the file from the manifest.
    pub(super) fn remove(&self, session: &Session) -> Result<(), Error> {
        let journal = session.journal()?;
        session.save(journal.as_ref()).rewrite(&self.manifest, |before| {
            let input = Input::of_bytes(&self.manifest, before.to_vec())?;
            let plan = self.removal(&input)?;
            let after = input.edited(&plan.edits)?.to_bytes().into_owned();
            Ok((!plan.edits.is_empty()).then_some(after.into()))
        })
    }

    /// The edits of `input`, the manifest, that remove the file.
    fn removal(&self, input: &Input) -> Result<Plan, Error> {
        let folder = self.manifest.parent().unwrap_or(Path::new(""));
        let plan = edit::unlist(&input.document, |path| without_dots(&folder.join(path)) == self.file);
        plan.map_err(|error| input.error(error))
    }
}
