//! Where a file is, and what else is in the folder of its git-native collection.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::folder::definition_where;
use super::check::is_stdin;
use crate::disk::Tree;
use crate::lint::{Folder, Location};
use crate::model::{Manifest, is_part};
use crate::syntax::{Document, Syntax};
use crate::text::Source;
use crate::v3;

/// Reads the folder of each collection once, on the first question about one of its files.
#[derive(Debug)]
pub(super) struct Locations {
    /// The folder that relative paths start from, as text.
    here: Option<String>,
    folders: Mutex<HashMap<PathBuf, Arc<Folder>>>,
    with_names: bool,
}

impl Locations {
    /// Reads the files of folders only if `with_names`, to know what they define.
    pub(super) fn new(with_names: bool) -> Self {
        let here = std::env::current_dir().ok().and_then(|here| here.into_os_string().into_string().ok());
        let here = here.filter(|here| !here.contains('\\'));
        Self { here, folders: Mutex::default(), with_names }
    }

    /// The location in `tree` of the file at `path`, which is called `name` in findings.
    pub(super) fn of(&self, tree: &Tree, path: &Path, name: &str) -> Location {
        // The quick way for most files: a plain path that is not part of a collection.
        let plain = !is_part(name)
            && !name.contains(".postman/")
            && !name.starts_with(['.', '/'])
            && !name.bytes().any(|byte| byte == b'\\');
        if let Some(here) = self.here.as_ref().filter(|_| plain && path.is_relative()) {
            return Location { path: [here, "/", name].concat(), ..Location::default() };
        }
        // `--stdin-name` says where standard input is.
        let path = if is_stdin(path) { Path::new(name) } else { path };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let shown = path.to_string_lossy().replace('\\', "/");
        let mut location = Location { path: shown, ..Location::default() };
        if location.is_manifest() {
            location.absent = absent(tree, &path);
        }
        let part = Some(&*path).filter(|_| location.is_part());
        let Some((root, inside)) = part.and_then(|path| split_at_root(tree, path)) else { return location };
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = folders.entry(root).or_insert_with_key(|root| Arc::new(self.read(tree, root)));
        location.twin = folder.twin(&inside).map(str::to_owned);
        location.defined = self.with_names.then(|| folder.defined());
        location.inside = Some(inside);
        location
    }

    /// Files that cannot be read are reported when they are checked themselves.
    fn read(&self, tree: &Tree, root: &Path) -> Folder {
        let paths = tree.files_below(root, is_part).unwrap_or_default();
        let read = |path: &String| {
            let source = Source::decode(tree.read(&root.join(path)).ok()?).ok()?;
            Some((path.clone(), Document::parse(source, Syntax::Yaml).ok()?))
        };
        let documents: Vec<_> = paths.iter().filter(|_| self.with_names).filter_map(read).collect();
        Folder::of(&paths, &documents)
    }
}

/// The paths in the manifest at `path` in `tree` that lead nowhere. Files that cannot be read are reported when they
/// are checked themselves.
fn absent(tree: &Tree, path: &Path) -> BTreeSet<String> {
    let document = tree.read(path).ok().and_then(|bytes| Source::decode(bytes).ok());
    let document = document.and_then(|source| Document::parse(source, Syntax::Yaml).ok());
    let manifest = document.as_ref().and_then(Manifest::of);
    let folder = path.parent().unwrap_or(path);
    let paths = manifest.iter().flat_map(|manifest| manifest.listed()).map(|listed| listed.path.into_owned());
    paths.filter(|path| !tree.has(&folder.join(path))).collect()
}

/// The folder of the collection that the file at `path` is part of, and its path in that, with forward slashes. The
/// folder is the outermost one with a definition, else the one directly in `collections`, else the folder of the file.
fn split_at_root(tree: &Tree, path: &Path) -> Option<(PathBuf, String)> {
    let outside = |folder: &&Path| !folder.components().any(|part| part.as_os_str() == ".resources");
    let has_definition = |folder: &&Path| definition_where(folder, |path| tree.has(path)).is_some();
    let own = path.ancestors().skip(1).find(outside)?;
    let defined = own.ancestors().filter(has_definition).last();
    let root =
        defined.or_else(|| own.ancestors().find(|folder| v3::is_in_collections(folder))).unwrap_or(own);
    let inside = path.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    Some((root.to_owned(), inside))
}
