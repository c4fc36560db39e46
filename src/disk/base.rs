use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// A folder relative to which each file has one name, however its path is spelled and whatever the current folder is.
#[derive(Clone, Debug)]
pub struct Base(PathBuf);

impl Base {
    /// The folder `folder`; an empty path is the current one.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Self(dunce::canonicalize(folder).unwrap_or_else(|_| in_real_folder(folder)))
    }

    /// Where it is, links resolved.
    pub(super) fn into_path(self) -> PathBuf {
        self.0
    }

    /// The top of the git repository that the current folder is in.
    #[must_use]
    pub fn repository() -> Option<Self> {
        let here = Self::new(Path::new("."));
        here.0.ancestors().find(|folder| folder.join(".git").exists()).map(|top| Self(top.to_owned()))
    }

    /// Whether there is something called `name` relative to it.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.join(name).exists()
    }

    /// The path of the file at `path` relative to this folder, with `/` on every system; absolute if it is on another
    /// drive.
    #[must_use]
    pub fn name(&self, path: &Path) -> String {
        let path = in_real_folder(path);
        let same = path.components().zip(self.0.components()).take_while(|(one, other)| one == other).count();
        if same == 0 {
            return path.to_string_lossy().replace('\\', "/");
        }
        let up = self.0.components().skip(same).map(|_| Cow::Borrowed(".."));
        let down = path.components().skip(same).map(|part| part.as_os_str().to_string_lossy());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}

/// `path` with the links in its folders resolved. If it is itself a link, it stays one.
fn in_real_folder(path: &Path) -> PathBuf {
    let path = absolute(path);
    match (path.parent().map(dunce::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => without_dots(&path),
    }
}

/// `path` without `.` and `..`, worked out from the text alone: for paths that do not exist.
#[must_use]
pub fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_has_one_name_however_it_is_spelled() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("a/b")).expect("folders");
        for (from, path, name) in [
            ("a", "a/x.json", "x.json"),
            ("a", "a/./b/../x.json", "x.json"),
            ("a/b", "a/x.json", "../x.json"),
            ("a", "a/b/missing.json", "b/missing.json"),
            ("a/../a/b", "x.json", "../../x.json"),
        ] {
            assert_eq!(Base::new(&root.join(from)).name(&root.join(path)), name, "{path} from {from}");
        }
    }
}
