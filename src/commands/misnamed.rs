//! Files that do not exist, beside others of a similar name.

use std::path::{Path, PathBuf};

use crate::disk::{self, DiskError};
use crate::error::Error;
use crate::model::resembling;

/// `error`, with the name of the file that is probably meant.
pub(super) fn with_likely_name(error: DiskError) -> Error {
    match likely(&error) {
        Some(nearest) => Error::Misnamed { error, nearest },
        None => error.into(),
    }
}

/// The file that is probably meant, if `error` says that there is none of that name.
pub(super) fn likely(error: &DiskError) -> Option<PathBuf> {
    let path = error.missing()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let names = disk::names_in(folder.unwrap_or(Path::new(".")));
    let own = path.file_name()?.to_str()?;
    // A link that leads nowhere has the name itself.
    let others = names.iter().map(String::as_str).filter(|name| *name != own);
    let nearest = resembling(others, own)?;
    Some(path.with_file_name(nearest))
}
