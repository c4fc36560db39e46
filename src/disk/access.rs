//! Who owns a file, and who may do what with it.

use std::fs::File;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Who owns a file and who may do what with it, as far as the system knows such things.
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

/// Always true: other systems have no such permission.
#[cfg(not(unix))]
#[must_use]
pub fn is_executable(_path: &Path) -> bool {
    true
}

/// On other systems a new file inherits its access from its folder.
#[cfg(not(unix))]
impl Access {
    pub(super) fn of(_file: &File) -> io::Result<Self> {
        Ok(Self {})
    }

    pub(super) fn give(&self, _file: &File) -> io::Result<()> {
        Ok(())
    }
}

/// The extended attributes that hold access control lists on Linux: POSIX's and NFS's. With the first, the group's
/// permission bits are the mask of the list, so they mean something else without it.
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

    /// Applies this to the new file `file`. A user who may not give files away becomes its owner. If the user is not in
    /// the group either, `file` keeps its own group, and neither group gains a right that it did not have.
    pub(super) fn give(&self, file: &File) -> io::Result<()> {
        let own = Self::of(file)?;
        let mode = self.hand_over(&own, file)?;
        self.attribute(&own, file)?;
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
    }

    /// Changes owner and group, as far as the user may. Returns the permission bits that fit the resulting owner and
    /// group.
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
        // Without set-user-id and set-group-id: it must not start running as another user.
        let mode = if own.owner == self.owner { self.mode } else { self.mode & 0o777 };
        let in_group = own.group == self.group || may(fchown(file, None, Some(self.group)))?;
        Ok(if in_group { mode } else { without_group(mode) })
    }

    /// Copies the extended attributes to `file`. Only the access control lists must succeed: the others say nothing
    /// about access, and some of them only the system may set.
    fn attribute(&self, own: &Self, file: &File) -> io::Result<()> {
        use xattr::FileExt as _;
        for list in ACCESS_LISTS {
            // Inherited from the folder.
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

/// The extended attributes of `file`; none where the file system has no such thing.
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
            // Some are not readable by everybody.
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

/// `mode` for a file whose group has changed: the new group and everybody else get only the rights that both the old
/// group and everybody else had.
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
