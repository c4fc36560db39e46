use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use super::walk::{glob_of, is_candidate};
use super::{Base, DiskError, Exclude, Found, git};
use crate::text::{DecodeError, MAX_BYTES};

/// The files that the next commit adds or changes, as git's index holds them: what is in the work tree may be newer.
#[derive(Debug)]
pub struct Staged {
    top: PathBuf,
    /// By their paths from here.
    files: BTreeMap<PathBuf, Blob>,
    objects: Mutex<Option<Objects>>,
}

/// A file in the index.
#[derive(Debug)]
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
        let ask = |words: &[&str]| git::output(Path::new("."), words).map_err(DiskError::Git);
        let top = String::from_utf8_lossy(&ask(&["rev-parse", "--show-toplevel"])?).into_owned();
        let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
        // Whatever the user's configuration says of paths and renames.
        let list = ask(&[
            "-c",
            "diff.relative=false",
            "diff",
            "--cached",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--diff-filter=AMT",
            "-z",
        ])?;
        let here = Base::new(Path::new("."));
        let files = parse(&list).into_iter().map(|blob| (here.name(&top.join(&blob.name)).into(), blob));
        Ok(Self { files: files.collect(), top, objects: Mutex::default() })
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
            let blob = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
            let objects = match &mut *objects {
                Some(objects) => objects,
                none => none.insert(Objects::of(&self.top)?),
            };
            objects.read(blob)
        };
        let read = read();
        // Git ends when a filter fails; the next file may have none.
        if read.is_err() {
            *objects = None;
        }
        let bytes = read.map_err(DiskError::io("read", path))?;
        bytes.ok_or_else(|| DiskError::Decode { path: path.to_owned(), source: DecodeError::TooLarge })
    }
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
        let mut git = Command::new("git");
        git.arg("-C").arg(top).args(["cat-file", "--batch", "--filters"]);
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
    }
}
