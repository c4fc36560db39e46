use std::collections::BTreeMap;
use std::io::{self, BufRead as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::walk::{glob_of, is_candidate};
use super::{Base, DiskError, Exclude, Found};
use crate::process::{self, EntryKind, GitDialogue, IndexEntry};
use crate::text::{DecodeError, MAX_BYTES};

/// The files that the next commit adds or changes, with their content in git's index: the work tree may be newer.
#[derive(Debug)]
pub struct Staged {
    top: PathBuf,
    /// By their paths relative to the current folder.
    files: BTreeMap<PathBuf, Blob>,
    /// The ids of all files in the index, by their paths relative to the top.
    index: BTreeMap<String, String>,
    objects: Mutex<Option<Objects>>,
}

/// A file in the index.
#[derive(Clone, Debug)]
struct Blob {
    id: String,
    /// Its path relative to the top of the repository.
    name: String,
}

impl Staged {
    /// Reads the index of the repository that the current folder is in.
    ///
    /// # Errors
    /// There is no repository, or no git.
    pub fn open() -> Result<Self, DiskError> {
        let here = Path::new(".");
        let top = process::git(here, &["rev-parse", "--show-toplevel"]).map_err(DiskError::Git)?;
        let top = String::from_utf8_lossy(&top).into_owned();
        let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
        let changes = process::git_staged(here).map_err(DiskError::Git)?;
        let index = process::git_index::<&str>(&top, &[]).map_err(DiskError::Git)?;
        let here = Base::new(here);
        let files = blobs(changes).map(|blob| (here.name(&top.join(&blob.name)).into(), blob)).collect();
        let index = blobs(index).map(|Blob { id, name }| (name, id)).collect();
        Ok(Self { files, top, index, objects: Mutex::default() })
    }

    /// The files that `words` mean, in order: files, folders and patterns, as in [`walk`](super::walk()).
    ///
    /// # Errors
    /// An invalid pattern.
    pub fn files(&self, words: &[PathBuf], exclude: &Exclude) -> Result<Vec<Found>, DiskError> {
        let mut wanted = Vec::new();
        for word in words {
            wanted.push((Base::new(word).into_path(), glob_of(word).transpose()?));
        }
        let found = |(path, blob): (&PathBuf, &Blob)| {
            let whole = self.top.join(&blob.name);
            let names = |(word, pattern): &(PathBuf, Option<globset::GlobMatcher>)| match pattern {
                Some(pattern) => pattern.is_match(path),
                None => *word == whole,
            };
            let named = wanted.iter().any(names);
            let below = || wanted.iter().any(|(word, _)| whole.starts_with(word));
            let is_wanted = named || (is_candidate(path) && below());
            (is_wanted && !exclude.is_match(path)).then(|| Found { path: path.clone(), named })
        };
        Ok(self.files.iter().filter_map(found).collect())
    }

    /// The content of the file at `path` in the index, as git would write it to the work tree.
    ///
    /// # Errors
    /// Git does not provide it, or it is larger than [`MAX_BYTES`].
    pub fn read(&self, path: &Path) -> Result<Vec<u8>, DiskError> {
        let mut objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        let mut read = || {
            let beside = || self.indexed(path);
            let blob = self.files.get(path).cloned().or_else(beside).ok_or(io::ErrorKind::NotFound)?;
            let objects = match &mut *objects {
                Some(objects) => objects,
                none => none.insert(Objects::of(&self.top)?),
            };
            objects.read(&blob)
        };
        let read = read();
        // Git exits if a filter fails; the next file may have none.
        if read.is_err() {
            *objects = None;
        }
        let bytes = read.map_err(DiskError::io("read", path))?;
        bytes.ok_or_else(|| DiskError::Decode { path: path.to_owned(), source: DecodeError::TooLarge })
    }

    /// Whether the index has a file at `path`.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        self.indexed(path).is_some()
    }

    /// Whether the index has a file at `path`, or files below it.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.holds(path) || !self.files_below(path, |_| true).is_empty()
    }

    /// The files below `folder` in the index that `wanted` accepts, as paths relative to it with forward slashes, in
    /// order.
    pub fn files_below(&self, folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut prefix = self.name(folder);
        if !prefix.is_empty() {
            prefix.push('/');
        }
        let names = self.index.range(prefix.clone()..).map_while(|(name, _)| name.strip_prefix(&prefix));
        names.filter(|name| wanted(name)).map(str::to_owned).collect()
    }

    /// The file at `path` in the index, whether or not the next commit changes it.
    fn indexed(&self, path: &Path) -> Option<Blob> {
        let name = self.name(path);
        let id = self.index.get(&name)?.clone();
        Some(Blob { id, name })
    }

    /// `path` relative to the top.
    fn name(&self, path: &Path) -> String {
        Base::new(&self.top).name(path)
    }
}

/// The merged files among `entries`, without links and submodules, which have no content to check.
fn blobs(entries: Vec<IndexEntry>) -> impl Iterator<Item = Blob> {
    let files = entries.into_iter().filter(|entry| entry.kind == EntryKind::File && entry.stage == 0);
    files.map(|entry| Blob { id: entry.id, name: entry.path.to_string_lossy().into_owned() })
}

/// A running git that is asked for one object after another.
#[derive(Debug)]
struct Objects(GitDialogue);

impl Objects {
    fn of(top: &Path) -> io::Result<Self> {
        GitDialogue::begin(top, &["cat-file", "--batch", "--filters"]).map(Self)
    }

    /// The content of `blob`; none if it is too large.
    fn read(&mut self, blob: &Blob) -> io::Result<Option<Vec<u8>>> {
        // The path tells git which filters to use. A question cannot contain a line end, which filters do not depend
        // on.
        let answer = self.0.ask(&format!("{} {}", blob.id, blob.name.replace('\n', "?")))?;
        let mut line = String::new();
        answer.read_line(&mut line)?;
        let size = line.trim_end().rsplit_once(' ').and_then(|(_, size)| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| match line.trim_end() {
            "" => ended(),
            said => io::Error::other(format!("git says `{said}`")),
        })?;
        if size > MAX_BYTES {
            io::copy(&mut answer.take(size + 1), &mut io::sink())?;
            return Ok(None);
        }
        let mut bytes = vec![0; size as usize + 1];
        answer.read_exact(&mut bytes).map_err(|_| ended())?;
        bytes.pop();
        Ok(Some(bytes))
    }
}

fn ended() -> io::Error {
    io::Error::other("git ended; does the filter that .gitattributes names for it work?")
}
