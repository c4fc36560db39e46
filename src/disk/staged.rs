use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::walk::{glob_of, is_candidate};
use super::{Base, DiskError, Exclude, Found};
use crate::process;
use crate::text::{DecodeError, MAX_BYTES};

/// The files that the next commit adds or changes, as git's index holds them: what is in the work tree may be newer.
#[derive(Debug)]
pub struct Staged {
    top: PathBuf,
    /// By their paths from here.
    files: BTreeMap<PathBuf, Blob>,
    /// The ids of all files in the index by their paths from the top.
    index: BTreeMap<String, String>,
    objects: Mutex<Option<Objects>>,
}

/// A file in the index.
#[derive(Clone, Debug)]
struct Blob {
    id: String,
    /// Its path from the top of the repository.
    name: String,
}

impl Staged {
    /// Those of the repository that the current folder is in.
    ///
    /// # Errors
    /// There is none, or no git.
    pub fn open() -> Result<Self, DiskError> {
        let ask = |folder: &Path, words: &[&str]| process::git(folder, words).map_err(DiskError::Git);
        let here = Path::new(".");
        let top = ask(here, &["rev-parse", "--show-toplevel"])?;
        let top = String::from_utf8_lossy(&top).into_owned();
        let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
        // Whatever the user's configuration says of paths and renames.
        let changes = [
            "-c",
            "diff.relative=false",
            "diff",
            "--cached",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--diff-filter=AMT",
            "-z",
        ];
        let changed = ask(here, &changes)?;
        let index = ask(&top, &["ls-files", "--stage", "-z"])?;
        let index = index.split(|&byte| byte == 0).filter_map(entry).collect();
        let here = Base::new(here);
        let files = parse(&changed).into_iter().map(|blob| (here.name(&top.join(&blob.name)).into(), blob));
        Ok(Self { files: files.collect(), top, index, objects: Mutex::default() })
    }

    /// Those that `words` mean, in order: files, folders and patterns, as in [`walk`](super::walk()).
    ///
    /// # Errors
    /// A pattern that means nothing.
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

    /// What the index holds of the file at `path`, as git would put it into the work tree.
    ///
    /// # Errors
    /// Git does not give it, or it is larger than [`MAX_BYTES`].
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
        // Git ends when a filter fails; the next file may have none.
        if read.is_err() {
            *objects = None;
        }
        let bytes = read.map_err(DiskError::io("read", path))?;
        bytes.ok_or_else(|| DiskError::Decode { path: path.to_owned(), source: DecodeError::TooLarge })
    }

    /// Whether the index holds a file at `path`.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        self.indexed(path).is_some()
    }

    /// Whether the index holds a file at `path`, or files below it.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.holds(path) || !self.files_below(path, |_| true).is_empty()
    }

    /// The files below `folder` in the index that `wanted` takes, as paths below it with forward slashes, in order.
    pub fn files_below(&self, folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut prefix = self.name(folder);
        if !prefix.is_empty() {
            prefix.push('/');
        }
        let names = self.index.range(prefix.clone()..).map_while(|(name, _)| name.strip_prefix(&prefix));
        names.filter(|name| wanted(name)).map(str::to_owned).collect()
    }

    /// What the index holds at `path`, whether or not the next commit changes it.
    fn indexed(&self, path: &Path) -> Option<Blob> {
        let name = self.name(path);
        let id = self.index.get(&name)?.clone();
        Some(Blob { id, name })
    }

    /// The path of the file or folder at `path` from the top.
    fn name(&self, path: &Path) -> String {
        Base::new(&self.top).name(path)
    }
}

/// The path and the id of a file in what `git ls-files --stage` prints: `100644 ID 0`, a tab and the path.
fn entry(line: &[u8]) -> Option<(String, String)> {
    let line = String::from_utf8_lossy(line);
    let (words, name) = line.split_once('\t')?;
    let [mode, id, "0"] = words.split(' ').collect::<Vec<_>>()[..] else { return None };
    mode.starts_with("100").then(|| (name.to_owned(), id.to_owned()))
}

/// The files in what `git diff --raw -z` prints: `:100644 100644 OLD NEW M`, a zero byte, the path and another.
fn parse(list: &[u8]) -> Vec<Blob> {
    let fields: Vec<_> = list.split(|&byte| byte == 0).map(String::from_utf8_lossy).collect();
    let blob = |pair: &[std::borrow::Cow<'_, str>]| {
        let mut words = pair[0].split(' ').skip(1);
        // A link holds but a path, a submodule nothing.
        let is_file = words.next()?.starts_with("100");
        let id = words.nth(1)?.to_owned();
        is_file.then(|| Blob { id, name: pair[1].clone().into_owned() })
    };
    fields.as_chunks::<2>().0.iter().filter_map(|pair| blob(pair)).collect()
}

/// A git that is asked for one object after the other.
#[derive(Debug)]
struct Objects {
    git: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    fn of(top: &Path) -> io::Result<Self> {
        let mut git = process::git_in(top);
        git.args(["cat-file", "--batch", "--filters"]);
        let mut git = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let questions = git.stdin.take();
        let answers = BufReader::new(git.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?);
        Ok(Self { git, questions, answers })
    }

    /// The content of `blob`; none when it is too large.
    fn read(&mut self, blob: &Blob) -> io::Result<Option<Vec<u8>>> {
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        // Git looks for the filters of this path. A line end in it, which cannot be asked, tells nothing about these.
        writeln!(questions, "{} {}", blob.id, blob.name.replace('\n', "?"))?;
        questions.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let size = line.trim_end().rsplit_once(' ').and_then(|(_, size)| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| match line.trim_end() {
            "" => ended(),
            said => io::Error::other(format!("git says `{said}`")),
        })?;
        if size > MAX_BYTES {
            io::copy(&mut (&mut self.answers).take(size + 1), &mut io::sink())?;
            return Ok(None);
        }
        let mut bytes = vec![0; size as usize + 1];
        self.answers.read_exact(&mut bytes).map_err(|_| ended())?;
        bytes.pop();
        Ok(Some(bytes))
    }
}

fn ended() -> io::Error {
    io::Error::other("git ended; does the filter that .gitattributes names for it work?")
}

impl Drop for Objects {
    fn drop(&mut self) {
        self.questions = None;
        let _ = self.git.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_submodules_are_no_files() {
        let list = ":000000 100644 0000 aaaa A\0a b.json\0:100755 120000 1111 bbbb T\0link.json\0\
                    :000000 160000 0000 cccc A\0sub\0:100644 100755 2222 dddd M\0x/y.json\0";
        let found: Vec<_> = parse(list.as_bytes()).into_iter().map(|blob| (blob.id, blob.name)).collect();
        let expected = [("aaaa", "a b.json"), ("dddd", "x/y.json")];
        assert_eq!(found, expected.map(|(id, name)| (id.to_owned(), name.to_owned())));
        assert!(parse(b"").is_empty());
        let list =
            ["100644 aaaa 0\ta b.json", "120000 bbbb 0\tlink.json", "100644 cccc 2\tunmerged.json", ""];
        let found: Vec<_> = list.iter().filter_map(|line| entry(line.as_bytes())).collect();
        assert_eq!(found, [("a b.json".to_owned(), "aaaa".to_owned())]);
    }
}
