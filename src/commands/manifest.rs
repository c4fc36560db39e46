//! The workspace manifest of a repository, `.postman/resources.yaml`, and the lines in it that a deleted file leaves behind.

use std::path::{Path, PathBuf};

use super::Session;
use super::input::{Input, from_here};
use crate::disk::without_dots;
use crate::edit;
use crate::error::Error;
use crate::term::escape_path;

/// Offers to take `deleted` out of the manifest of its repository, where that lists it. Returns the manifest that lists
/// it no more, or in a dry run would not.
pub(super) fn offer_to_unlist(session: &mut Session, deleted: &Path) -> Result<Option<PathBuf>, Error> {
    let Ok(deleted) = std::path::absolute(deleted).map(|path| without_dots(&path)) else { return Ok(None) };
    let manifests = deleted.ancestors().skip(1).map(|folder| folder.join(".postman").join("resources.yaml"));
    let Some(manifest) = manifests.into_iter().find(|path| path.is_file()) else { return Ok(None) };
    // One that cannot be read is not this command's business.
    let Ok(input) = Input::read(&manifest) else { return Ok(None) };
    let folder = manifest.parent().unwrap_or(Path::new(""));
    let plan = edit::unlist(&input.document, |path| without_dots(&folder.join(path)) == deleted);
    let plan = plan.map_err(|error| input.error(error))?;
    if plan.edits.is_empty() {
        return Ok(None);
    }
    if session.options.dry_run {
        return Ok(Some(manifest));
    }
    let shown = escape_path(from_here(&manifest));
    if let Err(Error::Declined) = session.confirm(&format!("{shown} lists it. Take the line out?")) {
        session.note(&format!("{shown} still lists it"));
        return Ok(None);
    }
    let after = input.edited(&plan.edits)?;
    let journal = session.journal()?;
    session.save(journal.as_ref()).replace(&manifest, &input.document.to_bytes(), &after.to_bytes())?;
    Ok(Some(manifest))
}
