//! Git-native collections: a folder is read as the v2.1 collection that it stands for, so every reading command takes one.

use std::path::Path;

use super::input::Input;
use crate::disk;
use crate::error::Error;
use crate::syntax::{Document, Syntax, write};
use crate::term::escape;
use crate::v3::{self, Part};

/// The collection in `folder`.
///
/// # Errors
/// There is none in it, or one of its files cannot be read.
pub(super) fn read(folder: &Path) -> Result<Input, Error> {
    let name = escape(&folder.display().to_string()).into_owned();
    let paths = disk::files_below(folder, v3::is_part)?;
    if !v3::is_collection(&paths) {
        return Err(Error::Usage(format!(
            "{name} is a folder, and no collection; name a file or a collection's own folder"
        )));
    }
    let parts = paths.into_iter().map(|path| {
        let (file, name, source) = Input::load(&folder.join(&path))?;
        Ok(Part { path, document: Input::parse(file, name, source)?.document })
    });
    let parts = parts.collect::<Result<Vec<_>, Error>>()?;
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let title = absolute.file_name().unwrap_or_default().to_string_lossy();
    let joined = v3::join(&title, &parts);
    let document = Document::json(&write::document(&joined.collection, Syntax::Json));
    let document = document.map_err(|error| Error::Usage(format!("{name}: {error}")))?;
    Ok(Input { path: Some(folder.to_owned()), name, document, notes: joined.notes })
}
