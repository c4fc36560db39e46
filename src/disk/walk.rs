//! Which files are meant by files, folders and patterns.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf, is_separator};

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::DiskError;
use super::resolve::is_listed_file;

/// A file that was named, or found in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path, as it was named or below what was named.
    pub path: PathBuf,
    /// Whether it was named itself.
    pub named: bool,
}

/// Files that are left out when folders are searched.
#[derive(Clone, Debug, Default)]
pub struct Exclude(GlobSet);

impl Exclude {
    /// Leaves out whatever one of `patterns` matches, and everything in a folder that one of them matches.
    ///
    /// # Errors
    /// [`DiskError::Pattern`].
    pub fn new(patterns: &[String]) -> Result<Self, DiskError> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let pattern = pattern.trim_end_matches('/');
            set.add(glob(pattern)?).add(glob(&format!("{pattern}/**"))?);
        }
        let set = set.build();
        set.map(Self).map_err(|error| DiskError::Pattern(patterns.join(", "), error.kind().to_string()))
    }

    /// Whether nothing is left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_match(&self, path: &Path) -> bool {
        !self.0.is_empty() && self.0.is_match(path)
    }
}

/// The files that `words` mean, in order, each once. A file means itself; a folder means all JSON files and all
/// git-native environments, globals and parts of collections below it that git does not ignore; a pattern means what it
/// matches. Links to files count as files, even broken ones; links to folders are not followed. The path of what cannot
/// be listed is included as if it had been named, since reading it then says why.
///
/// # Errors
/// An invalid pattern.
pub fn walk(words: &[PathBuf], exclude: &Exclude) -> Result<Vec<Found>, DiskError> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for word in words {
        let more = if word.is_dir() {
            below(word, exclude, None)
        } else if let Some(pattern) = pattern(word) {
            let pattern = pattern?;
            if pattern.folder.is_dir() { below(&pattern.folder, exclude, Some(&pattern)) } else { Vec::new() }
        } else {
            vec![Found { path: word.clone(), named: true }]
        };
        // A single word gives nothing twice.
        let one = words.len() == 1;
        found.extend(more.into_iter().filter(|it| one || seen.insert(whole(&it.path))));
    }
    Ok(found)
}

/// `path` from the root on, so that `./a` and `a` are the same.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn below(folder: &Path, exclude: &Exclude, pattern: Option<&Pattern>) -> Vec<Found> {
    let mut found = Vec::new();
    let is_here = folder.starts_with(".");
    // Hidden folders are left out, except those that are part of git-native collections and workspaces; so is what npm
    // has installed.
    let visible = |name: &OsStr| {
        let shown =
            || !name.as_encoded_bytes().starts_with(b".") || name == ".resources" || name == ".postman";
        name != "node_modules" && shown()
    };
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).hidden(false);
    walk.max_depth(pattern.and_then(|pattern| pattern.depth));
    let walk = walk.filter_entry(move |entry| entry.depth() == 0 || visible(entry.file_name())).build();
    for entry in walk {
        let (path, listed) = match entry {
            Ok(entry) if is_file(&entry) => (entry.into_path(), true),
            Ok(_) => continue,
            Err(error) => (unlisted(&error).unwrap_or(folder).to_owned(), false),
        };
        let path = if is_here { path.strip_prefix("./").map(Path::to_owned).unwrap_or(path) } else { path };
        let wanted = match pattern {
            _ if !listed => !exclude.is_match(&path.join("any")),
            Some(pattern) => pattern.matcher.is_match(&path),
            None => is_candidate(&path),
        };
        if wanted && !exclude.is_match(&path) {
            found.push(Found { path, named: pattern.is_some() || !listed });
        }
    }
    // Sorting paths once is faster than the entries of each folder by their names.
    found.sort_by(|one, other| by_name(&one.path, &other.path));
    found
}

fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| is_listed_file(kind, entry.path()))
}

/// What could not be listed.
fn unlisted(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => unlisted(err),
        _ => None,
    }
}

/// Compares two paths component by component.
fn by_name(one: &Path, other: &Path) -> Ordering {
    let [one, other] = [one, other].map(|path| path.as_os_str().as_encoded_bytes());
    let separators_first = |byte: &u8| if is_separator(char::from(*byte)) { 0 } else { *byte };
    one.iter().map(separators_first).cmp(other.iter().map(separators_first))
}

/// Whether a file found in a folder may be one of Postman's, by its name.
pub(super) fn is_candidate(path: &Path) -> bool {
    let is_json = path.extension().is_some_and(|ending| ending == "json");
    is_json || is_git_native(path)
}

/// What git-native files have before their file extension.
const GIT_NATIVE: [&str; 4] = [".environment", ".globals", ".request", ".example"];

/// Whether a file is one of Postman's git-native ones, by its name or its folder.
fn is_git_native(path: &Path) -> bool {
    let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    let Some(stem) = path.file_stem().filter(|_| yaml).map(OsStr::to_string_lossy) else { return false };
    let folder = path.parent().unwrap_or(Path::new(""));
    let variables = ["postman/environments", "postman/globals"];
    GIT_NATIVE.iter().any(|word| stem.len() > word.len() && stem.ends_with(word))
        || (stem == "definition" && folder.ends_with(".resources"))
        || (stem == "resources" && folder.ends_with(".postman"))
        || variables.iter().any(|name| folder.ends_with(name))
}

/// Whether the name of a file says that Postman exported it.
#[must_use]
pub fn is_export_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    super::is_environment_name(&name)
        || is_git_native(path)
        || [".postman_globals.json", ".postman_collection.json"].iter().any(|ending| name.ends_with(ending))
}

/// A pattern of paths.
struct Pattern {
    /// The folder above its first wildcard.
    folder: PathBuf,
    matcher: GlobMatcher,
    /// How many levels below `folder` it can match at most.
    depth: Option<usize>,
}

/// `word` as a pattern; none if it has no wildcard.
fn pattern(word: &Path) -> Option<Result<Pattern, DiskError>> {
    let text = word.to_str().filter(|text| text.contains(['*', '?', '[', '{']) && !word.exists())?;
    let plain: PathBuf = word
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    let depth = (!text.contains("**")).then(|| word.components().count() - plain.components().count());
    let folder = if plain.as_os_str().is_empty() { PathBuf::from(".") } else { plain };
    Some(glob(text).map(|glob| Pattern { folder, matcher: glob.compile_matcher(), depth }))
}

/// Whether `word` is a pattern rather than a path.
#[must_use]
pub fn is_pattern(word: &Path) -> bool {
    pattern(word).is_some()
}

/// The matcher for `word`; none if it has no wildcard.
pub(super) fn glob_of(word: &Path) -> Option<Result<GlobMatcher, DiskError>> {
    pattern(word).map(|pattern| pattern.map(|pattern| pattern.matcher))
}

fn glob(pattern: &str) -> Result<globset::Glob, DiskError> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    glob.map_err(|error| DiskError::Pattern(pattern.to_owned(), error.kind().to_string()))
}
