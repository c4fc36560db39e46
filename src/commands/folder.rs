//! Git-native collections: a folder is read as the equivalent v2.1 collection, so that every reading command takes one.

use std::path::{Path, PathBuf};

use super::input::Input;
use crate::disk;
use crate::edit::EditError;
use crate::error::Error;
use crate::model::{self, is_part};
use crate::report::listed;
use crate::syntax::{Document, Syntax, write};
use crate::term::escape_path;
use crate::v3::{self, Joined};

/// The paths below `folder` of the files of the collection in it, with forward slashes, in order.
///
/// # Errors
/// It has no collection.
pub(super) fn parts(folder: &Path) -> Result<Vec<String>, Error> {
    if let Some(paths) = collection_in(folder)? {
        return Ok(paths);
    }
    let found = collections_near(folder);
    let names: Vec<_> = found.iter().map(|path| escape_path(path)).collect();
    let what_to_name = match found.len() {
        0 => "name a file or a collection's own folder".to_owned(),
        1 => format!("name the one in it, {}", names[0]),
        _ => format!("name one of {}", listed(&names)),
    };
    Err(Error::Usage(format!("{} is a folder but not a collection; {what_to_name}", escape_path(folder))))
}

/// The same, if there is a collection in it. Only what is directly in the folder decides that, since it may be as large
/// as a disk, unless Postman keeps collections beside it.
fn collection_in(folder: &Path) -> Result<Option<Vec<String>>, Error> {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let near = disk::files_near(folder, ".resources", is_part)?;
    if !v3::is_in_collections(&absolute) && !v3::is_collection(&absolute, &near) {
        return Ok(None);
    }
    let paths = disk::files_below(folder, is_part)?;
    Ok(v3::is_collection(&absolute, &paths).then_some(paths))
}

/// The collections in `folder` and in the places below it where Postman keeps them.
fn collections_near(folder: &Path) -> Vec<PathBuf> {
    let kept = ["collections", "postman/collections"].map(|name| folder.join(name));
    let folders = std::iter::once(folder.to_owned()).chain(kept).flat_map(|folder| disk::folders_in(&folder));
    folders.filter(|folder| matches!(collection_in(folder), Ok(Some(_)))).collect()
}

/// Reads the files of the collection in `folder` one by one; none if it is not a folder.
///
/// # Errors
/// There is no collection, or one of its files cannot be read.
pub(super) fn part_inputs(folder: &Path) -> Result<Vec<Input>, Error> {
    let paths = if folder.is_dir() { parts(folder)? } else { Vec::new() };
    paths.iter().map(|path| Input::read(&folder.join(path))).collect()
}

/// The definition of the collection in `folder`, if it has one.
pub(super) fn definition(folder: &Path) -> Option<PathBuf> {
    definition_where(folder, Path::is_file)
}

/// The same, where `is_there` tells which files exist.
pub(super) fn definition_where(folder: &Path, is_there: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let names = ["definition.yaml", "definition.yml"].into_iter();
    names.map(|name| folder.join(".resources").join(name)).find(|path| is_there(path))
}

/// The files of the collection in the folder `path`, or `path` itself if it is a file.
///
/// # Errors
/// It is a folder without a collection.
pub(super) fn files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    Ok(parts(path)?.iter().map(|below| path.join(below)).collect())
}

/// Those of `keys` that `has` finds in `input`: not every file of a collection needs to have all of them.
pub(super) fn keys_in(input: &Input, keys: &[String], has: impl Fn(&Input, &str) -> bool) -> Vec<String> {
    keys.iter().filter(|key| has(input, key)).cloned().collect()
}

/// Refuses a key of `keys` that `has` finds in none of `inputs`, the files of the collection in `folder`.
///
/// # Errors
/// The key that none of them has.
pub(super) fn expect_keys<'k>(
    folder: &Path,
    inputs: &[Input],
    mut keys: impl Iterator<Item = &'k String>,
    has: impl Fn(&Input, &str) -> bool,
) -> Result<(), Error> {
    let unknown = keys.find(|key| !inputs.iter().any(|input| has(input, key)));
    unknown.map_or(Ok(()), |key| {
        let path = escape_path(folder);
        Err(Error::of_file(path, EditError::Absent { key: key.clone(), nearest: None }))
    })
}

/// The error of a command that changes a single file, given a collection's folder.
pub(super) fn refused(folder: &Path) -> Error {
    let own =
        definition(folder).map(|path| format!(", {} for the collection's variables", escape_path(&path)));
    Error::Usage(format!(
        "{} is a collection of several files: name the one to change{}",
        escape_path(folder),
        own.unwrap_or_default()
    ))
}

/// Reads the collection in `folder`.
///
/// # Errors
/// There is none, or one of its files cannot be read.
pub(super) fn read(folder: &Path) -> Result<Input, Error> {
    let name = escape_path(folder);
    let part = |path: String| {
        Input::read(&folder.join(&path)).map(|Input { document, .. }| v3::File { path, document })
    };
    let parts = parts(folder)?.into_iter().map(part).collect::<Result<Vec<_>, Error>>()?;
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let title = absolute.file_name().unwrap_or_default().to_string_lossy();
    let joined = v3::join(&title, &parts);
    of_joined(Some(folder.to_owned()), name, joined)
}

/// How two files of git-native collections are compared.
pub(super) enum Alone<'i> {
    /// As collections that contain nothing else.
    Joined(Box<[Input; 2]>),
    /// As they are, since one of them has no form in v2.1, with a name for those without one.
    Parts([model::Part<'i>; 2], String),
}

/// How to compare `before` and `after`, if both are files of git-native collections; otherwise none.
///
/// # Errors
/// One is a request and the other an example.
pub(super) fn alone<'i>(before: &'i Input, after: &'i Input) -> Result<Option<Alone<'i>>, Error> {
    let [Some(one), Some(other)] = [before, after].map(|input| model::Part::of(&input.document)) else {
        return Ok(None);
    };
    if one.role() != other.role() {
        return Err(Error::Usage(format!(
            "{} is {} and {} {}; name files of the same kind",
            before.name,
            one.role(),
            after.name,
            other.role()
        )));
    }
    // A missing name is the same on both sides, whatever the files are called.
    let path = after.label().replace('\\', "/");
    let [Some(joined), Some(other_joined)] =
        [before, after].map(|input| v3::join_alone(&path, &input.document))
    else {
        return Ok(Some(Alone::Parts([one, other], v3::file_stem(&path).to_owned())));
    };
    let input = |input: &Input, joined| of_joined(input.path.clone(), input.name.clone(), joined);
    Ok(Some(Alone::Joined(Box::new([input(before, joined)?, input(after, other_joined)?]))))
}

fn of_joined(path: Option<PathBuf>, name: String, joined: Joined) -> Result<Input, Error> {
    let document = Document::json(&write::document(&joined.collection, Syntax::Json));
    let document = document.map_err(|error| Error::Usage(format!("{name}: {error}")))?;
    Ok(Input { path, name, document, notes: joined.notes })
}
