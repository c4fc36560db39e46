//! Links, modes and names that only Unix has.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::time::Duration;

use envtool::disk::{DiskError, Held, Operations as _, Readers, RealDisk, Replacement};

use super::{NEW, OLD, SavedFile};
use crate::support::{TakeBack as _, TestDisk, files_in};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

#[test]
fn links_stay_links() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    let journal = saved.journal();
    let (link, chain) = (saved.folder.path().join("link.json"), saved.folder.path().join("chain.json"));
    symlink("work/Box.postman_environment.json", &link).unwrap();
    symlink(&link, &chain).unwrap();
    disk.save(Some(&journal)).replace(&chain, OLD, NEW).unwrap();
    assert_eq!(saved.content().unwrap(), NEW);
    assert!(link.is_symlink() && chain.is_symlink() && !saved.file().is_symlink());
    let error = disk.save(Some(&journal)).delete(&link, NEW).unwrap_err();
    assert!(matches!(error, DiskError::Link(_)), "{error}");
    disk.save(None).undo(&link, &journal).unwrap();
    assert_eq!(saved.content().unwrap(), OLD);
    symlink("nowhere.json", saved.folder.path().join("dangling.json")).unwrap();
    let dangling = saved.folder.path().join("dangling.json");
    assert!(disk.save(None).replace(&dangling, OLD, NEW).is_err());
    assert!(disk.save(None).create(&dangling, NEW, Readers::Owner).is_err());
}

#[test]
fn a_file_whose_name_is_not_utf_8_can_be_changed_and_undone() {
    let (saved, disk) = (SavedFile::new(), TestDisk::default());
    let file = saved.folder.path().join("work").join(OsStr::from_bytes(b"n\xe9.json"));
    // Some systems do not allow such names.
    if fs::write(&file, OLD).is_err() {
        return;
    }
    let journal = saved.journal();
    disk.save(Some(&journal)).replace(&file, OLD, NEW).unwrap();
    disk.save(Some(&journal)).delete(&file, NEW).unwrap();
    for content in [NEW, OLD] {
        disk.save(None).undo(&file, &journal).unwrap();
        assert_eq!(fs::read(&file).unwrap(), content);
    }
    let held = Held::take(&file, Duration::ZERO).unwrap();
    disk.save(Some(&journal)).replace_all(&[Replacement { held: &held, after: NEW.into() }]).unwrap();
    drop(held);
    disk.save(None).undo_together(&file, &journal).unwrap();
    assert_eq!(fs::read(&file).unwrap(), OLD);
}

#[test]
fn new_files_and_the_journal_are_for_their_owner_only() {
    let (saved, disk) = (SavedFile::new(), TestDisk::default());
    let journal = saved.journal();
    disk.save(Some(&journal)).create(&saved.file(), NEW, Readers::Owner).unwrap();
    assert_eq!(mode(&saved.file()), 0o600);
    let [usual, shared] = ["usual", "shared"].map(|name| saved.folder.path().join("work").join(name));
    fs::write(&usual, "").unwrap();
    disk.save(Some(&journal)).create(&shared, NEW, Readers::AsUsual).unwrap();
    assert_eq!(mode(&shared), mode(&usual));
    let state = saved.folder.path().join("state");
    assert_eq!((mode(&state), mode(&state.join("undo"))), (0o700, 0o700));
    for entry in files_in(&state) {
        assert_eq!((mode(&entry), mode(entry.parent().unwrap())), (0o600, 0o700));
    }
}

#[test]
fn a_file_that_cannot_be_written_is_refused_before_any_operation() {
    let (saved, disk) = (SavedFile::with(OLD), TestDisk::default());
    let journal = saved.journal();
    fs::set_permissions(saved.file(), fs::Permissions::from_mode(0o444)).unwrap();
    for refused in [
        disk.save(Some(&journal)).replace(&saved.file(), OLD, NEW),
        disk.save(Some(&journal)).delete(&saved.file(), OLD),
    ] {
        assert!(matches!(refused, Err(DiskError::ReadOnly(_))), "{refused:?}");
    }
    assert_eq!((saved.content().unwrap(), disk.count.get()), (OLD.to_vec(), 0));
    let device = disk.save(None).replace(Path::new("/dev/null"), b"", NEW);
    assert!(matches!(device, Err(DiskError::NotAFile(..))), "{device:?}");
    let folder = disk.save(None).replace(saved.folder.path(), b"", NEW);
    assert!(matches!(folder, Err(DiskError::NotAFile(..))), "{folder:?}");
}

#[test]
fn a_file_that_appears_while_another_is_created_is_not_replaced() {
    let saved = SavedFile::with(OLD);
    let draft = saved.folder.path().join("work/draft");
    fs::write(&draft, NEW).unwrap();
    let refused = RealDisk.publish(&draft, &saved.file());
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(saved.content().unwrap(), OLD);
}
