//! Whose a file is, and who may do what with it.

use std::fs::File;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Whose a file is and who may do what with it, as far as the system has such a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    #[cfg(unix)]
    owner: u32,
    #[cfg(unix)]
    group: u32,
    /// The permission bits.
    #[cfg(unix)]
    mode: u32,
    /// Extended attributes, the access control list among them where it is one.
    #[cfg(unix)]
    attributes: Vec<(String, Vec<u8>)>,
}

/// Whether the file at `path` may be run.
#[cfg(unix)]
#[must_use]
pub fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().map_or(true, |metadata| metadata.permissions().mode() & 0o111 != 0)
}

/// Whether the file at `path` may be run: other systems ask nothing of a program.
#[cfg(not(unix))]
#[must_use]
pub fn is_executable(_path: &Path) -> bool {
    true
}

/// Other systems go by the folder.
#[cfg(not(unix))]
impl Access {
    pub(super) fn of(_file: &File) -> io::Result<Self> {
        Ok(Self {})
    }

    pub(super) fn give(&self, _file: &File) -> io::Result<()> {
        Ok(())
    }
}

/// The attributes that are access control lists on Linux: POSIX's and NFS's. Where a file has the first, the group's
/// permission bits are the most that anyone in it may do, so without it they would say something else.
#[cfg(unix)]
const ACCESS_LISTS: [&str; 2] = ["system.posix_acl_access", "system.nfs4_acl"];

#[cfg(unix)]
impl Access {
    pub(super) fn of(file: &File) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let metadata = file.metadata()?;
        Ok(Self {
            owner: metadata.uid(),
            group: metadata.gid(),
            mode: metadata.mode() & 0o7777,
            attributes: attributes(file)?,
        })
    }

    /// Gives it to `file`, which is new. Who may not give files away becomes the owner; when the group is none of the
    /// user's, `file` keeps its own, and neither of the groups has a right that it did not have.
    pub(super) fn give(&self, file: &File) -> io::Result<()> {
        let own = Self::of(file)?;
        let mode = self.hand_over(&own, file)?;
        self.attribute(&own, file)?;
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
    }

    /// Gives it to the owner and the group, as far as the user may. Returns the permission bits for those it has then.
    fn hand_over(&self, own: &Self, file: &File) -> io::Result<u32> {
        use std::os::unix::fs::fchown;
        if (own.owner, own.group) == (self.owner, self.group) {
            return Ok(self.mode);
        }
        let may = |done: io::Result<()>| match done {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(false),
            done => done.map(|()| true),
        };
        if may(fchown(file, Some(self.owner), Some(self.group)))? {
            return Ok(self.mode);
        }
        // It must not run as somebody else than before.
        let mode = if own.owner == self.owner { self.mode } else { self.mode & 0o777 };
        let in_group = own.group == self.group || may(fchown(file, None, Some(self.group)))?;
        Ok(if in_group { mode } else { without_group(mode) })
    }

    /// Gives `file` the attributes. What else than an access control list cannot be given says nothing about access; some
    /// of it is only for the system to give.
    fn attribute(&self, own: &Self, file: &File) -> io::Result<()> {
        use xattr::FileExt as _;
        for list in ACCESS_LISTS {
            // From the folder.
            if own.has(list) && !self.has(list) {
                file.remove_xattr(list)?;
            }
        }
        for (name, value) in self.attributes.iter().filter(|it| !own.attributes.contains(it)) {
            let given = file.set_xattr(name, value);
            if ACCESS_LISTS.contains(&name.as_str()) {
                given?;
            }
        }
        Ok(())
    }

    fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|(name, _)| name == attribute)
    }
}

/// The extended attributes of `file`; none where there is no such thing.
#[cfg(unix)]
fn attributes(file: &File) -> io::Result<Vec<(String, Vec<u8>)>> {
    use xattr::FileExt as _;
    let names = match file.list_xattr() {
        Ok(names) => names,
        Err(error) if is_unsupported(&error) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for name in names.filter_map(|name| name.into_string().ok()) {
        match file.get_xattr(&name) {
            Ok(value) => found.extend(value.map(|value| (name, value))),
            Err(error) if ACCESS_LISTS.contains(&name.as_str()) => return Err(error),
            // Not for everybody to read.
            Err(_) => {}
        }
    }
    Ok(found)
}

#[cfg(unix)]
fn is_unsupported(error: &io::Error) -> bool {
    use nix::errno::Errno;
    error.kind() == io::ErrorKind::Unsupported
        || [Errno::EOPNOTSUPP, Errno::ENOTSUP].iter().any(|errno| error.raw_os_error() == Some(*errno as i32))
}

/// `mode` for another group: that one and everybody else may do only what both the old group and everybody else might.
#[cfg(unix)]
fn without_group(mode: u32) -> u32 {
    let both = (mode >> 3) & mode & 0o7;
    (mode & 0o700) | (both << 3) | both
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn another_group_gets_no_new_right() {
        for (mode, other) in
            [(0o600, 0o600), (0o640, 0o600), (0o664, 0o644), (0o2755, 0o755), (0o604, 0o600), (0o666, 0o666)]
        {
            assert_eq!(without_group(mode), other, "{mode:o}");
        }
    }
}
