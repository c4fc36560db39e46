//! Which files are meant by files, folders and patterns.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;

use super::DiskError;

/// A file that was named, or found in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path, as it was named or below what was named.
    pub path: PathBuf,
    /// Whether it was named itself.
    pub named: bool,
}

/// Files that are left out of folders.
#[derive(Clone, Debug, Default)]
pub struct Exclude(GlobSet);

impl Exclude {
    /// Leaves out what one of `patterns` matches.
    ///
    /// # Errors
    /// [`DiskError::Pattern`].
    pub fn new(patterns: &[String]) -> Result<Self, DiskError> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            set.add(glob(pattern)?);
        }
        let set = set.build();
        set.map(Self).map_err(|error| DiskError::Pattern(patterns.join(", "), error.kind().to_string()))
    }
}

/// The files that `words` mean, in order, each once: a file is itself, of a folder all JSON files and all git-native
/// environments, globals and parts of collections below it that git does not ignore, of a pattern those that it matches.
///
/// # Errors
/// A pattern or a folder that cannot be read.
pub fn walk(words: &[PathBuf], exclude: &Exclude) -> Result<Vec<Found>, DiskError> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for word in words {
        let more = if word.is_dir() {
            below(word, exclude, None)?
        } else if let Some(pattern) = pattern(word) {
            let (folder, matcher) = pattern?;
            if folder.is_dir() { below(&folder, exclude, Some(&matcher))? } else { Vec::new() }
        } else {
            vec![Found { path: word.clone(), named: true }]
        };
        // Of one word nothing comes twice.
        let one = words.len() == 1;
        found.extend(more.into_iter().filter(|it| one || seen.insert(it.path.clone())));
    }
    Ok(found)
}

fn below(folder: &Path, exclude: &Exclude, matcher: Option<&GlobMatcher>) -> Result<Vec<Found>, DiskError> {
    let mut found = Vec::new();
    // Hidden folders are left out, but for those in which git-native collections keep a part of theirs.
    let visible = |name: &OsStr| !name.as_encoded_bytes().starts_with(b".") || name == ".resources";
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).hidden(false).sort_by_file_name(std::cmp::Ord::cmp);
    let walk = walk.filter_entry(move |entry| entry.depth() == 0 || visible(entry.file_name())).build();
    for entry in walk {
        let entry = entry
            .map_err(|error| DiskError::Walk { folder: folder.to_owned(), problem: error.to_string() })?;
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.into_path();
        let path = path.strip_prefix("./").map(Path::to_owned).unwrap_or(path);
        let wanted = match matcher {
            Some(matcher) => matcher.is_match(&path),
            None => is_candidate(&path),
        };
        if wanted && !exclude.0.is_match(&path) {
            found.push(Found { path, named: matcher.is_some() });
        }
    }
    Ok(found)
}

fn is_candidate(path: &Path) -> bool {
    let is_json = path.extension().is_some_and(|ending| ending == "json");
    is_json || is_git_native(path)
}

/// The words that git-native files have before their ending.
const GIT_NATIVE: [&str; 4] = [".environment", ".globals", ".request", ".example"];

/// Whether a file is one of Postman's git-native ones by its name, or by the folder that it is in.
fn is_git_native(path: &Path) -> bool {
    let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    let Some(stem) = path.file_stem().filter(|_| yaml).map(OsStr::to_string_lossy) else { return false };
    let folder = path.parent().unwrap_or(Path::new(""));
    let variables = ["postman/environments", "postman/globals"];
    GIT_NATIVE.iter().any(|word| stem.len() > word.len() && stem.ends_with(word))
        || (stem == "definition" && folder.ends_with(".resources"))
        || variables.iter().any(|name| folder.ends_with(name))
}

/// Whether a file of this name says that it is an export of Postman's.
#[must_use]
pub fn is_export_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    super::is_environment_name(&name)
        || is_git_native(path)
        || [".postman_globals.json", ".postman_collection.json"].iter().any(|ending| name.ends_with(ending))
}

/// The folder above the first wildcard of `word`, and a matcher; none when there is no wildcard in it.
fn pattern(word: &Path) -> Option<Result<(PathBuf, GlobMatcher), DiskError>> {
    let text = word.to_str().filter(|text| text.contains(['*', '?', '[', '{']) && !word.exists())?;
    let plain: PathBuf = word
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    let folder = if plain.as_os_str().is_empty() { PathBuf::from(".") } else { plain };
    Some(glob(text).map(|glob| (folder, glob.compile_matcher())))
}

fn glob(pattern: &str) -> Result<globset::Glob, DiskError> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    glob.map_err(|error| DiskError::Pattern(pattern.to_owned(), error.kind().to_string()))
}
